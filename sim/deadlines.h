// The deadlines of one connection (or other state machine) in one event.
#ifndef SIM_DEADLINES_H_
#define SIM_DEADLINES_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "sim/event_queue.h"
#include "sim/time.h"
#include "sim/trace/trace.h"
#include "sim/world.h"

namespace sim {

// `Timer` is an enum class with enumerators 0 .. kCount - 1. Equal deadlines come due in that
// order. Each deadline keeps the cause that set it; when it comes due it is recorded in the trace
// as a kTimer event, and `(owner.*kOnDeadline)(timer)` runs with that event as the cause. The owner
// may destroy itself there.
//
// Only deadlines that are set take memory, and one of them is kept in place: connections that wait
// for nothing are many, and few wait for more than two things at a time.
template <class Owner, class Timer, size_t kCount, void (Owner::*kOnDeadline)(Timer)>
class Deadlines final : private Event {
  static_assert(kCount <= 128);

 public:
  // `names` are string literals, by timer. `subject` is the connection's number in the trace.
  Deadlines(World& world, Owner& owner, const std::array<absl::string_view, kCount>& names,
            uint64_t subject)
      : Event(world), owner_(owner), names_(names), subject_(subject) {}

  // Replaces any earlier deadline of `timer`. Never() cancels.
  void Set(Timer timer, Time deadline, Urgency urgency = Urgency::kWork) {
    if (deadline.is_never()) return Cancel(timer);
    const TraceContext& context = world().context();
    Entry* entry = Find(timer);
    if (entry == nullptr) entry = &entries_.emplace_back();
    *entry = {.deadline = deadline,
              .cause = context.cause,
              .timer = Index(timer),
              .is_upkeep = context.is_upkeep || urgency == Urgency::kUpkeep};
    Rearm();
  }
  void Cancel(Timer timer) {
    Entry* entry = Find(timer);
    if (entry == nullptr) return;
    Remove(*entry);
    Rearm();
  }
  void CancelAll() {
    entries_.clear();
    Event::Cancel();
  }
  bool is_set(Timer timer) const { return Find(timer) != nullptr; }
  Time deadline(Timer timer) const {
    const Entry* entry = Find(timer);
    return entry == nullptr ? Time::Never() : entry->deadline;
  }

 private:
  // A deadline that is set.
  struct Entry {
    Time deadline;
    TraceId cause : 56 = 0;
    uint64_t timer : 7 = 0;
    uint64_t is_upkeep : 1 = 0;
  };

  static uint64_t Index(Timer timer) { return static_cast<uint64_t>(timer); }

  const Entry* Find(Timer timer) const {
    for (const Entry& entry : entries_) {
      if (entry.timer == Index(timer)) return &entry;
    }
    return nullptr;
  }
  Entry* Find(Timer timer) {
    return const_cast<Entry*>(static_cast<const Deadlines*>(this)->Find(timer));
  }
  // The order of the others does not matter. With the last one goes the memory.
  void Remove(Entry& entry) {
    entry = entries_.back();
    entries_.pop_back();
    if (entries_.empty()) entries_.clear();
  }
  // There is one.
  Entry& First() {
    Entry* first = entries_.data();
    for (Entry& entry : entries_) {
      const bool is_earlier = entry.deadline < first->deadline ||
                              (entry.deadline == first->deadline && entry.timer < first->timer);
      if (is_earlier) first = &entry;
    }
    return *first;
  }

  // The event is work as long as any deadline is: an earlier upkeep deadline must not let the run
  // end before a later one that is work.
  void Rearm() {
    if (entries_.empty()) {
      Event::Cancel();
      return;
    }
    const Entry& next = First();
    Urgency urgency = Urgency::kUpkeep;
    for (const Entry& entry : entries_) {
      if (entry.is_upkeep == 0) urgency = Urgency::kWork;
    }
    if (is_scheduled() && due() == next.deadline && this->urgency() == urgency) return;
    ScheduleAt(next.deadline, urgency, next.cause);
  }

  void OnDue() override {
    Entry& first = First();
    const Entry entry = first;
    Remove(first);
    Rearm();
    World::CauseScope scope(world(), entry.cause,
                            entry.is_upkeep != 0 ? Urgency::kUpkeep : Urgency::kWork);
    scope.Continue(world().trace().Record({.kind = TraceKind::kTimer,
                                           .code = static_cast<uint32_t>(entry.timer),
                                           .subject = subject_,
                                           .name = names_[entry.timer]}));
    (owner_.*kOnDeadline)(static_cast<Timer>(entry.timer));
  }

  Time LastUpkeepDue() const override {
    Time last = Time::Zero();
    for (const Entry& entry : entries_) {
      if (entry.is_upkeep != 0) last = std::max(last, entry.deadline);
    }
    return last;
  }

  Owner& owner_;
  const std::array<absl::string_view, kCount>& names_;
  const uint64_t subject_;
  absl::InlinedVector<Entry, 1> entries_;
};

}  // namespace sim

#endif  // SIM_DEADLINES_H_
