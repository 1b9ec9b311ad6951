// What each lesson teaches, whatever the link and the seed.
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "sim/net/network.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

using Rows = std::map<std::string, std::string>;

// The rows of `wsim compare` that make the point of each lesson, by provider.
const std::map<std::string, std::map<std::string, Rows>>& Points() {
  static const auto& points = *new std::map<std::string, std::map<std::string, Rows>>{
      {"backlog",
       {{"tcp", {{"caller 2 was connected", "before accept"}, {"caller 3", "WSAECONNREFUSED"}}},
        {"tp4", {{"caller 2 was connected", "after accept"}, {"caller 3", "WSAECONNREFUSED"}}},
        {"session",
         {{"caller 2 was connected", "after accept"}, {"caller 3", "WSAECONNREFUSED"}}}}},
      {"connect_data",
       {{"tcp",
         {{"Alice: WSAConnect with data", "WSAEPROTONOSUPPORT"}, {"Mallory: connected", "true"}}},
        {"tp4",
         {{"Alice: WSAConnect with data", "seat 12"}, {"Mallory: connected", "WSAECONNREFUSED"}}},
        {"session",
         {{"Alice: WSAConnect with data", "seat 12"}, {"Mallory: connected", "WSAECONNREFUSED"}}}}},
      {"half_close",
       {{"tcp",
         {{"octets of the answer", "14000"}, {"how the server saw its end", "recv returned 0"}}},
        {"tp4", {{"octets of the answer", "0"}, {"how the server saw its end", "WSAECONNRESET"}}},
        {"session",
         {{"octets of the answer", "14000"}, {"how the server saw its end", "WSAEDISCON"}}}}},
      {"last_words",
       {{"tcp",
         {{"the client says goodbye", "WSAENOPROTOOPT"},
          {"the server's answer", "WSAENOPROTOOPT"}}},
        {"tp4", {{"the client's last words", "total 1"}, {"the server's answer", "nothing"}}},
        {"session", {{"the client's last words", "total 1"}, {"the server's answer", "total 9"}}}}},
      {"linger",
       {{"tcp", {{"as it is: the server reads", "1000, recv returned 0"}}},
        {"tp4", {{"as it is: the server reads", "0, WSAECONNRESET"}}},
        {"session", {{"as it is: the server reads", "1000, WSAEDISCON"}}}}},
      {"message_boundaries",
       {{"tcp", {{"one, two, three", "onetwothree"}, {"sending nothing", "0"}}},
        {"tp4", {{"one, two, three", "one, two, three"}, {"sending nothing", "WSAEMSGSIZE"}}},
        {"session", {{"one, two, three", "one, two, three"}, {"sending nothing", "0"}}}}},
      {"refused",
       {{"tcp", {{"nobody listens", "WSAECONNREFUSED"}, {"in the end", "connected"}}},
        {"tp4", {{"nobody listens", "WSAECONNREFUSED"}, {"in the end", "connected"}}},
        {"session", {{"nobody listens", "WSAECONNREFUSED"}, {"in the end", "connected"}}}}},
  };
  return points;
}

std::vector<std::string> Lessons() {
  std::vector<std::string> lessons;
  for (const auto& [lesson, points] : Points()) lessons.push_back(lesson);
  return lessons;
}

class Lesson : public testing::TestWithParam<std::tuple<std::string, std::string>> {
 protected:
  std::string lesson() const { return std::get<0>(GetParam()); }
  std::string provider() const { return std::get<1>(GetParam()); }

  Rows RowsOf(const RunOptions& options) const {
    const RunReport report = RunScenario(scenario_, options);
    EXPECT_TRUE(report.ok()) << "seed " << options.seed << ": " << report.failure;
    Rows rows;
    for (const Outcome& outcome : report.outcomes) rows[outcome.name] = outcome.value;
    return rows;
  }

  const Scenario scenario_ = LoadScenario("scenarios/" + lesson() + ".lua");
};

TEST_P(Lesson, MakesItsPoint) {
  const Rows rows = RowsOf({.provider = provider()});
  for (const auto& [name, value] : Points().at(lesson()).at(ProtocolOf(provider()))) {
    ASSERT_EQ(rows.count(name), 1) << name;
    EXPECT_EQ(rows.at(name), value) << name;
  }
}

TEST_P(Lesson, SaysTheSameOnALinkThatDoesItsWorst) {
  const Rows expected = RowsOf({.provider = provider()});
  constexpr sim::Ratio kTenth{sim::Ratio::kOne / 10};
  RunOptions options{.provider = provider()};
  options.link.jitter = absl::Milliseconds(30);
  options.link.loss = kTenth;
  options.link.duplicate = kTenth;
  options.link.reorder = kTenth;
  for (options.seed = 1; options.seed <= 10; ++options.seed) {
    EXPECT_EQ(RowsOf(options), expected) << "seed " << options.seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Over, Lesson,
                         testing::Combine(testing::ValuesIn(Lessons()),
                                          testing::ValuesIn(ConnectionProviders())),
                         [](const auto& info) {
                           return std::get<0>(info.param) + "_over_" + std::get<1>(info.param);
                         });

}  // namespace
}  // namespace wsim
