#include "tools/scenario/scenario_testing.h"

#include "absl/strings/str_cat.h"
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

std::string TwoPrograms(absl::string_view server, absl::string_view client) {
  return absl::StrCat("process('server', function() local listener = assert(socket())",
                      " assert(listener:bind(5000)) assert(listener:listen(5))", server, "\nend)\n",
                      "process('client', function() sleep('1ms') local s = assert(socket())",
                      client, "\nend)\n");
}

std::string TwoEnds(absl::string_view server, absl::string_view client) {
  return TwoPrograms(absl::StrCat(" local s = assert(listener:accept())", server),
                     absl::StrCat(" assert(s:connect('server:5000'))", client));
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

std::string LoadError(absl::string_view text) {
  RunOptions options;
  options.stacks = &SharedStacks();
  const absl::StatusOr<Scenario> scenario = Scenario::FromText(text, "test.lua");
  if (!scenario.ok()) return std::string(scenario.status().message());
  const absl::StatusOr<RunReport> report = Run(*scenario, options);
  EXPECT_FALSE(report.ok()) << "it can begin";
  return std::string(report.status().message());
}

std::string Outcomes(absl::string_view text, const RunOptions& options) {
  const RunReport report = RunScenario(ScenarioFromText(text), options);
  std::string lines = "\n";
  for (const Outcome& outcome : report.outcomes) {
    absl::StrAppend(&lines, outcome.name, outcome.value.empty() ? ":" : ": ", outcome.value, "\n");
  }
  if (!report.ok()) absl::StrAppend(&lines, "failure: ", report.failure, "\n");
  return lines;
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

std::string ProtocolOf(absl::string_view provider) {
  return std::string(provider == "tcp6" ? "tcp" : provider);
}

sim::StackPool& SharedStacks() {
  static sim::StackPool* const kStacks = new sim::StackPool;
  return *kStacks;
}

}  // namespace wsim
