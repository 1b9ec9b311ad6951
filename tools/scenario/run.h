// One run of a scenario over one provider.
#ifndef TOOLS_SCENARIO_RUN_H_
#define TOOLS_SCENARIO_RUN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "sim/decision/decisions.h"
#include "sim/net/network.h"
#include "sim/stack_pool.h"
#include "sim/trace/trace.h"
#include "sim/world.h"
#include "tools/scenario/run_report.h"
#include "tools/scenario/scenario.h"

namespace wsim {

struct RunOptions {
  std::string provider = "tcp";
  uint64_t seed = 1;
  sim::LinkOverrides link;  // override what the scenario's network says
  sim::Limits limits;
  // Called in this order; must outlive the run. Recorders need no text and no cast.
  std::vector<RunListener*> listeners;
  std::vector<sim::TraceListener*> recorders;
  // Null: seeded with `seed`. Else what decides, for recording and replaying; outlives the run.
  sim::DecisionSource* decisions = nullptr;
  // Null: stacks of the run's own. Shared by runs that follow one another.
  sim::StackPool* stacks = nullptr;
};

// An error is what was wrong before time 0 (an unknown provider, an error while the script loads, a
// network that makes no sense): one line. What goes wrong later is the report's failure.
absl::StatusOr<RunReport> Run(const Scenario& scenario, const RunOptions& options);

}  // namespace wsim

#endif  // TOOLS_SCENARIO_RUN_H_
