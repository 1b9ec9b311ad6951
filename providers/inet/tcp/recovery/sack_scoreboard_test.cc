#include "providers/inet/tcp/recovery/sack_scoreboard.h"

#include <vector>

#include "gtest/gtest.h"

namespace inet {
namespace {

sim::Time At(int64_t milliseconds) { return sim::Time::FromNanoseconds(milliseconds * 1'000'000); }

// `count` segments of 100 octets from offset 1 on, one a millisecond.
SackScoreboard Sent(int count) {
  SackScoreboard scoreboard;
  for (int i = 0; i < count; ++i) {
    const uint64_t begin = 1 + static_cast<uint64_t>(i) * 100;
    scoreboard.OnSent(begin, begin + 100, At(i), /*again=*/false);
  }
  return scoreboard;
}

uint64_t Sack(SackScoreboard& scoreboard, uint64_t begin, uint64_t end) {
  return scoreboard.OnSack({begin, end}, [](const SentSegment&) {});
}

uint64_t Ack(SackScoreboard& scoreboard, uint64_t una) {
  return scoreboard.OnAck(una, [](const SentSegment&) {});
}

std::vector<uint64_t> Lost(const SackScoreboard& scoreboard) {
  std::vector<uint64_t> begins;
  for (size_t i = 0; i < scoreboard.segments().size(); ++i) {
    if (scoreboard.segments()[i].lost) begins.push_back(scoreboard.segments()[i].begin());
  }
  return begins;
}

TEST(DuplicateSack, LiesBelowTheAcknowledgmentOrInTheSecondBlock) {  // RFC 2883 4
  EXPECT_EQ(DuplicateSack({}, 500), std::nullopt);
  EXPECT_EQ(DuplicateSack({{600, 700}}, 500), std::nullopt);
  EXPECT_EQ(DuplicateSack({{300, 400}}, 500), (SequenceRange{300, 400}));
  EXPECT_EQ(DuplicateSack({{600, 700}, {600, 900}}, 500), (SequenceRange{600, 700}));
  EXPECT_EQ(DuplicateSack({{600, 900}, {600, 700}}, 500), std::nullopt);
}

TEST(SackScoreboard, ThePipeHoldsWhatWasSentAndHasNotArrived) {
  SackScoreboard scoreboard = Sent(5);
  EXPECT_EQ(scoreboard.pipe(), 500);
  EXPECT_EQ(Sack(scoreboard, 201, 401), 200);
  EXPECT_EQ(scoreboard.pipe(), 300);
  EXPECT_EQ(scoreboard.sacked_segments(), 2);
  EXPECT_EQ(Sack(scoreboard, 201, 401), 0) << "said twice";
  EXPECT_EQ(Ack(scoreboard, 301), 200) << "what was reported before is not new";
  EXPECT_EQ(scoreboard.pipe(), 100);
  EXPECT_EQ(scoreboard.sacked_segments(), 1);
  EXPECT_EQ(Ack(scoreboard, 501), 100);
  EXPECT_TRUE(scoreboard.segments().empty());
  EXPECT_EQ(scoreboard.pipe(), 0);
}

TEST(SackScoreboard, PartOfASegmentIsNotASegment) {
  SackScoreboard scoreboard = Sent(3);
  EXPECT_EQ(Sack(scoreboard, 150, 250), 0);
  EXPECT_EQ(Ack(scoreboard, 51), 50);
  EXPECT_EQ(scoreboard.pipe(), 250);
  EXPECT_EQ(scoreboard.segments().front().begin(), 51);
  EXPECT_EQ(Ack(scoreboard, 101), 50);
  EXPECT_EQ(scoreboard.segments().front().begin(), 101);
}

TEST(SackScoreboard, EachArrivalIsToldOnce) {
  SackScoreboard scoreboard = Sent(3);
  std::vector<uint64_t> told;
  const auto note = [&](const SentSegment& segment) { told.push_back(segment.begin()); };
  scoreboard.OnSack({101, 201}, note);
  scoreboard.OnAck(301, note);
  EXPECT_EQ(told, (std::vector<uint64_t>{101, 1, 201}));
}

TEST(SackScoreboard, WhatIsLostLeavesThePipeUntilItIsSentAgain) {
  SackScoreboard scoreboard = Sent(3);
  scoreboard.MarkLost(1);
  scoreboard.MarkLost(1);
  EXPECT_EQ(scoreboard.pipe(), 200);
  EXPECT_EQ(scoreboard.NextLost(), 1);
  scoreboard.OnRetransmitted(1, At(10));
  EXPECT_EQ(scoreboard.pipe(), 300);
  EXPECT_EQ(scoreboard.NextLost(), std::nullopt);
  EXPECT_TRUE(scoreboard.segments()[1].retransmitted);
  scoreboard.MarkLost(1);  // again
  scoreboard.MarkLost(0);
  EXPECT_EQ(scoreboard.NextLost(), 0) << "the first comes first, whenever it was found";
}

TEST(SackScoreboard, ThreeRunsAboveMakeALoss) {  // RFC 6675 4, IsLost
  SackScoreboard scoreboard = Sent(7);
  Sack(scoreboard, 101, 151);
  Sack(scoreboard, 201, 301);
  Sack(scoreboard, 401, 501);
  scoreboard.MarkLostBySacks(3, 1000);
  EXPECT_EQ(Lost(scoreboard), std::vector<uint64_t>{}) << "two runs; half a segment is none";
  Sack(scoreboard, 601, 701);
  scoreboard.MarkLostBySacks(3, 1000);
  EXPECT_EQ(Lost(scoreboard), (std::vector<uint64_t>{1, 101}));
}

TEST(SackScoreboard, MoreThanTwoSegmentsAboveMakeALoss) {  // RFC 6675 4, IsLost
  SackScoreboard scoreboard = Sent(5);
  Sack(scoreboard, 201, 401);
  scoreboard.MarkLostBySacks(3, 100);
  EXPECT_EQ(Lost(scoreboard), std::vector<uint64_t>{});
  Sack(scoreboard, 401, 501);
  scoreboard.MarkLostBySacks(3, 100);
  EXPECT_EQ(Lost(scoreboard), (std::vector<uint64_t>{1, 101}));
  scoreboard.OnRetransmitted(0, At(10));
  scoreboard.MarkLostBySacks(3, 100);
  EXPECT_EQ(Lost(scoreboard), std::vector<uint64_t>{101}) << "once sent again, judged no more";
}

TEST(SackScoreboard, NextSegmentsByTheOtherRules) {  // RFC 6675 4, NextSeg
  SackScoreboard scoreboard = Sent(4);
  EXPECT_EQ(scoreboard.NextUnreported(), std::nullopt);
  EXPECT_EQ(scoreboard.NextRescue(), 3);
  Sack(scoreboard, 101, 201);
  EXPECT_EQ(scoreboard.NextUnreported(), 0);
  scoreboard.OnRetransmitted(0, At(10));
  EXPECT_EQ(scoreboard.NextUnreported(), std::nullopt);
  Sack(scoreboard, 301, 401);
  EXPECT_EQ(scoreboard.NextUnreported(), 2);
  EXPECT_EQ(scoreboard.NextRescue(), 2);
  scoreboard.OnRetransmitted(2, At(11));
  EXPECT_EQ(scoreboard.NextRescue(), std::nullopt) << "it is on its way";
}

TEST(SackScoreboard, WhatThePeerMayHaveLetGoOfCountsAsInFlightAgain) {  // RFC 2018 8
  SackScoreboard scoreboard = Sent(3);
  Sack(scoreboard, 101, 301);
  scoreboard.ForgetSacks();
  EXPECT_EQ(scoreboard.pipe(), 300);
  EXPECT_EQ(scoreboard.sacked_segments(), 0);
}

TEST(SackScoreboard, GrowsAndIsEmptiedManyTimes) {
  SackScoreboard scoreboard;
  uint64_t begin = 1;
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < 300; ++i, begin += 10) {
      scoreboard.OnSent(begin, begin + 10, At(i), false);
      if (i % 3 == 0) Ack(scoreboard, begin - 20 * (i > 0 ? 1 : 0));
    }
    EXPECT_EQ(scoreboard.segments().back().end, begin);
    EXPECT_EQ(scoreboard.pipe(),
              scoreboard.segments().back().end - scoreboard.segments().front().begin());
    Ack(scoreboard, begin);
    EXPECT_TRUE(scoreboard.segments().empty());
  }
}

}  // namespace
}  // namespace inet
