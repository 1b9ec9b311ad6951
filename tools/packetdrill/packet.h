// A TCP segment in its IP packet, as it is on the wire: every octet that a script can say or
// compare.
#ifndef TOOLS_PACKETDRILL_PACKET_H_
#define TOOLS_PACKETDRILL_PACKET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/inet/endpoint.h"
#include "providers/wire/bytes.h"
#include "tools/packetdrill/script.h"

namespace wsim::packetdrill {

// The options keep their order, which inet::TcpHeader does not, and may contradict each other.
struct Packet {
  inet::Endpoint source;
  inet::Endpoint destination;
  uint8_t traffic_class = 0;
  uint8_t hop_limit = 64;
  uint32_t flow_label = 0;  // IPv6
  uint32_t seq = 0;
  uint32_t ack = 0;
  uint16_t flags = 0;    // inet::TcpHeader::Flag
  uint8_t reserved = 0;  // the three bits that are sent as zero
  uint16_t window = 0;   // as on the wire
  uint16_t urgent_pointer = 0;
  std::vector<OptionSpec> options;  // numbers as on the wire
  std::vector<uint8_t> payload;

  bool is_ipv6() const;

  // Reads an IP packet, from its IP header on. NotFound: it carries no TCP. InvalidArgument: it
  // cannot be read, or a checksum is wrong.
  static absl::StatusOr<Packet> Parse(wire::ByteSpan octets);
  // The IP packet, checksums right. InvalidArgument: the options are too long, or not padded to 32
  // bits.
  absl::StatusOr<std::vector<uint8_t>> ToOctets() const;
};

// What an IP header says, whichever version it is of: the addresses tell.
struct NetworkFields {
  inet::IpAddress source;
  inet::IpAddress destination;
  uint8_t traffic_class = 0;
  uint8_t hop_limit = 64;
  uint32_t flow_label = 0;
  uint8_t protocol = 0;
};
std::vector<uint8_t> WithNetworkHeader(const NetworkFields& fields, wire::ByteSpan payload);

// The IP packet of an ICMP message from `source` to `destination` that quotes `quoted`, an IP
// packet. Which family it is of, the addresses say. InvalidArgument: no such type or code.
absl::StatusOr<std::vector<uint8_t>> IcmpToOctets(const IcmpSpec& icmp,
                                                  const inet::IpAddress& source,
                                                  const inet::IpAddress& destination,
                                                  wire::ByteSpan quoted);

// "SEW.", "-" for none.
std::string FlagsToString(uint16_t flags);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_PACKET_H_
