// Fibers, threads and worlds: what suspending, starting and setting up cost.
#include <cstdint>

#include "benchmark/benchmark.h"
#include "sim/decision/zero_source.h"
#include "sim/fiber.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/process.h"
#include "sim/stack_pool.h"
#include "sim/thread.h"
#include "sim/world.h"

namespace sim {
namespace {

// Into a fiber and back: two switches an item.
void BM_ResumeAndSuspend(benchmark::State& state) {
  StackPool stacks;
  bool is_over = false;
  Fiber* self = nullptr;
  Fiber fiber(stacks, [&] {
    while (!is_over) self->Suspend();
  });
  self = &fiber;
  for (auto _ : state) fiber.Resume();
  state.SetItemsProcessed(state.iterations());
  is_over = true;
  fiber.Resume();
}
BENCHMARK(BM_ResumeAndSuspend);

// A fiber from its making to its end, on a stack that has been used before.
void BM_MakeAndFinish(benchmark::State& state) {
  StackPool stacks;
  for (auto _ : state) {
    Fiber fiber(stacks, [] {});
    fiber.Resume();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_MakeAndFinish);

// Two threads that wake each other in turn: a wait, a set and a resume an item.
void BM_WakeEachOther(benchmark::State& state) {
  ZeroSource decisions;
  World world(decisions, {.max_events = UINT64_MAX});
  Host& host = **world.network().AddHost("host");
  Waitable ping;
  Waitable pong;
  bool is_over = false;
  host.DeclareProcess("ping", [&] {
    for (auto _ : state) {
      pong.Set();
      Thread::Current()->Wait(ping);
      ping.Reset();
    }
    is_over = true;
    pong.Set();
  });
  host.DeclareProcess("pong", [&] {
    while (!is_over) {
      Thread::Current()->Wait(pong);
      pong.Reset();
      ping.Set();
    }
  });
  if (const RunResult result = world.Run(); !result.failure.empty()) {
    state.SkipWithError(result.failure.c_str());
  }
  state.SetItemsProcessed(2 * state.iterations());
}
BENCHMARK(BM_WakeEachOther);

// A world with a host and threads that sleep once, from its making to its destruction.
void BM_World(benchmark::State& state) {
  StackPool stacks;
  ZeroSource decisions;
  for (auto _ : state) {
    World world(decisions, {}, &stacks);
    Host& host = **world.network().AddHost("host");
    for (int64_t i = 0; i < state.range(0); ++i) {
      host.DeclareProcess("sleeps", [] {
        Thread::Current()->Wait({}, Time::Zero() + absl::Milliseconds(10), false);
      });
    }
    world.Run();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_World)->Arg(0)->Arg(2)->Arg(16);

}  // namespace
}  // namespace sim
