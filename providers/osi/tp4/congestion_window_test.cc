#include "providers/osi/tp4/congestion_window.h"

#include "gtest/gtest.h"

namespace osi {
namespace {

TEST(CongestionWindow, DoublesInEachRoundTripAtFirst) {
  CongestionWindow window;
  EXPECT_EQ(window.tpdus(), 2u);
  window.OnAcknowledged(2);
  EXPECT_EQ(window.tpdus(), 4u);
  window.OnAcknowledged(4);
  EXPECT_EQ(window.tpdus(), 8u);
}

TEST(CongestionWindow, StartsAgainFromOneAfterT1AndSlowsDownAtHalf) {
  CongestionWindow window;
  window.OnAcknowledged(6);
  window.OnLoss(8, /*is_first=*/true);
  EXPECT_EQ(window.tpdus(), 1u);
  window.OnAcknowledged(3);
  EXPECT_EQ(window.tpdus(), 4u);  // the threshold
  window.OnAcknowledged(3);
  EXPECT_EQ(window.tpdus(), 4u);
  window.OnAcknowledged(1);
  EXPECT_EQ(window.tpdus(), 5u);
}

TEST(CongestionWindow, WhatIsLostAgainHalvesNothingMore) {
  CongestionWindow window;
  window.OnAcknowledged(14);
  window.OnLoss(16, /*is_first=*/true);
  window.OnLoss(1, /*is_first=*/false);
  EXPECT_EQ(window.tpdus(), 1u);
  window.OnAcknowledged(7);
  EXPECT_EQ(window.tpdus(), 8u);  // the threshold of the first loss
  window.OnAcknowledged(7);
  EXPECT_EQ(window.tpdus(), 8u);
}

TEST(CongestionWindow, TheThresholdIsNeverBelowTwo) {
  CongestionWindow window;
  window.OnLoss(1, /*is_first=*/true);
  window.OnAcknowledged(1);
  EXPECT_EQ(window.tpdus(), 2u);
  window.OnAcknowledged(1);
  EXPECT_EQ(window.tpdus(), 2u);
}

}  // namespace
}  // namespace osi
