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

}  // namespace

Ipv4Address Ipv4AddressOfHost(uint32_t host_number) {
  Ipv4Address address;
  wire::StoreU32(address.octets.data(), kNetwork | (host_number & kHostMask));
  return address;
}

uint32_t HostNumberOf(const Ipv4Address& address) {
  const uint32_t number = wire::ByteReader(address.octets).U32();
  return (number & ~kHostMask) == kNetwork ? number & kHostMask : 0;
}

Ipv4Layer::Ipv4Layer(sim::Boot& boot)
    : boot_(boot),
      station_(boot.slots().Get<ethernet::Station>()),
      own_address_(Ipv4AddressOfHost(boot.host().number())) {
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
  const sim::Host* host = HostAt(destination);
  if (host == nullptr) return std::nullopt;
  return boot_.world().network().Route(boot_.host(), *host);
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
  if (total_length > next->nic->mtu() || total_length > Ipv4Header::kMaxTotalLength) {
    return SendStatus::kTooLong;
  }
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
  const sim::Host* host = HostAt(std::get<Ipv4Address>(destination));
  const size_t mtu = host == nullptr ? 0 : boot_.world().network().PathMtu(boot_.host(), *host);
  const size_t longest = std::min(mtu, Ipv4Header::kMaxTotalLength);
  return longest > Ipv4Header::kMinSize ? longest - Ipv4Header::kMinSize : 0;
}

void Ipv4Layer::OnPacket(sim::Nic&, const sim::FramePtr& frame, wire::ByteSpan packet) {
  wire::ByteSpan payload;
  absl::StatusOr<Ipv4Header> header = Ipv4Header::Parse(packet, &payload);
  if (!header.ok()) return Drop(header.status().message(), "RFC 1122 3.2.1");
  if (absl::Status checksum = VerifyIpv4Checksum(packet); !checksum.ok()) {
    return Drop(checksum.message(), "RFC 1122 3.2.1.2");
  }
  if (IsLocal(header->destination)) return Deliver(*header, frame, payload);
  if (boot_.host().is_router()) return Forward(*std::move(header), payload);
  Drop("IPv4: for another host", "RFC 1122 3.2.1.3");
}

void Ipv4Layer::Deliver(const Ipv4Header& header, const sim::FramePtr& frame,
                        wire::ByteSpan payload) {
  if (header.is_fragment()) return Drop("IPv4: a fragment", "RFC 1122 3.3.2");
  auto receiver = receivers_.find(header.protocol);
  if (receiver == receivers_.end()) return Drop("IPv4: no such protocol here", "RFC 1122 3.2.2.1");
  const SegmentInfo info{.source = header.source,
                         .destination = header.destination,
                         .hop_limit = header.time_to_live,
                         .traffic_class = static_cast<uint8_t>(header.dscp << 2 | header.ecn)};
  receiver->second->OnSegment(info, frame, payload);
}

void Ipv4Layer::Forward(Ipv4Header header, wire::ByteSpan payload) {
  if (header.time_to_live <= 1) return Drop("IPv4: time to live exceeded", "RFC 1812 5.3.1");
  const std::optional<sim::NextHop> next = Route(header.destination);
  if (!next.has_value()) return Drop("IPv4: no route to the destination", "RFC 1812 5.2.4");
  if (header.total_length > next->nic->mtu()) {
    return Drop("IPv4: longer than the next link's MTU", "RFC 1812 5.2.6");
  }
  --header.time_to_live;
  sim::FramePtr packet = sim::Frame::Create(payload.size());
  if (!payload.empty()) std::memcpy(packet->Append(payload.size()), payload.data(), payload.size());
  header.WriteTo(packet->Prepend(header.size()));
  station_.Send(*next->nic, next->mac, ethernet::kTypeIpv4, std::move(packet));
}

void Ipv4Layer::Drop(absl::string_view why, absl::string_view clause) {
  boot_.world().trace().Record(
      {.kind = sim::TraceKind::kPduDropped, .name = "IPv4", .text = why, .clause = clause});
}

}  // namespace inet
