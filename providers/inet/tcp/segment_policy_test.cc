#include "providers/inet/tcp/segment_policy.h"

#include "gtest/gtest.h"
#include "providers/inet/tcp/receive/ack_policy.h"
#include "providers/inet/tcp/send_window.h"

namespace inet {
namespace {

SegmentQuestion Busy() {
  return {.unsent = 5000, .usable = 5000, .mss = 1000, .largest_window = 10000};
}

TEST(SegmentPolicy, AFullSegmentAlwaysGoes) { EXPECT_EQ(OctetsToSend(Busy()), 1000); }

TEST(SegmentPolicy, ASmallOneWaitsWhileSomethingIsInFlight) {  // Nagle
  SegmentQuestion q = Busy();
  q.unsent = 10;
  EXPECT_EQ(OctetsToSend(q), 0);
  q.is_idle = true;
  EXPECT_EQ(OctetsToSend(q), 10);
}

TEST(SegmentPolicy, WithoutNagleOrAtTheEndItGoes) {
  SegmentQuestion q = Busy();
  q.unsent = 10;
  q.no_delay = true;
  EXPECT_EQ(OctetsToSend(q), 10);
  q.no_delay = false;
  q.is_final = true;
  EXPECT_EQ(OctetsToSend(q), 10);
}

TEST(SegmentPolicy, ASillyWindowIsNotUsed) {  // RFC 9293 3.8.6.2.1
  SegmentQuestion q = Busy();
  q.usable = 100;
  q.is_idle = true;
  EXPECT_EQ(OctetsToSend(q), 0);
  q.override_is_due = true;
  EXPECT_EQ(OctetsToSend(q), 100);
}

TEST(SegmentPolicy, HalfOfTheLargestWindowIsNotSilly) {
  SegmentQuestion q = Busy();
  q.usable = 100;
  q.largest_window = 200;
  q.is_idle = true;
  EXPECT_EQ(OctetsToSend(q), 100);
}

TEST(SegmentPolicy, NothingGoesIntoAClosedWindow) {
  SegmentQuestion q = Busy();
  q.usable = 0;
  q.is_idle = q.is_final = q.no_delay = q.override_is_due = true;
  EXPECT_EQ(OctetsToSend(q), 0);
}

TEST(AckPolicy, EverySecondFullSegmentIsAcknowledgedAtOnce) {
  AckPolicy policy;
  EXPECT_EQ(policy.due(), AckPolicy::Due::kNever);
  policy.OnData(1000, 1000);
  EXPECT_EQ(policy.due(), AckPolicy::Due::kDelayed);
  policy.OnData(1000, 1000);
  EXPECT_EQ(policy.due(), AckPolicy::Due::kNow);
  policy.OnAckSent();
  EXPECT_EQ(policy.due(), AckPolicy::Due::kNever);
}

TEST(AckPolicy, AnUrgentNeedIsNotForgotten) {
  AckPolicy policy;
  policy.OnUrgentNeed();
  policy.OnData(10, 1000);
  EXPECT_EQ(policy.due(), AckPolicy::Due::kNow);
}

TEST(SendWindow, OnlyNewerSegmentsCount) {  // RFC 9293 3.10.7.4, fifth check
  SendWindow window;
  window.OnSyn(500, 0, 0);
  window.set_shift(2);
  EXPECT_TRUE(window.OnSegment(1000, 10, 20));
  EXPECT_EQ(window.size(), 4000);
  EXPECT_FALSE(window.OnSegment(1, 9, 30)) << "an older SEQ";
  EXPECT_FALSE(window.OnSegment(1, 10, 19)) << "the same SEQ, an older ACK";
  EXPECT_TRUE(window.OnSegment(1, 10, 20));
  EXPECT_EQ(window.size(), 4);
  EXPECT_EQ(window.largest(), 4000);
}

}  // namespace
}  // namespace inet
