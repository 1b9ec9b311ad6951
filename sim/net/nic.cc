#include "sim/net/nic.h"

#include <utility>

#include "sim/host.h"
#include "sim/world.h"

namespace sim {
namespace {

constexpr size_t kEthernetHeader = 14;  // octets: two addresses and a type or length

}  // namespace

Nic::Nic(World& world, Host* host, uint32_t number, const MacAddress& mac, size_t mtu)
    : world_(world), host_(host), number_(number), mac_(mac), mtu_(mtu) {}

void Nic::Send(FramePtr frame) {
  if (host_ != nullptr && !host_->is_up())
    return RecordFrameDrop(world_.trace(), FrameDropReason::kHostDown);
  if (frame->size() > mtu_ + kEthernetHeader)
    return RecordFrameDrop(world_.trace(), FrameDropReason::kTooLong);
  if (sink_ == nullptr) return RecordFrameDrop(world_.trace(), FrameDropReason::kNoLink);
  sink_->Transmit(std::move(frame));
}

void Nic::Deliver(const FramePtr& frame, const FrameHop& hop) {
  World::HostScope host(world_, host_ == nullptr ? 0 : host_->number());
  if (host_ != nullptr && !host_->is_up())
    return RecordFrameDrop(world_.trace(), FrameDropReason::kHostDown, hop);
  if (receiver_ == nullptr)
    return RecordFrameDrop(world_.trace(), FrameDropReason::kNoReceiver, hop);
  World::CauseScope cause(world_, world_.context().cause);
  cause.Continue(
      world_.trace().Record({.kind = TraceKind::kFrameDelivered, .numbers = hop.numbers()}));
  receiver_->OnFrame(*this, frame);
}

}  // namespace sim
