// The header of an Ethernet frame, as IEEE 802.3 3.1.1 draws it, without preamble and frame check
// sequence. The same 14 octets serve Ethernet II, where the last two name a protocol, and IEEE
// 802.3 with LLC behind it, where they count octets.
//
//   +-------------------+-------------------+------------------+
//   | Destination (6)   | Source (6)        | Type/Length (2)  |
//   +-------------------+-------------------+------------------+
#ifndef PROVIDERS_ETHERNET_ETHERNET_HEADER_H_
#define PROVIDERS_ETHERNET_ETHERNET_HEADER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/wire/bytes.h"

namespace ethernet {

// A MAC address, octets in the order of the wire. The lowest bit of the first is set in the address
// of a group.
using Address = std::array<uint8_t, 6>;

inline constexpr Address kBroadcast = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

// Values of the type field (IANA "IEEE 802 Numbers").
inline constexpr uint16_t kTypeIpv4 = 0x0800;
inline constexpr uint16_t kTypeIpv6 = 0x86DD;

struct EthernetHeader {
  static constexpr size_t kSize = 14;           // octets
  static constexpr uint16_t kMaxLength = 1500;  // the largest length, IEEE 802.3 3.2.6
  static constexpr uint16_t kMinType = 0x0600;  // the smallest type, IEEE 802.3 3.2.6
  static constexpr size_t kMinFrameSize = 60;   // header and data; a sender pads up to this

  Address destination{};
  Address source{};
  uint16_t type_or_length = 0;  // octets of LLC header and data up to kMaxLength, else a protocol

  // Whether LLC follows, rather than the protocol that type_or_length names.
  bool has_length() const { return type_or_length <= kMaxLength; }

  // Reads the header at the front of `frame`; `payload`, where given, becomes the octets behind it,
  // still owned by the caller: exactly the counted ones where there is a length, else all, padding
  // included. InvalidArgument: a truncated header, a length beyond the frame, a value that is
  // neither length nor type.
  static absl::StatusOr<EthernetHeader> Parse(wire::ByteSpan frame,
                                              wire::ByteSpan* payload = nullptr);

  // Octets that WriteTo fills.
  size_t size() const { return kSize; }
  // Writes the header to the front of `out`, which has room for size() octets.
  void WriteTo(uint8_t* out) const;
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const EthernetHeader&, const EthernetHeader&) = default;
};

}  // namespace ethernet

#endif  // PROVIDERS_ETHERNET_ETHERNET_HEADER_H_
