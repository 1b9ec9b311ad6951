#include "providers/inet/ipv6/ipv6_layer.h"

#include <algorithm>
#include <optional>

#include "providers/inet/host_address.h"
#include "providers/inet/ipv6/ipv6_extension.h"
#include "sim/world.h"

namespace inet {
namespace {

constexpr IpVersion kVersion{.name = "IPv6",
                             .ether_type = ethernet::kTypeIpv6,
                             .header_size = Ipv6Header::kSize,
                             .largest_packet = Ipv6Header::kSize + Ipv6Header::kMaxPayload,
                             .least_mtu = Ipv6Header::kMinMtu,
                             .fragments = {.overlap_ends_packet = true, .clause = "RFC 8200 4.5"}};

// A packet out of its fragments, in a frame of its own.
sim::FramePtr Assemble(wire::ByteSpan headers, wire::ByteSpan data) {
  sim::FramePtr frame = sim::Frame::Create(headers.size() + data.size());
  std::copy(headers.begin(), headers.end(), frame->Append(headers.size()));
  std::copy(data.begin(), data.end(), frame->Append(data.size()));
  return frame;
}

}  // namespace

Ipv6Layer::Ipv6Layer(sim::Boot& boot)
    : IpLayer(boot, kVersion, Ipv6AddressOfHost(boot.host().number())),
      icmp_(boot.world(), *this, *this, drops_with_icmp()) {
  SetReceiver(kProtocolIcmpv6, &icmp_);
}

void Ipv6Layer::PrependHeader(const SegmentInfo& info, uint8_t protocol, sim::Frame& segment) {
  const Ipv6Header header{.dscp = static_cast<uint8_t>(info.traffic_class >> 2),
                          .ecn = static_cast<uint8_t>(info.traffic_class & 3),
                          .payload_length = static_cast<uint16_t>(segment.size()),
                          .next_header = protocol,
                          .hop_limit = info.hop_limit,
                          .source = std::get<Ipv6Address>(info.source),
                          .destination = std::get<Ipv6Address>(info.destination)};
  header.WriteTo(segment.Prepend(header.size()));
}

void Ipv6Layer::OnPacket(sim::Nic& nic, const sim::FramePtr& frame, wire::ByteSpan packet) {
  wire::ByteSpan payload;
  const absl::StatusOr<Ipv6Header> header = Ipv6Header::Parse(packet, &payload);
  if (!header.ok()) return Drop(IpDrop::kMalformed, header.status().message(), "RFC 8200 3");
  if (NamesLoopbackOnLink(header->source, header->destination, nic)) {
    return Drop(IpDrop::kBadAddress, "the loopback address on a link", "RFC 4291 2.5.3");
  }
  if (header->source.is_multicast()) {
    return Drop(IpDrop::kBadAddress, "from the address of a group", "RFC 4291 2.7");
  }
  packet = packet.first(header->size() + payload.size());
  if (IsLocal(header->destination)) return Deliver(*header, frame, packet, payload);
  if (boot().host().is_router()) return Forward(*header, packet, payload);
  Drop(IpDrop::kForAnother, "for another host", "RFC 8200 3");
}

void Ipv6Layer::Deliver(const Ipv6Header& header, const sim::FramePtr& frame, wire::ByteSpan packet,
                        wire::ByteSpan payload) {
  const Ipv6Chain chain = FollowIpv6Chain(header, payload);
  if (!Passes(header, chain, packet, IpDrop::kExtension)) return;
  if (chain.verdict == Ipv6Chain::Verdict::kFragment) return OnFragment(header, chain, packet);
  DeliverSegment(header, chain, frame, packet);
}

bool Ipv6Layer::Passes(const Ipv6Header& header, const Ipv6Chain& chain, wire::ByteSpan packet,
                       IpDrop drop) {
  switch (chain.verdict) {
    case Ipv6Chain::Verdict::kDeliver:
    case Ipv6Chain::Verdict::kFragment:
      return true;
    case Ipv6Chain::Verdict::kDiscard:
      Drop(drop, chain.why, chain.clause);
      return false;
    case Ipv6Chain::Verdict::kParameterProblem:
      Drop(drop, chain.why, chain.clause);
      icmp_.TellParameterProblem(header, packet, static_cast<Icmpv6ParameterCode>(chain.code),
                                 chain.pointer);
      return false;
  }
  return false;
}

void Ipv6Layer::DeliverSegment(const Ipv6Header& header, const Ipv6Chain& chain,
                               const sim::FramePtr& frame, wire::ByteSpan packet) {
  if (chain.next_header == kNoNextHeader)
    return Drop(IpDrop::kNoProtocol, "nothing inside", "RFC 8200 4.7");
  SegmentReceiver* receiver = ReceiverOf(chain.next_header);
  if (receiver == nullptr) {
    Drop(IpDrop::kNoProtocol, "no such protocol here", "RFC 8200 4");
    return icmp_.TellParameterProblem(header, packet, Icmpv6ParameterCode::kUnrecognizedNextHeader,
                                      chain.pointer);
  }
  const SegmentInfo info{.source = header.source,
                         .destination = header.destination,
                         .hop_limit = header.hop_limit,
                         .traffic_class = static_cast<uint8_t>(header.dscp << 2 | header.ecn)};
  receiver->OnSegment(info, frame, chain.payload);
}

void Ipv6Layer::OnFragment(const Ipv6Header& header, const Ipv6Chain& chain,
                           wire::ByteSpan packet) {
  if (!Passes(header, CheckIpv6Fragment(header, chain), packet, IpDrop::kFragment)) return;
  const std::optional<FragmentReassembler::Whole> whole =
      Reassemble({.source = header.source,
                  .destination = header.destination,
                  .identification = chain.fragment.identification,
                  .offset = chain.fragment.fragment_offset * Ipv6FragmentHeader::kFragmentUnit,
                  .is_last = !chain.fragment.more_fragments,
                  .ecn = header.ecn,
                  .data = chain.payload,
                  .packet = packet});
  if (!whole.has_value()) return;
  wire::ByteSpan payload;
  absl::StatusOr<Ipv6Header> first = Ipv6Header::Parse(whole->first, &payload);
  if (!first.ok()) return Drop(IpDrop::kFragment, first.status().message(), "RFC 8200 4.5");
  // The first one's headers are the packet's, without the fragment header.
  const Ipv6Chain first_chain = FollowIpv6Chain(*first, payload);
  const size_t length = first_chain.fragment_at - Ipv6Header::kSize + whole->data.size();
  if (length > Ipv6Header::kMaxPayload) {
    return Drop(IpDrop::kFragment, "fragments of more than the longest packet", "RFC 8200 4.5");
  }
  const sim::FramePtr frame =
      Assemble(wire::ByteSpan(whole->first).first(first_chain.fragment_at), whole->data);
  frame->writable()[first_chain.pointer] = first_chain.fragment.next_header;
  first = Ipv6Header::ParseQuoted(frame->octets());
  first->payload_length = static_cast<uint16_t>(length);
  first->ecn = whole->ecn;
  first->WriteTo(frame->writable().data());
  const Ipv6Chain whole_chain = FollowIpv6Chain(*first, frame->octets().subspan(Ipv6Header::kSize));
  if (whole_chain.verdict == Ipv6Chain::Verdict::kFragment) {
    return Drop(IpDrop::kFragment, "a fragment inside a fragment", "RFC 8200 4.1");
  }
  if (Passes(*first, whole_chain, frame->octets(), IpDrop::kExtension)) {
    DeliverSegment(*first, whole_chain, frame, frame->octets());
  }
}

void Ipv6Layer::TellReassemblyTimeExceeded(wire::ByteSpan first) {
  const absl::StatusOr<Ipv6Header> header = Ipv6Header::Parse(first);
  if (header.ok()) icmp_.TellTimeExceeded(*header, first, Icmpv6TimeExceededCode::kReassembly);
}

void Ipv6Layer::Forward(Ipv6Header header, wire::ByteSpan packet, wire::ByteSpan payload) {
  if (header.hop_limit <= 1) {
    Drop(IpDrop::kHopLimit, "hop limit exceeded", "RFC 8200 3");
    return icmp_.TellTimeExceeded(header, packet, Icmpv6TimeExceededCode::kHopLimit);
  }
  const std::optional<sim::NextHop> next = Route(header.destination);
  if (!next.has_value()) {
    Drop(IpDrop::kNoRoute, "no route to the destination", "RFC 4443 3.1");
    return icmp_.TellUnreachable(header, packet,
                                 IsInNetworkOfHosts(header.destination)
                                     ? Icmpv6UnreachableCode::kAddress
                                     : Icmpv6UnreachableCode::kNoRoute);
  }
  if (packet.size() > next->mtu) {
    Drop(IpDrop::kTooLong, "longer than the next link's MTU", "RFC 4443 3.2");
    return icmp_.TellTooBig(header, packet, next->mtu);
  }
  --header.hop_limit;
  ForwardTo(*next, header, payload);
}

}  // namespace inet
