#include "sim/time.h"

#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace sim {
namespace {

TEST(Time, CountsNanosecondsFromTheStartOfTheRun) {
  EXPECT_EQ(Time(), Time::Zero());
  EXPECT_EQ((Time::Zero() + absl::Microseconds(3)).nanoseconds(), 3000);
  EXPECT_EQ(Time::FromNanoseconds(5000) - Time::FromNanoseconds(3000), absl::Microseconds(2));
}

TEST(Time, NeverIsLaterThanEveryMoment) {
  EXPECT_TRUE(Time::Never().is_never());
  EXPECT_LT(Time::Zero() + absl::Hours(24 * 365 * 290), Time::Never());
}

TEST(Time, ADeadlineTooFarAwayIsNoDeadline) {
  const Time late = Time::FromNanoseconds(Time::Never().nanoseconds() - 1);
  EXPECT_EQ(late + absl::Nanoseconds(1), Time::Never());
  EXPECT_EQ(late + absl::Hours(1), Time::Never());
  EXPECT_EQ(Time::Zero() + absl::InfiniteDuration(), Time::Never());
  EXPECT_EQ(Time::Never() + absl::Seconds(1), Time::Never());
}

}  // namespace
}  // namespace sim
