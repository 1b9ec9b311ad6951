#include "tools/transfer/long_transfer.h"

#include "gtest/gtest.h"

namespace wsim {
namespace {

TEST(LongTransfer, MeasuresWhatComesAfterTheWarmUp) {
  LongTransfer transfer{.warm_up = 1'000'000, .octets = 4'000'000};
  transfer.link.bandwidth = 8'000'000;  // a million octets a second, headers included
  const TransferResult result = RunTransfer(transfer);
  EXPECT_EQ(result.failure, "");
  EXPECT_NEAR(static_cast<double>(result.octets), 4e6, 70'000);
  EXPECT_GT(result.took, absl::Seconds(4));
  EXPECT_LT(result.took, absl::Seconds(5));
  EXPECT_LT(result.goodput(), 8e6);
}

TEST(LongTransfer, TheSameSeedIsTheSameTransfer) {
  LongTransfer transfer{.seed = 7, .octets = 1'000'000};
  transfer.link.loss = {sim::Ratio::kOne / 100};
  const TransferResult first = RunTransfer(transfer);
  EXPECT_EQ(RunTransfer(transfer).took, first.took);
  EXPECT_GT(first.sender.retransmitted_segments, 0);
  transfer.seed = 8;
  EXPECT_NE(RunTransfer(transfer).took, first.took);
}

TEST(LongTransfer, SaysWhyItFailed) {
  LongTransfer transfer{.octets = 1'000'000};
  transfer.link.loss = {sim::Ratio::kOne};
  EXPECT_NE(RunTransfer(transfer).failure, "");
}

}  // namespace
}  // namespace wsim
