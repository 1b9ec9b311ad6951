// The IPv6 header, RFC 8200 3. Extension headers are not part of it.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-------+-----------+---+---------------------------------------+
//   |Version|   DSCP    |ECN|              Flow Label               |
//   +-------+-----------+---+-------+---------------+---------------+
//   |        Payload Length         |  Next Header  |   Hop Limit   |
//   +-------------------------------+---------------+---------------+
//   |                  Source Address (16 octets)                   |
//   +---------------------------------------------------------------+
//   |                Destination Address (16 octets)                |
//   +---------------------------------------------------------------+
#ifndef PROVIDERS_INET_IPV6_IPV6_HEADER_H_
#define PROVIDERS_INET_IPV6_IPV6_HEADER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/inet/ip_address.h"
#include "providers/wire/bytes.h"

namespace inet {

struct Ipv6Header {
  static constexpr size_t kSize = 40;           // octets
  static constexpr size_t kMinMtu = 1280;       // what every link carries, RFC 8200 5
  static constexpr size_t kMaxPayload = 65535;  // octets; more is a jumbogram (RFC 2675)

  uint8_t dscp = 0;             // 6 bits, RFC 2474 3
  uint8_t ecn = 0;              // 2 bits, RFC 3168 5
  uint32_t flow_label = 0;      // 20 bits, RFC 6437; 0: none
  uint16_t payload_length = 0;  // octets behind this header, extension headers included
  uint8_t next_header = 0;      // IANA "Protocol Numbers"
  uint8_t hop_limit = 0;
  Ipv6Address source;
  Ipv6Address destination;

  // Reads the header at the front of `packet`; `payload`, where given, becomes the octets behind it
  // that payload_length counts, without what the link padded, still owned by the caller.
  // InvalidArgument names the field at fault: the version, or a payload length beyond the packet.
  // Jumbograms (RFC 2675) are not known: a payload length of 0 means no payload.
  static absl::StatusOr<Ipv6Header> Parse(wire::ByteSpan packet, wire::ByteSpan* payload = nullptr);

  // The same for a packet of which only the beginning is there, as ICMPv6 errors quote it: the
  // payload length may go beyond `quote`. `payload` becomes the part of the payload that was
  // quoted.
  static absl::StatusOr<Ipv6Header> ParseQuoted(wire::ByteSpan quote,
                                                wire::ByteSpan* payload = nullptr);

  // Octets that WriteTo fills.
  size_t size() const { return kSize; }
  // Writes the header to the front of `out`, which has room for size() octets.
  void WriteTo(uint8_t* out) const;
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const Ipv6Header&, const Ipv6Header&) = default;
};

}  // namespace inet

#endif  // PROVIDERS_INET_IPV6_IPV6_HEADER_H_
