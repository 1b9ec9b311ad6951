#include "providers/inet/tcp/rto_estimator.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

using absl::Milliseconds;
using absl::Seconds;

RtoLimits FineLimits() {
  return {.initial = Seconds(1),
          .min = Milliseconds(1),
          .max = Seconds(60),
          .granularity = Milliseconds(1)};
}

TEST(RtoEstimator, BeginsWithTheInitialTimeout) {  // RFC 6298 2.1
  RtoEstimator rto({});
  EXPECT_EQ(rto.rto(), Seconds(1));
  EXPECT_FALSE(rto.has_sample());
}

TEST(RtoEstimator, FollowsTheFirstSample) {  // 2.2: R + 4 * R/2
  RtoEstimator rto(FineLimits());
  rto.OnRttSample(Milliseconds(100));
  EXPECT_EQ(rto.rto(), Milliseconds(300));
  EXPECT_EQ(rto.smoothed_rtt(), Milliseconds(100));
}

TEST(RtoEstimator, SmoothsLaterSamples) {  // 2.3
  RtoEstimator rto(FineLimits());
  rto.OnRttSample(Milliseconds(100));
  rto.OnRttSample(Milliseconds(180));
  // RTTVAR = 3/4 * 50 + 1/4 * 80 = 57.5; SRTT = 7/8 * 100 + 1/8 * 180 = 110.
  EXPECT_EQ(rto.smoothed_rtt(), Milliseconds(110));
  EXPECT_EQ(rto.rto(), Milliseconds(340));
}

TEST(RtoEstimator, ASteadyRttIsApproachedDownToTheGranularity) {
  RtoEstimator rto(FineLimits());
  for (int i = 0; i < 100; ++i) rto.OnRttSample(Milliseconds(100));
  EXPECT_EQ(rto.smoothed_rtt(), Milliseconds(100));
  EXPECT_LE(rto.rto(), Milliseconds(102));
  EXPECT_GE(rto.rto(), Milliseconds(101));
}

TEST(RtoEstimator, KeepsItsLimits) {  // 2.4, 2.5
  RtoEstimator rto({});
  rto.OnRttSample(Milliseconds(1));
  EXPECT_EQ(rto.rto(), Seconds(1));
  rto.OnRttSample(Seconds(1000));
  EXPECT_EQ(rto.rto(), Seconds(60));
}

TEST(RtoEstimator, DoublesWithEachTimeout) {  // 5.5
  RtoEstimator rto({});
  for (const int seconds : {2, 4, 8, 16, 32, 60, 60}) {
    rto.OnTimeout();
    EXPECT_EQ(rto.rto(), Seconds(seconds));
  }
}

TEST(RtoEstimator, ProgressEndsTheBackOff) {
  RtoEstimator rto({});
  rto.OnTimeout();
  rto.OnTimeout();
  rto.OnProgress();
  EXPECT_EQ(rto.rto(), Seconds(1));
}

TEST(RtoEstimator, ALostSynMakesTheDataWaitLonger) {  // 5.7
  RtoEstimator rto({});
  rto.OnTimeout();
  rto.OnLostSyn(Seconds(3));
  EXPECT_EQ(rto.rto(), Seconds(3));
  rto.OnRttSample(Milliseconds(10));
  EXPECT_EQ(rto.rto(), Seconds(1));
  rto.OnLostSyn(Seconds(3));
  EXPECT_EQ(rto.rto(), Seconds(1)) << "a sample is better";
}

TEST(RtoEstimator, TakesARoundTripOfNoTime) {
  RtoEstimator rto(FineLimits());
  rto.OnRttSample(absl::ZeroDuration());
  EXPECT_TRUE(rto.has_sample());
  EXPECT_EQ(rto.rto(), Milliseconds(1) + absl::Nanoseconds(1));
}

TEST(RtoEstimator, SlopComesWithAllButTheInitialOne) {
  RtoEstimator rto({.slop = absl::Milliseconds(200)});
  EXPECT_EQ(rto.rto(), absl::Seconds(1));
  rto.OnTimeout();
  EXPECT_EQ(rto.rto(), absl::Milliseconds(2200));
  rto.OnRttSample(absl::Seconds(1));
  EXPECT_EQ(rto.rto(), absl::Milliseconds(3200));
}

TEST(RtoEstimator, SeveralSamplesOfOneRoundTripCountAsOne) {  // RFC 7323 appendix G
  RtoEstimator rto({});
  rto.OnRttSample(absl::Seconds(8));
  rto.OnRttSample(absl::Seconds(16), /*expected=*/4);
  EXPECT_EQ(rto.smoothed_rtt(), absl::Milliseconds(8250));  // 8 + 8/32
}

}  // namespace
}  // namespace inet
