#include "providers/inet/tcp/recovery/new_reno.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

NewReno Open(size_t smss, size_t initial_segments = 0) {
  NewReno reno(initial_segments);
  reno.SetSegmentSize(smss);
  return reno;
}

TEST(NewReno, TheInitialWindowFollowsTheSegmentSize) {  // RFC 5681 3.1
  EXPECT_EQ(Open(3000).window(), 6000);
  EXPECT_EQ(Open(1460).window(), 4380);
  EXPECT_EQ(Open(536).window(), 2144);
  EXPECT_EQ(Open(1460, 10).window(), 14600);
}

TEST(NewReno, SlowStartAddsASegmentForEachAck) {
  NewReno reno = Open(1000);
  reno.OnAck({.acked = 1000, .flight = 4000});
  EXPECT_EQ(reno.window(), 5000);
  reno.OnAck({.acked = 3000, .flight = 5000});  // an ACK of several segments counts once
  EXPECT_EQ(reno.window(), 6000);
  reno.OnAck({.acked = 10, .flight = 6000});
  EXPECT_EQ(reno.window(), 6010);
}

TEST(NewReno, AWindowThatIsNotUsedDoesNotGrow) {
  NewReno reno = Open(1000);
  reno.OnAck({.acked = 1000, .flight = 1000});
  EXPECT_EQ(reno.window(), 4000);
}

TEST(NewReno, AvoidanceAddsASegmentForEachWindow) {
  NewReno reno = Open(1000, 8);
  reno.OnTimeout(8000, /*first=*/true, sim::Time::Zero());
  EXPECT_EQ(reno.slow_start_threshold(), 4000);
  EXPECT_EQ(reno.window(), 1000);
  for (int i = 0; i < 3; ++i) reno.OnAck({.acked = 1000, .flight = 4000});
  EXPECT_EQ(reno.window(), 4000);
  for (int i = 0; i < 3; ++i) reno.OnAck({.acked = 1000, .flight = 4000});
  EXPECT_EQ(reno.window(), 4000);
  reno.OnAck({.acked = 1000, .flight = 4000});
  EXPECT_EQ(reno.window(), 5000);
}

TEST(NewReno, FurtherTimeoutsKeepTheThreshold) {  // RFC 5681 3.1
  NewReno reno = Open(1000, 20);
  reno.OnTimeout(20000, true, sim::Time::Zero());
  reno.OnTimeout(1000, false, sim::Time::Zero());
  EXPECT_EQ(reno.slow_start_threshold(), 10000);
}

TEST(NewReno, RecoveryHalvesAndInflates) {  // RFC 5681 3.2, RFC 6582 3.2
  NewReno reno = Open(1000, 10);
  reno.OnRecoveryBegins(10000, sim::Time::Zero());
  EXPECT_EQ(reno.slow_start_threshold(), 5000);
  EXPECT_EQ(reno.window(), 8000);
  reno.OnDuplicateAckInRecovery();
  EXPECT_EQ(reno.window(), 9000);
  reno.OnPartialAckInRecovery(3000);
  EXPECT_EQ(reno.window(), 7000);
  reno.OnRecoveryEnds(1000);
  EXPECT_EQ(reno.window(), 2000) << "no burst";
}

TEST(NewReno, TheThresholdIsAtLeastTwoSegments) {
  NewReno reno = Open(1000);
  reno.OnRecoveryBegins(1500, sim::Time::Zero());
  EXPECT_EQ(reno.slow_start_threshold(), 2000);
}

TEST(NewReno, APauseOrALostSynStartsSlowly) {
  NewReno reno = Open(1000);
  for (int i = 0; i < 20; ++i) reno.OnAck({.acked = 1000, .flight = 1'000'000});
  reno.OnRestartAfterIdle();
  EXPECT_EQ(reno.window(), 4000);
  reno.OnLostSyn();
  EXPECT_EQ(reno.window(), 1000);
}

}  // namespace
}  // namespace inet
