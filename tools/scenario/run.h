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
#include "sim/time.h"
#include "sim/trace/trace.h"
#include "sim/world.h"
#include "tools/scenario/scenario.h"

namespace wsim {

struct Outcome {
  std::string name;
  std::string value;
};

// What numbers in the trace stand for; complete before the first event.
struct Cast {
  struct Link {
    std::string a;  // direction 0 goes from here
    std::string b;
  };
  std::vector<std::string> hosts;          // host number - 1, routers included
  std::vector<std::string> processes;      // process number - 1, of the first boots
  std::vector<std::string> process_hosts;  // the same: where they run
  std::vector<Link> links;                 // link number - 1
};

// Somebody who follows a run.
class RunListener : public sim::TraceListener {
 public:
  // Before the first event.
  virtual void OnStart(const Cast& cast) = 0;
  virtual bool wants_text() const = 0;
};

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

struct RunReport {
  std::string scenario;
  std::string provider;
  uint64_t seed = 0;
  std::string failure;  // empty: the run held
  uint64_t fingerprint = 0;
  sim::Time virtual_time;
  uint64_t frames = 0;
  uint64_t wire_octets = 0;
  uint64_t decisions = 0;
  std::vector<Outcome> outcomes;  // in the order reported

  bool ok() const { return failure.empty(); }
};

// An error is what was wrong before time 0 (an unknown provider, an error while the script loads, a
// network that makes no sense): one line. What goes wrong later is the report's failure.
absl::StatusOr<RunReport> Run(const Scenario& scenario, const RunOptions& options);

}  // namespace wsim

#endif  // TOOLS_SCENARIO_RUN_H_
