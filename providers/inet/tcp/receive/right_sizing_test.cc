#include "providers/inet/tcp/receive/right_sizing.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

constexpr absl::Duration kRtt = absl::Milliseconds(50);
constexpr size_t kLargest = 1'000'000;

sim::Time At(int64_t milliseconds) { return sim::Time::FromNanoseconds(milliseconds * 1'000'000); }

TEST(RightSizing, FollowsWhatIsReadInARoundTrip) {
  RightSizing sizing;
  EXPECT_EQ(sizing.OnRead(1, kRtt, At(100), 65'536, kLargest), 65'536);
  EXPECT_EQ(sizing.OnRead(30'001, kRtt, At(120), 65'536, kLargest), 65'536) << "not over yet";
  EXPECT_EQ(sizing.OnRead(40'001, kRtt, At(150), 65'536, kLargest), 160'000);
  EXPECT_EQ(sizing.OnRead(120'001, kRtt, At(200), 160'000, kLargest), 320'000);
}

TEST(RightSizing, NeverTakesBackWhatThereIs) {
  RightSizing sizing;
  sizing.OnRead(1, kRtt, At(100), 65'536, kLargest);
  EXPECT_EQ(sizing.OnRead(11, kRtt, At(200), 65'536, kLargest), 65'536);
  EXPECT_EQ(sizing.OnRead(9'000'000, kRtt, At(300), 65'536, kLargest), kLargest);
  EXPECT_EQ(sizing.OnRead(9'000'001, kRtt, At(400), 2 * kLargest, kLargest), 2 * kLargest)
      << "the user's own choice";
}

}  // namespace
}  // namespace inet
