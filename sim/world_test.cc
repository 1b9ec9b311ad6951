#include "sim/world.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/test_world.h"
#include "sim/trace/fault.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// One line for each event: "2<1 host/process/thread kind code".
class Recorder final : public TraceListener {
 public:
  explicit Recorder(World& world) { world.trace().AddListener(*this, false); }
  void OnTraceEvent(const TraceEvent& event) override {
    log.push_back(absl::StrCat(event.id, "<", event.causes[0], " ", event.host, "/", event.process,
                               "/", event.thread, " ", event.name));
  }
  std::vector<std::string> log;
};

TraceId Note(World& world, absl::string_view name) {
  return world.trace().Record({.kind = TraceKind::kNote, .name = name});
}

TEST(World, WithoutHostsARunIsOverAtOnce) {
  TestWorld test;
  const RunResult result = test.world.Run();
  EXPECT_EQ(result.failure, "");
  EXPECT_EQ(result.virtual_time, Time::Zero());
  EXPECT_EQ(result.events, 0u);
}

TEST(World, ThreadsRunUntilAllWaitBeforeTheNextEvent) {
  TestWorld test;
  Waitable ready;
  test.Declare("first", [&] {
    Thread::Current()->Wait(ready);
    test.Log("first goes on");
  });
  test.Declare("second", [&] {
    test.Sleep(10);
    ready.Set();
    test.Log("second goes on");
  });
  test.world.At(At(10), [&] { test.Log("event one"); });
  test.world.At(At(10), [&] { test.Log("event two"); });
  const RunResult result = test.world.Run();
  EXPECT_EQ(result.failure, "");
  // The sleep was scheduled after both events, by a thread that ran at time 0.
  EXPECT_THAT(test.log, ElementsAre("10: event one", "10: event two", "10: second goes on",
                                    "10: first goes on"));
  // Two threads resumed twice each, and three events.
  EXPECT_EQ(result.events, 7u);
}

TEST(World, EndsWhenAllThreadsHaveAndNoWorkIsPending) {
  TestWorld test;
  test.Declare("process", [&] { test.Sleep(10); });
  test.world.At(At(50), [&] { test.Log("work"); });
  const RunResult result = test.world.Run();
  EXPECT_EQ(result.virtual_time, At(10));  // of the last thread
  EXPECT_THAT(test.log, ElementsAre("50: work"));
}

TEST(World, AnEventCarriesItsCauseToWhatItCauses) {
  TestWorld test;
  Recorder recorder(test.world);
  Waitable ready;
  Waitable stays_unset;
  test.Declare("waits", [&] {
    Note(test.world, "begins");
    Thread::Current()->Wait(ready);
    Note(test.world, "was woken");
    World::CauseScope scope(test.world, Note(test.world, "sets a deadline"));
    Thread::Current()->Wait(stays_unset, At(20));
    Note(test.world, "timed out");
  });
  test.world.At(At(10), [&] {
    World::CauseScope scope(test.world, Note(test.world, "sets"));
    ready.Set();
  });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_THAT(recorder.log, ElementsAre("1<0 1/1/1 started", "2<1 1/1/1 begins", "3<0 0/0/0 sets",
                                        "4<3 1/1/1 was woken", "5<3 1/1/1 sets a deadline",
                                        "6<5 1/1/1 timed out", "7<3 1/1/1 ended"));
}

TEST(World, AnApcRunsBecauseOfWhatQueuedIt) {
  TestWorld test;
  Recorder recorder(test.world);
  test.Declare("waits", [&] { Thread::Current()->Wait({}, Time::Never(), true); });
  test.world.At(At(10), [&] {
    Thread& thread = *test.world.network().host(1)->boot()->processes()[0]->threads()[0];
    World::CauseScope first(test.world, Note(test.world, "one"));
    thread.QueueApc([&] { Note(test.world, "apc one"); });
    World::CauseScope second(test.world, Note(test.world, "two"));
    thread.QueueApc([&] { Note(test.world, "apc two"); });
  });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_THAT(recorder.log,
              ElementsAre("1<0 1/1/1 started", "2<0 0/0/0 one", "3<2 0/0/0 two",
                          "4<2 1/1/1 apc one", "5<3 1/1/1 apc two", "6<2 1/1/1 ended"));
}

TEST(World, FaultsAreRecordedAndCauseWhatFollows) {
  TestWorld test;
  Recorder recorder(test.world);
  Host& host = test.AddHost("host");
  host.DeclareProcess("waits", [&] { test.Sleep(1000); });
  test.world.At(At(10), [&] { host.boot()->processes()[0]->Kill(); });
  test.world.At(At(20), [&] { host.Crash(); });
  test.world.At(At(30), [&] { host.Restart(); });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_THAT(recorder.log, ElementsAre("1<0 1/1/1 started", "2<0 1/1/0 kill", "3<2 1/1/1 ended",
                                        "4<0 1/0/0 crash", "5<0 1/0/0 restart", "6<5 1/2/2 started",
                                        "7<6 1/2/2 ended"));
}

TEST(World, AnActionRunsOutsideAnyProcessEvenIfAThreadAskedForIt) {
  TestWorld test;
  test.Declare("asks", [&] {
    test.world.At(At(10), [&] {
      EXPECT_EQ(Thread::Current(), nullptr);
      EXPECT_EQ(test.world.context().host, 0u);
      test.Log("action");
    });
  });
  EXPECT_EQ(test.world.Run().failure, "");
  EXPECT_THAT(test.log, ElementsAre("10: action"));
}

TEST(World, TheFirstFailureCountsAndTheRunGoesOn) {
  TestWorld test;
  test.Declare("process", [&] {
    test.world.Fail("first");
    test.world.Fail("second");
    test.Sleep(10);
    test.Log("still here");
  });
  EXPECT_EQ(test.world.Run().failure, "first");
  EXPECT_THAT(test.log, ElementsAre("10: still here"));
}

TEST(World, FailAndEndEndsAllThreadsOfAllHosts) {
  TestWorld test;
  for (const char* name : {"a", "b"}) {
    test.AddHost(name).DeclareProcess(name, [&, name] {
      EXPECT_EQ(test.Sleep(1000).end, WaitEnd::kEnded);
      EXPECT_EQ(Thread::Current()->process().StartThread([] {}), nullptr);
      test.Log(name);
    });
  }
  test.world.At(At(10), [&] {
    test.world.FailAndEnd("enough");
    test.world.network().host(1)->Crash();
    test.world.network().host(1)->Restart();
  });
  test.world.At(At(11), [&] { test.Log("never"); });
  const RunResult result = test.world.Run();
  EXPECT_EQ(result.failure, "enough");
  EXPECT_EQ(result.virtual_time, At(10));
  EXPECT_THAT(test.log, ElementsAre("10: a", "10: b"));
}

TEST(World, ARunThatFailedBeforeItBeganStartsNothing) {
  TestWorld test;
  test.Declare("process", [&] { test.Log("never"); });
  test.world.At(At(10), [&] { test.Log("never"); });
  test.world.FailAndEnd("no such provider");
  EXPECT_EQ(test.world.Run().failure, "no such provider");
  EXPECT_THAT(test.log, IsEmpty());
}

TEST(World, AThreadMayEndTheRun) {
  TestWorld test;
  test.Declare("process", [&] {
    test.world.FailAndEnd("enough");
    EXPECT_EQ(test.Sleep(10).end, WaitEnd::kEnded);
  });
  test.Declare("never begins", [&] { test.Log("never"); });
  EXPECT_EQ(test.world.Run().failure, "enough");
  EXPECT_THAT(test.log, IsEmpty());
}

TEST(World, TooManyEventsMeetTheLimit) {
  TestWorld test({.max_events = 100});
  std::function<void()> again = [&] { test.world.At(test.world.now(), again); };
  test.world.At(At(10), again);
  const RunResult result = test.world.Run();
  EXPECT_EQ(result.failure, "limit: max_events: the run is not over after 100 events");
  EXPECT_EQ(result.events, 100u);
}

TEST(World, ThreadsThatWakeEachOtherForEverMeetTheLimit) {
  TestWorld test({.max_events = 100});
  Waitable ping;
  Waitable pong;
  const auto play = [&](Waitable& mine, Waitable& other) {
    while (Thread::Current()->Wait(mine).end != WaitEnd::kEnded) {
      mine.Reset();
      other.Set();
    }
  };
  test.Declare("ping", [&] { play(ping, pong); });
  test.Declare("pong", [&] { play(pong, ping); });
  ping.Set();
  EXPECT_THAT(test.world.Run().failure, StartsWith("limit: max_events:"));
}

TEST(World, AThreadThatNeverSuspendsMeetsTheLimit) {
  TestWorld test({.max_events = 100});
  Waitable set;
  set.Set();
  test.Declare("polls", [&] {
    while (Thread::Current()->Wait(set).end != WaitEnd::kEnded) {
    }
  });
  EXPECT_THAT(test.world.Run().failure, StartsWith("limit: max_events:"));
}

TEST(World, ApcsThatQueueEachOtherMeetTheLimit) {
  TestWorld test({.max_events = 100});
  std::function<void()> again = [&] { Thread::Current()->QueueApc(again); };
  test.Declare("process", [&] {
    Thread::Current()->QueueApc(again);
    EXPECT_EQ(Thread::Current()->Wait({}, Time::Never(), true).end, WaitEnd::kEnded);
  });
  EXPECT_THAT(test.world.Run().failure, StartsWith("limit: max_events:"));
}

TEST(World, TooMuchVirtualTimeMeetsTheLimit) {
  TestWorld test({.max_time = absl::Hours(1)});
  test.Declare("patient", [&] { EXPECT_EQ(test.Sleep(3'600'001).end, WaitEnd::kEnded); });
  test.world.At(At(3'600'000), [&] { test.Log("just in time"); });
  const RunResult result = test.world.Run();
  EXPECT_EQ(result.failure, "limit: max_time: the run is not over after 1h of virtual time");
  EXPECT_THAT(test.log, ElementsAre("3600000: just in time"));
}

TEST(World, TooManyThreadsMeetTheLimit) {
  StackPool stacks(/*max_stacks=*/3);  // one is the scheduler's
  TestWorld test({}, &stacks);
  for (int i = 0; i < 3; ++i) test.Declare("sleeps", [&] { test.Sleep(10); });
  EXPECT_THAT(test.world.Run().failure, StartsWith("limit: no more than 3 "));
  EXPECT_EQ(stacks.lent(), 0u);
}

TEST(World, ThreadsThatAreMadeFasterThanTheyRunMeetTheSameLimit) {
  StackPool stacks(/*max_stacks=*/100);
  TestWorld test({}, &stacks);
  int begun = 0;
  test.Declare("bomb", [&] {
    while (Thread::Current()->process().StartThread([&] { ++begun; }) != nullptr) {
    }
  });
  EXPECT_THAT(test.world.Run().failure, StartsWith("limit: no more than 100 "));
  EXPECT_EQ(begun, 0);
}

TEST(World, ARunInsideAnotherIsARunOfItsOwn) {
  TestWorld outer;
  outer.Declare("outer", [&] {
    Thread* const self = Thread::Current();
    outer.Sleep(10);
    TestWorld inner;
    inner.Declare("inner", [&] { inner.Sleep(5); });
    EXPECT_EQ(inner.world.Run().virtual_time, At(5));
    EXPECT_EQ(Thread::Current(), self);
  });
  EXPECT_EQ(outer.world.Run().virtual_time, At(10));
}

TEST(World, TenThousandInARowLeaveNothing) {
  StackPool stacks;
  for (int i = 0; i < 10'000; ++i) {
    TestWorld test({}, &stacks);
    Waitable ready;
    test.Declare("waits", [&] { Thread::Current()->Wait(ready); });
    test.Declare("sets", [&] {
      test.Sleep(10);
      ready.Set();
    });
    test.world.At(At(i % 2 == 0 ? 5 : 50), [&] { test.world.network().host(1)->Crash(); });
    ASSERT_EQ(test.world.Run().failure, "");
  }
  EXPECT_EQ(stacks.lent(), 0u);
  EXPECT_EQ(stacks.spare(), 3u);  // of the scheduler and two threads
}

TEST(World, OneThatIsNeverRunIsFreedAsWell) {
  TestWorld test;
  test.Declare("process", [] {});
  test.world.At(At(10), [] {});
}

}  // namespace
}  // namespace sim
