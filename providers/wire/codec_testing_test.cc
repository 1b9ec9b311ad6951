#include "providers/wire/codec_testing.h"

#include <vector>

#include "gtest/gtest.h"

namespace wire {
namespace {

using Octets = std::vector<uint8_t>;

TEST(FromHex, TakesPairsOfDigitsHoweverTheyAreSpaced) {
  EXPECT_EQ(FromHex("45 00\n 00fF"), (Octets{0x45, 0x00, 0x00, 0xFF}));
}

TEST(FromHex, YieldsNothingForTextThatIsNotOctets) {
  EXPECT_TRUE(FromHex("45 0").empty());
  EXPECT_TRUE(FromHex("45 0x").empty());
}

TEST(WithOctet, ReplacesOneOctet) {
  EXPECT_EQ(WithOctet(Octets{1, 2, 3}, 1, 9), (Octets{1, 9, 3}));
}

TEST(ForEveryTruncation, VisitsEachProperPrefixOnce) {
  std::vector<Octets> seen;
  ForEveryTruncation(Octets{1, 2, 3},
                     [&](ByteSpan prefix) { seen.emplace_back(prefix.begin(), prefix.end()); });
  EXPECT_EQ(seen, (std::vector<Octets>{{}, {1}, {1, 2}}));
}

std::vector<Octets> MutationsOfThree(uint64_t seed) {
  std::vector<Octets> seen;
  ForMutations(Octets{1, 2, 3}, seed, 100,
               [&](ByteSpan octets) { seen.emplace_back(octets.begin(), octets.end()); });
  return seen;
}

TEST(ForMutations, RepeatsWithTheSeedAndDiffersWithout) {
  EXPECT_EQ(MutationsOfThree(1).size(), 100u);
  EXPECT_EQ(MutationsOfThree(1), MutationsOfThree(1));
  EXPECT_NE(MutationsOfThree(1), MutationsOfThree(2));
}

TEST(ForMutations, ShortensLengthensAndRewrites) {
  bool shorter = false, longer = false, rewritten = false;
  for (const Octets& octets : MutationsOfThree(1)) {
    shorter |= octets.size() < 3;
    longer |= octets.size() > 3;
    rewritten |= octets.size() == 3 && octets != Octets{1, 2, 3};
  }
  EXPECT_TRUE(shorter);
  EXPECT_TRUE(longer);
  EXPECT_TRUE(rewritten);
}

}  // namespace
}  // namespace wire
