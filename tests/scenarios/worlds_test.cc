// Runs one after another, of every kind of end, leave nothing behind.
#include <malloc.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

#ifndef WSIM_WORLDS
#define WSIM_WORLDS 1000
#endif

namespace {

// Objects that exist, of all that C++ code makes.
long live_objects = 0;

}  // namespace

// Not inline, any of these: g++ would see memory of malloc given to operator delete, and warn.
[[gnu::noinline]] void* operator new(size_t size) {
  void* const object = std::malloc(size);
  if (object == nullptr) throw std::bad_alloc();
  ++live_objects;
  return object;
}

[[gnu::noinline]] void operator delete(void* object) noexcept {
  if (object != nullptr) --live_objects;
  std::free(object);
}

[[gnu::noinline]] void operator delete(void* object, size_t) noexcept { operator delete(object); }

namespace wsim {
namespace {

// What malloc has given out, Lua's memory included; 0 where another allocator does. Some of it is
// kept for the next request of the same size, as much as a program needs at a time.
size_t OctetsInUse() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

// What there was after some runs, to be compared with what there is after many more.
class Holdings {
 public:
  void ExpectUnchanged() const {
    EXPECT_EQ(live_objects, objects_);
    EXPECT_LE(OctetsInUse(), octets_ + kKept);
  }

 private:
  static constexpr size_t kKept = 256 * 1024;  // octets

  const long objects_ = live_objects;
  const size_t octets_ = OctetsInUse();
};

struct Kind {
  Scenario scenario;
  RunOptions options;
  bool holds;
};

std::vector<Kind> Kinds() {
  std::vector<Kind> kinds;
  const auto add = [&kinds](const Scenario& scenario, const std::string& provider, bool holds) {
    RunOptions options{.provider = provider};
    options.limits.max_time = absl::Hours(4);
    options.link.loss = sim::Ratio{sim::Ratio::kOne / 20};
    kinds.push_back({scenario, options, holds});
  };
  const Scenario example = LoadScenario("scenarios/transaction_totals.lua");
  const Scenario killed = ScenarioFromText(
      TwoEnds("s:recv() kill('server')", "s:send('x') thread(function() s:recv() end)"));
  const Scenario crashed = ScenarioFromText(TwoPrograms(
      "local s = listener:accept() if now() < 1000 then s:recv() end",
      "s:connect('server:5000') sleep('1s') crash('server') sleep('1s') restart('server')"
      " sleep('1s') socket():connect('server:5000')"));
  const Scenario deadlocked = ScenarioFromText(TwoEnds("s:recv()", "s:recv()"));
  const Scenario endless = ScenarioFromText(TwoEnds("while true do sleep('1h') end", "s:recv()"));
  const Scenario too_big = ScenarioFromText(TwoEnds("x = ('x'):rep(1 << 30)", "s:recv()"));
  const Scenario wrong = ScenarioFromText(TwoEnds("s:recv() error('oops')", "check(false)"));
  for (const std::string& provider : ConnectionProviders()) {
    add(example, provider, true);
    add(killed, provider, true);
    add(crashed, provider, true);
    add(deadlocked, provider, false);
    add(endless, provider, false);
    add(too_big, provider, false);
    add(wrong, provider, false);
  }
  return kinds;
}

TEST(Worlds, OneAfterAnotherLeakNothingAndGrowNothing) {
  const std::vector<Kind> kinds = Kinds();
  constexpr int kWarmUp = 5;  // rounds over all kinds, for what is made once
  std::optional<Holdings> before;
  const int rounds = WSIM_WORLDS / static_cast<int>(kinds.size()) + 1 + kWarmUp;
  for (int round = 0; round < rounds; ++round) {
    if (round == kWarmUp) before.emplace();
    for (const Kind& kind : kinds) {
      RunOptions options = kind.options;
      options.seed = static_cast<uint64_t>(round % kWarmUp);  // the same as when it warmed up
      const RunReport report = RunScenario(kind.scenario, options);
      EXPECT_EQ(report.ok(), kind.holds) << options.provider << ": " << report.failure;
    }
  }
  EXPECT_EQ(SharedStacks().lent(), 0u);
  before->ExpectUnchanged();
}

TEST(Worlds, ThatCannotBeginLeakNothingAndGrowNothing) {
  constexpr int kWarmUp = 10;
  std::optional<Holdings> before;
  for (int run = 0; run < WSIM_WORLDS + kWarmUp; ++run) {
    if (run == kWarmUp) before.emplace();
    LoadError("process('client', function() end) error('oops')");
  }
  before->ExpectUnchanged();
}

}  // namespace
}  // namespace wsim
