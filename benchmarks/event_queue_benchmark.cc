// The event queue: what one event costs while many others are pending.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/time/time.h"
#include "benchmark/benchmark.h"
#include "sim/decision/zero_source.h"
#include "sim/event_queue.h"
#include "sim/world.h"

namespace sim {
namespace {

// Numbers that scatter, cheaply.
class Scatter {
 public:
  uint64_t Below(uint64_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return (state_ >> 33) % bound;
  }

 private:
  uint64_t state_ = 1;
};

class Tick final : public Event {
 public:
  using Event::Event;

 private:
  void OnDue() override {}
};

// `count` events, due within the next millisecond.
struct Pending {
  explicit Pending(size_t count) : world(decisions) {
    for (size_t i = 0; i < count; ++i) {
      events.push_back(std::make_unique<Tick>(world));
      events.back()->ScheduleAt(Time::FromNanoseconds(static_cast<int64_t>(random.Below(kSpan))));
    }
  }

  static constexpr uint64_t kSpan = 1'000'000;
  ZeroSource decisions;
  World world;
  Scatter random;
  std::vector<std::unique_ptr<Tick>> events;
};

// Takes the first event and schedules it anew, a random time later: the hold model.
void BM_Hold(benchmark::State& state) {
  Pending pending(static_cast<size_t>(state.range(0)));
  EventQueue& queue = pending.world.events();
  for (auto _ : state) {
    const EventQueue::Due due = queue.Pop();
    EventQueue::Fire(*due.event);
    due.event->ScheduleAt(due.due + absl::Nanoseconds(pending.random.Below(Pending::kSpan)));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Hold)->Range(1, 1 << 20)->Arg(100'000);

// What BM_Hold is held against: the same on a bare heap with four children to a node that cannot
// cancel, move or count, and that reads and writes one block of memory for each event.
class BareHeap {
 public:
  struct Entry {
    uint64_t due;
    uint64_t order;  // makes entries differ that are due at the same time
    uint64_t* block;

    friend bool operator<(const Entry& a, const Entry& b) {
      return a.due != b.due ? a.due < b.due : a.order < b.order;
    }
  };

  void Push(const Entry& entry) {
    size_t at = entries_.size();
    entries_.push_back(entry);
    for (; at > 0 && entry < entries_[(at - 1) / 4]; at = (at - 1) / 4) {
      entries_[at] = entries_[(at - 1) / 4];
    }
    entries_[at] = entry;
  }

  Entry Pop() {
    const Entry first = entries_[0];
    const Entry moved = entries_.back();
    entries_.pop_back();
    if (entries_.empty()) return first;
    size_t at = 0;
    for (size_t child = 1; child < entries_.size(); child = 4 * at + 1) {
      const size_t end = std::min(child + 4, entries_.size());
      for (size_t other = child + 1; other < end; ++other) {
        if (entries_[other] < entries_[child]) child = other;
      }
      if (!(entries_[child] < moved)) break;
      entries_[at] = entries_[child];
      at = child;
    }
    entries_[at] = moved;
    return first;
  }

 private:
  std::vector<Entry> entries_;
};

void BM_HoldOnABareHeap(benchmark::State& state) {
  using Block = std::array<uint64_t, sizeof(Tick) / sizeof(uint64_t)>;
  std::vector<std::unique_ptr<Block>> blocks;
  BareHeap heap;
  Scatter random;
  uint64_t order = 0;
  for (int64_t i = 0; i < state.range(0); ++i) {
    blocks.push_back(std::make_unique<Block>());
    heap.Push({random.Below(Pending::kSpan), ++order, blocks.back()->data()});
  }
  for (auto _ : state) {
    const BareHeap::Entry first = heap.Pop();
    *first.block += first.due;
    heap.Push({first.due + random.Below(Pending::kSpan), ++order, first.block});
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_HoldOnABareHeap)->Range(1, 1 << 20)->Arg(100'000);

// Moves a random event later, as a retransmission timer on every acknowledgement.
void BM_Move(benchmark::State& state) {
  Pending pending(static_cast<size_t>(state.range(0)));
  int64_t now = 0;
  for (auto _ : state) {
    Tick& tick = *pending.events[pending.random.Below(pending.events.size())];
    tick.ScheduleAt(Time::FromNanoseconds(++now + static_cast<int64_t>(Pending::kSpan)));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Move)->Range(1, 1 << 20)->Arg(100'000);

void BM_ScheduleAndCancel(benchmark::State& state) {
  Pending pending(static_cast<size_t>(state.range(0)));
  Tick tick(pending.world);
  for (auto _ : state) {
    tick.ScheduleAt(
        Time::FromNanoseconds(static_cast<int64_t>(pending.random.Below(Pending::kSpan))));
    tick.Cancel();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_ScheduleAndCancel)->Arg(1000)->Arg(100'000);

}  // namespace
}  // namespace sim
