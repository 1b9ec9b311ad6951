#include "tools/wsim/link_flags.h"

#include "absl/strings/match.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace wsim {
namespace {

// The error for which Apply refuses the flags. Fails the test where it does not.
std::string Refusal(const LinkFlags& flags) {
  sim::LinkOverrides overrides;
  const absl::Status status = flags.Apply(overrides);
  EXPECT_FALSE(status.ok());
  return std::string(status.message());
}

std::string Refusal(const LimitFlags& flags) {
  sim::Limits limits;
  const absl::Status status = flags.Apply(limits);
  EXPECT_FALSE(status.ok());
  return std::string(status.message());
}

TEST(LinkFlags, OverrideNothingUnlessGiven) {
  sim::LinkOverrides overrides;
  EXPECT_TRUE(LinkFlags().Apply(overrides).ok());
  EXPECT_EQ(overrides, sim::LinkOverrides());
}

TEST(LinkFlags, AreReadInTheirUnits) {
  const LinkFlags flags{.latency = "10ms",
                        .jitter = "2ms",
                        .bandwidth = "100Mbps",
                        .loss = "0.01",
                        .duplicate = "0.001",
                        .reorder = "1",
                        .corrupt = "0.000000001",
                        .mtu = "1500"};
  sim::LinkOverrides overrides;
  ASSERT_TRUE(flags.Apply(overrides).ok());
  EXPECT_EQ(overrides.latency, absl::Milliseconds(10));
  EXPECT_EQ(overrides.jitter, absl::Milliseconds(2));
  EXPECT_EQ(overrides.bandwidth, 100'000'000u);
  EXPECT_EQ(overrides.loss, sim::Ratio{10'000'000});
  EXPECT_EQ(overrides.duplicate, sim::Ratio{1'000'000});
  EXPECT_EQ(overrides.reorder, sim::Ratio{sim::Ratio::kOne});
  EXPECT_EQ(overrides.corrupt, sim::Ratio{1});
  EXPECT_EQ(overrides.mtu, 1500u);
  EXPECT_FALSE(overrides.queue.has_value());
}

TEST(LinkFlags, AreRefusedByNameWhereTheyCannotBeRead) {
  EXPECT_TRUE(absl::StartsWith(Refusal(LinkFlags{.latency = "10"}), "--latency: "));
  EXPECT_TRUE(absl::StartsWith(Refusal(LinkFlags{.jitter = "-1ms"}), "--jitter: "));
  EXPECT_TRUE(absl::StartsWith(Refusal(LinkFlags{.bandwidth = "fast"}), "--bandwidth: "));
  EXPECT_TRUE(absl::StartsWith(Refusal(LinkFlags{.loss = "7"}), "--loss: "));
  EXPECT_TRUE(absl::StartsWith(Refusal(LinkFlags{.duplicate = "abc"}), "--duplicate: "));
  EXPECT_TRUE(absl::StartsWith(Refusal(LinkFlags{.reorder = "-0.1"}), "--reorder: "));
  EXPECT_TRUE(absl::StartsWith(Refusal(LinkFlags{.corrupt = "1.1"}), "--corrupt: "));
  EXPECT_TRUE(absl::StartsWith(Refusal(LinkFlags{.mtu = "1500 octets"}), "--mtu: "));
}

TEST(LinkFlags, AreRefusedOutOfTheRangeOfALink) {
  EXPECT_EQ(Refusal(LinkFlags{.mtu = "67"}),
            "--mtu: \"67\" is not a whole number from 68 to 65535");
  EXPECT_EQ(Refusal(LinkFlags{.mtu = "65536"}),
            "--mtu: \"65536\" is not a whole number from 68 to 65535");
  EXPECT_TRUE(absl::StartsWith(Refusal(LinkFlags{.latency = "25h"}), "--latency 25h"));
  EXPECT_TRUE(absl::StartsWith(Refusal(LinkFlags{.jitter = "25h"}), "--jitter 25h"));
}

TEST(LimitFlags, ReplaceTheLimitsThatTheyName) {
  sim::Limits limits;
  ASSERT_TRUE((LimitFlags{.max_events = "5"}).Apply(limits).ok());
  EXPECT_EQ(limits.max_events, 5u);
  EXPECT_EQ(limits.max_time, sim::Limits().max_time);
  ASSERT_TRUE((LimitFlags{.max_time = "1h"}).Apply(limits).ok());
  EXPECT_EQ(limits.max_events, 5u);
  EXPECT_EQ(limits.max_time, absl::Hours(1));
}

TEST(LimitFlags, AreRefusedByNameWhereTheyCannotBeRead) {
  EXPECT_TRUE(absl::StartsWith(Refusal(LimitFlags{.max_events = "0"}), "--max-events: "));
  EXPECT_TRUE(absl::StartsWith(Refusal(LimitFlags{.max_time = "soon"}), "--max-time: "));
}

TEST(ReadNumber, TakesDecimalDigitsInRange) {
  uint64_t number = 0;
  EXPECT_TRUE(ReadNumber("18446744073709551615", "--seed", 0, UINT64_MAX, number).ok());
  EXPECT_EQ(number, UINT64_MAX);
  for (const char* wrong : {"", "-1", "+1", " 1", "1 ", "0x10", "1e3", "18446744073709551616"}) {
    number = 7;
    EXPECT_FALSE(ReadNumber(wrong, "--seed", 0, UINT64_MAX, number).ok()) << wrong;
    EXPECT_EQ(number, 7u);
  }
}

}  // namespace
}  // namespace wsim
