// Whole runs of the disconnect-data example over each provider, set-up included: worlds, hosts,
// scripts, connections. The scenario is compiled once, and the runs share their stacks, as a
// campaign's do.
#include <cstdint>
#include <string>

#include "benchmark/benchmark.h"
#include "sim/stack_pool.h"
#include "tools/scenario/run.h"
#include "tools/scenario/scenario.h"

namespace {

constexpr char kExample[] = "scenarios/transaction_totals.lua";

void RunExample(benchmark::State& state, const std::string& provider) {
  const absl::StatusOr<wsim::Scenario> scenario = wsim::Scenario::Load(kExample);
  if (!scenario.ok()) {
    state.SkipWithError(std::string(scenario.status().message()).c_str());
    return;
  }
  sim::StackPool stacks;
  wsim::RunOptions options;
  options.provider = provider;
  options.seed = 0;
  options.stacks = &stacks;
  for (auto _ : state) {
    ++options.seed;
    const absl::StatusOr<wsim::RunReport> report = wsim::Run(*scenario, options);
    if (!report.ok() || !report->ok()) {
      state.SkipWithError("the run failed");
      return;
    }
  }
  state.counters["runs"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

BENCHMARK_CAPTURE(RunExample, tcp, "tcp");
BENCHMARK_CAPTURE(RunExample, tp4, "tp4");
BENCHMARK_CAPTURE(RunExample, session, "session");

}  // namespace
