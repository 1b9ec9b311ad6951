#include "sim/trace/hash64.h"

#include <algorithm>
#include <vector>

#include "gtest/gtest.h"

namespace sim {
namespace {

int BitsThatDiffer(uint64_t a, uint64_t b) { return __builtin_popcountll(a ^ b); }

constexpr uint64_t HashOf(uint64_t a, uint64_t b) {
  Hash64 hash;
  hash.Add(a);
  hash.Add(b);
  return hash.value();
}

// Computed by the compiler, checked against the same at run time below: two ways to the same
// number.
constexpr uint64_t kAtCompileTime = HashOf(1, 2);

TEST(Hash64, IsTheSameNumberEverywhere) {
  EXPECT_EQ(Mix64(0), 0u);
  EXPECT_EQ(Mix64(1), 0x5692161D100B05E5u);
  volatile uint64_t one = 1;
  EXPECT_EQ(HashOf(one, 2), kAtCompileTime);
  Hash64 text;
  text.AddText("link/client-server/loss");
  EXPECT_EQ(text.value(), 0x12EF13768B7E45C3u);
  std::vector<uint8_t> octets(100);
  for (size_t i = 0; i < octets.size(); ++i) octets[i] = static_cast<uint8_t>(7 * i);
  Hash64 many;
  many.AddOctets(octets);
  EXPECT_EQ(many.value(), 0x878FC415265D5729u);
}

TEST(Hash64, SeesEachBitOfManyOctets) {
  std::vector<uint8_t> octets(100);
  std::vector<uint64_t> seen;
  for (size_t bit = 0; bit < 8 * octets.size(); ++bit) {
    octets[bit / 8] ^= 1 << bit % 8;
    Hash64 hash;
    hash.AddOctets(octets);
    octets[bit / 8] ^= 1 << bit % 8;
    seen.push_back(hash.value());
  }
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end());
}

TEST(Hash64, DependsOnTheOrder) { EXPECT_NE(HashOf(1, 2), HashOf(2, 1)); }

TEST(Hash64, DependsOnTheSeed) { EXPECT_NE(Hash64(1).value(), Hash64(2).value()); }

TEST(Hash64, SeesZeros) {
  Hash64 one;
  one.Add(0);
  EXPECT_NE(one.value(), Hash64().value());
  EXPECT_NE(one.value(), HashOf(0, 0));
}

TEST(Hash64, SeesWhereOneRunOfOctetsEnds) {
  const std::vector<uint8_t> octets = {1, 2, 3};
  Hash64 a;
  a.AddOctets(absl::MakeSpan(octets).subspan(0, 1));
  a.AddOctets(absl::MakeSpan(octets).subspan(1));
  Hash64 b;
  b.AddOctets(absl::MakeSpan(octets).subspan(0, 2));
  b.AddOctets(absl::MakeSpan(octets).subspan(2));
  EXPECT_NE(a.value(), b.value());
}

TEST(Hash64, CountsOctetsThatAreZero) {
  const std::vector<uint8_t> zeros(9);
  std::vector<uint64_t> values;
  for (size_t count = 0; count <= zeros.size(); ++count) {
    Hash64 hash;
    hash.AddOctets(absl::MakeSpan(zeros).subspan(0, count));
    for (uint64_t value : values) EXPECT_NE(value, hash.value());
    values.push_back(hash.value());
  }
}

TEST(Hash64, TakesTextAndOctetsAlike) {
  const std::vector<uint8_t> octets = {'w', 's', 'i', 'm', 0xC3, 0xA9, '!', '?', '.'};
  Hash64 a;
  a.AddOctets(octets);
  Hash64 b;
  b.AddText("wsim\xC3\xA9!?.");
  EXPECT_EQ(a.value(), b.value());
}

TEST(Hash64, SpreadsEachBitOverAll) {
  const uint64_t value = HashOf(0x0123456789ABCDEF, 7);
  for (int bit = 0; bit < 64; ++bit) {
    const int differ = BitsThatDiffer(value, HashOf(0x0123456789ABCDEF ^ (uint64_t{1} << bit), 7));
    EXPECT_GT(differ, 14) << bit;
    EXPECT_LT(differ, 50) << bit;
  }
}

}  // namespace
}  // namespace sim
