#include "providers/inet/ipv6/ipv6_layer.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "sim/world.h"

namespace inet {
namespace {

constexpr size_t kMaxPayloadLength = 65535;  // octets; more is a jumbogram (RFC 2675)
constexpr size_t kHostNumberOffset = Ipv6Address::kSize - sizeof(uint32_t);

// 2001:db8::/96: what is left for the number of a host.
Ipv6Address NetworkPrefix() {
  Ipv6Address prefix;
  wire::StoreU32(prefix.octets.data(), 0x20010DB8);
  return prefix;
}

bool IsOfHost(const Ipv6Address& address) {
  const Ipv6Address prefix = NetworkPrefix();
  return std::equal(prefix.octets.begin(), prefix.octets.begin() + kHostNumberOffset,
                    address.octets.begin());
}

}  // namespace

Ipv6Address Ipv6AddressOfHost(uint32_t host_number) {
  Ipv6Address address = NetworkPrefix();
  wire::StoreU32(address.octets.data() + kHostNumberOffset, host_number);
  return address;
}

uint32_t HostNumberOf(const Ipv6Address& address) {
  if (!IsOfHost(address)) return 0;
  return wire::ByteReader(wire::ByteSpan(address.octets).subspan(kHostNumberOffset)).U32();
}

Ipv6Layer::Ipv6Layer(sim::Boot& boot)
    : boot_(boot),
      station_(boot.slots().Get<ethernet::Station>()),
      own_address_(Ipv6AddressOfHost(boot.host().number())),
      path_mtus_(Ipv6Header::kMinMtu),
      icmp_(boot.world(), *this, *this) {
  receivers_[kProtocolIcmpv6] = &icmp_;
  station_.SetReceiverOfType(ethernet::kTypeIpv6, this);
}

Ipv6Layer::~Ipv6Layer() { station_.SetReceiverOfType(ethernet::kTypeIpv6, nullptr); }

void Ipv6Layer::SetReceiver(uint8_t protocol, SegmentReceiver* receiver) {
  if (receiver == nullptr) {
    receivers_.erase(protocol);
  } else {
    receivers_[protocol] = receiver;
  }
}

const sim::Host* Ipv6Layer::HostAt(const Ipv6Address& address) const {
  return address.is_loopback() ? &boot_.host()
                               : boot_.world().network().host(HostNumberOf(address));
}

std::optional<sim::NextHop> Ipv6Layer::Route(const Ipv6Address& destination) const {
  sim::Network& network = boot_.world().network();
  std::optional<sim::NextHop> next;
  if (const sim::Host* host = HostAt(destination)) {
    next = network.Route(boot_.host(), *host);
  } else if (!boot_.host().is_router() && !destination.is_multicast()) {
    next = network.DefaultRouter(boot_.host());
  }
  if (next.has_value() && next->mtu < Ipv6Header::kMinMtu) return std::nullopt;
  return next;
}

size_t Ipv6Layer::PathMtu(const sim::NextHop& next, const IpAddress& destination) const {
  const size_t first_link = std::min(next.mtu, Ipv6Header::kSize + kMaxPayloadLength);
  const size_t told = path_mtus_.Of(destination, boot_.world().now());
  return told == 0 ? first_link : std::min(told, first_link);
}

SendStatus Ipv6Layer::Send(const SegmentInfo& info, uint8_t protocol, sim::FramePtr segment) {
  const Ipv6Address destination = std::get<Ipv6Address>(info.destination);
  const std::optional<sim::NextHop> next = Route(destination);
  if (!next.has_value()) return SendStatus::kNoRoute;
  const Ipv6Header header{.dscp = static_cast<uint8_t>(info.traffic_class >> 2),
                          .ecn = static_cast<uint8_t>(info.traffic_class & 3),
                          .payload_length = static_cast<uint16_t>(segment->size()),
                          .next_header = protocol,
                          .hop_limit = info.hop_limit,
                          .source = std::get<Ipv6Address>(info.source),
                          .destination = destination};
  if (header.size() + segment->size() > PathMtu(*next, destination)) return SendStatus::kTooLong;
  header.WriteTo(segment->Prepend(header.size()));
  station_.Send(*next->nic, next->mac, ethernet::kTypeIpv6, std::move(segment));
  return SendStatus::kSent;
}

bool Ipv6Layer::IsLocal(const IpAddress& address) const {
  const auto* ipv6 = std::get_if<Ipv6Address>(&address);
  return ipv6 != nullptr &&
         (*ipv6 == own_address_ || ipv6->is_loopback() || ipv6->is_unspecified());
}

IpAddress Ipv6Layer::SourceFor(const IpAddress& destination) const {
  const auto* ipv6 = std::get_if<Ipv6Address>(&destination);
  return ipv6 != nullptr && ipv6->is_loopback() ? destination : IpAddress(own_address_);
}

size_t Ipv6Layer::MaxSegment(const IpAddress& destination) const {
  const std::optional<sim::NextHop> next = Route(std::get<Ipv6Address>(destination));
  return next.has_value() ? PathMtu(*next, destination) - Ipv6Header::kSize : 0;
}

size_t Ipv6Layer::MaxReceivable(const IpAddress& destination) const {
  const std::optional<sim::NextHop> next = Route(std::get<Ipv6Address>(destination));
  if (!next.has_value()) return 0;
  return std::min(next->mtu - Ipv6Header::kSize, kMaxPayloadLength);
}

bool Ipv6Layer::LearnPathMtu(const IpAddress& destination, size_t mtu) {
  const std::optional<sim::NextHop> next = Route(std::get<Ipv6Address>(destination));
  return next.has_value() &&
         path_mtus_.Learn(destination, mtu, PathMtu(*next, destination), boot_.world().now());
}

void Ipv6Layer::OnNetworkError(uint8_t protocol, const NetworkError& error) {
  const auto receiver = receivers_.find(protocol);
  if (receiver != receivers_.end()) receiver->second->OnNetworkError(error);
}

void Ipv6Layer::OnPacket(sim::Nic& nic, const sim::FramePtr& frame, wire::ByteSpan packet) {
  wire::ByteSpan payload;
  const absl::StatusOr<Ipv6Header> header = Ipv6Header::Parse(packet, &payload);
  if (!header.ok()) return Drop(header.status().message(), "RFC 8200 3");
  const bool names_loopback = header->source.is_loopback() || header->destination.is_loopback();
  if (names_loopback && &nic != &boot_.host().loopback()) {
    return Drop("IPv6: the loopback address on a link", "RFC 4291 2.5.3");
  }
  if (header->source.is_multicast()) {
    return Drop("IPv6: from a multicast address", "RFC 4291 2.7");
  }
  packet = packet.first(header->size() + payload.size());
  if (IsLocal(header->destination)) return Deliver(*header, frame, packet, payload);
  if (boot_.host().is_router()) return Forward(*header, packet, payload);
  Drop("IPv6: for another host", "RFC 8200 3");
}

void Ipv6Layer::Deliver(const Ipv6Header& header, const sim::FramePtr& frame, wire::ByteSpan packet,
                        wire::ByteSpan payload) {
  const Ipv6Chain chain = FollowIpv6Chain(header, payload);
  if (chain.verdict != Ipv6Chain::Verdict::kDeliver) {
    Drop(chain.why, chain.clause);
    if (chain.verdict == Ipv6Chain::Verdict::kDiscard) return;
    return icmp_.TellParameterProblem(header, packet, static_cast<Icmpv6ParameterCode>(chain.code),
                                      chain.pointer);
  }
  if (chain.next_header == kNoNextHeader) return Drop("IPv6: nothing inside", "RFC 8200 4.7");
  const auto receiver = receivers_.find(chain.next_header);
  if (receiver == receivers_.end()) {
    Drop("IPv6: no such protocol here", "RFC 8200 4");
    return icmp_.TellParameterProblem(header, packet, Icmpv6ParameterCode::kUnrecognizedNextHeader,
                                      chain.pointer);
  }
  const SegmentInfo info{.source = header.source,
                         .destination = header.destination,
                         .hop_limit = header.hop_limit,
                         .traffic_class = static_cast<uint8_t>(header.dscp << 2 | header.ecn)};
  receiver->second->OnSegment(info, frame, chain.payload);
}

void Ipv6Layer::Forward(Ipv6Header header, wire::ByteSpan packet, wire::ByteSpan payload) {
  if (header.hop_limit <= 1) {
    Drop("IPv6: hop limit exceeded", "RFC 8200 3");
    return icmp_.TellTimeExceeded(header, packet);
  }
  const std::optional<sim::NextHop> next = Route(header.destination);
  if (!next.has_value()) {
    Drop("IPv6: no route to the destination", "RFC 4443 3.1");
    return icmp_.TellUnreachable(header, packet,
                                 IsOfHost(header.destination) ? Icmpv6UnreachableCode::kAddress
                                                              : Icmpv6UnreachableCode::kNoRoute);
  }
  if (packet.size() > next->mtu) {
    Drop("IPv6: longer than the next link's MTU", "RFC 4443 3.2");
    return icmp_.TellTooBig(header, packet, next->mtu);
  }
  --header.hop_limit;
  sim::FramePtr copy = sim::Frame::Create(payload.size());
  if (!payload.empty()) std::memcpy(copy->Append(payload.size()), payload.data(), payload.size());
  header.WriteTo(copy->Prepend(header.size()));
  station_.Send(*next->nic, next->mac, ethernet::kTypeIpv6, std::move(copy));
}

void Ipv6Layer::Drop(absl::string_view why, absl::string_view clause) {
  boot_.world().trace().Record(
      {.kind = sim::TraceKind::kPduDropped, .name = "IPv6", .text = why, .clause = clause});
}

}  // namespace inet
