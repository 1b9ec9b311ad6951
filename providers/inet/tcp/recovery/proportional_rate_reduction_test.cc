#include "providers/inet/tcp/recovery/proportional_rate_reduction.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

constexpr uint64_t kSmss = 1000;

TEST(ProportionalRateReduction, SendsAsMuchForEachDeliveryAsTheThresholdIsOfTheFlight) {
  ProportionalRateReduction rate;
  rate.Begin(20 * kSmss, 10 * kSmss);
  uint64_t sent = 0;
  uint64_t pipe = 19 * kSmss;
  for (int i = 0; i < 8; ++i) {  // RFC 6937 4: every other acknowledgment lets one segment out
    pipe -= kSmss;
    const uint64_t may = rate.OnAck(kSmss, pipe, kSmss);
    if (may < kSmss) continue;
    rate.OnSent(kSmss);
    sent += kSmss;
    pipe += kSmss;
  }
  EXPECT_EQ(sent, 4 * kSmss);
  EXPECT_TRUE(rate.has_sent());
}

TEST(ProportionalRateReduction, GrowsBackToTheThresholdAsSlowStartDoes) {
  ProportionalRateReduction rate;
  rate.Begin(20 * kSmss, 10 * kSmss);
  EXPECT_EQ(rate.OnAck(kSmss, 3 * kSmss, kSmss), 2 * kSmss) << "one delivered, and one more";
  rate.OnSent(2 * kSmss);
  EXPECT_EQ(rate.OnAck(kSmss, 9500, kSmss), 500) << "never beyond the threshold";
}

TEST(ProportionalRateReduction, NothingIsOwedTwice) {
  ProportionalRateReduction rate;
  rate.Begin(20 * kSmss, 10 * kSmss);
  rate.OnSent(5 * kSmss);
  EXPECT_EQ(rate.OnAck(kSmss, 15 * kSmss, kSmss), 0);
}

}  // namespace
}  // namespace inet
