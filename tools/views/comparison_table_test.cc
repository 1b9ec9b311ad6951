#include "tools/views/comparison_table.h"

#include "gtest/gtest.h"

namespace wsim {
namespace {

RunReport Over(const std::string& provider, std::vector<Outcome> outcomes) {
  RunReport report;
  report.scenario = "lesson.lua";
  report.provider = provider;
  report.seed = 7;
  report.fingerprint = provider == "tcp" ? 0x1 : 0x2;
  report.virtual_time = sim::Time::FromNanoseconds(1'500'000);
  report.frames = 12;
  report.wire_octets = 1234;
  report.outcomes = std::move(outcomes);
  return report;
}

TEST(ComparisonTable, HasARowForEachOutcomeAndThenHowTheRunsWent) {
  const RunReport tcp = Over("tcp", {{"the end", "recv returned 0"}, {"grand total", "8"}});
  RunReport tp4 = Over("tp4", {{"the end", "WSAECONNRESET"}, {"grand total", "8"}});
  tp4.frames = 9;
  EXPECT_EQ(ComparisonTable({tcp, tp4}),
            "lesson.lua, seed 7\n"
            "\n"
            "                   tcp                  tp4\n"
            "────────────────────────────────────────────────────────\n"
            "the end            recv returned 0   ≠  WSAECONNRESET\n"
            "grand total        8                    8\n"
            "────────────────────────────────────────────────────────\n"
            "the run            held                 held\n"
            "fingerprint        0000000000000001  ≠  0000000000000002\n"
            "virtual time       1.5 ms               1.5 ms\n"
            "frames             12                ≠  9\n"
            "bytes on the wire  1234                 1234\n"
            "\n"
            "≠ differs from tcp\n");
}

TEST(ComparisonTable, ShowsWhereARunDidNotComeSoFar) {
  RunReport tcp = Over("tcp", {{"first", "1"}});
  tcp.failure = "lesson.lua:9: check failed";
  const RunReport tp4 = Over("tp4", {{"first", "1"}, {"second", "2"}});
  const std::string table = ComparisonTable({tcp, tp4});
  EXPECT_NE(table.find("second             -"), std::string::npos) << table;
  EXPECT_NE(table.find("≠  2"), std::string::npos) << table;
  EXPECT_NE(table.find("the run            lesson.lua:9: check failed"), std::string::npos)
      << table;
}

TEST(ComparisonTable, PutsLineEndsAndOctetsIntoOneLine) {
  const std::string table = ComparisonTable({Over("tcp", {{"a\nb", "c\nd"}})});
  EXPECT_NE(table.find("a\\nb"), std::string::npos) << table;
  EXPECT_NE(table.find("c\\nd"), std::string::npos) << table;
}

TEST(SummaryTable, HasTheOutcomesOfOneRunAndHowItWent) {
  EXPECT_EQ(SummaryTable(Over("tcp", {{"grand total", "8"}})),
            "grand total        8\n"
            "───────────────────────────────────\n"
            "the run            held\n"
            "fingerprint        0000000000000001\n"
            "virtual time       1.5 ms\n"
            "frames             12\n"
            "bytes on the wire  1234\n");
}

TEST(ProvidersTable, HasAColumnForEachProvider) {
  ProviderDescription stream;
  stream.name = "tcp";
  stream.description = "a stream";
  stream.address_family = "AF_INET";
  stream.socket_type = "SOCK_STREAM";
  stream.protocol = "IPPROTO_TCP";
  stream.flags = {"XP1_GRACEFUL_CLOSE"};
  stream.chain = {"tcp"};
  ProviderDescription messages = stream;
  messages.name = "tp4";
  messages.max_message_size = 0xFFFFFFFF;
  messages.connect_data_max = 32;
  messages.disconnect_data_max = 64;
  EXPECT_EQ("\n" + ProvidersTable({stream, messages}), R"(
                               tcp                                tp4
───────────────────────────────────────────────────────────────────────────────────────────────────
protocol                       a stream                           a stream
socket()                       AF_INET, SOCK_STREAM, IPPROTO_TCP  AF_INET, SOCK_STREAM, IPPROTO_TCP
messages                       a stream of octets                 of any length
connect data                   none                               32 octets
connect data of the answer     none                               none
disconnect data                none                               64 octets
disconnect data of the answer  none                               none
flags                          XP1_GRACEFUL_CLOSE                 XP1_GRACEFUL_CLOSE
chain                          tcp                                tcp
)");
}

}  // namespace
}  // namespace wsim
