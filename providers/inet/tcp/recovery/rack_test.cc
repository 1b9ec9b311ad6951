#include "providers/inet/tcp/recovery/rack.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

constexpr absl::Duration kRtt = absl::Milliseconds(40);

sim::Time At(int64_t milliseconds) { return sim::Time::FromNanoseconds(milliseconds * 1'000'000); }

// Segments of 100 octets from offset 1 on, one a millisecond, and what RACK makes of their fate.
struct Flight {
  explicit Flight(int count) {
    for (int i = 0; i < count; ++i) {
      scoreboard.OnSent(static_cast<uint64_t>(i) * 100 + 1, static_cast<uint64_t>(i) * 100 + 101,
                        At(i), false);
    }
  }
  void Acked(uint64_t una, sim::Time now) {
    scoreboard.OnAck(una, [&](const SentSegment& segment) { rack.OnDelivered(segment, now); });
  }
  void Sacked(uint64_t begin, uint64_t end, sim::Time now) {
    scoreboard.OnSack({begin, end},
                      [&](const SentSegment& segment) { rack.OnDelivered(segment, now); });
  }
  bool IsLost(size_t index) const { return scoreboard.segments()[index].lost; }

  SackScoreboard scoreboard;
  Rack rack{3};
};

TEST(Rack, ALaterSegmentThatHasArrivedMakesALossAfterTheReorderingWindow) {  // RFC 8985 6.2
  Flight flight(3);
  flight.Sacked(101, 201, At(41));
  EXPECT_EQ(flight.rack.least_rtt(), kRtt);
  const absl::Duration window = flight.rack.ReorderingWindow(false, 1, kRtt);
  EXPECT_EQ(window, kRtt / 4);
  EXPECT_EQ(flight.rack.DetectLoss(flight.scoreboard, window, At(41)), At(0 + 40 + 10));
  EXPECT_FALSE(flight.IsLost(0));
  EXPECT_TRUE(flight.rack.DetectLoss(flight.scoreboard, window, At(50)).is_never());
  EXPECT_TRUE(flight.IsLost(0));
  EXPECT_FALSE(flight.IsLost(2)) << "sent after what has arrived";
}

TEST(Rack, WithoutReorderingThreeReportsOrRecoveryLeaveNoWindow) {  // 6.2, step 4
  Flight flight(4);
  flight.Sacked(101, 401, At(43));
  EXPECT_EQ(flight.rack.ReorderingWindow(false, 2, kRtt), kRtt / 4);
  EXPECT_EQ(flight.rack.ReorderingWindow(false, 3, kRtt), absl::ZeroDuration());
  EXPECT_EQ(flight.rack.ReorderingWindow(true, 0, kRtt), absl::ZeroDuration());
}

TEST(Rack, ReorderingSeenKeepsTheWindowOpen) {  // 6.2, step 3
  Flight flight(3);
  flight.Sacked(201, 301, At(42));
  flight.Sacked(101, 201, At(43));  // later, and never sent again
  EXPECT_TRUE(flight.rack.has_seen_reordering());
  EXPECT_EQ(flight.rack.ReorderingWindow(true, 3, kRtt), kRtt / 4);
}

TEST(Rack, ARepeatedSegmentIsNoReordering) {
  Flight flight(3);
  flight.Sacked(201, 301, At(42));
  flight.scoreboard.OnRetransmitted(1, At(50));
  flight.Sacked(101, 201, At(90));
  EXPECT_FALSE(flight.rack.has_seen_reordering());
}

TEST(Rack, ALostRetransmissionIsFound) {
  Flight flight(4);
  flight.Sacked(101, 201, At(41));
  flight.rack.DetectLoss(flight.scoreboard, absl::ZeroDuration(), At(41));
  EXPECT_TRUE(flight.IsLost(0));
  flight.scoreboard.OnRetransmitted(0, At(41));
  flight.scoreboard.OnSent(401, 501, At(42), false);
  flight.Sacked(401, 501, At(82));
  flight.rack.DetectLoss(flight.scoreboard, absl::ZeroDuration(), At(82));
  EXPECT_TRUE(flight.IsLost(0)) << "what was sent after it has come";
}

TEST(Rack, AnAnswerTooSoonIsToAnEarlierTransmission) {  // 6.2, step 2
  Flight flight(3);
  flight.Acked(101, At(40));
  flight.scoreboard.MarkLost(0);
  flight.scoreboard.OnRetransmitted(0, At(45));
  flight.Sacked(101, 201, At(50));  // 5 ms after
  EXPECT_EQ(flight.rack.least_rtt(), kRtt);
  EXPECT_TRUE(flight.rack.DetectLoss(flight.scoreboard, absl::ZeroDuration(), At(60)).is_never());
  EXPECT_FALSE(flight.IsLost(1)) << "RACK.xmit_ts has not moved to the time of the repetition";
}

TEST(Rack, DuplicatesReportedWidenTheWindowOncePerRound) {  // 6.2, step 4
  Flight flight(3);
  flight.Sacked(201, 301, At(42));
  flight.Sacked(101, 201, At(43));
  Rack& rack = flight.rack;
  const auto window = [&] { return rack.ReorderingWindow(true, 3, absl::Seconds(1)); };
  rack.OnAck({.una = 1, .nxt = 301, .has_duplicate_sack = true});
  EXPECT_EQ(window(), kRtt * 2 / 4);
  rack.OnAck({.una = 101, .nxt = 301, .has_duplicate_sack = true});
  EXPECT_EQ(window(), kRtt * 2 / 4);
  rack.OnAck({.una = 301, .nxt = 601, .has_duplicate_sack = true});
  EXPECT_EQ(window(), kRtt * 3 / 4);
  EXPECT_EQ(rack.ReorderingWindow(true, 3, absl::Milliseconds(15)), absl::Milliseconds(15))
      << "never more than the smoothed round trip";
  for (int i = 0; i < 15; ++i) rack.OnAck({.una = 601, .nxt = 601, .ends_recovery = true});
  EXPECT_EQ(window(), kRtt * 3 / 4);
  rack.OnAck({.una = 601, .nxt = 601, .ends_recovery = true});
  EXPECT_EQ(window(), kRtt / 4) << "after sixteen recoveries without";
}

TEST(Rack, ATimeoutTakesTheFirstAndWhatIsOldForLost) {  // 6.3
  Flight flight(2);
  flight.Acked(101, At(40));
  flight.scoreboard.OnSent(201, 301, At(995), false);
  flight.rack.MarkLostAtTimeout(flight.scoreboard, absl::ZeroDuration(), At(1000));
  EXPECT_TRUE(flight.IsLost(0));
  EXPECT_FALSE(flight.IsLost(1));
}

TEST(Rack, AnOldLeastRoundTripIsForgotten) {
  Rack rack(3);
  rack.OnDelivered({.end = 101, .sent_at = At(0), .size = 100}, At(10));
  rack.OnDelivered({.end = 201, .sent_at = At(20), .size = 100}, At(70));
  EXPECT_EQ(rack.least_rtt(), absl::Milliseconds(10));
  rack.OnDelivered({.end = 301, .sent_at = At(400'000), .size = 100}, At(400'050));
  EXPECT_EQ(rack.least_rtt(), absl::Milliseconds(50));
}

}  // namespace
}  // namespace inet
