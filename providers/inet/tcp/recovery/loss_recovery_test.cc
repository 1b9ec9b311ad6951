#include "providers/inet/tcp/recovery/loss_recovery.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

using Verdict = LossRecovery::Verdict;

TEST(LossRecovery, TheThirdDuplicateIsALoss) {
  LossRecovery recovery(3);
  EXPECT_EQ(recovery.OnDuplicateAck(1, 1001), Verdict::kLimited);
  EXPECT_EQ(recovery.new_segments(), 1);
  EXPECT_EQ(recovery.OnDuplicateAck(1, 1001), Verdict::kLimited);
  EXPECT_EQ(recovery.new_segments(), 2);
  EXPECT_EQ(recovery.OnDuplicateAck(1, 1001), Verdict::kBegins);
  EXPECT_EQ(recovery.new_segments(), 0);
  EXPECT_EQ(recovery.OnDuplicateAck(1, 1001), Verdict::kDuplicate);
}

TEST(LossRecovery, NewAcksForgetDuplicates) {
  LossRecovery recovery(3);
  recovery.OnDuplicateAck(1, 1001);
  recovery.OnDuplicateAck(1, 1001);
  EXPECT_EQ(recovery.OnNewAck(501), Verdict::kNothing);
  EXPECT_EQ(recovery.OnDuplicateAck(501, 1001), Verdict::kLimited);
}

TEST(LossRecovery, LastsUntilAllThatWasOutstandingIsAcknowledged) {  // RFC 6582 3.2
  LossRecovery recovery(3);
  for (int i = 0; i < 3; ++i) recovery.OnDuplicateAck(1, 1001);
  EXPECT_EQ(recovery.OnNewAck(301), Verdict::kFirstPartial);
  EXPECT_EQ(recovery.OnNewAck(601), Verdict::kPartial);
  EXPECT_EQ(recovery.OnNewAck(1001), Verdict::kEnds);
  EXPECT_FALSE(recovery.in_recovery());
}

TEST(LossRecovery, DuplicatesOfWhatWasRepeatedAfterATimeoutSayNothing) {
  LossRecovery recovery(3);
  recovery.OnTimeout(1001);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(recovery.OnDuplicateAck(500, 2001), Verdict::kLimited);
  EXPECT_EQ(recovery.OnDuplicateAck(500, 2001), Verdict::kNothing);
  recovery.OnNewAck(1201);
  for (int i = 0; i < 2; ++i) recovery.OnDuplicateAck(1201, 2001);
  EXPECT_EQ(recovery.OnDuplicateAck(1201, 2001), Verdict::kBegins);
}

TEST(LossRecovery, ATimeoutEndsIt) {
  LossRecovery recovery(3);
  for (int i = 0; i < 3; ++i) recovery.OnDuplicateAck(1, 1001);
  recovery.OnTimeout(1001);
  EXPECT_FALSE(recovery.in_recovery());
  EXPECT_EQ(recovery.OnNewAck(301), Verdict::kNothing);
}

}  // namespace
}  // namespace inet
