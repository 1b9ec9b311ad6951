#include "sim/net/link_direction.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/world.h"

namespace sim {
namespace {

uint32_t NumberOf(const Host* host) { return host == nullptr ? 0 : host->number(); }

uint32_t BootOf(const Nic& nic) {
  const Host* host = nic.host();
  return host == nullptr || host->boot() == nullptr ? 0 : host->boot()->number();
}

}  // namespace

// A frame in the outbox (its event is the departure; only the first has one) or on the wire (the
// arrival).
class LinkDirection::Transit final : public Event {
 public:
  explicit Transit(LinkDirection& owner) : Event(owner.world_), owner_(owner) {}

  FramePtr frame;
  FrameHop hop;
  TraceId cause = 0;  // in the outbox: what sent it; on the wire: the sending
  Urgency urgency = Urgency::kWork;
  uint32_t boot = 0;  // of the sending host
  Transits::iterator place;
  bool is_on_the_wire = false;

 private:
  void OnDue() override { is_on_the_wire ? owner_.OnArrival(*this) : owner_.OnDeparture(); }
  LinkDirection& owner_;
};

LinkDirection::LinkDirection(Network& network, std::string name, uint32_t link, uint32_t direction,
                             Nic& from, Nic& to, const LinkParameters& parameters)
    : network_(network),
      world_(from.world()),
      link_(link),
      direction_(direction),
      from_(from),
      to_(to),
      faults_(world_.decisions(), std::move(name)),
      parameters_(parameters) {}

LinkDirection::~LinkDirection() = default;

LinkDirection::Transit& LinkDirection::Take(Transits& to) {
  if (unused_.empty()) {
    to.emplace_back(*this);
  } else {
    to.splice(to.end(), unused_, unused_.begin());
  }
  Transit& transit = to.back();
  transit.place = std::prev(to.end());
  transit.is_on_the_wire = &to == &on_the_wire_;
  return transit;
}

void LinkDirection::Reuse(Transits& from, Transits::iterator transit) {
  transit->Cancel();
  transit->frame = FramePtr();
  unused_.splice(unused_.end(), from, transit);
}

void LinkDirection::Transmit(FramePtr frame) {
  const FrameHop hop{.link = link_, .direction = direction_, .frame = network_.NextFrame()};
  if (!outbox_.empty() && outbox_.size() - 1 >= parameters_.queue) {
    return RecordFrameDrop(world_.trace(), FrameDropReason::kQueueFull, hop);
  }
  Transit& transit = Take(outbox_);
  transit.frame = std::move(frame);
  transit.hop = hop;
  transit.cause = world_.context().cause;
  transit.urgency = world_.context().is_upkeep ? Urgency::kUpkeep : Urgency::kWork;
  transit.boot = BootOf(from_);
  if (transit.urgency == Urgency::kWork) ++work_in_outbox_;
  if (outbox_.size() == 1) {
    SendNext();
  } else if (transit.urgency == Urgency::kWork && work_in_outbox_ == 1) {
    ScheduleDeparture();  // What was upkeep so far now keeps work waiting.
  }
}

bool LinkDirection::IsSenderOf(const Transit& transit) const {
  if (from_.host() == nullptr) return true;
  return from_.host()->is_up() && BootOf(from_) == transit.boot;
}

// Begins with the first frame in the outbox that its host still stands behind.
void LinkDirection::SendNext() {
  while (!outbox_.empty() && !IsSenderOf(outbox_.front())) {
    const Transit& abandoned = outbox_.front();
    World::CauseScope cause(world_, abandoned.cause);
    RecordFrameDrop(world_.trace(), FrameDropReason::kHostDown, abandoned.hop);
    if (abandoned.urgency == Urgency::kWork) --work_in_outbox_;
    Reuse(outbox_, outbox_.begin());
  }
  is_cut_ = false;
  if (outbox_.empty()) return;
  sending_parameters_ = parameters_;
  departure_ =
      world_.now() + TransmissionTime(outbox_.front().frame->size(), parameters_.bandwidth);
  ScheduleDeparture();
}

void LinkDirection::ScheduleDeparture() {
  Transit& first = outbox_.front();
  first.ScheduleAt(departure_, work_in_outbox_ > 0 ? Urgency::kWork : Urgency::kUpkeep,
                   first.cause);
}

void LinkDirection::OnDeparture() {
  World::HostScope host(world_, NumberOf(from_.host()));
  {
    const Transit& first = outbox_.front();
    World::CauseScope cause(world_, first.cause, first.urgency);
    const FramePtr frame = first.frame;
    const FrameHop hop = first.hop;
    const bool is_abandoned = !IsSenderOf(first);
    if (first.urgency == Urgency::kWork) --work_in_outbox_;
    Reuse(outbox_, outbox_.begin());
    if (is_abandoned) {
      RecordFrameDrop(world_.trace(), FrameDropReason::kHostDown, hop);
    } else {
      network_.CountSent(frame->size());
      cause.Continue(world_.trace().Record(
          {.kind = TraceKind::kFrameSent, .numbers = hop.numbers(), .octets = frame->octets()}));
      OnSent(frame, hop);
    }
  }
  SendNext();
}

// The last bit has left, and that is the current cause.
void LinkDirection::OnSent(const FramePtr& frame, const FrameHop& hop) {
  if (is_partitioned_ || is_cut_) {
    return RecordFrameDrop(world_.trace(), FrameDropReason::kPartitioned, hop, partition_);
  }
  if (faults_.Loses(sending_parameters_)) {
    return RecordFrameDrop(world_.trace(), FrameDropReason::kLost, hop, faults_.last_event());
  }
  const bool is_doubled = faults_.Duplicates(sending_parameters_);
  if (is_doubled) RecordFault(FaultKind::kDuplication, hop);
  SendOff(frame, hop);
  if (is_doubled) SendOff(frame, hop);
}

void LinkDirection::SendOff(FramePtr frame, const FrameHop& hop) {
  if (const auto bit = faults_.Corrupts(sending_parameters_, frame->size())) {
    RecordFault(FaultKind::kCorruption, hop, static_cast<int64_t>(*bit));
    frame = Frame::Copy(frame->octets());
    frame->writable()[*bit / 8] ^= static_cast<uint8_t>(0x80 >> *bit % 8);
  }
  Time arrival = world_.now() + sending_parameters_.latency + faults_.Jitter(sending_parameters_);
  if (const auto held_back = faults_.HoldsBack(sending_parameters_)) {
    RecordFault(FaultKind::kReordering, hop, absl::ToInt64Nanoseconds(*held_back));
    arrival = arrival + *held_back;
  } else {
    arrival = std::max(arrival, last_arrival_);
    last_arrival_ = arrival;
  }
  Transit& transit = Take(on_the_wire_);
  transit.frame = std::move(frame);
  transit.hop = hop;
  transit.cause = world_.context().cause;
  transit.ScheduleAt(arrival);
}

void LinkDirection::OnArrival(Transit& transit) {
  const FramePtr frame = std::move(transit.frame);
  const FrameHop hop = transit.hop;
  Reuse(on_the_wire_, transit.place);
  to_.Deliver(frame, hop);
}

void LinkDirection::Partition(TraceId fault) {
  is_partitioned_ = true;
  is_cut_ = !outbox_.empty();
  partition_ = fault;
  last_arrival_ = Time::Zero();
  World::HostScope host(world_, NumberOf(from_.host()));
  while (!on_the_wire_.empty()) {
    const Transit& first = on_the_wire_.front();
    World::CauseScope cause(world_, first.cause);
    RecordFrameDrop(world_.trace(), FrameDropReason::kPartitioned, first.hop, fault);
    Reuse(on_the_wire_, on_the_wire_.begin());
  }
}

void LinkDirection::RecordFault(FaultKind kind, const FrameHop& hop, int64_t detail) {
  world_.trace().Record({.kind = TraceKind::kFault,
                         .code = static_cast<uint32_t>(kind),
                         .numbers = hop.numbers(detail),
                         .name = FaultName(kind)},
                        faults_.last_event());
}

}  // namespace sim
