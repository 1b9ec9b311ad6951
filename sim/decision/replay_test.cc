#include <optional>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/decision/base_source.h"
#include "sim/decision/recording_source.h"
#include "sim/decision/replay_source.h"
#include "sim/decision/seeded_source.h"
#include "sim/decision/zero_source.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Ratio kOften{300'000'000};

// What a run draws: two streams, opened in an order that is not that of their names, and taking
// turns.
std::vector<uint64_t> DrawAll(DecisionSource& source) {
  const uint32_t losses = source.OpenStream("loss");
  const uint32_t delays = source.OpenStream("delay");
  std::vector<uint64_t> values;
  for (uint64_t n = 0; n < 50; ++n) {
    values.push_back(source.Branch(losses, n, kOften) ? 1 : 0);
    values.push_back(source.Magnitude(delays, n, 1000));
  }
  return values;
}

// Answers as another source does, but for a few draws of its own: what a search would do.
class Meddler final : public DecisionSource {
 public:
  explicit Meddler(DecisionSource& other) : other_(other) {}
  uint32_t OpenStream(absl::string_view name) override { return other_.OpenStream(name); }
  bool Branch(uint32_t stream, uint64_t n, Ratio strikes) override {
    return other_.Branch(stream, n, strikes) != (n == 4);
  }
  uint64_t Magnitude(uint32_t stream, uint64_t n, uint64_t bound) override {
    return n == 9 ? 123 : other_.Magnitude(stream, n, bound);
  }

 private:
  DecisionSource& other_;
};

TEST(Recording, OfASeedOverItselfKeepsNothing) {
  SeededSource seeded(7);
  RecordingSource recording(seeded, 7);
  SeededSource alone(7);
  EXPECT_EQ(DrawAll(recording), DrawAll(alone)) << "recording changes nothing";
  EXPECT_EQ(recording.record(), (DecisionRecord{.seed = 7, .draws = {}}));
}

TEST(Recording, KeepsTheDrawsThatDifferByNameAndNumber) {
  ZeroSource zero;
  Meddler meddler(zero);
  RecordingSource recording(meddler, std::nullopt);
  DrawAll(recording);
  EXPECT_EQ(recording.record(),
            (DecisionRecord{.seed = std::nullopt, .draws = {{"delay", 9, 123}, {"loss", 4, 1}}}));
}

TEST(Recording, KeepsFaultsThatDidNotHappenToo) {
  SeededSource seven(7);
  Meddler meddler(seven);
  RecordingSource recording(meddler, 7);
  DrawAll(recording);
  SeededSource again(7);
  const bool would_strike = again.Branch(again.OpenStream("loss"), 4, kOften);
  EXPECT_THAT(recording.record().draws,
              ElementsAre(Draw{"delay", 9, 123}, Draw{"loss", 4, would_strike ? 0u : 1u}));
}

TEST(Replay, DrawsWhatWasRecorded) {
  for (const std::optional<uint64_t> base :
       {std::optional<uint64_t>(7), std::optional<uint64_t>(8), std::optional<uint64_t>()}) {
    SeededSource seven(7);
    Meddler meddler(seven);
    RecordingSource recording(meddler, base);
    const std::vector<uint64_t> drawn = DrawAll(recording);
    ReplaySource replay(recording.record());
    EXPECT_EQ(DrawAll(replay), drawn);
    EXPECT_EQ(replay.unused(), 0u);
  }
}

TEST(Replay, OfAReplayIsRecordedAsTheSameRecord) {
  SeededSource seven(7);
  Meddler meddler(seven);
  RecordingSource recording(meddler, 7);
  DrawAll(recording);
  ReplaySource replay(recording.record());
  RecordingSource again(replay, 7);
  DrawAll(again);
  EXPECT_EQ(again.record(), recording.record());
}

TEST(Replay, MovesNoOtherDrawWhenOneIsRemoved) {
  SeededSource seven(7);
  Meddler meddler(seven);
  RecordingSource recording(meddler, 7);
  std::vector<uint64_t> expected = DrawAll(recording);
  DecisionRecord shorter = recording.record();
  shorter.draws.erase(shorter.draws.begin());  // "delay", 9
  SeededSource alone(7);
  expected[2 * 9 + 1] = DrawAll(alone)[2 * 9 + 1];
  ReplaySource replay(shorter);
  EXPECT_EQ(DrawAll(replay), expected);
}

TEST(Replay, OfAnotherRunSaysWhatNobodyAskedFor) {
  ReplaySource replay(
      {.seed = std::nullopt, .draws = {{"delay", 3, 5000}, {"loss", 1000, 1}, {"reorder", 0, 1}}});
  const std::vector<uint64_t> drawn = DrawAll(replay);
  EXPECT_EQ(drawn[2 * 3 + 1], 999u) << "the greatest that fits";
  EXPECT_EQ(replay.unused(), 2u);
}

TEST(BaseSource, IsSeededOrZero) {
  SeededSource seven(7);
  ZeroSource zero;
  EXPECT_EQ(DrawAll(*MakeBaseSource(7)), DrawAll(seven));
  EXPECT_EQ(DrawAll(*MakeBaseSource(std::nullopt)), DrawAll(zero));
}

}  // namespace
}  // namespace sim
