#include "providers/inet/tcp/recovery/tail_loss_probe.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

constexpr std::optional<SequenceRange> kNoDuplicate;

TailLossProbe Probed(bool is_retransmission) {
  TailLossProbe probe;
  probe.OnProbe(501, is_retransmission);
  return probe;
}

TEST(TailLossProbe, IsDueAfterTwoRoundTrips) {  // RFC 8985 7.2
  EXPECT_EQ(TailLossProbe::Timeout(absl::ZeroDuration(), false, absl::Milliseconds(200)),
            absl::Seconds(1));
  EXPECT_EQ(TailLossProbe::Timeout(absl::Milliseconds(50), false, absl::Milliseconds(200)),
            absl::Milliseconds(100));
  EXPECT_EQ(TailLossProbe::Timeout(absl::Milliseconds(50), true, absl::Milliseconds(200)),
            absl::Milliseconds(300));
}

TEST(TailLossProbe, NewOctetsThatArriveRepairNothing) {
  TailLossProbe probe = Probed(/*is_retransmission=*/false);
  EXPECT_FALSE(probe.may_probe());
  EXPECT_FALSE(probe.OnAck(501, kNoDuplicate, false));
  EXPECT_FALSE(probe.may_probe()) << "not before a round trip was measured";
  probe.OnRoundTrip();
  EXPECT_TRUE(probe.may_probe());
}

TEST(TailLossProbe, ARepeatedSegmentReportedTwiceRepairedNothing) {  // 7.4.2
  TailLossProbe probe = Probed(/*is_retransmission=*/true);
  EXPECT_FALSE(probe.OnAck(501, SequenceRange{401, 501}, false));
  EXPECT_FALSE(probe.OnAck(601, kNoDuplicate, false));
}

TEST(TailLossProbe, ABareAckThatRepeatsSaysThatItCameTwice) {
  TailLossProbe probe = Probed(/*is_retransmission=*/true);
  EXPECT_FALSE(probe.OnAck(501, kNoDuplicate, false));
  EXPECT_FALSE(probe.OnAck(501, kNoDuplicate, /*repeats=*/true));
  EXPECT_FALSE(probe.OnAck(601, kNoDuplicate, false));
}

TEST(TailLossProbe, WhatNobodyReportsTwiceWasLost) {
  TailLossProbe probe = Probed(/*is_retransmission=*/true);
  EXPECT_FALSE(probe.OnAck(401, kNoDuplicate, false));
  EXPECT_FALSE(probe.OnAck(501, kNoDuplicate, false)) << "a duplicate may still be on its way";
  EXPECT_TRUE(probe.OnAck(601, kNoDuplicate, false));
  EXPECT_FALSE(probe.OnAck(701, kNoDuplicate, false)) << "once";
}

}  // namespace
}  // namespace inet
