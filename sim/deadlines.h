// The deadlines of one connection (or other state machine) in one event.
#ifndef SIM_DEADLINES_H_
#define SIM_DEADLINES_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

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
template <class Owner, class Timer, size_t kCount, void (Owner::*kOnDeadline)(Timer)>
class Deadlines final : private Event {
 public:
  // `names` are string literals, by timer. `subject` is the connection's number in the trace.
  Deadlines(World& world, Owner& owner, const std::array<absl::string_view, kCount>& names,
            uint64_t subject)
      : Event(world), owner_(owner), names_(names), subject_(subject) {}

  // Replaces any earlier deadline of `timer`.
  void Set(Timer timer, Time deadline, Urgency urgency = Urgency::kWork) {
    const TraceContext& context = world().context();
    entries_[Index(timer)] = {deadline, context.cause,
                              context.is_upkeep ? Urgency::kUpkeep : urgency};
    Rearm();
  }
  void Cancel(Timer timer) {
    Entry& entry = entries_[Index(timer)];
    if (entry.deadline.is_never()) return;
    entry = {};
    Rearm();
  }
  void CancelAll() {
    entries_ = {};
    Event::Cancel();
  }
  bool is_set(Timer timer) const { return !entries_[Index(timer)].deadline.is_never(); }
  Time deadline(Timer timer) const { return entries_[Index(timer)].deadline; }

 private:
  struct Entry {
    Time deadline = Time::Never();
    TraceId cause = 0;
    Urgency urgency = Urgency::kWork;
  };

  static size_t Index(Timer timer) { return static_cast<size_t>(timer); }

  size_t Next() const {
    size_t next = 0;
    for (size_t i = 1; i < kCount; ++i) {
      if (entries_[i].deadline < entries_[next].deadline) next = i;
    }
    return next;
  }

  // The event is work as long as any deadline is: an earlier upkeep deadline must not let the run
  // end before a later one that is work.
  void Rearm() {
    const Entry& next = entries_[Next()];
    if (next.deadline.is_never()) {
      Event::Cancel();
      return;
    }
    Urgency urgency = Urgency::kUpkeep;
    for (const Entry& entry : entries_) {
      if (!entry.deadline.is_never() && entry.urgency == Urgency::kWork) urgency = Urgency::kWork;
    }
    if (is_scheduled() && due() == next.deadline && scheduled_urgency_ == urgency) return;
    scheduled_urgency_ = urgency;
    ScheduleAt(next.deadline, urgency, next.cause);
  }

  void OnDue() override {
    size_t index = Next();
    const Entry entry = entries_[index];
    entries_[index] = {};
    Rearm();
    World::CauseScope scope(world(), entry.cause, entry.urgency);
    scope.Continue(world().trace().Record({.kind = TraceKind::kTimer,
                                           .code = static_cast<uint32_t>(index),
                                           .subject = subject_,
                                           .name = names_[index]}));
    (owner_.*kOnDeadline)(static_cast<Timer>(index));
  }

  Time LastUpkeepDue() const override {
    Time last = Time::Zero();
    for (const Entry& entry : entries_) {
      if (entry.urgency == Urgency::kUpkeep && !entry.deadline.is_never()) {
        last = std::max(last, entry.deadline);
      }
    }
    return last;
  }

  Owner& owner_;
  const std::array<absl::string_view, kCount>& names_;
  const uint64_t subject_;
  std::array<Entry, kCount> entries_;
  Urgency scheduled_urgency_ = Urgency::kWork;
};

}  // namespace sim

#endif  // SIM_DEADLINES_H_
