// Data complete and in order over each provider, on a link that loses every twentieth frame.
#include <string>

#include "gtest/gtest.h"
#include "sim/net/network.h"
#include "tools/scenario/scenario_testing.h"

#ifndef WSIM_CAMPAIGN_SEEDS
#define WSIM_CAMPAIGN_SEEDS 40
#endif

namespace wsim {
namespace {

class BulkTransfer : public testing::TestWithParam<std::string> {
 protected:
  void ExpectIntact(const RunOptions& options) {
    const RunReport report = RunScenario(scenario_, options);
    EXPECT_TRUE(report.ok()) << "seed " << options.seed << ": " << report.failure;
    EXPECT_EQ(OutcomeOf(report, "client to server"), "intact") << "seed " << options.seed;
    EXPECT_EQ(OutcomeOf(report, "server to client"), "intact") << "seed " << options.seed;
  }

  const Scenario scenario_ = LoadScenario("tests/scenarios/bulk_transfer.lua");
};

TEST_P(BulkTransfer, ArrivesIntactOnACleanLink) { ExpectIntact({.provider = GetParam()}); }

TEST_P(BulkTransfer, ArrivesIntactAtFivePercentLoss) {
  RunOptions options{.provider = GetParam()};
  options.link.loss = sim::Ratio{sim::Ratio::kOne / 20};
  for (options.seed = 1; options.seed <= WSIM_CAMPAIGN_SEEDS; ++options.seed) ExpectIntact(options);
}

TEST_P(BulkTransfer, ArrivesIntactThroughEveryFaultOfALink) {
  constexpr sim::Ratio kTwentieth{sim::Ratio::kOne / 20};
  RunOptions options{.provider = GetParam()};
  options.link.loss = kTwentieth;
  options.link.duplicate = kTwentieth;
  options.link.reorder = kTwentieth;
  options.link.corrupt = kTwentieth;
  options.link.jitter = absl::Milliseconds(10);
  for (options.seed = 1; options.seed <= WSIM_CAMPAIGN_SEEDS; ++options.seed) ExpectIntact(options);
}

INSTANTIATE_TEST_SUITE_P(Over, BulkTransfer, testing::ValuesIn(ConnectionProviders()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace wsim
