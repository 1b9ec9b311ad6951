#include "providers/inet/ip_layer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "providers/inet/host_address.h"
#include "sim/world.h"

namespace inet {

IpLayer::IpLayer(sim::Boot& boot, const IpVersion& version, const IpAddress& own_address)
    : version_(version),
      boot_(boot),
      station_(boot.slots().Get<ethernet::Station>()),
      own_address_(own_address),
      drops_(boot.world().trace()),
      path_mtus_(version.least_mtu),
      reassembler_(version.fragments),
      reassembly_time_(boot.world(), *this) {
  station_.SetReceiverOfType(version_.ether_type, this);
}

IpLayer::~IpLayer() { station_.SetReceiverOfType(version_.ether_type, nullptr); }

void IpLayer::SetReceiver(uint8_t protocol, SegmentReceiver* receiver) {
  if (receiver == nullptr) {
    receivers_.erase(protocol);
  } else {
    receivers_[protocol] = receiver;
  }
}

SegmentReceiver* IpLayer::ReceiverOf(uint8_t protocol) const {
  const auto receiver = receivers_.find(protocol);
  return receiver == receivers_.end() ? nullptr : receiver->second;
}

std::optional<sim::NextHop> IpLayer::Route(const IpAddress& destination) const {
  sim::Network& network = boot_.world().network();
  const sim::Host* host =
      IsLoopback(destination) ? &boot_.host() : network.host(HostNumberOf(destination));
  std::optional<sim::NextHop> next;
  if (host != nullptr) {
    next = network.Route(boot_.host(), *host);
  } else if (!boot_.host().is_router() && !IsOfGroup(destination)) {
    next = network.DefaultRouter(boot_.host());
  }
  if (next.has_value() && next->mtu < version_.least_mtu) return std::nullopt;
  return next;
}

size_t IpLayer::PathMtu(const sim::NextHop& next, const IpAddress& destination) const {
  const size_t first_link = std::min(next.mtu, version_.largest_packet);
  const size_t told = path_mtus_.Of(destination, boot_.world().now());
  return told == 0 ? first_link : std::min(told, first_link);
}

SendStatus IpLayer::Send(const SegmentInfo& info, uint8_t protocol, sim::FramePtr segment) {
  const std::optional<sim::NextHop> next = Route(info.destination);
  if (!next.has_value()) return SendStatus::kNoRoute;
  if (version_.header_size + segment->size() > PathMtu(*next, info.destination)) {
    return SendStatus::kTooLong;
  }
  PrependHeader(info, protocol, *segment);
  SendTo(*next, segment);
  return SendStatus::kSent;
}

void IpLayer::SendTo(const sim::NextHop& next, const sim::FramePtr& packet) {
  station_.Send(*next.nic, next.mac, version_.ether_type, packet);
}

bool IpLayer::IsLocal(const IpAddress& address) const {
  return address == own_address_ || (address.index() == own_address_.index() &&
                                     (IsLoopback(address) || IsUnspecified(address)));
}

IpAddress IpLayer::SourceFor(const IpAddress& destination) const {
  return destination.index() == own_address_.index() && IsLoopback(destination) ? destination
                                                                                : own_address_;
}

size_t IpLayer::MaxSegment(const IpAddress& destination) const {
  const std::optional<sim::NextHop> next = Route(destination);
  return next.has_value() ? PathMtu(*next, destination) - version_.header_size : 0;
}

size_t IpLayer::MaxReceivable(const IpAddress& destination) const {
  const std::optional<sim::NextHop> next = Route(destination);
  if (!next.has_value()) return 0;
  return std::min(next->mtu, version_.largest_packet) - version_.header_size;
}

bool IpLayer::LearnPathMtu(const IpAddress& destination, size_t mtu) {
  const std::optional<sim::NextHop> next = Route(destination);
  return next.has_value() &&
         path_mtus_.Learn(destination, mtu, PathMtu(*next, destination), boot_.world().now());
}

void IpLayer::OnNetworkError(uint8_t protocol, const NetworkError& error) {
  if (SegmentReceiver* receiver = ReceiverOf(protocol)) receiver->OnNetworkError(error);
}

std::optional<FragmentReassembler::Whole> IpLayer::Reassemble(const Fragment& fragment) {
  sim::World& world = boot_.world();
  std::string text;
  if (world.trace().wants_text()) {
    text = absl::StrCat("fragment of ", fragment.identification, ": ", fragment.data.size(),
                        " octets at ", fragment.offset, fragment.is_last ? ", the last" : "");
  }
  world.ContinueBecause(world.trace().Record(
      {.kind = sim::TraceKind::kPduReceived, .name = version_.name, .text = text}));
  std::optional<FragmentReassembler::Whole> whole = reassembler_.Add(fragment, world.now());
  DropLostFragments();
  return whole;
}

void IpLayer::OnReassemblyTime() {
  reassembler_.ForgetOld(boot_.world().now());
  DropLostFragments();
}

void IpLayer::DropLostFragments() {
  for (const FragmentReassembler::Loss& loss : reassembler_.TakeLosses()) {
    Drop(loss.is_timeout ? IpDrop::kReassemblyTime : IpDrop::kFragment, loss.why, loss.clause);
    if (loss.is_timeout && !loss.first.empty()) TellReassemblyTimeExceeded(loss.first);
  }
  const sim::Time next = reassembler_.next_deadline();
  // What is missing is sent again by somebody, or not: nothing waits for this.
  if (next != reassembly_time_.due()) reassembly_time_.ScheduleAt(next, sim::Urgency::kUpkeep);
}

bool IpLayer::NamesLoopbackOnLink(const IpAddress& source, const IpAddress& destination,
                                  const sim::Nic& nic) const {
  return (IsLoopback(source) || IsLoopback(destination)) && &nic != &boot_.host().loopback();
}

void IpLayer::Drop(IpDrop drop, absl::string_view why, absl::string_view clause) {
  drops_.Record(drop, 0, version_.name, why, clause);
}

}  // namespace inet
