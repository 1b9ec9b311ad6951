// ICMP messages about a packet (RFC 792, RFC 4443), by the names that scripts give them.
#include <algorithm>
#include <iterator>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "providers/inet/checksum.h"
#include "providers/inet/icmp/icmp_message.h"
#include "providers/inet/internet_layer.h"
#include "tools/packetdrill/packet.h"

namespace wsim::packetdrill {
namespace {

constexpr uint8_t kProtocolIcmpV6 = 58;
constexpr size_t kMostQuoted = 548;     // octets: an ICMP error of IPv4 within 576
constexpr size_t kMostQuotedV6 = 1232;  // the same of IPv6 within 1280

struct Name {
  absl::string_view type;
  absl::string_view code;
  uint8_t type_number;
  uint8_t code_number;
};

constexpr Name kIpv4Names[] = {
    {"unreachable", "net_unreachable", 3, 0},
    {"unreachable", "host_unreachable", 3, 1},
    {"unreachable", "protocol_unreachable", 3, 2},
    {"unreachable", "proto_unreachable", 3, 2},
    {"unreachable", "port_unreachable", 3, 3},
    {"unreachable", "frag_needed", 3, 4},
    {"unreachable", "source_route_failed", 3, 5},
    {"unreachable", "net_unknown", 3, 6},
    {"unreachable", "host_unknown", 3, 7},
    {"unreachable", "source_host_isolated", 3, 8},
    {"unreachable", "net_prohibited", 3, 9},
    {"unreachable", "host_prohibited", 3, 10},
    {"unreachable", "net_unreachable_for_tos", 3, 11},
    {"unreachable", "host_unreachable_for_tos", 3, 12},
    {"unreachable", "packet_filtered", 3, 13},
    {"unreachable", "communication_prohibited", 3, 13},
    {"unreachable", "filter_prohibited", 3, 13},
    {"unreachable", "precedence_violation", 3, 14},
    {"unreachable", "host_precedence_violation", 3, 14},
    {"unreachable", "precedence_cutoff", 3, 15},
    {"source_quench", "", 4, 0},
    {"redirect", "net", 5, 0},
    {"redirect", "host", 5, 1},
    {"time_exceeded", "ttl_exceeded_in_transit", 11, 0},
    {"time_exceeded", "ttl_exceeded", 11, 0},
    {"time_exceeded", "fragment_reassembly_time_exceeded", 11, 1},
    {"time_exceeded", "reassembly_time_exceeded", 11, 1},
    {"parameter_problem", "", 12, 0},
    {"parameter_problem", "pointer", 12, 0},
    {"parameter_problem", "option_missing", 12, 1},
    {"parameter_problem", "bad_length", 12, 2},
};

constexpr Name kIpv6Names[] = {
    {"unreachable", "no_route", 1, 0},
    {"unreachable", "admin_prohibited", 1, 1},
    {"unreachable", "not_neighbour", 1, 2},
    {"unreachable", "beyond_scope", 1, 2},
    {"unreachable", "address_unreachable", 1, 3},
    {"unreachable", "addr_unreachable", 1, 3},
    {"unreachable", "port_unreachable", 1, 4},
    {"unreachable", "source_address_failed_policy", 1, 5},
    {"unreachable", "reject_route", 1, 6},
    {"packet_too_big", "", 2, 0},
    {"time_exceeded", "exceed_hop_limit", 3, 0},
    {"time_exceeded", "hop_limit_exceeded_in_transit", 3, 0},
    {"time_exceeded", "hop_limit_exceeded", 3, 0},
    {"time_exceeded", "ttl_exceeded_in_transit", 3, 0},
    {"time_exceeded", "fragment_reassembly_time_exceeded", 3, 1},
    {"time_exceeded", "exceed_fragment_reassembly_time", 3, 1},
    {"time_exceeded", "reassembly_time_exceeded", 3, 1},
    {"parameter_problem", "erroneous_header_field", 4, 0},
    {"parameter_problem", "header_field", 4, 0},
    {"parameter_problem", "unknown_next_header", 4, 1},
    {"parameter_problem", "unrecognized_next_header", 4, 1},
    {"parameter_problem", "unknown_ipv6_option", 4, 2},
    {"parameter_problem", "unrecognized_option", 4, 2},
};

template <size_t kCount>
const Name* Find(const Name (&names)[kCount], const IcmpSpec& icmp) {
  const auto found = std::find_if(std::begin(names), std::end(names), [&icmp](const Name& name) {
    return name.type == icmp.type && name.code == icmp.code;
  });
  return found == std::end(names) ? nullptr : found;
}

}  // namespace

absl::StatusOr<std::vector<uint8_t>> IcmpToOctets(const IcmpSpec& icmp,
                                                  const inet::IpAddress& source,
                                                  const inet::IpAddress& destination,
                                                  wire::ByteSpan quoted) {
  const bool is_ipv6 = std::holds_alternative<inet::Ipv6Address>(source);
  const Name* name = is_ipv6 ? Find(kIpv6Names, icmp) : Find(kIpv4Names, icmp);
  if (name == nullptr) {
    return absl::UnimplementedError(absl::StrCat("ICMP ", icmp.type, " ", icmp.code));
  }
  const uint8_t protocol = is_ipv6 ? kProtocolIcmpV6 : inet::kProtocolIcmp;
  std::vector<uint8_t> message;
  wire::ByteWriter out(message);
  out.U8(name->type_number);
  out.U8(name->code_number);
  out.U16(0);
  out.U32(icmp.mtu);
  out.Bytes(quoted.first(std::min(quoted.size(), is_ipv6 ? kMostQuotedV6 : kMostQuoted)));
  const uint16_t checksum =
      is_ipv6 ? inet::MakePseudoHeader(source, destination, protocol).Checksum(message)
              : inet::InternetChecksum(message);
  wire::StoreU16(message.data() + 2, checksum);
  return WithNetworkHeader({.source = source, .destination = destination, .protocol = protocol},
                           message);
}

}  // namespace wsim::packetdrill
