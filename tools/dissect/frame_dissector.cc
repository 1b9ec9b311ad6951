#include "tools/dissect/frame_dissector.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "providers/ethernet/ethernet_header.h"
#include "providers/ethernet/llc_header.h"
#include "providers/inet/icmp/icmp_message.h"
#include "providers/inet/icmp/icmpv6_message.h"
#include "providers/inet/ipv4/ipv4_header.h"
#include "providers/inet/ipv6/ipv6_extension.h"
#include "providers/inet/ipv6/ipv6_header.h"
#include "providers/inet/tcp/tcp_header.h"

namespace wsim {

using Octets = absl::Span<const uint8_t>;

std::string FrameDissector::Label(Octets frame) {
  Octets payload;
  const absl::StatusOr<ethernet::EthernetHeader> header =
      ethernet::EthernetHeader::Parse(frame, &payload);
  if (!header.ok()) return "Ethernet, malformed";
  if (!header->has_length()) {
    if (header->type_or_length == ethernet::kTypeIpv4) return LabelIpv4(payload);
    if (header->type_or_length == ethernet::kTypeIpv6) return LabelIpv6(payload);
    return absl::StrCat("Ethernet type ", absl::Hex(header->type_or_length, absl::kZeroPad4));
  }
  const absl::StatusOr<ethernet::LlcHeader> llc = ethernet::LlcHeader::Parse(payload);
  if (!llc.ok()) return "LLC, malformed";
  payload.remove_prefix(llc->size());
  if (llc->destination_sap == ethernet::kSapOsiNetwork) return osi_.Label(payload);
  return absl::StrCat("LLC service access point ",
                      absl::Hex(llc->destination_sap, absl::kZeroPad2));
}

std::string FrameDissector::LabelIpv4(Octets packet) {
  Octets payload;
  const absl::StatusOr<inet::Ipv4Header> header = inet::Ipv4Header::Parse(packet, &payload);
  if (!header.ok()) return "IPv4, malformed";
  if (header->is_fragment()) {
    return absl::StrCat("IPv4 fragment at ",
                        header->fragment_offset * inet::Ipv4Header::kFragmentUnit);
  }
  if (header->protocol == inet::kProtocolTcp) {
    return tcp_.Label(header->source, header->destination, payload);
  }
  if (header->protocol == inet::kProtocolIcmp) {
    const absl::StatusOr<inet::IcmpMessage> message = inet::IcmpMessage::Parse(payload);
    return message.ok() ? absl::StrCat("ICMP ", inet::IcmpMessageToString(*message))
                        : "ICMP, malformed";
  }
  return absl::StrCat("IPv4 protocol ", header->protocol);
}

std::string FrameDissector::LabelIpv6(Octets packet) {
  Octets payload;
  const absl::StatusOr<inet::Ipv6Header> header = inet::Ipv6Header::Parse(packet, &payload);
  if (!header.ok()) return "IPv6, malformed";
  const inet::Ipv6Chain chain = inet::FollowIpv6Chain(*header, payload);
  if (chain.verdict == inet::Ipv6Chain::Verdict::kFragment) {
    return absl::StrCat("IPv6 fragment at ",
                        chain.fragment.fragment_offset * inet::Ipv6FragmentHeader::kFragmentUnit);
  }
  if (chain.verdict != inet::Ipv6Chain::Verdict::kDeliver) return std::string(chain.why);
  if (chain.next_header == inet::kProtocolTcp) {
    return tcp_.Label(header->source, header->destination, chain.payload);
  }
  if (chain.next_header == inet::kProtocolIcmpv6) {
    const absl::StatusOr<inet::Icmpv6Message> message = inet::Icmpv6Message::Parse(chain.payload);
    return message.ok() ? absl::StrCat("ICMPv6 ", inet::Icmpv6MessageToString(*message))
                        : "ICMPv6, malformed";
  }
  return absl::StrCat("IPv6 next header ", chain.next_header);
}

}  // namespace wsim
