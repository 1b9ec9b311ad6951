#include "providers/osi/tp4/t1_estimate.h"

#include "gtest/gtest.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {
namespace {

using absl::Milliseconds;
using absl::Seconds;

TEST(T1Estimate, IsOneSecondBeforeTheFirstRoundTrip) { EXPECT_EQ(T1Estimate().t1(), Seconds(1)); }

TEST(T1Estimate, FollowsTheRoundTrips) {  // RFC 6298 2.2, 2.3, worked out by hand
  T1Estimate estimate;
  estimate.OnRoundTrip(Milliseconds(400));
  EXPECT_EQ(estimate.t1(), Milliseconds(400 + 4 * 200));
  estimate.OnRoundTrip(
      Milliseconds(800));  // variation (3 * 200 + 400) / 4, smoothed (7 * 400 + 800) / 8
  EXPECT_EQ(estimate.t1(), Milliseconds(450 + 4 * 250));
}

TEST(T1Estimate, StaysWithinItsBounds) {
  T1Estimate estimate;
  estimate.OnRoundTrip(absl::ZeroDuration());
  EXPECT_EQ(estimate.t1(), kLeastT1);
  estimate.SetRemoteAcknowledgeTime(Milliseconds(300));
  EXPECT_EQ(estimate.t1(), kLeastT1 + Milliseconds(300));
  T1Estimate slow;
  slow.OnRoundTrip(Seconds(100));
  EXPECT_EQ(slow.t1(), kGreatestT1);
}

TEST(T1Estimate, TransmissionsOfOneTpduBackOff) {
  T1Estimate estimate;
  const int seconds[] = {1, 2, 4, 4, 4};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(estimate.Interval(i + 1), Seconds(seconds[i]));
  estimate.OnRoundTrip(Seconds(2));  // T1 is 6 s: more than the limit of backing off
  EXPECT_EQ(estimate.Interval(1), Seconds(6));
  EXPECT_EQ(estimate.Interval(7), Seconds(6));
}

TEST(T1Estimate, AfterATimeoutAllWaitLongerUntilARoundTripIsMeasured) {
  T1Estimate estimate;
  estimate.OnRoundTrip(Milliseconds(100));  // T1 is 300 ms, and the way has become slower
  estimate.OnTimeout(1);
  EXPECT_EQ(estimate.Interval(1), Milliseconds(600));
  EXPECT_EQ(estimate.Interval(2), Milliseconds(600));
  estimate.OnTimeout(2);
  EXPECT_EQ(estimate.Interval(1), Milliseconds(1200));
  estimate.OnTimeout(1);  // of another DT, which has waited as long
  EXPECT_EQ(estimate.Interval(1), Milliseconds(2400));
  estimate.OnRoundTrip(Milliseconds(900));
  EXPECT_EQ(estimate.Interval(1), estimate.t1());
}

TEST(T1Estimate, ARetransmissionThatIsAcknowledgedAsUsualShowsThatTheWayIsAsBefore) {
  T1Estimate estimate;
  estimate.OnTimeout(1);
  estimate.OnRetransmissionAcknowledged(Milliseconds(500));  // nothing is known to be usual
  EXPECT_EQ(estimate.Interval(1), Seconds(2));
  estimate.OnRoundTrip(Milliseconds(100));
  for (int milliseconds : {49, 301}) {  // too soon, too late
    estimate.OnTimeout(1);
    estimate.OnRetransmissionAcknowledged(Milliseconds(milliseconds));
    EXPECT_GT(estimate.Interval(1), Milliseconds(300));
  }
  estimate.OnRetransmissionAcknowledged(Milliseconds(100));
  EXPECT_EQ(estimate.Interval(1), Milliseconds(300));
}

}  // namespace
}  // namespace osi
