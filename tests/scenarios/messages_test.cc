// Messages and last words through loss, duplication, reordering and corruption of up to a fifth of
// all frames each, drawn anew for every seed.
#include <map>
#include <string>

#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "sim/net/network.h"
#include "tools/scenario/scenario_testing.h"

#ifndef WSIM_CAMPAIGN_SEEDS
#define WSIM_CAMPAIGN_SEEDS 60
#endif

namespace wsim {
namespace {

class Messages : public testing::TestWithParam<std::string> {
 protected:
  const Scenario scenario_ = LoadScenario("tests/scenarios/messages.lua");
};

TEST_P(Messages, AreIntactOnACleanLink) {
  const RunReport report = RunScenario(scenario_, {.provider = GetParam()});
  EXPECT_TRUE(report.ok()) << report.failure;
  EXPECT_TRUE(absl::StartsWith(OutcomeOf(report, "at the server"), "8")) << GetParam();
  EXPECT_TRUE(absl::StartsWith(OutcomeOf(report, "at the client"), "8")) << GetParam();
}

// A number in 0 .. 20, different for each fault of each seed.
uint64_t Percent(uint64_t seed, uint64_t fault) {
  uint64_t mixed = (seed * 4 + fault) * 0x9E3779B97F4A7C15u;
  mixed ^= mixed >> 29;
  return mixed % 21;
}

sim::Ratio Draw(uint64_t seed, uint64_t fault) {
  return {static_cast<uint32_t>(sim::Ratio::kOne / 100 * Percent(seed, fault))};
}

TEST_P(Messages, AreNeverWrongOnBadLinks) {
  RunOptions options{.provider = GetParam()};
  std::map<std::string, int> ends;
  for (options.seed = 1; options.seed <= WSIM_CAMPAIGN_SEEDS; ++options.seed) {
    options.link.loss = Draw(options.seed, 0);
    options.link.duplicate = Draw(options.seed, 1);
    options.link.reorder = Draw(options.seed, 2);
    options.link.corrupt = Draw(options.seed, 3);
    const RunReport report = RunScenario(scenario_, options);
    EXPECT_TRUE(report.ok()) << "seed " << options.seed << ": " << report.failure;
    ++ends[OutcomeOf(report, "at the server") + " | " + OutcomeOf(report, "at the client")];
  }
  int complete = 0;
  for (const auto& [end, count] : ends) {
    RecordProperty(end, count);
    if (absl::StartsWith(end, "8") && absl::StrContains(end, "| 8")) complete += count;
  }
  // Most conversations are repeated to their end.
  EXPECT_GT(complete, WSIM_CAMPAIGN_SEEDS * 9 / 10);
}

INSTANTIATE_TEST_SUITE_P(Over, Messages, testing::ValuesIn(ConnectionProviders()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace wsim
