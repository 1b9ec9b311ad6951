#include "providers/inet/tcp/recovery/cubic.h"

#include "gtest/gtest.h"
#include "providers/inet/tcp/recovery/cube_root.h"

namespace inet {
namespace {

constexpr size_t kSmss = 1000;
constexpr absl::Duration kRtt = absl::Milliseconds(100);

static_assert(CubeRoot(0) == 0);
static_assert(CubeRoot(7) == 1);
static_assert(CubeRoot(8) == 2);
static_assert(CubeRoot(1'000'000'000'000) == 10'000);
static_assert(CubeRoot(999'999'999'999) == 9'999);
static_assert(CubeRoot(UINT64_MAX) == 2'642'245);

// A window of `segments`, in avoidance after a loss.
struct AfterLoss {
  explicit AfterLoss(size_t segments) : cubic(segments) {
    cubic.SetSegmentSize(kSmss);
    cubic.OnCongestionEvent(segments * kSmss, now);
  }
  // A round trip in which the whole window is acknowledged, segment by segment.
  void RoundTrip(absl::Duration rtt = kRtt) {
    now = now + rtt;
    const uint64_t segments = cubic.window() / kSmss;
    for (uint64_t i = 0; i < segments; ++i) {
      cubic.OnAck({.acked = kSmss, .flight = cubic.window(), .now = now, .smoothed_rtt = rtt});
    }
  }
  uint64_t segments() const { return cubic.window() / kSmss; }

  Cubic cubic;
  sim::Time now = sim::Time::Zero();
};

TEST(Cubic, ALossTakesThreeTenths) {  // RFC 9438 4.6
  AfterLoss path(1000);
  EXPECT_EQ(path.segments(), 700);
  EXPECT_EQ(path.cubic.slow_start_threshold(), 700 * kSmss);
}

TEST(Cubic, TheWindowIsBackWhereItWasAfterK) {  // 4.2: K = cubic_root(300 / 0.4) = 9.09 s
  AfterLoss path(1000);
  for (int i = 0; i < 45; ++i) path.RoundTrip();
  // Half way there: 1000 - 0.4 * (9.09 - 4.5)^3 = 961
  EXPECT_NEAR(static_cast<double>(path.segments()), 961, 5);
  for (int i = 0; i < 46; ++i) path.RoundTrip();
  EXPECT_NEAR(static_cast<double>(path.segments()), 1000, 2);
  for (int i = 0; i < 60; ++i) path.RoundTrip();
  EXPECT_NEAR(static_cast<double>(path.segments()), 1000 + 0.4 * 6.1 * 6.1 * 6.1, 12);
}

TEST(Cubic, SmallWindowsGrowAsRenosWould) {  // 4.3: 9/17 of a segment each round trip
  AfterLoss path(20);
  EXPECT_EQ(path.segments(), 14);
  for (int i = 0; i < 9; ++i) path.RoundTrip(absl::Milliseconds(5));
  EXPECT_GE(path.segments(), 18);
  EXPECT_LE(path.segments(), 19);
}

TEST(Cubic, AWindowThatDidNotComeBackLeavesRoom) {  // 4.7
  AfterLoss path(1000);
  EXPECT_EQ(path.cubic.greatest_window(), 1000 * kSmss);
  path.cubic.OnCongestionEvent(700 * kSmss, path.now);
  EXPECT_EQ(path.cubic.greatest_window(), 700 * kSmss * 17 / 20);
}

TEST(Cubic, NoRoundTripMakesMoreThanHalfAgain) {  // 4.2, target
  AfterLoss path(10);
  path.RoundTrip();
  const uint64_t before = path.cubic.window();
  path.now = path.now + absl::Hours(1);
  path.cubic.OnAck({.acked = before, .flight = before, .now = path.now, .smoothed_rtt = kRtt});
  EXPECT_LE(path.cubic.window(), before + before / 2);
}

TEST(Cubic, AfterATimeoutTheCurveBeginsFlat) {  // 4.8
  AfterLoss path(100);
  path.cubic.OnTimeout(70 * kSmss, /*first=*/true, path.now);
  EXPECT_EQ(path.segments(), 1);
  EXPECT_EQ(path.cubic.slow_start_threshold(), 49 * kSmss);
  while (path.cubic.window() < path.cubic.slow_start_threshold()) path.RoundTrip();
  path.RoundTrip();
  EXPECT_NEAR(static_cast<double>(path.cubic.greatest_window()),
              static_cast<double>(path.cubic.slow_start_threshold()), 2.0 * kSmss);
}

TEST(Cubic, ATimeUnthinkablyLongOverflowsNothing) {
  AfterLoss path(8000);
  path.now = path.now + absl::Hours(100'000);
  path.RoundTrip();
  const uint64_t before = path.cubic.window();
  path.now = path.now + absl::Hours(100'000);
  path.RoundTrip();
  EXPECT_GT(path.cubic.window(), before);
}

}  // namespace
}  // namespace inet
