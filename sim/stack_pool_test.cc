#include "sim/stack_pool.h"

#include <cstring>

#include "gtest/gtest.h"

namespace sim {
namespace {

TEST(StackPool, LendsTheStackAgainThatWasGivenBackLast) {
  StackPool pool;
  const Stack first = pool.Take();
  const Stack second = pool.Take();
  ASSERT_TRUE(first && second);
  EXPECT_NE(first.low, second.low);
  EXPECT_EQ(pool.lent(), 2u);

  pool.GiveBack(first);
  EXPECT_EQ(pool.spare(), 1u);
  EXPECT_EQ(pool.Take().low, first.low);
  EXPECT_EQ(pool.spare(), 0u);
  pool.GiveBack(first);
  pool.GiveBack(second);
}

TEST(StackPool, EveryOctetOfAStackIsUsable) {
  StackPool pool;
  const Stack stack = pool.Take();
  std::memset(stack.low, 0x5A, Stack::kBytes);
  EXPECT_EQ(stack.low[Stack::kBytes - 1], std::byte{0x5A});
  pool.GiveBack(stack);
}

TEST(StackPool, ReachingBelowAStackFaults) {
  StackPool pool;
  const Stack stack = pool.Take();
  EXPECT_DEATH(*const_cast<volatile std::byte*>(stack.low - 1) = std::byte{1}, "");
  pool.GiveBack(stack);
}

TEST(StackPool, LendsNoMoreThanAllowed) {
  StackPool pool(/*max_stacks=*/2);
  const Stack first = pool.Take();
  const Stack second = pool.Take();
  EXPECT_FALSE(pool.Take());
  pool.GiveBack(second);
  const Stack third = pool.Take();
  EXPECT_TRUE(third);
  pool.GiveBack(first);
  pool.GiveBack(third);
}

}  // namespace
}  // namespace sim
