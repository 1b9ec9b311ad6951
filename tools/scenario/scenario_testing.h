// Runs of scenarios for tests: from files, and from a few lines of Lua.
#ifndef TOOLS_SCENARIO_SCENARIO_TESTING_H_
#define TOOLS_SCENARIO_SCENARIO_TESTING_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "tools/scenario/run.h"
#include "tools/scenario/scenario.h"

namespace wsim {

// The scenario at `path`, from the repository's root. A failure of the calling test if it cannot be
// read.
Scenario LoadScenario(const std::string& path);
// Errors call it "test.lua".
Scenario ScenarioFromText(absl::string_view text);

// A scenario of two programs over the default network, 10 ms apart. The server's finds `listener`,
// which listens at port 5000; the client's begins after 1 ms and finds `s`, a new socket. Errors
// count the lines of both, one behind the other, with a line for the beginning of each.
std::string TwoPrograms(absl::string_view server, absl::string_view client);
// The same, where the server has accepted `s`, which the client has connected.
std::string TwoEnds(absl::string_view server, absl::string_view client);

// One run; a failure of the calling test where it cannot begin.
RunReport RunScenario(const Scenario& scenario, const RunOptions& options);
// Why the scenario cannot begin, over tcp; a failure of the calling test where it can.
std::string LoadError(absl::string_view text);

// The value of an outcome; "(none)" where it was not reported.
std::string OutcomeOf(const RunReport& report, absl::string_view name);
// "name: value" line by line, in the order reported, and a last line "failure: ..." where the run
// failed. In front is a line end, so that a raw string can be compared.
std::string Outcomes(absl::string_view text, const RunOptions& options);

// What a scenario sees of a provider is the same over every address family: "tcp" for "tcp6".
std::string ProtocolOf(absl::string_view provider);

// A test of the language over each provider. Instantiate with
//   INSTANTIATE_TEST_SUITE_P(Over, MySuite, testing::ValuesIn(ConnectionProviders()), ProviderOf);
class OverEachProvider : public testing::TestWithParam<std::string> {
 protected:
  std::string Run(absl::string_view text) const { return Outcomes(text, {.provider = GetParam()}); }
  // What the run reported, of TwoPrograms and TwoEnds.
  std::string RunPrograms(absl::string_view server, absl::string_view client) const {
    return Run(TwoPrograms(server, client));
  }
  std::string RunEnds(absl::string_view server, absl::string_view client) const {
    return Run(TwoEnds(server, client));
  }
  bool is(absl::string_view protocol) const { return ProtocolOf(GetParam()) == protocol; }
};
inline std::string ProviderOf(const testing::TestParamInfo<std::string>& info) {
  return info.param;
}

// The names of all providers that a scenario over connections can run over.
std::vector<std::string> ConnectionProviders();

// Shared by the runs of one process, so that thousands of them map their stacks once.
sim::StackPool& SharedStacks();

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SCENARIO_TESTING_H_
