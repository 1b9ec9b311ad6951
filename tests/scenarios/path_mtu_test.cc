// The size of a path's packets is found by what routers say (RFC 1191, RFC 8201), not by magic.
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

class PathMtu : public testing::TestWithParam<std::string> {};

TEST_P(PathMtu, IsFoundByTheRoutersWordAtTheStartAndInTheMiddle) {
  const RunReport report =
      RunScenario(LoadScenario("tests/scenarios/path_mtu.lua"), {.provider = GetParam()});
  EXPECT_TRUE(report.ok()) << report.failure;
  EXPECT_EQ(OutcomeOf(report, "octets"), "400000");
  EXPECT_EQ(OutcomeOf(report, "intact"), "true");
  EXPECT_EQ(OutcomeOf(report, "end"), "");
  EXPECT_EQ(OutcomeOf(report, "without a time-out"), "true");
}

// An address that no host has goes to the router, which says so; the attempt goes on, for it may
// pass, and in the end the router's word is what the program hears.
TEST_P(PathMtu, AnAddressThatNoHostHasIsUnreachableByTheRoutersWord) {
  const std::string nobody = GetParam() == "tcp6" ? "[2001:db8::99]:5000" : "10.0.0.99:5000";
  const std::string elsewhere = GetParam() == "tcp6" ? "[2001:db8:1::1]:5000" : "192.0.2.1:5000";
  EXPECT_EQ(Outcomes(absl::StrCat(R"(
    network{hosts = {"client"}, routers = {"router"}, links = {{"client", "router"}}}
    process("client", function()
      outcome("nobody", socket():connect(")",
                                  nobody, R"("))
      outcome("elsewhere", socket():connect(")",
                                  elsewhere, R"("))
      outcome("not before a while", now() > 60000)
    end))"),
                     {.provider = GetParam()}),
            "\nnobody: WSAEHOSTUNREACH\nelsewhere: WSAENETUNREACH\nnot before a while: true\n");
}

INSTANTIATE_TEST_SUITE_P(Over, PathMtu, testing::Values("tcp", "tcp6"), ProviderOf);

}  // namespace
}  // namespace wsim
