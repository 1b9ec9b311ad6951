#include "tools/scenario/sandbox/memory_limit.h"

#include "gtest/gtest.h"

namespace wsim {
namespace {

class MemoryLimitTest : public ::testing::Test {
 protected:
  void* New(size_t size) { return MemoryLimit::Allocate(&memory_, nullptr, 5, size); }
  void* Resize(void* block, size_t from, size_t to) {
    return MemoryLimit::Allocate(&memory_, block, from, to);
  }
  void Free(void* block, size_t size) { MemoryLimit::Allocate(&memory_, block, size, 0); }

  MemoryLimit memory_{1000};
};

TEST_F(MemoryLimitTest, CountsWhatIsInUse) {
  void* block = New(400);
  EXPECT_EQ(memory_.used(), 400u);
  block = Resize(block, 400, 700);
  EXPECT_EQ(memory_.used(), 700u);
  block = Resize(block, 700, 100);
  EXPECT_EQ(memory_.used(), 100u);
  Free(block, 100);
  EXPECT_EQ(memory_.used(), 0u);
}

TEST_F(MemoryLimitTest, GivesAllButNoMore) {
  void* block = New(1000);
  ASSERT_NE(block, nullptr);
  EXPECT_FALSE(memory_.is_exhausted());
  EXPECT_EQ(New(1), nullptr);
  EXPECT_TRUE(memory_.is_exhausted());
  Free(block, 1000);
}

TEST_F(MemoryLimitTest, ForgetsARefusalThatIsMadeGood) {
  void* garbage = New(900);
  EXPECT_EQ(New(200), nullptr);
  Free(garbage, 900);
  void* block = New(200);
  EXPECT_NE(block, nullptr);
  EXPECT_FALSE(memory_.is_exhausted());
  Free(block, 200);
}

TEST_F(MemoryLimitTest, KeepsARefusalThatIsNotMadeGood) {
  void* garbage = New(900);
  EXPECT_EQ(New(200), nullptr);
  Free(garbage, 900);
  void* other = New(100);
  EXPECT_NE(other, nullptr);
  EXPECT_TRUE(memory_.is_exhausted());
  void* block = New(200);
  EXPECT_NE(block, nullptr);
  EXPECT_TRUE(memory_.is_exhausted());
  Free(other, 100);
  Free(block, 200);
}

TEST_F(MemoryLimitTest, AlwaysShrinks) {
  void* block = New(1000);
  EXPECT_EQ(New(500), nullptr);
  block = Resize(block, 1000, 999);
  EXPECT_NE(block, nullptr);
  Free(block, 999);
}

TEST(MemoryLimitWork, IsThatOfLongStrings) {
  constexpr size_t kString = 4;  // LUA_TSTRING
  constexpr size_t kTable = 5;   // LUA_TTABLE
  MemoryLimit memory(1 << 20);
  void* small = MemoryLimit::Allocate(&memory, nullptr, kString, 1000);
  void* table = MemoryLimit::Allocate(&memory, nullptr, kTable, 100'000);
  EXPECT_EQ(memory.TakeWork(), 0);
  void* large = MemoryLimit::Allocate(&memory, nullptr, kString, 320'000);
  EXPECT_EQ(memory.TakeWork(), 10'000);
  EXPECT_EQ(memory.TakeWork(), 0);
  MemoryLimit::Allocate(&memory, small, 1000, 0);
  MemoryLimit::Allocate(&memory, table, 100'000, 0);
  MemoryLimit::Allocate(&memory, large, 320'000, 0);
}

TEST_F(MemoryLimitTest, CanBeExhaustedByDecree) {
  memory_.Exhaust();
  EXPECT_TRUE(memory_.is_exhausted());
}

}  // namespace
}  // namespace wsim
