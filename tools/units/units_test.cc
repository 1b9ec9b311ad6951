#include "tools/units/units.h"

#include <limits>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wsim {
namespace {

using ::testing::HasSubstr;

absl::Duration Duration(absl::string_view text) {
  absl::StatusOr<absl::Duration> duration = ParseDuration(text);
  EXPECT_TRUE(duration.ok()) << duration.status();
  return duration.value_or(absl::InfiniteDuration());
}

TEST(ParseDuration, KnowsEveryUnit) {
  EXPECT_EQ(Duration("7ns"), absl::Nanoseconds(7));
  EXPECT_EQ(Duration("7us"), absl::Microseconds(7));
  EXPECT_EQ(Duration("10ms"), absl::Milliseconds(10));
  EXPECT_EQ(Duration("2s"), absl::Seconds(2));
  EXPECT_EQ(Duration("3m"), absl::Minutes(3));
  EXPECT_EQ(Duration("3min"), absl::Minutes(3));
  EXPECT_EQ(Duration("1h"), absl::Hours(1));
  EXPECT_EQ(Duration("0s"), absl::ZeroDuration());
}

TEST(ParseDuration, KeepsDecimalsExactly) {
  EXPECT_EQ(Duration("0.1s"), absl::Milliseconds(100));
  EXPECT_EQ(Duration("1.5ms"), absl::Microseconds(1500));
  EXPECT_EQ(Duration("0.000000001s"), absl::Nanoseconds(1));
  EXPECT_EQ(Duration("123456.789012345s"), absl::Nanoseconds(123456789012345));
  EXPECT_EQ(Duration(".5us"), absl::Nanoseconds(500));
}

TEST(ParseDuration, RefusesWhatIsNotADuration) {
  for (absl::string_view text : {"", "10", "ms", ".ms", "1..5ms", "ten ms", "10 ms", "10ms ",
                                 "1e3ms", "10msx", "10MS", "+1ms", "1234567890123456789ns"}) {
    EXPECT_THAT(std::string(ParseDuration(text).status().message()),
                HasSubstr("is not a duration; write a number and its unit"))
        << text;
  }
}

TEST(ParseDuration, RefusesAFractionOfANanosecond) {
  EXPECT_EQ(ParseDuration("0.1ns").status().message(),
            "the duration '0.1ns' is not a whole number of nanoseconds");
}

TEST(ParseDuration, RefusesWhatIsOutOfRange) {
  EXPECT_EQ(Duration("8760h"), absl::Hours(8760));
  EXPECT_EQ(ParseDuration("8761h").status().message(),
            "the duration '8761h' is out of range; it is from 0 to 365 days");
  EXPECT_EQ(ParseDuration("-1ms").status().code(), absl::StatusCode::kOutOfRange);
}

TEST(DurationFromMilliseconds, RoundsToTheNearestNanosecond) {
  EXPECT_EQ(*DurationFromMilliseconds(int64_t{10}), absl::Milliseconds(10));
  EXPECT_EQ(*DurationFromMilliseconds(0.1), absl::Microseconds(100));
  EXPECT_EQ(*DurationFromMilliseconds(1e-7), absl::ZeroDuration());
}

TEST(DurationFromMilliseconds, RefusesWhatIsOutOfRange) {
  EXPECT_FALSE(DurationFromMilliseconds(int64_t{-1}).ok());
  EXPECT_FALSE(DurationFromMilliseconds(std::numeric_limits<int64_t>::max()).ok());
  EXPECT_FALSE(DurationFromMilliseconds(-0.5).ok());
  EXPECT_FALSE(DurationFromMilliseconds(std::numeric_limits<double>::infinity()).ok());
  EXPECT_FALSE(DurationFromMilliseconds(std::numeric_limits<double>::quiet_NaN()).ok());
}

TEST(ParseBitsPerSecond, KnowsEveryUnitInEitherCase) {
  EXPECT_EQ(*ParseBitsPerSecond("9600bps"), 9600);
  EXPECT_EQ(*ParseBitsPerSecond("64kbps"), 64'000);
  EXPECT_EQ(*ParseBitsPerSecond("64Kbps"), 64'000);
  EXPECT_EQ(*ParseBitsPerSecond("100Mbps"), 100'000'000);
  EXPECT_EQ(*ParseBitsPerSecond("2.5Gbps"), 2'500'000'000);
}

TEST(ParseBitsPerSecond, RefusesTheRest) {
  for (absl::string_view text : {"", "100", "Mbps", "100 Mbps", "100MB", "-1Mbps"}) {
    EXPECT_THAT(std::string(ParseBitsPerSecond(text).status().message()),
                HasSubstr("is not a bandwidth"))
        << text;
  }
  for (absl::string_view text : {"0bps", "0.5bps", "1001Gbps"}) {
    EXPECT_THAT(std::string(ParseBitsPerSecond(text).status().message()),
                HasSubstr("is out of range"))
        << text;
  }
}

TEST(ParseProbability, CountsBillionths) {
  EXPECT_EQ(*ParseProbability("0"), 0);
  EXPECT_EQ(*ParseProbability("0.01"), 10'000'000);
  EXPECT_EQ(*ParseProbability("1"), kCertainInBillionths);
  EXPECT_EQ(*ParseProbability("1.000"), kCertainInBillionths);
  EXPECT_EQ(*ParseProbability("0.000000001"), 1);
  EXPECT_EQ(*ParseProbability("0.0000000005"), 1);
  EXPECT_EQ(*ParseProbability("0.00000000049"), 0);
}

TEST(ParseProbability, RefusesWhatIsBeyondOneOrNoNumber) {
  for (absl::string_view text : {"7", "1.0000000001", "-0.1", "", "1%", "a half", "nan"}) {
    EXPECT_THAT(std::string(ParseProbability(text).status().message()),
                HasSubstr("is not a probability; write a number from 0 to 1"))
        << text;
  }
}

TEST(ProbabilityFromNumber, CountsBillionths) {
  EXPECT_EQ(*ProbabilityFromNumber(0.01), 10'000'000);
  EXPECT_EQ(*ProbabilityFromNumber(1), kCertainInBillionths);
  EXPECT_FALSE(ProbabilityFromNumber(1.5).ok());
  EXPECT_FALSE(ProbabilityFromNumber(-0.1).ok());
  EXPECT_FALSE(ProbabilityFromNumber(std::numeric_limits<double>::quiet_NaN()).ok());
}

TEST(ParsePort, TakesSixteenBits) {
  EXPECT_EQ(*ParsePort("0"), 0);
  EXPECT_EQ(*ParsePort("5000"), 5000);
  EXPECT_EQ(*ParsePort("65535"), 65535);
  for (absl::string_view text : {"", "65536", "-1", "80.0", "http", "0x50", " 80"}) {
    EXPECT_FALSE(ParsePort(text).ok()) << text;
  }
}

}  // namespace
}  // namespace wsim
