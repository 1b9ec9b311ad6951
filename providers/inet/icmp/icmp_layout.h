// What the messages of ICMP (RFC 792) and ICMPv6 (RFC 4443) have in common.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +---------------+---------------+-------------------------------+
//   |     Type      |     Code      |           Checksum            |
//   +---------------+---------------+-------------------------------+
//   |   unused, or a number: MTU, pointer, identifier and sequence  |
//   +---------------------------------------------------------------+
//   |       the packet at fault, from its header on, or data        |
//   +---------------------------------------------------------------+
#ifndef PROVIDERS_INET_ICMP_ICMP_LAYOUT_H_
#define PROVIDERS_INET_ICMP_ICMP_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/wire/bytes.h"

namespace inet {

// A message whose type has not been looked at. It does not own `rest`.
struct IcmpLayout {
  static constexpr size_t kHeaderSize = 8;  // octets
  static constexpr size_t kChecksumOffset = 2;

  uint8_t type = 0;
  uint8_t code = 0;
  uint32_t number = 0;
  wire::ByteSpan rest;

  // Reads the message that fills `message`; its checksum is not looked at. InvalidArgument: it is
  // truncated. `name` is the protocol's.
  static absl::StatusOr<IcmpLayout> Parse(wire::ByteSpan message, absl::string_view name);
  // Appends the message with a checksum of 0, and returns how many octets stood there before.
  size_t AppendTo(std::vector<uint8_t>& out) const;
};

// RFC 792 p. 14, RFC 4443 4.
struct IcmpEcho {
  bool is_reply = false;
  uint16_t identifier = 0;
  uint16_t sequence = 0;
  std::vector<uint8_t> data;

  static IcmpEcho Of(const IcmpLayout& layout, bool is_reply);
  // `data` stays this value's.
  IcmpLayout As(uint8_t type) const;
  friend bool operator==(const IcmpEcho&, const IcmpEcho&) = default;
};

// The refusal of a code that the type does not have.
absl::Status UnknownIcmpCode(absl::string_view name, const IcmpLayout& layout);
// The refusal of a quote, which has the reason `why`.
absl::Status BadIcmpQuote(absl::string_view name, const absl::Status& why);
// At most the first `most` octets.
std::vector<uint8_t> BeginningOf(wire::ByteSpan packet, size_t most);

}  // namespace inet

#endif  // PROVIDERS_INET_ICMP_ICMP_LAYOUT_H_
