#include "sim/thread.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/test_world.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A wait that ended so, with that index.
bool Is(const WaitResult& result, WaitEnd end, size_t index = 0) {
  return result.end == end && result.index == index;
}

class ThreadTest : public ::testing::Test {
 protected:
  void RunHolds() { EXPECT_EQ(test_.world.Run().failure, ""); }

  TestWorld test_;
  Waitable a_;
  Waitable b_;
};

TEST_F(ThreadTest, KnowsWhoRuns) {
  test_.AddHost("host");
  test_.Declare("process", [&] {
    Thread* current = Thread::Current();
    ASSERT_NE(current, nullptr);
    EXPECT_EQ(current->number(), 1u);
    EXPECT_EQ(current->process().name(), "process");
    EXPECT_EQ(&current->world(), &test_.world);
    EXPECT_EQ(test_.world.context().host, 1u);
    EXPECT_EQ(test_.world.context().process, 1u);
    EXPECT_EQ(test_.world.context().thread, 1u);
  });
  test_.world.At(At(1), [&] {
    EXPECT_EQ(Thread::Current(), nullptr);
    EXPECT_EQ(test_.world.context().thread, 0u);
  });
  RunHolds();
  EXPECT_EQ(Thread::Current(), nullptr);
}

TEST_F(ThreadTest, SleepsInVirtualTime) {
  test_.Declare("sleeps", [&] {
    EXPECT_TRUE(Is(test_.Sleep(1000), WaitEnd::kTimedOut));
    test_.Log("awake");
  });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("1000: awake"));
}

TEST_F(ThreadTest, AConditionEndsTheWaitBeforeTheDeadline) {
  test_.Declare("waits", [&] {
    EXPECT_TRUE(Is(Thread::Current()->Wait(a_, At(20)), WaitEnd::kSignaled));
    test_.Log("signaled");
    test_.Sleep(100);  // the deadline of the first wait comes to nothing
    test_.Log("awake");
  });
  test_.world.At(At(10), [&] { a_.Set(); });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("10: signaled", "110: awake"));
}

TEST_F(ThreadTest, TheDeadlineEndsTheWaitBeforeTheCondition) {
  test_.Declare("waits", [&] {
    EXPECT_TRUE(Is(Thread::Current()->Wait(a_, At(20)), WaitEnd::kTimedOut));
    test_.Log("timed out");
  });
  test_.world.At(At(30), [&] { a_.Set(); });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("20: timed out"));
}

TEST_F(ThreadTest, NamesTheLowestConditionThatIsSet) {
  test_.Declare("waits", [&] {
    Thread& self = *Thread::Current();
    Waitable* const both[] = {&a_, &b_};
    b_.Set();
    EXPECT_TRUE(Is(self.Wait(both, Time::Never(), false), WaitEnd::kSignaled, 1));
    a_.Set();
    EXPECT_TRUE(Is(self.Wait(both, Time::Never(), false), WaitEnd::kSignaled, 0));
    EXPECT_EQ(self.suspensions(), 0u);
    a_.Reset();
    b_.Reset();
    EXPECT_TRUE(Is(self.Wait(both, Time::Never(), false), WaitEnd::kSignaled, 1));
    EXPECT_EQ(self.suspensions(), 1u);
  });
  test_.world.At(At(10), [&] { b_.Set(); });
  RunHolds();
}

TEST_F(ThreadTest, WaitsUntilAllAreSetAtOnce) {
  test_.Declare("waits", [&] {
    Waitable* const both[] = {&a_, &b_};
    const WaitResult result = Thread::Current()->Wait(both, Time::Never(), false, WaitMode::kAll);
    EXPECT_TRUE(Is(result, WaitEnd::kSignaled, 0));
    test_.Log("all");
    EXPECT_TRUE(Is(Thread::Current()->Wait(both, Time::Never(), false, WaitMode::kAll),
                   WaitEnd::kSignaled, 0));
    EXPECT_EQ(Thread::Current()->suspensions(), 1u);
  });
  test_.world.At(At(10), [&] { a_.Set(); });
  test_.world.At(At(20), [&] {
    a_.Reset();
    b_.Set();  // one after the other is not at once
  });
  test_.world.At(At(30), [&] { a_.Set(); });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("30: all"));
}

TEST_F(ThreadTest, AWaitForAllMayNameAConditionTwice) {
  test_.Declare("waits", [&] {
    Waitable* const list[] = {&a_, &a_};
    EXPECT_TRUE(Is(Thread::Current()->Wait(list, Time::Never(), false, WaitMode::kAll),
                   WaitEnd::kSignaled));
    test_.Log("all");
  });
  test_.world.At(At(10), [&] { a_.Set(); });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("10: all"));
}

TEST_F(ThreadTest, ADeadlineThatHasComeEndsTheWaitAtOnce) {
  test_.Declare("polls", [&] {
    EXPECT_TRUE(Is(Thread::Current()->Wait(a_, test_.world.now()), WaitEnd::kTimedOut));
    EXPECT_TRUE(Is(Thread::Current()->Wait({}, Time::Zero(), false), WaitEnd::kTimedOut));
    EXPECT_EQ(Thread::Current()->suspensions(), 0u);
  });
  RunHolds();
}

TEST_F(ThreadTest, AnAlertableWaitRunsApcsInOrder) {
  test_.Declare("waits", [&] {
    EXPECT_TRUE(Is(Thread::Current()->Wait(a_, Time::Never(), true), WaitEnd::kApc));
    test_.Log("wait ended");
  });
  test_.world.At(At(10), [&] {
    Thread& thread = *test_.world.network().host(1)->boot()->processes()[0]->threads()[0];
    thread.QueueApc([&] { test_.Log("first"); });
    thread.QueueApc([&] { test_.Log("second"); });
  });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("10: first", "10: second", "10: wait ended"));
}

TEST_F(ThreadTest, ApcsWaitForAnAlertableWait) {
  test_.Declare("waits", [&] {
    Thread& self = *Thread::Current();
    self.QueueApc([&] { test_.Log("apc"); });
    test_.Sleep(10);
    test_.Log("slept");
    a_.Set();
    EXPECT_TRUE(
        Is(self.Wait(a_, Time::Never(), true), WaitEnd::kSignaled));  // ends at once: no APC
    a_.Reset();
    EXPECT_TRUE(Is(self.Wait(a_, Time::Never(), true), WaitEnd::kApc));
  });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("10: slept", "10: apc"));
}

TEST_F(ThreadTest, AnApcMayWaitAndQueueAnother) {
  test_.Declare("waits", [&] {
    Thread& self = *Thread::Current();
    self.QueueApc([&] {
      self.QueueApc([&] { test_.Log("inner"); });
      test_.Sleep(10);
      test_.Log("outer");
    });
    EXPECT_TRUE(Is(self.Wait({}, Time::Never(), true), WaitEnd::kApc));
  });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("10: outer", "10: inner"));
}

TEST_F(ThreadTest, ThreadsRunInTheOrderInWhichTheyBecameRunnable) {
  for (int i : {1, 2, 3}) {
    test_.Declare("process", [&, i] {
      test_.Log(absl::StrCat("start ", i));
      Thread::Current()->Wait(i == 2 ? b_ : a_);
      test_.Log(absl::StrCat("go on ", i));
    });
  }
  test_.world.At(At(5), [&] {
    b_.Set();
    a_.Set();
  });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("0: start 1", "0: start 2", "0: start 3", "5: go on 2",
                                     "5: go on 1", "5: go on 3"));
}

// Every kind of waiting thread is ended.
TEST_F(ThreadTest, EndsWhateverItWaitsFor) {
  Thread* threads[4] = {};
  std::vector<std::string> ends;
  const auto waiter = [&](int i, auto wait) {
    test_.Declare("waits", [&, i, wait] {
      threads[i] = Thread::Current();
      if (wait().end == WaitEnd::kEnded) ends.push_back(absl::StrCat("ended ", i));
      // From now on, at once and for ever.
      a_.Set();
      const uint64_t suspensions = Thread::Current()->suspensions();
      EXPECT_TRUE(Is(Thread::Current()->Wait(a_), WaitEnd::kEnded));
      EXPECT_TRUE(Is(test_.Sleep(10), WaitEnd::kEnded));
      EXPECT_EQ(Thread::Current()->suspensions(), suspensions);
    });
  };
  waiter(0, [&] { return Thread::Current()->Wait(b_); });
  waiter(1, [&] { return test_.Sleep(1000); });
  waiter(2, [&] {
    Waitable* const both[] = {&a_, &b_};
    return Thread::Current()->Wait(both, Time::Never(), true, WaitMode::kAll);
  });
  waiter(3, [&] { return Thread::Current()->Wait({}, Time::Never(), false); });
  test_.world.At(At(10), [&] {
    for (Thread* thread : threads) thread->End();
  });
  const RunResult result = test_.world.Run();
  EXPECT_EQ(result.failure, "");
  EXPECT_EQ(result.virtual_time, At(10));
  EXPECT_THAT(ends, ElementsAre("ended 0", "ended 1", "ended 2", "ended 3"));
}

TEST_F(ThreadTest, EndsAnotherAndItself) {
  Thread* other = nullptr;
  test_.Declare("other", [&] {
    other = Thread::Current();
    EXPECT_TRUE(Is(Thread::Current()->Wait(a_), WaitEnd::kEnded));
    test_.Log("other ended");
  });
  test_.Declare("ends", [&] {
    other->End();
    Thread::Current()->End();
    EXPECT_TRUE(Thread::Current()->is_ending());
    test_.Log("goes on to its next wait");
    EXPECT_TRUE(Is(test_.Sleep(10), WaitEnd::kEnded));
  });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("0: goes on to its next wait", "0: other ended"));
  EXPECT_TRUE(other->has_ended());
}

TEST_F(ThreadTest, OneThatWasSatisfiedAndThenEndedIsEnded) {
  Thread* thread = nullptr;
  test_.Declare("waits", [&] {
    thread = Thread::Current();
    EXPECT_TRUE(Is(Thread::Current()->Wait(a_), WaitEnd::kEnded));
  });
  test_.world.At(At(10), [&] {
    a_.Set();
    thread->End();
  });
  RunHolds();
}

TEST_F(ThreadTest, AnEndingThreadRunsNoMoreApcs) {
  test_.Declare("waits", [&] {
    Thread& self = *Thread::Current();
    self.QueueApc([&] { self.End(); });
    self.QueueApc([&] { test_.Log("too late"); });
    EXPECT_TRUE(Is(self.Wait({}, Time::Never(), true), WaitEnd::kEnded));
  });
  RunHolds();
  EXPECT_THAT(test_.log, IsEmpty());
}

TEST_F(ThreadTest, CodeThatGoesOnWaitingWhileItIsToEndBreaksAnInvariant) {
  test_.Declare("stubborn", [&] {
    for (;;) Thread::Current()->Wait(a_);
  });
  test_.world.At(At(10), [&] { test_.world.network().host(1)->boot()->processes()[0]->Kill(); });
  const RunResult result = test_.world.Run();
  EXPECT_THAT(result.failure, HasSubstr("invariant: sim/thread.cc:"));
  EXPECT_THAT(result.failure, HasSubstr("thread 1 of process stubborn goes on"));
}

}  // namespace
}  // namespace sim
