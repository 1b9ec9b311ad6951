// A run that is replayed is the same run.
#include <optional>

#include "gtest/gtest.h"
#include "sim/decision/recording_source.h"
#include "sim/decision/replay_source.h"
#include "sim/decision/seeded_source.h"
#include "sim/net/test_network.h"

namespace sim {
namespace {

constexpr Ratio kTenPercent{100'000'000};

// 100 frames each way over a link on which everything goes wrong.
std::string FingerprintOf(DecisionSource& source) {
  TestNetwork test(source);
  test.AddPair({.jitter = absl::Milliseconds(2),
                .loss = kTenPercent,
                .duplicate = kTenPercent,
                .reorder = kTenPercent,
                .corrupt = kTenPercent});
  for (int i = 0; i < 100; ++i) {
    test.SendAt(absl::Microseconds(200 * i), "client", TaggedFrame(static_cast<uint8_t>(i)));
    test.SendAt(absl::Microseconds(200 * i), "server", TaggedFrame(static_cast<uint8_t>(i)));
  }
  test.Run();
  return test.fingerprint.ToString();
}

TEST(ReplayedRun, OfOneSeedIsTheSameEachTimeAndOnEveryMachine) {
  SeededSource first(1);
  EXPECT_EQ(FingerprintOf(first), "f1ba66aee20e241b");
  SeededSource second(1);
  EXPECT_EQ(FingerprintOf(second), "f1ba66aee20e241b");
  SeededSource other(2);
  EXPECT_NE(FingerprintOf(other), "f1ba66aee20e241b");
}

TEST(ReplayedRun, IsTheSameFromARecordOverAnyBase) {
  for (const std::optional<uint64_t> base :
       {std::optional<uint64_t>(1), std::optional<uint64_t>(2), std::optional<uint64_t>()}) {
    SeededSource seeded(1);
    RecordingSource recording(seeded, base);
    const std::string recorded = FingerprintOf(recording);
    ReplaySource replay(recording.record());
    EXPECT_EQ(FingerprintOf(replay), recorded);
    EXPECT_EQ(replay.unused(), 0u);
  }
}

TEST(ReplayedRun, LosesTheOneFrameThatARecordNames) {
  ReplaySource replay({.seed = std::nullopt, .draws = {{"link/client-server/loss", 2, 1}}});
  TestNetwork test(replay);
  test.AddPair({.loss = kTenPercent});
  for (uint8_t tag = 1; tag <= 5; ++tag) {
    test.SendAt(absl::Milliseconds(tag), "client", TaggedFrame(tag));
  }
  test.Run();
  std::vector<int> tags;
  for (const Arrival& arrival : test.arrivals) tags.push_back(arrival.tag());
  EXPECT_EQ(tags, (std::vector<int>{1, 2, 4, 5}));
}

}  // namespace
}  // namespace sim
