// TCP through links whose every fault is drawn up to a fifth, seed by seed. For each seed:
// - what a program has read is a beginning of what its peer has sent: no octet is lost, doubled,
//   changed or out of order before the end that it was told of;
// - each direction is complete, or an error ended it;
// - the run ends by itself: no deadlock, no limit. The programs wait for nothing for ever.
#include <set>
#include <string>

#include "gtest/gtest.h"
#include "sim/net/link_parameters.h"
#include "tools/scenario/scenario_testing.h"

#ifndef WSIM_CAMPAIGN_SEEDS
#define WSIM_CAMPAIGN_SEEDS 150
#endif

namespace wsim {
namespace {

// The `which`-th number that belongs to `seed`, from 0 to a fifth.
sim::Ratio UpToAFifth(uint64_t seed, uint64_t which) {
  uint64_t x = seed * 8 + which + 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return {static_cast<uint32_t>((x ^ (x >> 31)) % (sim::Ratio::kOne / 5 + 1))};
}

RunOptions FaultsOf(uint64_t seed) {
  RunOptions options{.provider = "tcp", .seed = seed, .stacks = &SharedStacks()};
  options.link.loss = UpToAFifth(seed, 0);
  options.link.duplicate = UpToAFifth(seed, 1);
  options.link.reorder = UpToAFifth(seed, 2);
  options.link.corrupt = UpToAFifth(seed, 3);
  options.link.jitter = absl::Milliseconds(seed % 5);
  return options;
}

bool IsAnEnd(const std::string& outcome) {
  static const std::set<std::string> kEnds = {"intact",        "end of data",    "nobody came",
                                              "WSAECONNRESET", "WSAETIMEDOUT",   "WSAECONNABORTED",
                                              "WSAENETRESET",  "WSAECONNREFUSED"};
  return kEnds.count(outcome) > 0;
}

TEST(FaultCampaign, DataIsIntactOrAnErrorSaysSoAndEveryRunEnds) {
  const Scenario scenario = LoadScenario("tests/scenarios/bounded_transfer.lua");
  int complete = 0;
  for (uint64_t seed = 1; seed <= WSIM_CAMPAIGN_SEEDS; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const RunReport report = RunScenario(scenario, FaultsOf(seed));
    EXPECT_TRUE(report.ok()) << report.failure;
    const std::string there = OutcomeOf(report, "client to server");
    const std::string back = OutcomeOf(report, "server to client");
    EXPECT_TRUE(IsAnEnd(there)) << there;
    EXPECT_TRUE(IsAnEnd(back)) << back;
    if (there == "intact" && back == "intact") ++complete;
  }
  EXPECT_GT(complete, WSIM_CAMPAIGN_SEEDS * 9 / 10);
}

// What a campaign without keep-alive may find at a link this bad is no defect of TCP: a peer that
// has given up says so with a reset that can be lost, and who only waits to read is then told by
// nobody (RFC 9293 3.8.4 is an option for this reason).
TEST(FaultCampaign, AReaderWithoutKeepAliveWaitsForEverForAPeerThatIsGone) {
  const auto run = [](const std::string& server_options) {
    const Scenario scenario = ScenarioFromText(
        TwoEnds(server_options + "outcome('recv', s:recv()) outcome('then', s:recv())",
                "s:send('hello') sleep('1s') partition('client', 'server') s:send('lost') "
                "sleep('10m') s:closesocket()"));
    return RunScenario(scenario, {.provider = "tcp"});
  };
  const RunReport silent = run("");
  EXPECT_EQ(OutcomeOf(silent, "recv"), "hello");
  EXPECT_EQ(silent.failure.rfind("deadlock:", 0), 0) << silent.failure;
  const RunReport probing = run("s:setsockopt('SO_KEEPALIVE', true) ");
  EXPECT_TRUE(probing.ok()) << probing.failure;
  EXPECT_EQ(OutcomeOf(probing, "recv"), "hello");
  EXPECT_EQ(OutcomeOf(probing, "then").rfind("WSAE", 0), 0) << OutcomeOf(probing, "then");
}

}  // namespace
}  // namespace wsim
