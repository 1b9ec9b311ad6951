// The three endings of the documentation's example, whatever the link and the seed.
#include <map>
#include <string>

#include "gtest/gtest.h"
#include "sim/net/network.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

using Expected = std::map<std::string, std::string>;

// What each row of `wsim compare` must say.
const std::map<std::string, Expected>& Endings() {
  static const auto& endings = *new std::map<std::string, Expected>{
      {"tcp",
       {{"(1) WSASendDisconnect(total)", "WSAENOPROTOOPT"},
        {"(2) how the server saw the end", "recv returned 0"},
        {"(3) client's total, as the server read it", "WSAENOPROTOOPT"},
        {"(4) grand total, as the server knows it", "0"},
        {"(5) WSASendDisconnect(grand total)", "WSAENOPROTOOPT"},
        {"(5a) the server's closesocket", "true"},
        {"(6) FD_CLOSE at the client, code", "0"},
        {"(7) grand total, as the client read it", "WSAENOPROTOOPT"},
        {"(8) the client's closesocket", "true"}}},
      {"tp4",
       {{"(1) WSASendDisconnect(total)", "true"},
        {"(2) how the server saw the end", "WSAECONNRESET"},
        {"(3) client's total, as the server read it", "3, 1, 4"},
        {"(4) grand total, as the server knows it", "3, 4, 8"},
        {"(5) WSASendDisconnect(grand total)", "WSAECONNRESET"},
        {"(5a) the server's closesocket", "true"},
        {"(6) FD_CLOSE at the client, code", "0"},
        {"(7) grand total, as the client read it", "nothing"},
        {"(8) the client's closesocket", "true"}}},
      {"session",
       {{"(1) WSASendDisconnect(total)", "true"},
        {"(2) how the server saw the end", "WSAEDISCON"},
        {"(3) client's total, as the server read it", "3, 1, 4"},
        {"(4) grand total, as the server knows it", "3, 4, 8"},
        {"(5) WSASendDisconnect(grand total)", "true"},
        {"(5a) the server's closesocket", "true"},
        {"(6) FD_CLOSE at the client, code", "0"},
        {"(7) grand total, as the client read it", "3, 4, 8"},
        {"(8) the client's closesocket", "true"}}},
  };
  return endings;
}

class TransactionTotals : public testing::TestWithParam<std::string> {
 protected:
  void ExpectTheEnding(const RunOptions& options) {
    const RunReport report = RunScenario(scenario_, options);
    EXPECT_TRUE(report.ok()) << "seed " << options.seed << ": " << report.failure;
    Expected seen;
    for (const Outcome& outcome : report.outcomes) seen[outcome.name] = outcome.value;
    EXPECT_EQ(seen, Endings().at(ProtocolOf(GetParam()))) << "seed " << options.seed;
  }

  const Scenario scenario_ = LoadScenario("scenarios/transaction_totals.lua");
};

TEST_P(TransactionTotals, EndAsTheProviderAllows) { ExpectTheEnding({.provider = GetParam()}); }

TEST_P(TransactionTotals, EndTheSameOnALinkThatDoesItsWorst) {
  constexpr sim::Ratio kTenth{sim::Ratio::kOne / 10};
  RunOptions options{.provider = GetParam()};
  options.link.jitter = absl::Milliseconds(30);
  options.link.loss = kTenth;
  options.link.duplicate = kTenth;
  options.link.reorder = kTenth;
  for (options.seed = 1; options.seed <= 100; ++options.seed) ExpectTheEnding(options);
}

TEST_P(TransactionTotals, EndTheSameOnANarrowLinkWithSmallFrames) {
  RunOptions options{.provider = GetParam()};
  options.link.bandwidth = 9600;
  options.link.mtu = GetParam() == "tcp6" ? 1280 : 200;  // the least that the protocol works with
  ExpectTheEnding(options);
}

INSTANTIATE_TEST_SUITE_P(Over, TransactionTotals, testing::ValuesIn(ConnectionProviders()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace wsim
