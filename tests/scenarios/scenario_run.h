// Runs of scenario files for tests.
#ifndef TESTS_SCENARIOS_SCENARIO_RUN_H_
#define TESTS_SCENARIOS_SCENARIO_RUN_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/scenario/run.h"
#include "tools/scenario/scenario.h"

namespace wsim {

// The scenario at `path`, from the repository's root. A failure of the calling test if it cannot be
// read.
Scenario LoadScenario(const std::string& path);
Scenario ScenarioFromText(absl::string_view text);

// One run; a failure of the calling test where it cannot begin.
RunReport RunScenario(const Scenario& scenario, const RunOptions& options);

// The value of an outcome; "(none)" where it was not reported.
std::string OutcomeOf(const RunReport& report, absl::string_view name);

// The names of all providers that a scenario over connections can run over.
std::vector<std::string> ConnectionProviders();

// Shared by the runs of one process, so that thousands of them map their stacks once.
sim::StackPool& SharedStacks();

}  // namespace wsim

#endif  // TESTS_SCENARIOS_SCENARIO_RUN_H_
