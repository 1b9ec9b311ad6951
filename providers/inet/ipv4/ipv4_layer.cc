#include "providers/inet/ipv4/ipv4_layer.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "sim/world.h"

namespace inet {
namespace {

constexpr uint32_t kNetwork = 10u << 24;  // 10.0.0.0/8, RFC 1918
constexpr uint32_t kHostMask = (1u << 24) - 1;

bool IsOfHost(const Ipv4Address& address) {
  return (wire::ByteReader(address.octets).U32() & ~kHostMask) == kNetwork;
}

}  // namespace

Ipv4Address Ipv4AddressOfHost(uint32_t host_number) {
  Ipv4Address address;
  wire::StoreU32(address.octets.data(), kNetwork | (host_number & kHostMask));
  return address;
}

uint32_t HostNumberOf(const Ipv4Address& address) {
  return IsOfHost(address) ? wire::ByteReader(address.octets).U32() & kHostMask : 0;
}

Ipv4Layer::Ipv4Layer(sim::Boot& boot)
    : boot_(boot),
      station_(boot.slots().Get<ethernet::Station>()),
      own_address_(Ipv4AddressOfHost(boot.host().number())),
      path_mtus_(Ipv4Header::kMinMtu),
      icmp_(boot.world(), *this, *this) {
  receivers_[kProtocolIcmp] = &icmp_;
  station_.SetReceiverOfType(ethernet::kTypeIpv4, this);
}

Ipv4Layer::~Ipv4Layer() { station_.SetReceiverOfType(ethernet::kTypeIpv4, nullptr); }

void Ipv4Layer::SetReceiver(uint8_t protocol, SegmentReceiver* receiver) {
  if (receiver == nullptr) {
    receivers_.erase(protocol);
  } else {
    receivers_[protocol] = receiver;
  }
}

const sim::Host* Ipv4Layer::HostAt(const Ipv4Address& address) const {
  return address.is_loopback() ? &boot_.host()
                               : boot_.world().network().host(HostNumberOf(address));
}

std::optional<sim::NextHop> Ipv4Layer::Route(const Ipv4Address& destination) const {
  sim::Network& network = boot_.world().network();
  if (const sim::Host* host = HostAt(destination)) return network.Route(boot_.host(), *host);
  if (boot_.host().is_router() || destination.is_multicast() ||
      destination.is_limited_broadcast()) {
    return std::nullopt;
  }
  return network.DefaultRouter(boot_.host());
}

size_t Ipv4Layer::PathMtu(const sim::NextHop& next, const IpAddress& destination) const {
  const size_t first_link = std::min(next.mtu, Ipv4Header::kMaxTotalLength);
  const size_t told = path_mtus_.Of(destination, boot_.world().now());
  return told == 0 ? first_link : std::min(told, first_link);
}

SendStatus Ipv4Layer::Send(const SegmentInfo& info, uint8_t protocol, sim::FramePtr segment) {
  const Ipv4Address destination = std::get<Ipv4Address>(info.destination);
  const std::optional<sim::NextHop> next = Route(destination);
  if (!next.has_value()) return SendStatus::kNoRoute;
  Ipv4Header header{.dscp = static_cast<uint8_t>(info.traffic_class >> 2),
                    .ecn = static_cast<uint8_t>(info.traffic_class & 3),
                    .identification = next_identification_++,
                    .dont_fragment = true,
                    .time_to_live = info.hop_limit,
                    .protocol = protocol,
                    .source = std::get<Ipv4Address>(info.source),
                    .destination = destination};
  const size_t total_length = header.size() + segment->size();
  if (total_length > PathMtu(*next, destination)) return SendStatus::kTooLong;
  header.total_length = static_cast<uint16_t>(total_length);
  header.WriteTo(segment->Prepend(header.size()));
  station_.Send(*next->nic, next->mac, ethernet::kTypeIpv4, std::move(segment));
  return SendStatus::kSent;
}

bool Ipv4Layer::IsLocal(const IpAddress& address) const {
  const auto* ipv4 = std::get_if<Ipv4Address>(&address);
  return ipv4 != nullptr &&
         (*ipv4 == own_address_ || ipv4->is_loopback() || ipv4->is_unspecified());
}

IpAddress Ipv4Layer::SourceFor(const IpAddress& destination) const {
  const auto* ipv4 = std::get_if<Ipv4Address>(&destination);
  return ipv4 != nullptr && ipv4->is_loopback() ? destination : IpAddress(own_address_);
}

size_t Ipv4Layer::MaxSegment(const IpAddress& destination) const {
  const std::optional<sim::NextHop> next = Route(std::get<Ipv4Address>(destination));
  return next.has_value() ? PathMtu(*next, destination) - Ipv4Header::kMinSize : 0;
}

size_t Ipv4Layer::MaxReceivable(const IpAddress& destination) const {
  const std::optional<sim::NextHop> next = Route(std::get<Ipv4Address>(destination));
  if (!next.has_value()) return 0;
  return std::min(next->mtu, Ipv4Header::kMaxTotalLength) - Ipv4Header::kMinSize;
}

bool Ipv4Layer::LearnPathMtu(const IpAddress& destination, size_t mtu) {
  const std::optional<sim::NextHop> next = Route(std::get<Ipv4Address>(destination));
  return next.has_value() &&
         path_mtus_.Learn(destination, mtu, PathMtu(*next, destination), boot_.world().now());
}

void Ipv4Layer::OnNetworkError(uint8_t protocol, const NetworkError& error) {
  const auto receiver = receivers_.find(protocol);
  if (receiver != receivers_.end()) receiver->second->OnNetworkError(error);
}

void Ipv4Layer::OnPacket(sim::Nic& nic, const sim::FramePtr& frame, wire::ByteSpan packet) {
  wire::ByteSpan payload;
  absl::StatusOr<Ipv4Header> header = Ipv4Header::Parse(packet, &payload);
  if (!header.ok()) return Drop(header.status().message(), "RFC 1122 3.2.1");
  if (absl::Status checksum = VerifyIpv4Checksum(packet); !checksum.ok()) {
    return Drop(checksum.message(), "RFC 1122 3.2.1.2");
  }
  const bool names_loopback = header->source.is_loopback() || header->destination.is_loopback();
  if (names_loopback && &nic != &boot_.host().loopback()) {
    return Drop("IPv4: a loopback address on a link", "RFC 1122 3.2.1.3 (g)");
  }
  packet = packet.first(header->total_length);
  if (IsLocal(header->destination)) return Deliver(*header, frame, packet, payload);
  if (boot_.host().is_router()) return Forward(*std::move(header), packet, payload);
  Drop("IPv4: for another host", "RFC 1122 3.2.1.3");
}

void Ipv4Layer::Deliver(const Ipv4Header& header, const sim::FramePtr& frame, wire::ByteSpan packet,
                        wire::ByteSpan payload) {
  if (header.is_fragment()) return Drop("IPv4: a fragment", "RFC 1122 3.3.2");
  auto receiver = receivers_.find(header.protocol);
  if (receiver == receivers_.end()) {
    Drop("IPv4: no such protocol here", "RFC 1122 3.2.2.1");
    return icmp_.TellUnreachable(header, packet, IcmpUnreachableCode::kProtocol);
  }
  const SegmentInfo info{.source = header.source,
                         .destination = header.destination,
                         .hop_limit = header.time_to_live,
                         .traffic_class = static_cast<uint8_t>(header.dscp << 2 | header.ecn)};
  receiver->second->OnSegment(info, frame, payload);
}

void Ipv4Layer::Forward(Ipv4Header header, wire::ByteSpan packet, wire::ByteSpan payload) {
  if (header.time_to_live <= 1) {
    Drop("IPv4: time to live exceeded", "RFC 1812 5.3.1");
    return icmp_.TellTimeExceeded(header, packet);
  }
  const std::optional<sim::NextHop> next = Route(header.destination);
  if (!next.has_value()) {
    Drop("IPv4: no route to the destination", "RFC 1812 5.2.7.1");
    return icmp_.TellUnreachable(
        header, packet,
        IsOfHost(header.destination) ? IcmpUnreachableCode::kHost : IcmpUnreachableCode::kNetwork);
  }
  if (header.total_length > next->mtu) {
    Drop("IPv4: longer than the next link's MTU", "RFC 1812 5.2.7.1");
    if (!header.dont_fragment) return;
    return icmp_.TellFragmentationNeeded(header, packet, next->mtu);
  }
  --header.time_to_live;
  sim::FramePtr copy = sim::Frame::Create(payload.size());
  if (!payload.empty()) std::memcpy(copy->Append(payload.size()), payload.data(), payload.size());
  header.WriteTo(copy->Prepend(header.size()));
  station_.Send(*next->nic, next->mac, ethernet::kTypeIpv4, std::move(copy));
}

void Ipv4Layer::Drop(absl::string_view why, absl::string_view clause) {
  boot_.world().trace().Record(
      {.kind = sim::TraceKind::kPduDropped, .name = "IPv4", .text = why, .clause = clause});
}

}  // namespace inet
