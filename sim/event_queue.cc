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
  return queue.heap_[queue.positions_[slot_]].due();
}

Time Event::LastUpkeepDue() const { return is_upkeep_ != 0 ? due() : Time::Zero(); }

Time EventQueue::last_upkeep_due() const {
  Time last = Time::Zero();
  for (const Entry& entry : heap_) last = std::max(last, events_[entry.slot()]->LastUpkeepDue());
  return last;
}

EventQueue::Due EventQueue::Pop() {
  const Entry first = heap_.front();
  Event& event = *events_[first.slot()];
  const Urgency urgency = event.is_upkeep_ != 0 ? Urgency::kUpkeep : Urgency::kWork;
  const Due due{&event, first.due(), event.cause_, event.host_, urgency};
  RemoveAt(0);
  Release(event);
  return due;
}

// Moves an event that is pending already, to where its new key belongs.
void EventQueue::Schedule(Event& event, Time due) {
  const uint64_t sequence = next_sequence_++;
  CHECK(sequence <= kMaxSequence);
  if (!event.is_scheduled()) {
    const Entry entry = Entry::Make(due, sequence, TakeSlot(event));
    heap_.push_back(entry);
    SiftUp(heap_.size() - 1, entry);
    return;
  }
  const size_t position = positions_[event.slot_];
  const Entry entry = Entry::Make(due, sequence, event.slot_);
  if (entry.key < heap_[position].key) {
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
  while (position > 0) {
    const size_t parent = (position - 1) / 4;
    if (heap_[parent].key < entry.key) break;
    Place(position, heap_[parent]);
    position = parent;
  }
  Place(position, entry);
}

void EventQueue::SiftDown(size_t position, Entry entry) {
  const size_t size = heap_.size();
  for (;;) {
    const size_t first = 4 * position + 1;
    if (first >= size) break;
    const size_t end = std::min(first + 4, size);
    size_t least = first;
    for (size_t child = first + 1; child < end; ++child) {
      if (heap_[child].key < heap_[least].key) least = child;
    }
    if (entry.key < heap_[least].key) break;
    Place(position, heap_[least]);
    position = least;
  }
  Place(position, entry);
}

// Fills the gap with the last entry, which may belong above it or below.
void EventQueue::RemoveAt(size_t position) {
  const Entry last = heap_.back();
  heap_.pop_back();
  if (position == heap_.size()) return;
  if (position > 0 && last.key < heap_[(position - 1) / 4].key) {
    SiftUp(position, last);
  } else {
    SiftDown(position, last);
  }
}

}  // namespace sim
