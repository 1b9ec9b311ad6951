#include "tests/scenarios/scenario_run.h"

#include "gtest/gtest.h"
#include "tools/catalog/provider_catalog.h"

namespace wsim {

Scenario LoadScenario(const std::string& path) {
  absl::StatusOr<Scenario> scenario = Scenario::Load(path);
  EXPECT_TRUE(scenario.ok()) << scenario.status();
  return scenario.ok() ? *std::move(scenario) : ScenarioFromText("");
}

Scenario ScenarioFromText(absl::string_view text) {
  absl::StatusOr<Scenario> scenario = Scenario::FromText(text, "test.lua");
  EXPECT_TRUE(scenario.ok()) << scenario.status();
  return *std::move(scenario);
}

RunReport RunScenario(const Scenario& scenario, const RunOptions& options) {
  RunOptions with_stacks = options;
  if (with_stacks.stacks == nullptr) with_stacks.stacks = &SharedStacks();
  absl::StatusOr<RunReport> report = Run(scenario, with_stacks);
  EXPECT_TRUE(report.ok()) << report.status();
  if (report.ok()) return *std::move(report);
  RunReport none;
  none.failure = std::string(report.status().message());
  return none;
}

std::string OutcomeOf(const RunReport& report, absl::string_view name) {
  for (const Outcome& outcome : report.outcomes) {
    if (outcome.name == name) return outcome.value;
  }
  return "(none)";
}

std::vector<std::string> ConnectionProviders() {
  std::vector<std::string> names;
  for (const ProviderEntry& entry : Providers()) {
    if ((entry.info.dwServiceFlags1 & winsock::XP1_CONNECTIONLESS) == 0) {
      names.push_back(entry.registration.name);
    }
  }
  return names;
}

sim::StackPool& SharedStacks() {
  static sim::StackPool& stacks = *new sim::StackPool;
  return stacks;
}

}  // namespace wsim
