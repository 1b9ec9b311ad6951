#include "sim/decision/seeded_source.h"

#include <array>
#include <limits>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace sim {
namespace {

using ::testing::ElementsAre;

std::vector<uint64_t> FirstMagnitudes(uint64_t seed, absl::string_view name, uint64_t bound) {
  SeededSource source(seed);
  const uint32_t stream = source.OpenStream(name);
  std::vector<uint64_t> values;
  for (uint64_t n = 0; n < 5; ++n) values.push_back(source.Magnitude(stream, n, bound));
  return values;
}

int CountStrikes(uint64_t seed, Ratio strikes, int draws) {
  SeededSource source(seed);
  const uint32_t stream = source.OpenStream("link/client-server/loss");
  int count = 0;
  for (int n = 0; n < draws; ++n) count += source.Branch(stream, n, strikes) ? 1 : 0;
  return count;
}

TEST(SeededSource, DrawsTheseNumbersOnEveryMachine) {
  EXPECT_THAT(FirstMagnitudes(1, "link/client-server/jitter", 1000),
              ElementsAre(555, 493, 230, 87, 481));
  EXPECT_THAT(FirstMagnitudes(1, "link/client-server/jitter", std::numeric_limits<uint64_t>::max()),
              ElementsAre(10250725913890908485u, 9104087011138881524u, 4259389579706550153u,
                          1615376361130553226u, 8883492488362637043u));
}

TEST(SeededSource, DrawsOthersForAnotherSeedOrName) {
  EXPECT_NE(FirstMagnitudes(1, "a", 1000), FirstMagnitudes(2, "a", 1000));
  EXPECT_NE(FirstMagnitudes(1, "a", 1000), FirstMagnitudes(1, "b", 1000));
}

TEST(SeededSource, DrawsTheSameWhateverElseIsDrawn) {
  SeededSource alone(1);
  const uint32_t a = alone.OpenStream("a");
  SeededSource among(1);
  const uint32_t b = among.OpenStream("b");
  const uint32_t same = among.OpenStream("a");
  for (uint64_t n = 0; n < 100; ++n) {
    among.Magnitude(b, n, 10);
    EXPECT_EQ(among.Magnitude(same, n, 1'000'000), alone.Magnitude(a, n, 1'000'000));
  }
  // Nor does the order matter.
  EXPECT_EQ(among.Magnitude(same, 3, 1'000'000), alone.Magnitude(a, 3, 1'000'000));
}

// Of 100,000 draws at 5%, 5,000 are expected, with a standard deviation of 69.
TEST(SeededSource, StrikesAsOftenAsItShould) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    EXPECT_NEAR(CountStrikes(seed, Ratio{50'000'000}, 100'000), 5000, 4 * 69) << seed;
  }
  // And exactly so for one seed.
  EXPECT_EQ(CountStrikes(1, Ratio{50'000'000}, 100'000), 5062);
}

TEST(SeededSource, StrikesWhereverItDidWithALowerProbability) {
  SeededSource source(1);
  const uint32_t stream = source.OpenStream("a");
  for (uint64_t n = 0; n < 10'000; ++n) {
    const bool low = source.Branch(stream, n, Ratio{100'000'000});
    const bool high = source.Branch(stream, n, Ratio{200'000'000});
    EXPECT_TRUE(high || !low);
  }
}

// 60,000 throws of a die: 10,000 each are expected, with a standard deviation of 91.
TEST(SeededSource, IsAFairDie) {
  SeededSource source(1);
  const uint32_t stream = source.OpenStream("die");
  std::array<int, 6> counts{};
  for (uint64_t n = 0; n < 60'000; ++n) ++counts.at(source.Magnitude(stream, n, 6));
  for (int count : counts) EXPECT_NEAR(count, 10'000, 4 * 91);
}

// Two thirds of 2^64: a reduction by remainder would hit the lower half of the range twice as
// often.
TEST(SeededSource, IsFairWhereTheBoundDoesNotDivideItsRange) {
  constexpr uint64_t kBound = std::numeric_limits<uint64_t>::max() / 3 * 2;
  SeededSource source(1);
  const uint32_t stream = source.OpenStream("wide");
  int low = 0;
  for (uint64_t n = 0; n < 10'000; ++n) {
    const uint64_t value = source.Magnitude(stream, n, kBound);
    EXPECT_LT(value, kBound);
    low += value < kBound / 2 ? 1 : 0;
  }
  EXPECT_NEAR(low, 5000, 4 * 50);
}

// How often two streams strike together: at 10% each, 1,000 of 100,000, with a standard deviation
// of 31.
TEST(SeededSource, HasStreamsThatDoNotFollowEachOther) {
  SeededSource source(1);
  const uint32_t there = source.OpenStream("link/a-b/loss");
  const uint32_t back = source.OpenStream("link/b-a/loss");
  int both = 0;
  int in_a_row = 0;
  for (uint64_t n = 0; n < 100'000; ++n) {
    const bool struck = source.Branch(there, n, Ratio{100'000'000});
    both += struck && source.Branch(back, n, Ratio{100'000'000}) ? 1 : 0;
    in_a_row += struck && source.Branch(there, n + 1, Ratio{100'000'000}) ? 1 : 0;
  }
  EXPECT_NEAR(both, 1000, 4 * 31);
  EXPECT_NEAR(in_a_row, 1000, 4 * 31);
}

}  // namespace
}  // namespace sim
