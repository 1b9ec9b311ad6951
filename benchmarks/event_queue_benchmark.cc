// The event queue: what one event costs while many others are pending.
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
