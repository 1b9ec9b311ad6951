// Messages of ICMPv6, RFC 4443: the errors, and echo, in the form of icmp_layout.h.
#ifndef PROVIDERS_INET_ICMP_ICMPV6_MESSAGE_H_
#define PROVIDERS_INET_ICMP_ICMPV6_MESSAGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/inet/checksum.h"
#include "providers/inet/icmp/icmp_layout.h"
#include "providers/wire/bytes.h"

namespace inet {

// Next Header of ICMPv6.
inline constexpr uint8_t kProtocolIcmpv6 = 58;

// Codes of destination unreachable, RFC 4443 3.1.
enum class Icmpv6UnreachableCode : uint8_t {
  kNoRoute = 0,
  kProhibited = 1,
  kBeyondScope = 2,
  kAddress = 3,
  kPort = 4,
  kSourcePolicy = 5,
  kRejectRoute = 6,
};

// RFC 4443 3.3.
enum class Icmpv6TimeExceededCode : uint8_t { kHopLimit = 0, kReassembly = 1 };

// RFC 4443 3.4, RFC 7112 4.
enum class Icmpv6ParameterCode : uint8_t {
  kErroneousField = 0,
  kUnrecognizedNextHeader = 1,
  kUnrecognizedOption = 2,
  kIncompleteChain = 3,
};

// In all errors `quoted` is the beginning of the packet at fault: its IPv6 header, which
// Ipv6Header::ParseQuoted reads, and what of the rest there was room for.
struct Icmpv6DestinationUnreachable {
  Icmpv6UnreachableCode code = Icmpv6UnreachableCode::kNoRoute;
  std::vector<uint8_t> quoted;
  friend bool operator==(const Icmpv6DestinationUnreachable&,
                         const Icmpv6DestinationUnreachable&) = default;
};

struct Icmpv6PacketTooBig {
  uint32_t mtu = 0;  // octets, of the next link
  std::vector<uint8_t> quoted;
  friend bool operator==(const Icmpv6PacketTooBig&, const Icmpv6PacketTooBig&) = default;
};

struct Icmpv6TimeExceeded {
  Icmpv6TimeExceededCode code = Icmpv6TimeExceededCode::kHopLimit;
  std::vector<uint8_t> quoted;
  friend bool operator==(const Icmpv6TimeExceeded&, const Icmpv6TimeExceeded&) = default;
};

struct Icmpv6ParameterProblem {
  Icmpv6ParameterCode code = Icmpv6ParameterCode::kErroneousField;
  uint32_t pointer = 0;  // of the octet at fault, from the packet's first on
  std::vector<uint8_t> quoted;
  friend bool operator==(const Icmpv6ParameterProblem&, const Icmpv6ParameterProblem&) = default;
};

struct Icmpv6Message {
  static constexpr size_t kHeaderSize = IcmpLayout::kHeaderSize;
  // Types below are errors, the others are not (RFC 4443 2.1).
  static constexpr uint8_t kFirstInformational = 128;

  std::variant<Icmpv6DestinationUnreachable, Icmpv6PacketTooBig, Icmpv6TimeExceeded,
               Icmpv6ParameterProblem, IcmpEcho>
      body;

  // Reads the message that fills `message`. Unimplemented for a type that is not known here;
  // InvalidArgument names the field at fault: a truncated header, an unknown code, a quote without
  // a whole header. The checksum is not looked at: a PseudoHeader of the packet's addresses
  // verifies it.
  static absl::StatusOr<Icmpv6Message> Parse(wire::ByteSpan message);
  // Writes the message with its checksum, over the pseudo header of the addresses that it will
  // have.
  void AppendTo(std::vector<uint8_t>& out, const PseudoHeader& pseudo_header) const;
  friend bool operator==(const Icmpv6Message&, const Icmpv6Message&) = default;
};

// What an error quotes of a packet: as much as leaves the error within 1280 octets (RFC 4443 2.4
// (c)).
std::vector<uint8_t> Icmpv6QuoteOf(wire::ByteSpan packet);

// What the message says, for people: "echo request", "packet too big: MTU 1280".
std::string Icmpv6MessageToString(const Icmpv6Message& message);

}  // namespace inet

#endif  // PROVIDERS_INET_ICMP_ICMPV6_MESSAGE_H_
