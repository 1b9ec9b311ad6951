#include "sim/waitable.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/test_world.h"

namespace sim {
namespace {

using ::testing::ElementsAre;

TEST(Waitable, StaysSetUntilItIsReset) {
  Waitable condition;
  EXPECT_FALSE(condition.is_set());
  condition.Set();
  condition.Set();
  EXPECT_TRUE(condition.is_set());
  condition.Reset();
  EXPECT_FALSE(condition.is_set());
}

TEST(Waitable, SatisfiesAllWhoWaitInTheOrderInWhichTheyBegan) {
  TestWorld test;
  Waitable condition;
  for (int i : {3, 1, 2}) {
    test.Declare("waits", [&, i] {
      test.Sleep(i);
      Thread::Current()->Wait(condition);
      test.Log(absl::StrCat("thread ", i));
    });
  }
  test.world.At(At(10), [&] { condition.Set(); });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_THAT(test.log, ElementsAre("10: thread 1", "10: thread 2", "10: thread 3"));
}

TEST(Waitable, SatisfiesWaitersEvenIfItIsResetBeforeTheyRun) {
  TestWorld test;
  Waitable condition;
  for (const char* name : {"first", "second"}) {
    test.Declare(name, [&, name] {
      const WaitResult result = Thread::Current()->Wait(condition, At(50));
      EXPECT_EQ(result.end, WaitEnd::kSignaled);
      test.Log(name);
    });
  }
  test.world.At(At(10), [&] {
    condition.Set();
    condition.Reset();
  });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_THAT(test.log, ElementsAre("10: first", "10: second"));
}

TEST(Waitable, IsGoneOnlyWhenNobodyWaitsForIt) {
  TestWorld test;
  test.Declare("waits", [] {
    auto* condition = new Waitable;
    Thread::Current()->Wait(*condition, At(10));
    delete condition;  // after the wait: allowed
  });
  EXPECT_EQ(test.world.Run().failure, "");
}

}  // namespace
}  // namespace sim
