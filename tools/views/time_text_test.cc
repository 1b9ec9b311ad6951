#include "tools/views/time_text.h"

#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace wsim {
namespace {

sim::Time At(absl::Duration since_start) { return sim::Time::Zero() + since_start; }

TEST(TimeText, IsExactInTheLargestUnitThatFits) {
  EXPECT_EQ(TimeText(sim::Time::Zero()), "0");
  EXPECT_EQ(TimeText(At(absl::Nanoseconds(1))), "1 ns");
  EXPECT_EQ(TimeText(At(absl::Nanoseconds(999))), "999 ns");
  EXPECT_EQ(TimeText(At(absl::Nanoseconds(1500))), "1.5 us");
  EXPECT_EQ(TimeText(At(absl::Nanoseconds(10'000'001))), "10.000001 ms");
  EXPECT_EQ(TimeText(At(absl::Seconds(59) + absl::Nanoseconds(1))), "59.000000001 s");
}

TEST(TimeText, PutsHoursAndMinutesInFront) {
  EXPECT_EQ(TimeText(At(absl::Minutes(1))), "1 min");
  EXPECT_EQ(TimeText(At(absl::Hours(720))), "720 h");
  EXPECT_EQ(TimeText(At(absl::Hours(2) + absl::Milliseconds(10))), "2 h 10 ms");
  EXPECT_EQ(TimeText(At(absl::Hours(1) + absl::Minutes(1) + absl::Milliseconds(1500))),
            "1 h 1 min 1.5 s");
}

TEST(ClockText, HasSixDecimals) {
  EXPECT_EQ(ClockText(sim::Time::Zero()), "0.000000");
  EXPECT_EQ(ClockText(At(absl::Nanoseconds(10'250'999))), "0.010250");
  EXPECT_EQ(ClockText(At(absl::Seconds(59))), "59.000000");
}

TEST(ClockText, PutsMinutesAndHoursInFrontWithTwoDigitsBehindThem) {
  EXPECT_EQ(ClockText(At(absl::Seconds(62))), "1:02.000000");
  EXPECT_EQ(ClockText(At(absl::Minutes(12))), "12:00.000000");
  EXPECT_EQ(ClockText(At(absl::Hours(1) + absl::Microseconds(1))), "1:00:00.000001");
  EXPECT_EQ(ClockText(At(absl::Hours(720) - absl::Microseconds(1))), "719:59:59.999999");
}

}  // namespace
}  // namespace wsim
