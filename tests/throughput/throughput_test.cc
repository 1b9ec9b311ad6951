// Long transfers against what is published. Random loss strikes both directions; segments are
// acknowledged in pairs, but the window grows by octets acknowledged (RFC 5681 3.1), as if each
// were acknowledged alone.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tools/transfer/long_transfer.h"

#ifndef WSIM_THROUGHPUT_GRID
#define WSIM_THROUGHPUT_GRID 0
#endif

namespace wsim {
namespace {

constexpr bool kWholeGrid = WSIM_THROUGHPUT_GRID != 0;
constexpr double kSegmentOctets = 1448;  // with timestamps, in an Ethernet frame
constexpr int kLosses = kWholeGrid ? 200 : 80;

struct Point {
  double loss;  // probability
  int round_trip_ms;
};

void PrintTo(const Point& point, std::ostream* out) {
  *out << 100 * point.loss << "% loss, " << point.round_trip_ms << " ms";
}

std::vector<Point> Grid() {
  if (!kWholeGrid) return {{0.001, 50}, {0.01, 20}, {0.02, 200}};
  std::vector<Point> points;
  for (const double loss : {0.0001, 0.0003, 0.001, 0.003, 0.01, 0.02}) {
    for (const int round_trip_ms : {10, 20, 50, 100, 200}) points.push_back({loss, round_trip_ms});
  }
  return points;
}

// The average window in segments that the link's goodput stands for.
double AverageWindow(const Point& point, inet::TcpCongestionAlgorithm algorithm) {
  LongTransfer transfer;
  transfer.link.loss = {static_cast<uint32_t>(point.loss * sim::Ratio::kOne)};
  transfer.link.latency = absl::Milliseconds(point.round_trip_ms) / 2;
  transfer.link.bandwidth = 10'000'000'000;
  transfer.link.queue = 100'000;
  transfer.settings.congestion_algorithm = algorithm;
  const double octets = kLosses / point.loss * kSegmentOctets;
  transfer.octets = static_cast<uint64_t>(octets);
  transfer.warm_up = static_cast<uint64_t>(octets / 5);
  const TransferResult result = RunTransfer(transfer);
  EXPECT_EQ(result.failure, "");
  return result.goodput() / 8 / kSegmentOctets * point.round_trip_ms / 1000;
}

class Throughput : public testing::TestWithParam<Point> {};

// M. Mathis et al., "The Macroscopic Behavior of the TCP Congestion Avoidance Algorithm", 1997:
// the window is C / sqrt(p), where C is sqrt(3/2) as long as each segment is acknowledged.
TEST_P(Throughput, OfNewRenoIsWithinAQuarterOfTheFormula) {
  const double formula = std::sqrt(1.5 / GetParam().loss);
  const double window = AverageWindow(GetParam(), inet::TcpCongestionAlgorithm::kNewReno);
  RecordProperty("ratio", absl::StrCat(window / formula));
  EXPECT_NEAR(window / formula, 1, 0.25);
}

// RFC 9438 5.1, with beta 0.7 and C 0.4; never below what Reno would have (4.3). The functions are
// for losses at equal distances: where their distances vary as here, the windows vary more.
TEST_P(Throughput, OfCubicIsInTheRegionOfItsResponseFunction) {
  const Point& point = GetParam();
  const double cubic = 1.054 * std::pow(point.round_trip_ms / 1000.0 / point.loss, 0.75);
  const double formula = std::max(cubic, std::sqrt(1.5 / point.loss));
  const double window = AverageWindow(point, inet::TcpCongestionAlgorithm::kCubic);
  RecordProperty("ratio", absl::StrCat(window / formula));
  EXPECT_GT(window / formula, 0.75);
  EXPECT_LT(window / formula, 1.3);
}

INSTANTIATE_TEST_SUITE_P(At, Throughput, testing::ValuesIn(Grid()), [](const auto& info) {
  return absl::StrCat("loss_", std::lround(info.param.loss * 1e6), "_ppm_",
                      info.param.round_trip_ms, "_ms");
});

// 1 Gbit/s, 5 ms: with buffers that nobody has sized. The rate counts payload alone.
TEST(ThroughputOfACleanLink, IsNineteenTwentiethsOfTheLineRate) {
  for (const auto algorithm :
       {inet::TcpCongestionAlgorithm::kNewReno, inet::TcpCongestionAlgorithm::kCubic}) {
    LongTransfer transfer;
    transfer.link.bandwidth = 1'000'000'000;
    transfer.link.latency = absl::Milliseconds(5);
    transfer.settings.congestion_algorithm = algorithm;
    transfer.warm_up = 20'000'000;
    transfer.octets = kWholeGrid ? 1'000'000'000 : 50'000'000;
    // More than the bandwidth-delay product, so that slow start loses nothing in the queue.
    transfer.link.queue = 10'000;
    const TransferResult result = RunTransfer(transfer);
    EXPECT_EQ(result.failure, "");
    EXPECT_GE(result.goodput(), 0.95e9);
    EXPECT_EQ(result.sender.retransmitted_segments, 0);
  }
}

// A queue of a tenth of the bandwidth-delay product overflows at the end of slow start, and then
// again and again: what is lost there is repaired without a time-out.
TEST(ThroughputOfACleanLink, HoldsWithAShortQueue) {
  LongTransfer transfer;
  transfer.link.bandwidth = 100'000'000;
  transfer.link.latency = absl::Milliseconds(5);
  transfer.link.queue = 10;
  transfer.settings.congestion_algorithm = inet::TcpCongestionAlgorithm::kCubic;
  transfer.warm_up = 5'000'000;
  transfer.octets = 50'000'000;
  const TransferResult result = RunTransfer(transfer);
  EXPECT_EQ(result.failure, "");
  EXPECT_GE(result.goodput(), 0.7 * 100e6);
}

}  // namespace
}  // namespace wsim
