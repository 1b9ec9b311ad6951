#include "providers/inet/tcp/recovery/sack_recovery.h"

#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/recovery/new_reno.h"

namespace inet {
namespace {

using Blocks = std::vector<SequenceRange>;

constexpr absl::Duration kRtt = absl::Milliseconds(40);

// A sender of segments of 100 octets from offset 1 on.
class Sender {
 public:
  explicit Sender(const TcpSettings& settings = {}) : settings_(settings), recovery(settings_) {
    congestion.SetSegmentSize(100);
  }

  void Sends(int segments) {
    for (int i = 0; i < segments; ++i, nxt += 100) recovery.OnSent(nxt, nxt + 100, now, false);
  }
  void Receives(uint64_t ack, const Blocks& blocks = {}) {
    recovery.OnAck({.before = una,
                    .una = ack,
                    .nxt = nxt,
                    .blocks = blocks,
                    .now = now,
                    .smoothed_rtt = kRtt,
                    .smss = 100},
                   congestion);
    una = ack;
  }
  void ReorderingWindowPasses() {
    now = recovery.reordering_deadline();
    recovery.OnReorderingDeadline(
        {.before = una, .una = una, .nxt = nxt, .now = now, .smoothed_rtt = kRtt, .smss = 100},
        congestion);
  }
  // The first octets of what is sent again within the window, in order.
  std::vector<uint64_t> SendsAgain() {
    std::vector<uint64_t> begins;
    while (const auto due = recovery.Next()) {
      const uint64_t size = due->range.end - due->range.begin;
      if (!due->is_forced && recovery.pipe() + size > congestion.window()) break;
      recovery.OnRetransmitted(due->range, now);
      begins.push_back(due->range.begin);
    }
    return begins;
  }
  void Later(absl::Duration span) { now = now + span; }

 private:
  const TcpSettings settings_;

 public:
  SackRecovery recovery;
  NewReno congestion{10};
  sim::Time now = sim::Time::FromNanoseconds(1);
  uint64_t una = 1;
  uint64_t nxt = 1;
};

TcpSettings Without6937() {
  TcpSettings settings;
  settings.proportional_rate_reduction = false;
  return settings;
}

TcpSettings Rfc6675() {
  TcpSettings settings = Without6937();
  settings.rack = false;
  return settings;
}

using Begins = std::vector<uint64_t>;

TEST(SackRecovery, ThreeReportsBeginRecoveryWithWhatIsMissing) {  // RFC 6675 5
  Sender us(Rfc6675());
  us.Sends(10);
  us.Later(kRtt);
  us.Receives(1, {{101, 201}});
  us.Receives(1, {{101, 301}});
  EXPECT_FALSE(us.recovery.in_recovery());
  EXPECT_EQ(us.recovery.pipe(), 800) << "limited transmit: two segments have left the network";
  us.Receives(1, {{101, 401}});
  EXPECT_TRUE(us.recovery.in_recovery());
  EXPECT_EQ(us.congestion.window(), 500);
  EXPECT_EQ(us.SendsAgain(), Begins{1});
  us.Later(kRtt);
  us.Receives(1001);
  EXPECT_FALSE(us.recovery.in_recovery());
  EXPECT_EQ(us.congestion.window(), 500);
}

TEST(SackRecovery, SeveralHolesAreFilledInOneRoundTrip) {
  Sender us(Rfc6675());
  us.Sends(10);
  us.Later(kRtt);
  for (uint64_t end = 301; end <= 401; end += 100) us.Receives(1, {{201, end}});
  us.Receives(1, {{501, 601}, {201, 401}});
  us.Receives(1, {{501, 1001}, {201, 401}});
  EXPECT_TRUE(us.recovery.in_recovery());
  EXPECT_EQ(us.SendsAgain(), (Begins{1, 101, 401}));
  us.Receives(401, {{501, 1001}});
  EXPECT_TRUE(us.recovery.in_recovery());
  EXPECT_EQ(us.SendsAgain(), Begins{}) << "each once";
}

TEST(SackRecovery, TheLastSegmentIsRescuedOnce) {  // RFC 6675 4, NextSeg (3) and (4)
  Sender us(Rfc6675());
  us.Sends(5);
  us.Later(kRtt);
  us.Receives(1, {{101, 401}});
  us.SendsAgain();
  const auto rescue = us.recovery.NextRescue();
  ASSERT_TRUE(rescue.has_value());
  EXPECT_EQ(*rescue, (SequenceRange{401, 501}));
  us.recovery.OnRetransmitted(*rescue, us.now);
  EXPECT_EQ(us.recovery.NextRescue(), std::nullopt);
}

TEST(SackRecovery, RackWaitsForAQuarterOfARoundTrip) {  // RFC 8985 6.2
  Sender us(Without6937());
  us.Sends(1);
  us.Later(absl::Milliseconds(1));
  us.Sends(1);
  us.Later(kRtt);
  us.Receives(1, {{101, 201}});
  EXPECT_FALSE(us.recovery.in_recovery());
  EXPECT_EQ(us.recovery.reordering_deadline() - us.now, absl::Milliseconds(9));
  us.ReorderingWindowPasses();
  EXPECT_TRUE(us.recovery.in_recovery());
  EXPECT_EQ(us.SendsAgain(), Begins{1});
}

TEST(SackRecovery, ReorderingWithinTheWindowIsNoLoss) {
  Sender us;
  us.Sends(1);
  us.Later(absl::Milliseconds(1));
  us.Sends(1);
  us.Later(kRtt);
  us.Receives(1, {{101, 201}});
  us.Later(absl::Milliseconds(5));
  us.Receives(201);
  EXPECT_TRUE(us.recovery.reordering_deadline().is_never());
  EXPECT_EQ(us.congestion.window(), 1000);
}

TEST(SackRecovery, ALostRepetitionIsSentOnceMoreWithRack) {
  Sender us(Without6937());
  us.Sends(10);
  us.Later(kRtt);
  us.Receives(1, {{101, 401}});
  EXPECT_EQ(us.SendsAgain(), Begins{1});
  us.Later(absl::Milliseconds(1));
  us.Receives(1, {{101, 1001}});
  us.Sends(3);
  us.Later(kRtt);
  us.Receives(1, {{101, 1301}});
  EXPECT_EQ(us.SendsAgain(), Begins{1});
  EXPECT_EQ(us.congestion.slow_start_threshold(), 500) << "one recovery, one reduction";
}

TEST(SackRecovery, TheWindowFallsInProportion) {  // RFC 6937
  Sender us;
  us.Sends(10);
  us.Later(kRtt);
  us.Receives(1, {{101, 401}});
  EXPECT_EQ(us.SendsAgain(), Begins{1});
  us.Receives(1, {{101, 501}});
  EXPECT_EQ(us.congestion.window(), us.recovery.pipe() + 100);
  us.Sends(1);
  us.Receives(1, {{101, 601}});
  EXPECT_EQ(us.congestion.window() - us.recovery.pipe(), 50) << "half of what was delivered";
  us.Later(kRtt);
  us.Receives(1101);
  EXPECT_EQ(us.congestion.window(), 500);
}

TEST(SackRecovery, ATimeoutForgetsWhatWasReported) {  // RFC 2018 8
  Sender us;
  us.Sends(4);
  us.Later(kRtt);
  us.Receives(1, {{101, 201}});
  us.Later(absl::Seconds(1));
  us.recovery.OnTimeout(us.nxt, kRtt, us.now);
  us.congestion.OnTimeout(400, true, us.now);
  EXPECT_EQ(us.recovery.pipe(), 0);
  EXPECT_EQ(us.SendsAgain(), Begins{1});
  us.Later(kRtt);
  us.Receives(101, {{201, 301}});  // the peer has let go of one, and kept another
  EXPECT_FALSE(us.recovery.in_recovery()) << "slow start repairs what was in flight";
  EXPECT_EQ(us.SendsAgain(), Begins{101});
}

TEST(SackRecovery, AProbeIsDueOnlyWhileNothingIsMissing) {  // RFC 8985 7.2
  Sender us;
  EXPECT_EQ(us.recovery.ProbeTimeout(kRtt), std::nullopt);
  us.Sends(3);
  EXPECT_EQ(us.recovery.ProbeTimeout(kRtt), 2 * kRtt);
  us.recovery.OnProbe(us.nxt, true);
  EXPECT_EQ(us.recovery.ProbeTimeout(kRtt), std::nullopt) << "one at a time";
  us.Later(kRtt);
  us.Receives(301);
  us.Sends(1);
  EXPECT_EQ(us.recovery.ProbeTimeout(kRtt), std::nullopt) << "it may still turn out a duplicate";
  us.Receives(401);
  us.Sends(2);
  EXPECT_EQ(us.recovery.ProbeTimeout(kRtt), 2 * kRtt);
  us.Later(kRtt);
  us.Receives(401, {{501, 601}});
  EXPECT_EQ(us.recovery.ProbeTimeout(kRtt), std::nullopt) << "RACK has something to go by";
}

TEST(SackRecovery, AProbeThatRepairedALossCostsTheWindow) {  // RFC 8985 7.4.2
  Sender us;
  us.Sends(10);
  const SequenceRange range = us.recovery.ProbeRange();
  EXPECT_EQ(range, (SequenceRange{901, 1001}));
  us.recovery.OnRetransmitted(range, us.now);
  us.recovery.OnProbe(us.nxt, true);
  us.Later(kRtt);
  us.Receives(1001);
  EXPECT_EQ(us.congestion.window(), 1000);
  us.Sends(10);
  us.Receives(1101);
  EXPECT_EQ(us.congestion.window(), 500);
}

TEST(SackRecovery, NonsenseIsNotLookedAt) {
  Sender us;
  us.Sends(3);
  us.Receives(1, {{201, 5000}, {301, 101}, {0, 1}});
  EXPECT_EQ(us.recovery.pipe(), 300);
  EXPECT_FALSE(us.recovery.in_recovery());
}

TEST(SackRecovery, ForgetsAFlightThatNobodyWaitsFor) {
  Sender us;
  us.Sends(10);
  us.Later(kRtt);
  us.Receives(1, {{101, 401}});
  us.recovery.Forget();
  EXPECT_TRUE(us.recovery.is_empty());
  EXPECT_FALSE(us.recovery.in_recovery());
  us.nxt = 1;
  us.Sends(2);
  EXPECT_EQ(us.recovery.pipe(), 200);
}

}  // namespace
}  // namespace inet
