#include "providers/inet/tcp/seq_num.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace inet {
namespace {

TEST(SeqNum, StepsAcrossTheEndOfTheSpace) {
  const SeqNum last(0xFFFFFFFF);
  EXPECT_EQ(last + 1, SeqNum(0));
  EXPECT_EQ(SeqNum(0) - 1, last);
  SeqNum moving(0xFFFFFFF0);
  moving += 0x20;
  EXPECT_EQ(moving.value(), 0x10u);
  moving -= 0x20;
  EXPECT_EQ(moving.value(), 0xFFFFFFF0u);
}

TEST(SeqNum, WindowHasItsFirstNumberAndNotTheOneBehindIt) {
  EXPECT_TRUE(SeqNum(100).InWindow(SeqNum(100), 10));
  EXPECT_TRUE(SeqNum(109).InWindow(SeqNum(100), 10));
  EXPECT_FALSE(SeqNum(110).InWindow(SeqNum(100), 10));
  EXPECT_FALSE(SeqNum(99).InWindow(SeqNum(100), 10));
}

TEST(SeqNum, EmptyWindowHasNothing) { EXPECT_FALSE(SeqNum(100).InWindow(SeqNum(100), 0)); }

TEST(SeqNum, WindowMayWrap) {
  const SeqNum first(0xFFFFFFFE);
  EXPECT_TRUE(SeqNum(0xFFFFFFFF).InWindow(first, 4));
  EXPECT_TRUE(SeqNum(1).InWindow(first, 4));
  EXPECT_FALSE(SeqNum(2).InWindow(first, 4));
}

TEST(SeqNum, DistanceIsCountedForward) {
  EXPECT_EQ(SeqNum(5).DistanceTo(SeqNum(9)), 4u);
  EXPECT_EQ(SeqNum(0xFFFFFFFF).DistanceTo(SeqNum(2)), 3u);
  EXPECT_EQ(SeqNum(9).DistanceTo(SeqNum(5)), 0xFFFFFFFCu);
}

TEST(SeqNum, UnwrapsToTheNearestStreamOffset) {
  // The stream has run once around the space: offset 2^32 + 16 stands at number 16.
  const SeqNum reference(16);
  const uint64_t offset = (uint64_t{1} << 32) + 16;
  EXPECT_EQ(SeqNum(16).Unwrap(reference, offset), offset);
  EXPECT_EQ(SeqNum(20).Unwrap(reference, offset), offset + 4);
  EXPECT_EQ(SeqNum(0xFFFFFFFF).Unwrap(reference, offset), offset - 17);
}

TEST(SeqNum, UnwrapsAcrossTheHalfOfTheSpace) {
  const SeqNum reference(0);
  const uint64_t offset = uint64_t{1} << 40;
  EXPECT_EQ(SeqNum(0x7FFFFFFF).Unwrap(reference, offset), offset + 0x7FFFFFFF);
  EXPECT_EQ(SeqNum(0x80000000).Unwrap(reference, offset), offset - 0x80000000);
}

TEST(SeqNum, UnwrapsWhatLiesBeforeTheStreamToAnOffsetThatNoWindowHas) {
  EXPECT_EQ(SeqNum(99).Unwrap(SeqNum(100), 0), UINT64_MAX);
}

}  // namespace
}  // namespace inet
