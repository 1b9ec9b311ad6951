#include "sim/check.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/test_world.h"

namespace sim {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

TEST(Check, OneThatHoldsEvaluatesNoMessage) {
  int evaluated = 0;
  CHECK(true) << ++evaluated;
  EXPECT_EQ(evaluated, 0);
}

TEST(Check, OutsideARunItEndsTheProcess) {
  EXPECT_DEATH(CHECK(1 > 2) << "arithmetic",
               "invariant: sim/check_test.cc:[0-9]+: 1 > 2: arithmetic");
}

TEST(Check, InAThreadItEndsTheRun) {
  TestWorld test;
  test.Declare("broken", [&] {
    test.Sleep(10);
    CHECK(1 > 2) << "arithmetic";
    test.Log("never");
  });
  const RunResult result = test.world.Run();
  EXPECT_THAT(result.failure,
              MatchesRegex("invariant: sim/check_test.cc:[0-9]+: 1 > 2: arithmetic"));
  EXPECT_TRUE(test.log.empty());
}

TEST(Check, InAnEventItEndsTheRun) {
  TestWorld test;
  Waitable never;
  test.Declare("waits", [&] { Thread::Current()->Wait(never); });
  test.world.At(At(10), [] { CHECK(false); });
  test.world.At(At(20), [&] { test.Log("never"); });
  const RunResult result = test.world.Run();
  EXPECT_THAT(result.failure, StartsWith("invariant: "));
  EXPECT_THAT(result.failure, EndsWith(": false"));
  EXPECT_TRUE(test.log.empty());
}

TEST(Check, WhileAHostBootsItEndsTheRun) {
  TestWorld test;
  test.AddHost("host").OnBoot([](Boot&) { CHECK(false) << "at boot"; });
  EXPECT_THAT(test.world.Run().failure, HasSubstr("at boot"));
}

struct BreaksWhenDestroyed {
  explicit BreaksWhenDestroyed(Process&) {}
  ~BreaksWhenDestroyed() { CHECK(false) << "in a destructor"; }
};

TEST(Check, InADestructorItEndsTheRun) {
  TestWorld test;
  test.Declare("process", [] { Thread::Current()->process().slots().Get<BreaksWhenDestroyed>(); });
  EXPECT_THAT(test.world.Run().failure, HasSubstr("in a destructor"));
}

TEST(Check, NoHandlerOfTheProgramCatchesIt) {
  TestWorld test;
  bool caught = false;
  test.Declare("catches all", [&] {
    try {
      CHECK(false);
    } catch (...) {
      caught = true;
    }
  });
  EXPECT_THAT(test.world.Run().failure, StartsWith("invariant: "));
  EXPECT_FALSE(caught);
}

TEST(Check, ComesBeforeAnEarlierFailure) {
  TestWorld test;
  test.world.Fail("a check of the scenario");
  test.world.At(At(10), [] { CHECK(false); });
  EXPECT_THAT(test.world.Run().failure, StartsWith("invariant: "));
}

// Several threads are in the middle of something, with state in every slot; the next world is as
// good as new.
TEST(Check, AnAbandonedWorldCanBeDestroyed) {
  StackPool stacks;
  for (int i = 0; i < 100; ++i) {
    TestWorld test({}, &stacks);
    for (int thread = 0; thread < 3; ++thread) {
      test.Declare("waits", [&] {
        Thread::Current()->process().slots().Get<BreaksWhenDestroyed>();
        auto held = std::make_unique<std::string>("held while it waits");
        Waitable never;
        Thread::Current()->Wait(never, At(1000));
      });
    }
    test.world.At(At(10), [] { CHECK(false); });
    test.world.At(At(20), [] {});
    EXPECT_THAT(test.world.Run().failure, StartsWith("invariant: "));
  }
  EXPECT_EQ(stacks.lent(), 0u);
  TestWorld next({}, &stacks);
  next.Declare("sleeps", [&] { next.Sleep(10); });
  const RunResult result = next.world.Run();
  EXPECT_EQ(result.failure, "");
  EXPECT_EQ(result.virtual_time, At(10));
}

}  // namespace
}  // namespace sim
