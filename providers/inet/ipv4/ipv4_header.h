// The IPv4 header, RFC 791 3.1, with the traffic class of RFC 2474 and RFC 3168.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-------+-------+-----------+---+-------------------------------+
//   |Version|  IHL  |   DSCP    |ECN|         Total Length          |
//   +-------+-------+-----------+---+-----+-------------------------+
//   |         Identification        |0|D|M|     Fragment Offset     |
//   +---------------+---------------+-----+-------------------------+
//   |  Time to Live |    Protocol   |        Header Checksum        |
//   +---------------+---------------+-------------------------------+
//   |                        Source Address                         |
//   +---------------------------------------------------------------+
//   |                     Destination Address                       |
//   +---------------------------------------------------------------+
//   |                   Options, padded to 32 bits                  |
//   +---------------------------------------------------------------+
#ifndef PROVIDERS_INET_IPV4_IPV4_HEADER_H_
#define PROVIDERS_INET_IPV4_IPV4_HEADER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "providers/inet/ip_address.h"
#include "providers/wire/bytes.h"

namespace inet {

struct Ipv4Header {
  static constexpr size_t kMinSize = 20;  // octets, without options
  static constexpr size_t kMaxSize = 60;
  static constexpr size_t kMaxTotalLength = 65535;  // octets of a datagram
  static constexpr size_t kFragmentUnit = 8;        // octets, of fragment_offset
  // What any link carries and any host takes in one piece, RFC 791 3.1 and 3.2.
  static constexpr size_t kMinMtu = 68;
  static constexpr size_t kMinReassembledSize = 576;

  uint8_t dscp = 0;                  // 6 bits, RFC 2474 3
  uint8_t ecn = 0;                   // 2 bits, RFC 3168 5
  uint16_t total_length = kMinSize;  // octets, header included
  uint16_t identification = 0;       // tells fragments of different datagrams apart
  bool dont_fragment = false;
  bool more_fragments = false;
  uint16_t fragment_offset = 0;  // in units of kFragmentUnit, 13 bits
  uint8_t time_to_live = 0;      // hops
  uint8_t protocol = 0;          // IANA "Protocol Numbers"
  Ipv4Address source;
  Ipv4Address destination;
  // As on the wire, padding included; a multiple of 4 octets, at most 40.
  absl::InlinedVector<uint8_t, 8> options;

  // Reads the header at the front of `packet`; `payload`, where given, becomes the octets behind it
  // that total_length counts, without what the link padded, still owned by the caller.
  // InvalidArgument names the field at fault: version, IHL, total length, a fragment that ends
  // beyond the largest datagram, an option that leaves the header. The reserved flag is ignored and
  // the checksum not looked at: see VerifyIpv4Checksum.
  static absl::StatusOr<Ipv4Header> Parse(wire::ByteSpan packet, wire::ByteSpan* payload = nullptr);

  // The same for a datagram of which only the beginning is there, as ICMP errors quote it: the
  // total length may go beyond `quote`. `payload` becomes the part of the data that was quoted.
  static absl::StatusOr<Ipv4Header> ParseQuoted(wire::ByteSpan quote,
                                                wire::ByteSpan* payload = nullptr);

  // Octets that WriteTo fills, options included; a multiple of 4.
  size_t size() const { return kMinSize + options.size(); }
  // Writes the header, with its checksum, to the front of `out`, which has room for size() octets.
  void WriteTo(uint8_t* out) const;
  void AppendTo(std::vector<uint8_t>& out) const;

  // Whether the packet is a piece of a datagram rather than a whole one.
  bool is_fragment() const { return more_fragments || fragment_offset != 0; }
  friend bool operator==(const Ipv4Header&, const Ipv4Header&) = default;
};

// Whether the checksum of a received header is right (RFC 1122 3.2.1.2 makes every host ask). The
// error names the checksum found. `packet` begins with a header that Ipv4Header::Parse accepts.
absl::Status VerifyIpv4Checksum(wire::ByteSpan packet);

}  // namespace inet

#endif  // PROVIDERS_INET_IPV4_IPV4_HEADER_H_
