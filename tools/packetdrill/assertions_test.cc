#include "tools/packetdrill/assertions.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wsim::packetdrill {
namespace {

using ::testing::HasSubstr;

// Of a connection that is gone: CLOSED, and all its numbers are 0.
absl::Status Checked(absl::string_view code) {
  return CheckAssertions(code, nullptr, WindowUnit::kSegments);
}
std::string WhyNot(absl::string_view code) { return std::string(Checked(code).message()); }

TEST(PacketdrillAssertions, HoldInPythonsGrammar) {
  for (const absl::string_view code : {
           "assert tcpi_state == TCP_CLOSE",
           "assert tcpi_state==TCPI_CLOSED; assert tcpi_rto==0",
           "assert tcpi_unacked<5",
           "assert tcpi_unacked <= 0 <= 3 < 0x10",
           "assert (tcpi_unacked + 7) * 2 - 4 == 10",
           "assert 7 // 2 == 3 and 7 % 4 == 3",
           "assert not tcpi_rtt and (1 == 2 or -3 < -2)",
           "assert tcpi_ca_state == TCP_CA_Open, \"state; %d\" % tcpi_ca_state",
           "assert (tcpi_rto >= 0 and\n  tcpi_rto <= 10)",
           "\n# a remark\nassert True # another; assert False\nprint(tcpi_rto)\nprint tcpi_rtt\n",
           "pass",
           "",
       }) {
    EXPECT_TRUE(Checked(code).ok()) << code << ": " << Checked(code);
  }
}

TEST(PacketdrillAssertions, ThatFailSayWhatTheFieldsAre) {
  EXPECT_EQ(WhyNot("assert tcpi_snd_cwnd == 10, tcpi_snd_cwnd"),
            "expected tcpi_snd_cwnd == 10, but tcpi_snd_cwnd is 0");
  EXPECT_EQ(WhyNot("assert tcpi_state == TCP_ESTABLISHED"),
            "expected tcpi_state == TCP_ESTABLISHED, but tcpi_state is CLOSED");
  EXPECT_EQ(WhyNot("assert tcpi_ca_state == TCP_CA_Loss and 1"),
            "expected tcpi_ca_state == TCP_CA_Loss and 1, but tcpi_ca_state is TCP_CA_Open");
  EXPECT_EQ(WhyNot("assert 1 > 2"), "expected 1 > 2");
  EXPECT_TRUE(absl::IsFailedPrecondition(Checked("assert False")));
}

TEST(PacketdrillAssertions, WhatIsNotSpokenIsNamed) {
  EXPECT_EQ(WhyNot("assert tcpi_pacing_rate > 0"), "the field tcpi_pacing_rate in code");
  EXPECT_EQ(WhyNot("assert tcpi_state == TCP_NOWHERE"), "the value TCP_NOWHERE in code");
  EXPECT_EQ(WhyNot("x = 1"), "the code \"x = 1\"");
  EXPECT_EQ(WhyNot("assert 1 == 1 2"), "the code \" 1 == 1 2\"");
  EXPECT_EQ(WhyNot("assertion"), "the code \"assertion\"");
  for (const absl::string_view code :
       {"assert", "assert (1", "assert 1 +", "assert 1 // 0", "assert 99999999999999999999",
        "assert 9223372036854775807 + 1", "assert 9223372036854775807 * 2", "assert 0x"}) {
    EXPECT_TRUE(absl::IsUnimplemented(Checked(code))) << code << ": " << Checked(code);
  }
}

TEST(PacketdrillAssertions, StandOnlySoDeep) {
  EXPECT_THAT(WhyNot("assert " + std::string(10'000, '(')), HasSubstr("too deep"));
  EXPECT_THAT(WhyNot("assert " + std::string(10'000, '-') + "1"), HasSubstr("too deep"));
}

}  // namespace
}  // namespace wsim::packetdrill
