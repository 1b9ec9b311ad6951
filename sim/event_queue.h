// The one event queue of a run, in the order (time, sequence number).
#ifndef SIM_EVENT_QUEUE_H_
#define SIM_EVENT_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/time.h"
#include "sim/trace/trace.h"

namespace sim {

class EventQueue;
class World;

// Work keeps a run going; upkeep (window, inactivity, keep-alive timers) does not. What upkeep
// causes is upkeep, whatever it is scheduled as.
enum class Urgency : uint8_t { kWork, kUpkeep };

// Something that happens at a moment. An intrusive node: its owner keeps it as a member, schedules
// it any number of times, and may move or cancel it cheaply. Destruction cancels.
class Event {
 public:
  explicit Event(World& world) : world_(world) {}
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  virtual ~Event() { Cancel(); }

  // Replaces any earlier schedule. `due` before now means now; Never() cancels. The event takes the
  // current cause and host along and gives them back when it is due.
  void ScheduleAt(Time due, Urgency urgency = Urgency::kWork);
  // The same with a cause and urgency of the caller's, taken as they are: for a deadline that was
  // set earlier than it is scheduled.
  void ScheduleAt(Time due, Urgency urgency, TraceId cause);
  void Cancel() {
    if (is_scheduled()) Unschedule();
  }

  bool is_scheduled() const { return slot_ != kUnscheduled; }
  // Never() where it is not scheduled.
  Time due() const;
  // As it was last scheduled.
  Urgency urgency() const { return is_upkeep_ != 0 ? Urgency::kUpkeep : Urgency::kWork; }
  World& world() const { return world_; }

 protected:
  // Called once per schedule, not scheduled any more. May destroy the event.
  virtual void OnDue() = 0;

  // The latest moment for which upkeep is arranged with this event, which is scheduled. More than
  // `due()` where one event stands for several deadlines.
  virtual Time LastUpkeepDue() const;

 private:
  friend class EventQueue;
  static constexpr uint32_t kUnscheduled = UINT32_MAX;

  void Unschedule();

  World& world_;
  TraceId cause_ = 0;
  uint32_t slot_ = kUnscheduled;  // index into the queue's tables
  uint32_t host_ : 31 = 0;
  uint32_t is_upkeep_ : 1 = 0;
};

// An event that calls a member function of its owner:
//   sim::MemberEvent<Link, &Link::OnDeparture> departure_{world, *this};
template <class Owner, void (Owner::*kMethod)()>
class MemberEvent final : public Event {
 public:
  MemberEvent(World& world, Owner& owner) : Event(world), owner_(owner) {}

 private:
  void OnDue() override { (owner_.*kMethod)(); }
  Owner& owner_;
};

// A 4-ary heap of (time, sequence, slot), in which siblings share a cache line, and tables from
// slot to event and heap position beside it, so that cancelling and moving touch no event but the
// one concerned.
class EventQueue {
 public:
  // As many events may be pending at a time, and as many may be scheduled in one run.
  static constexpr int kSlotBits = 24;
  static constexpr uint64_t kMaxPending = (uint64_t{1} << kSlotBits) - 1;
  static constexpr uint64_t kMaxSequence = (uint64_t{1} << (64 - kSlotBits)) - 1;

  EventQueue() = default;
  EventQueue(const EventQueue&) = delete;
  EventQueue& operator=(const EventQueue&) = delete;

  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }
  // How many of the pending events are work.
  size_t pending_work() const { return pending_work_; }
  Time next_due() const { return size_ == 0 ? Time::Never() : At(kRoot).due(); }
  // The latest moment for which upkeep is arranged; Zero() without any. Looks at every event.
  Time last_upkeep_due() const;

  struct Due {
    Event* event;
    Time due;
    TraceId cause;
    uint32_t host;
    Urgency urgency;
  };
  // Takes the first event out. The queue is not empty.
  Due Pop();
  // Calls OnDue, which only the queue may.
  static void Fire(Event& event) { event.OnDue(); }

 private:
  friend class Event;

  // Time in the upper half, then sequence, then slot: as one number, because it is compared several
  // times on each level of the heap. The sequence number makes it unique; the slot is along for the
  // ride.
  struct Entry {
    __extension__ using Key = unsigned __int128;
    Key key;

    static Entry Make(Time due, uint64_t sequence, uint32_t slot) {
      return {static_cast<Key>(static_cast<uint64_t>(due.nanoseconds())) << 64 |
              (sequence << kSlotBits | slot)};
    }
    Time due() const {
      return Time::FromNanoseconds(static_cast<int64_t>(static_cast<uint64_t>(key >> 64)));
    }
    uint32_t slot() const { return static_cast<uint32_t>(key & kMaxPending); }
  };
  // Four siblings. Where there is no entry, a key that is behind all others.
  struct alignas(64) Group {
    static constexpr Entry kNone{~Entry::Key{0}};
    Entry entries[4] = {kNone, kNone, kNone, kNone};
  };

  // Positions count entries over all groups. The root is the last entry of the first group: so the
  // children of position p are the group p - 2.
  static constexpr size_t kRoot = 3;
  static size_t Parent(size_t position) { return position / 4 + 2; }
  size_t last() const { return kRoot + size_ - 1; }
  const Entry& At(size_t position) const { return groups_[position / 4].entries[position % 4]; }

  void Schedule(Event& event, Time due);
  void Cancel(Event& event);
  uint32_t TakeSlot(Event& event);
  void Release(Event& event);
  void SiftUp(size_t position, Entry entry);
  void SiftDown(size_t position, Entry entry);
  void Place(size_t position, Entry entry) {
    groups_[position / 4].entries[position % 4] = entry;
    positions_[entry.slot()] = static_cast<uint32_t>(position);
  }
  void RemoveAt(size_t position);

  std::vector<Group> groups_;
  size_t size_ = 0;
  std::vector<Event*> events_;       // by slot
  std::vector<uint32_t> positions_;  // by slot; while free: the next free slot
  uint32_t first_free_ = UINT32_MAX;
  uint64_t next_sequence_ = 1;
  size_t pending_work_ = 0;
};

}  // namespace sim

#endif  // SIM_EVENT_QUEUE_H_
