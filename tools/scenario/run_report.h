// What is told of a run: its report at the end, and its events to whoever listens.
#ifndef TOOLS_SCENARIO_RUN_REPORT_H_
#define TOOLS_SCENARIO_RUN_REPORT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/time.h"
#include "sim/trace/trace.h"

namespace wsim {

struct Outcome {
  std::string name;
  std::string value;
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
  // How the hosts' addresses begin in texts, and what they stand for: {"10.0.0.2:", "server:"}.
  std::vector<std::pair<std::string, std::string>> address_names;
};

// Somebody who follows a run.
class RunListener : public sim::TraceListener {
 public:
  // Before the first event.
  virtual void OnStart(const Cast& cast) = 0;
  virtual bool wants_text() const = 0;
};

}  // namespace wsim

#endif  // TOOLS_SCENARIO_RUN_REPORT_H_
