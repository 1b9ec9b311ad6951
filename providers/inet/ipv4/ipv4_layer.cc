#include "providers/inet/ipv4/ipv4_layer.h"

#include <optional>
#include <utility>

#include "providers/inet/host_address.h"
#include "providers/inet/ipv4/ipv4_fragmentation.h"
#include "sim/world.h"

namespace inet {
namespace {

constexpr IpVersion kVersion{.name = "IPv4",
                             .ether_type = ethernet::kTypeIpv4,
                             .header_size = Ipv4Header::kMinSize,
                             .largest_packet = Ipv4Header::kMaxTotalLength,
                             .least_mtu = Ipv4Header::kMinMtu,
                             .fragments = {.clause = "RFC 791 3.2"}};

}  // namespace

Ipv4Layer::Ipv4Layer(sim::Boot& boot)
    : IpLayer(boot, kVersion, Ipv4AddressOfHost(boot.host().number())),
      icmp_(boot.world(), *this, *this, drops_with_icmp()) {
  SetReceiver(kProtocolIcmp, &icmp_);
}

void Ipv4Layer::PrependHeader(const SegmentInfo& info, uint8_t protocol, sim::Frame& segment) {
  const Ipv4Header header{
      .dscp = static_cast<uint8_t>(info.traffic_class >> 2),
      .ecn = static_cast<uint8_t>(info.traffic_class & 3),
      .total_length = static_cast<uint16_t>(Ipv4Header::kMinSize + segment.size()),
      .identification = next_identification_++,
      .dont_fragment = true,
      .time_to_live = info.hop_limit,
      .protocol = protocol,
      .source = std::get<Ipv4Address>(info.source),
      .destination = std::get<Ipv4Address>(info.destination)};
  header.WriteTo(segment.Prepend(header.size()));
}

void Ipv4Layer::OnPacket(sim::Nic& nic, const sim::FramePtr& frame, wire::ByteSpan packet) {
  wire::ByteSpan payload;
  absl::StatusOr<Ipv4Header> header = Ipv4Header::Parse(packet, &payload);
  if (!header.ok()) return Drop(IpDrop::kMalformed, header.status().message(), "RFC 1122 3.2.1");
  if (absl::Status checksum = VerifyIpv4Checksum(packet); !checksum.ok()) {
    return Drop(IpDrop::kBadChecksum, checksum.message(), "RFC 1122 3.2.1.2");
  }
  if (NamesLoopbackOnLink(header->source, header->destination, nic)) {
    return Drop(IpDrop::kBadAddress, "a loopback address on a link", "RFC 1122 3.2.1.3 (g)");
  }
  if (IsOfGroup(header->source)) {
    return Drop(IpDrop::kBadAddress, "from the address of a group", "RFC 1122 3.2.1.3");
  }
  packet = packet.first(header->total_length);
  if (IsLocal(header->destination)) return Deliver(*header, frame, packet, payload);
  if (boot().host().is_router()) return Forward(*std::move(header), packet, payload);
  Drop(IpDrop::kForAnother, "for another host", "RFC 1122 3.2.1.3");
}

void Ipv4Layer::Deliver(const Ipv4Header& header, const sim::FramePtr& frame, wire::ByteSpan packet,
                        wire::ByteSpan payload) {
  if (header.is_fragment()) return OnFragment(header, packet, payload);
  SegmentReceiver* receiver = ReceiverOf(header.protocol);
  if (receiver == nullptr) {
    Drop(IpDrop::kNoProtocol, "no such protocol here", "RFC 1122 3.2.2.1");
    return icmp_.TellUnreachable(header, packet, IcmpUnreachableCode::kProtocol);
  }
  const SegmentInfo info{.source = header.source,
                         .destination = header.destination,
                         .hop_limit = header.time_to_live,
                         .traffic_class = static_cast<uint8_t>(header.dscp << 2 | header.ecn)};
  receiver->OnSegment(info, frame, payload);
}

void Ipv4Layer::OnFragment(const Ipv4Header& header, wire::ByteSpan packet,
                           wire::ByteSpan payload) {
  if (header.more_fragments && payload.size() % Ipv4Header::kFragmentUnit != 0) {
    return Drop(IpDrop::kFragment, "a fragment before the last of no multiple of 8 octets",
                "RFC 791 3.2");
  }
  const std::optional<FragmentReassembler::Whole> whole =
      Reassemble({.source = header.source,
                  .destination = header.destination,
                  .identification = header.identification,
                  .protocol = header.protocol,
                  .offset = header.fragment_offset * Ipv4Header::kFragmentUnit,
                  .is_last = !header.more_fragments,
                  .ecn = header.ecn,
                  .data = payload,
                  .packet = packet});
  if (!whole.has_value()) return;
  absl::StatusOr<Ipv4Header> first = Ipv4Header::Parse(whole->first);
  if (!first.ok() || first->size() + whole->data.size() > Ipv4Header::kMaxTotalLength) {
    return Drop(IpDrop::kFragment, "fragments of more than the largest datagram", "RFC 791 3.2");
  }
  first->more_fragments = false;
  first->ecn = whole->ecn;
  first->total_length = static_cast<uint16_t>(first->size() + whole->data.size());
  const sim::FramePtr frame = sim::Frame::Copy(whole->data);
  first->WriteTo(frame->Prepend(first->size()));
  Deliver(*first, frame, frame->octets(), frame->octets().subspan(first->size()));
}

void Ipv4Layer::TellReassemblyTimeExceeded(wire::ByteSpan first) {
  const absl::StatusOr<Ipv4Header> header = Ipv4Header::Parse(first);
  if (header.ok()) icmp_.TellTimeExceeded(*header, first, IcmpTimeExceededCode::kReassembly);
}

void Ipv4Layer::Forward(Ipv4Header header, wire::ByteSpan packet, wire::ByteSpan payload) {
  if (header.time_to_live <= 1) {
    Drop(IpDrop::kHopLimit, "time to live exceeded", "RFC 1812 5.3.1");
    return icmp_.TellTimeExceeded(header, packet, IcmpTimeExceededCode::kTimeToLive);
  }
  const std::optional<sim::NextHop> next = Route(header.destination);
  if (!next.has_value()) {
    Drop(IpDrop::kNoRoute, "no route to the destination", "RFC 1812 5.2.7.1");
    return icmp_.TellUnreachable(header, packet,
                                 IsInNetworkOfHosts(header.destination)
                                     ? IcmpUnreachableCode::kHost
                                     : IcmpUnreachableCode::kNetwork);
  }
  if (header.total_length > next->mtu && header.dont_fragment) {
    Drop(IpDrop::kTooLong, "longer than the next link's MTU", "RFC 1812 5.2.7.1");
    return icmp_.TellFragmentationNeeded(header, packet, next->mtu);
  }
  --header.time_to_live;
  for (const Ipv4Fragment& fragment : FragmentIpv4(header, payload, next->mtu)) {
    ForwardTo(*next, fragment.header, fragment.payload);
  }
}

}  // namespace inet
