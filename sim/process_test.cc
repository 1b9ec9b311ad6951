#include "sim/process.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/test_world.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Says when the process's slots are cleared.
struct Handles {
  explicit Handles(Process&) {}
  ~Handles() {
    if (test != nullptr) test->Log("handles closed");
  }
  TestWorld* test = nullptr;
};

Handles& OpenHandles(TestWorld& test) {
  Handles& handles = Thread::Current()->process().slots().Get<Handles>();
  handles.test = &test;
  return handles;
}

Process& FirstProcess(TestWorld& test) {
  return *test.world.network().host(1)->boot()->processes()[0];
}

TEST(Process, EndsWithTheLastOfItsThreads) {
  TestWorld test;
  test.Declare("process", [&] {
    OpenHandles(test);
    Process& process = Thread::Current()->process();
    EXPECT_NE(process.StartThread([&] {
      test.Sleep(20);
      test.Log("second thread ends");
    }),
              nullptr);
    test.Log("first thread ends");
  });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_THAT(test.log,
              ElementsAre("0: first thread ends", "20: second thread ends", "20: handles closed"));
  EXPECT_TRUE(FirstProcess(test).has_ended());
}

TEST(Process, KillEndsAllItsThreadsAndClosesItsHandles) {
  TestWorld test;
  Waitable never;
  test.Declare("process", [&] {
    OpenHandles(test);
    Thread::Current()->process().StartThread([&] {
      EXPECT_EQ(test.Sleep(1000).end, WaitEnd::kEnded);
      test.Log("second");
    });
    EXPECT_EQ(Thread::Current()->Wait(never).end, WaitEnd::kEnded);
    test.Log("first");
  });
  test.world.At(At(10), [&] {
    FirstProcess(test).Kill();
    EXPECT_TRUE(FirstProcess(test).is_ending());
    EXPECT_FALSE(FirstProcess(test).has_ended());
    EXPECT_EQ(FirstProcess(test).StartThread([] {}), nullptr);
  });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_THAT(test.log, ElementsAre("10: first", "10: second", "10: handles closed"));
}

TEST(Process, AThreadMayKillItsOwnProcess) {
  TestWorld test;
  test.Declare("process", [&] {
    Thread::Current()->process().Kill();
    EXPECT_EQ(test.Sleep(10).end, WaitEnd::kEnded);
    test.Log("over");
  });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_THAT(test.log, ElementsAre("0: over"));
}

TEST(Process, OneThatIsKilledBeforeItBeginsNeverRuns) {
  TestWorld test;
  test.Declare("killer", [&] { test.world.network().host(1)->boot()->processes()[1]->Kill(); });
  test.Declare("victim", [&] { test.Log("ran"); });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_THAT(test.log, IsEmpty());
  EXPECT_TRUE(test.world.network().host(1)->boot()->processes()[1]->has_ended());
}

TEST(Process, OneThatIsKilledWhileItIsBeingStartedNeverRuns) {
  TestWorld test;
  test.Declare("first", [&] {
    Boot& boot = Thread::Current()->process().boot();
    Process& started = boot.StartProcess("second", [&] { test.Log("ran"); });
    started.Kill();
  });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_THAT(test.log, IsEmpty());
}

TEST(Process, ForgetsThreadsThatComeAndGo) {
  TestWorld test;
  int ended = 0;
  test.Declare("process", [&] {
    Process& process = Thread::Current()->process();
    for (int i = 0; i < 1000; ++i) {
      process.StartThread([&] { ++ended; });
      test.Sleep(1);
    }
    EXPECT_LT(process.threads().size(), 40u);
    EXPECT_EQ(process.threads().front().get(), Thread::Current());
  });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_EQ(ended, 1000);
}

TEST(Process, ForgetsThreadsThatEndTogetherInAnyOrder) {
  TestWorld test;
  std::vector<uint32_t> left;
  test.Declare("process", [&] {
    Process& process = Thread::Current()->process();
    for (int i = 0; i < 200; ++i) {
      process.StartThread([&test, i] { test.Sleep(i % 50 == 0 ? 100 : 10); });
    }
    test.Sleep(20);
    EXPECT_LT(process.threads().size(), 40u);
    for (const std::unique_ptr<Thread>& thread : process.threads()) {
      if (!thread->has_ended()) left.push_back(thread->number());
    }
  });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_THAT(left, ElementsAre(1, 2, 52, 102, 152));
}

TEST(Process, IsNumberedInTheOrderOfMaking) {
  TestWorld test;
  test.Declare("first", [&] {
    EXPECT_EQ(Thread::Current()->process().number(), 1u);
    Boot& boot = Thread::Current()->process().boot();
    EXPECT_EQ(boot.StartProcess("third", [] {}).number(), 3u);
  });
  test.Declare("second", [] { EXPECT_EQ(Thread::Current()->process().number(), 2u); });
  EXPECT_EQ(test.world.Run().failure, "");
}

TEST(Process, WhatAThreadHeldIsGoneWhenItEnds) {
  TestWorld test;
  auto held = std::make_shared<int>(1);
  std::weak_ptr<int> watched = held;
  test.Declare("process", [&] {
    Thread::Current()->process().StartThread([held = std::move(held)] {});
    test.Sleep(10);
    EXPECT_TRUE(watched.expired());
  });
  EXPECT_EQ(test.world.Run().failure, "");
}

}  // namespace
}  // namespace sim
