#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/test_world.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

// A timer of a protocol that keeps a connection alive, or notices that it is dead.
class Upkeep final : public Event {
 public:
  Upkeep(World& world, std::function<void()> action) : Event(world), action_(std::move(action)) {}

 private:
  void OnDue() override { action_(); }
  const std::function<void()> action_;
};

class DeadlockTest : public ::testing::Test {
 protected:
  void DeclareWaiter(absl::string_view name, absl::string_view call, uint64_t socket) {
    test_.Declare(name, [this, call, socket] {
      const absl::Span<const uint64_t> sockets(&socket, socket == 0 ? 0 : 1);
      Thread::Current()->SetActivity({call, "socket", sockets});
      if (Thread::Current()->Wait(data_).end == WaitEnd::kEnded) test_.Log("ended");
    });
  }

  TestWorld test_;
  Waitable data_;
};

TEST_F(DeadlockTest, WithNothingPendingItIsSeenAtOnce) {
  DeclareWaiter("server", "accept", 1);
  DeclareWaiter("client", "recv", 2);
  DeclareWaiter("idle", "", 0);
  DeclareWaiter("sleeper", "SleepEx", 0);
  test_.Declare("done", [] {});
  test_.world.At(At(20), [] {});
  const RunResult result = test_.world.Run();
  EXPECT_EQ(result.failure,
            "deadlock: nothing happens after 20ms: host/server/1 in accept on socket 1; "
            "host/client/2 in recv on socket 2; host/idle/3 waiting; host/sleeper/4 in SleepEx");
  EXPECT_EQ(result.virtual_time, At(20));
  EXPECT_THAT(test_.log, ElementsAre("20: ended", "20: ended", "20: ended", "20: ended"));
}

TEST_F(DeadlockTest, SeveralObjectsAreNamed) {
  const auto declare = [&](absl::string_view call, absl::string_view object,
                           std::vector<uint64_t> numbers, WaitMode mode) {
    test_.Declare("p", [this, call, object, numbers = std::move(numbers), mode] {
      Thread::Current()->SetActivity({call, object, numbers});
      Waitable* const data = &data_;
      Thread::Current()->Wait({&data, 1}, Time::Never(), /*alertable=*/false, mode);
    });
  };
  declare("WSAWaitForMultipleEvents", "event", {4}, WaitMode::kAll);
  declare("WSAWaitForMultipleEvents", "event", {4, 8}, WaitMode::kAll);
  declare("WSAWaitForMultipleEvents", "event", {8, 4}, WaitMode::kAny);
  declare("select", "socket", {12, 16, 12}, WaitMode::kAny);
  declare("select", "socket", {12, 12}, WaitMode::kAny);
  declare("select", "socket", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, WaitMode::kAny);
  EXPECT_EQ(test_.world.Run().failure,
            "deadlock: nothing happens after 0: "
            "host/p/1 in WSAWaitForMultipleEvents on event 4; "
            "host/p/2 in WSAWaitForMultipleEvents on all of the events 4, 8; "
            "host/p/3 in WSAWaitForMultipleEvents on one of the events 8, 4; "
            "host/p/4 in select on one of the sockets 12, 16; host/p/5 in select on socket 12; "
            "host/p/6 in select on 10 sockets, of them 1, 2, 3, 4, 5, 6, 7, 8");
}

TEST_F(DeadlockTest, AThreadWithADeadlineIsNotDead) {
  DeclareWaiter("client", "recv", 2);
  test_.Declare("timer", [&] {
    test_.Sleep(100);
    data_.Set();
  });
  EXPECT_EQ(test_.world.Run().failure, "");
}

TEST_F(DeadlockTest, UpkeepMayStillWakeSomebody) {
  DeclareWaiter("client", "recv", 2);
  Upkeep inactivity(test_.world, [&] { data_.Set(); });
  inactivity.ScheduleAt(At(500), Urgency::kUpkeep);
  const RunResult result = test_.world.Run();
  EXPECT_EQ(result.failure, "");
  EXPECT_EQ(result.virtual_time, At(500));
}

TEST_F(DeadlockTest, IsDatedAtTheLastWork) {
  DeclareWaiter("client", "recv", 2);
  test_.world.At(At(20), [] {});
  Upkeep window(test_.world, [&] { test_.Log("window"); });
  window.ScheduleAt(At(500), Urgency::kUpkeep);
  const RunResult result = test_.world.Run();
  EXPECT_THAT(result.failure, StartsWith("deadlock: nothing happens after 20ms: "));
  EXPECT_EQ(result.virtual_time, At(20));
  EXPECT_THAT(test_.log, ElementsAre("500: window", "500: ended"));
}

// Each keep-alive arms the next. The silence lasts for the longest time-out armed when it began,
// and one retransmission cycle.
TEST_F(DeadlockTest, UpkeepThatRepeatsItselfDoesNotHideIt) {
  DeclareWaiter("client", "recv", 2);
  test_.world.NoteRetransmissionCycle(absl::Milliseconds(100));
  test_.world.NoteRetransmissionCycle(absl::Milliseconds(250));
  Upkeep* again = nullptr;
  Upkeep keep_alive(test_.world, [&] {
    test_.Log("keep-alive");
    again->ScheduleAt(test_.world.now() + absl::Milliseconds(100));  // caused by upkeep: upkeep
  });
  again = &keep_alive;
  keep_alive.ScheduleAt(At(100), Urgency::kUpkeep);
  const RunResult result = test_.world.Run();
  EXPECT_THAT(result.failure, StartsWith("deadlock: nothing happens after 0:"));
  EXPECT_THAT(test_.log,
              ElementsAre("100: keep-alive", "200: keep-alive", "300: keep-alive", "300: ended"));
}

TEST_F(DeadlockTest, AThreadThatIsWokenEndsTheSilence) {
  int wakes = 0;
  Upkeep* again = nullptr;
  Upkeep keep_alive(test_.world, [&] { data_.Set(); });
  again = &keep_alive;
  test_.Declare("client", [&] {
    while (Thread::Current()->Wait(data_).end == WaitEnd::kSignaled) {
      EXPECT_FALSE(test_.world.context().is_upkeep);  // a woken thread does work
      data_.Reset();
      if (++wakes < 5) {
        again->ScheduleAt(test_.world.now() + absl::Milliseconds(100), Urgency::kUpkeep);
      }
    }
  });
  keep_alive.ScheduleAt(At(100), Urgency::kUpkeep);
  const RunResult result = test_.world.Run();
  EXPECT_EQ(wakes, 5);
  EXPECT_THAT(result.failure, StartsWith("deadlock: nothing happens after 500ms: "));
  EXPECT_EQ(result.virtual_time, At(500));
}

TEST_F(DeadlockTest, WorkThatUpkeepWouldNotCauseEndsTheSilence) {
  DeclareWaiter("client", "recv", 2);
  Upkeep upkeep(test_.world, [&] { test_.Log("upkeep"); });
  upkeep.ScheduleAt(At(100), Urgency::kUpkeep);
  test_.world.At(At(1000), [&] { data_.Set(); });
  EXPECT_EQ(test_.world.Run().failure, "");
  EXPECT_THAT(test_.log, ElementsAre("100: upkeep"));
}

TEST_F(DeadlockTest, AnEarlierFailureIsTheOneReported) {
  DeclareWaiter("client", "recv", 2);
  test_.world.Fail("the server failed");
  EXPECT_EQ(test_.world.Run().failure, "the server failed");
}

TEST_F(DeadlockTest, WhatAThreadDoesWhenItEndsCausesNoMoreEvents) {
  test_.Declare("client", [&] {
    Thread::Current()->Wait(data_);
    test_.world.At(test_.world.now() + absl::Milliseconds(1), [&] { test_.Log("never"); });
  });
  EXPECT_THAT(test_.world.Run().failure, StartsWith("deadlock:"));
  EXPECT_TRUE(test_.log.empty());
}

}  // namespace
}  // namespace sim
