#include "sim/event_queue.h"

#include <algorithm>

#include "sim/check.h"
#include "sim/world.h"

namespace sim {

void Event::ScheduleAt(Time due, Urgency urgency) {
  const TraceContext& context = world_.context_;
  ScheduleAt(due, context.is_upkeep ? Urgency::kUpkeep : urgency, context.cause);
}

void Event::ScheduleAt(Time due, Urgency urgency, TraceId cause) {
  if (due.is_never()) {
    Cancel();
    return;
  }
  const TraceContext& context = world_.context_;
  EventQueue& queue = world_.events_;
  if (is_scheduled() && is_upkeep_ == 0) --queue.pending_work_;
  cause_ = cause;
  host_ = context.host;
  is_upkeep_ = urgency == Urgency::kUpkeep;
  if (is_upkeep_ == 0) ++queue.pending_work_;
  queue.Schedule(*this, std::max(due, context.now));
}

void Event::Unschedule() { world_.events_.Cancel(*this); }

Time Event::due() const {
  if (!is_scheduled()) return Time::Never();
  const EventQueue& queue = world_.events_;
  return queue.At(queue.positions_[slot_]).due();
}

Time Event::LastUpkeepDue() const { return is_upkeep_ != 0 ? due() : Time::Zero(); }

Time EventQueue::last_upkeep_due() const {
  Time last = Time::Zero();
  for (size_t position = kRoot; position < kRoot + size_; ++position) {
    last = std::max(last, events_[At(position).slot()]->LastUpkeepDue());
  }
  return last;
}

EventQueue::Due EventQueue::Pop() {
  const Entry first = At(kRoot);
  Event& event = *events_[first.slot()];
  const Urgency urgency = event.is_upkeep_ != 0 ? Urgency::kUpkeep : Urgency::kWork;
  const Due due{&event, first.due(), event.cause_, event.host_, urgency};
  RemoveAt(kRoot);
  Release(event);
  // While this event runs, the next one comes into the cache.
  if (size_ > 0) __builtin_prefetch(events_[At(kRoot).slot()]);
  return due;
}

// Moves an event that is pending already, to where its new key belongs.
void EventQueue::Schedule(Event& event, Time due) {
  const uint64_t sequence = next_sequence_++;
  CHECK(sequence <= kMaxSequence);
  if (!event.is_scheduled()) {
    const Entry entry = Entry::Make(due, sequence, TakeSlot(event));
    ++size_;
    if (last() / 4 >= groups_.size()) groups_.resize(last() / 4 + 1);
    SiftUp(last(), entry);
    return;
  }
  const size_t position = positions_[event.slot_];
  const Entry entry = Entry::Make(due, sequence, event.slot_);
  if (entry.key < At(position).key) {
    SiftUp(position, entry);
  } else {
    SiftDown(position, entry);
  }
}

void EventQueue::Cancel(Event& event) {
  RemoveAt(positions_[event.slot_]);
  Release(event);
}

uint32_t EventQueue::TakeSlot(Event& event) {
  if (first_free_ == UINT32_MAX) {
    CHECK(events_.size() < kMaxPending);
    event.slot_ = static_cast<uint32_t>(events_.size());
    events_.push_back(&event);
    positions_.push_back(0);
    return event.slot_;
  }
  event.slot_ = first_free_;
  first_free_ = positions_[event.slot_];
  events_[event.slot_] = &event;
  return event.slot_;
}

void EventQueue::Release(Event& event) {
  if (event.is_upkeep_ == 0) --pending_work_;
  events_[event.slot_] = nullptr;
  positions_[event.slot_] = first_free_;
  first_free_ = event.slot_;
  event.slot_ = Event::kUnscheduled;
}

void EventQueue::SiftUp(size_t position, Entry entry) {
  while (position > kRoot) {
    const size_t parent = Parent(position);
    if (At(parent).key < entry.key) break;
    Place(position, At(parent));
    position = parent;
  }
  Place(position, entry);
}

void EventQueue::SiftDown(size_t position, Entry entry) {
  for (size_t group = position - 2; group < groups_.size(); group = position - 2) {
    // Which of four is the least is anybody's guess: counted, not branched on.
    const Entry* const children = groups_[group].entries;
    const size_t lower = children[1].key < children[0].key;
    const size_t upper = 2 + static_cast<size_t>(children[3].key < children[2].key);
    const bool is_upper = children[upper].key < children[lower].key;
    const size_t least = lower + (upper - lower) * static_cast<size_t>(is_upper);
    if (entry.key < children[least].key) break;
    Place(position, children[least]);
    position = group * 4 + least;
  }
  Place(position, entry);
}

// Fills the gap with the last entry, which may belong above it or below.
void EventQueue::RemoveAt(size_t position) {
  const Entry moved = At(last());
  groups_[last() / 4].entries[last() % 4] = Group::kNone;
  --size_;
  if (position == kRoot + size_) return;
  if (position > kRoot && moved.key < At(Parent(position)).key) {
    SiftUp(position, moved);
  } else {
    SiftDown(position, moved);
  }
}

}  // namespace sim
