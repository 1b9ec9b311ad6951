#include "providers/inet/tcp/recovery/congestion_algorithms.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

TEST(CongestionAlgorithms, DifferInWhatALossTakes) {
  const auto reno = MakeCongestionControl(TcpCongestionAlgorithm::kNewReno, 100);
  const auto cubic = MakeCongestionControl(TcpCongestionAlgorithm::kCubic, 100);
  reno->SetSegmentSize(1000);
  cubic->SetSegmentSize(1000);
  reno->OnCongestionEvent(100'000, sim::Time::Zero());
  cubic->OnCongestionEvent(100'000, sim::Time::Zero());
  EXPECT_EQ(reno->window(), 50'000);
  EXPECT_EQ(cubic->window(), 70'000);
}

TEST(CongestionAlgorithms, AnotherOneGoesOnFromTheWindowOfTheFormer) {
  const auto reno = MakeCongestionControl(TcpCongestionAlgorithm::kNewReno, 100);
  reno->SetSegmentSize(1000);
  reno->OnCongestionEvent(100'000, sim::Time::Zero());
  const auto cubic = MakeCongestionControl(TcpCongestionAlgorithm::kCubic, 100);
  cubic->TakeOver(*reno);
  EXPECT_EQ(cubic->window(), 50'000);
  EXPECT_EQ(cubic->slow_start_threshold(), 50'000);
  cubic->OnDuplicateAckInRecovery();
  EXPECT_EQ(cubic->window(), 51'000) << "segments are as long as before";
}

}  // namespace
}  // namespace inet
