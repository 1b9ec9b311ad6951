#include "sim/deadlines.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/test_world.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

enum class Alarm : uint8_t { kRetransmit, kWindow, kInactivity };
constexpr std::array<absl::string_view, 3> kNames = {"T1", "W", "I"};

class Connection {
 public:
  explicit Connection(TestWorld& test) : test_(test), alarms(test.world, *this, kNames, 7) {}
  void OnAlarm(Alarm alarm) {
    test_.Log(kNames[static_cast<size_t>(alarm)]);
    if (then) then(alarm);
  }

 private:
  TestWorld& test_;

 public:
  std::function<void(Alarm)> then;
  Deadlines<Connection, Alarm, 3, &Connection::OnAlarm> alarms;
};

class TimerEvents final : public TraceListener {
 public:
  void OnTraceEvent(const TraceEvent& event) override {
    if (event.kind != TraceKind::kTimer) return;
    log.push_back(absl::StrCat(event.name, " of ", event.subject, " because ", event.causes[0]));
  }
  std::vector<std::string> log;
};

class DeadlinesTest : public ::testing::Test {
 protected:
  TestWorld test_;
  Connection connection_{test_};
};

TEST_F(DeadlinesTest, ComeDueOneAfterTheOther) {
  connection_.alarms.Set(Alarm::kWindow, At(20));
  connection_.alarms.Set(Alarm::kRetransmit, At(10));
  EXPECT_TRUE(connection_.alarms.is_set(Alarm::kWindow));
  EXPECT_EQ(connection_.alarms.deadline(Alarm::kWindow), At(20));
  EXPECT_FALSE(connection_.alarms.is_set(Alarm::kInactivity));
  EXPECT_EQ(test_.world.events().size(), 1u);  // one event for all
  test_.world.Run();
  EXPECT_THAT(test_.log, ElementsAre("10: T1", "20: W"));
  EXPECT_FALSE(connection_.alarms.is_set(Alarm::kWindow));
}

TEST_F(DeadlinesTest, EqualDeadlinesComeDueInTheOrderOfTheTimers) {
  connection_.alarms.Set(Alarm::kInactivity, At(10));
  connection_.alarms.Set(Alarm::kWindow, At(10));
  connection_.alarms.Set(Alarm::kRetransmit, At(10));
  test_.world.Run();
  EXPECT_THAT(test_.log, ElementsAre("10: T1", "10: W", "10: I"));
}

TEST_F(DeadlinesTest, AreReplacedAndCancelled) {
  connection_.alarms.Set(Alarm::kRetransmit, At(10));
  connection_.alarms.Set(Alarm::kRetransmit, At(30));
  connection_.alarms.Set(Alarm::kWindow, At(20));
  connection_.alarms.Cancel(Alarm::kWindow);
  connection_.alarms.Cancel(Alarm::kInactivity);
  test_.world.Run();
  EXPECT_THAT(test_.log, ElementsAre("30: T1"));
}

TEST_F(DeadlinesTest, ADeadlineOfNeverIsNone) {
  connection_.alarms.Set(Alarm::kRetransmit, At(10));
  connection_.alarms.Set(Alarm::kRetransmit, Time::Never());
  EXPECT_FALSE(connection_.alarms.is_set(Alarm::kRetransmit));
  EXPECT_EQ(connection_.alarms.deadline(Alarm::kRetransmit), Time::Never());
  EXPECT_TRUE(test_.world.events().empty());
}

TEST_F(DeadlinesTest, ThoseThatAreSetStayWhenOthersGo) {
  connection_.alarms.Set(Alarm::kRetransmit, At(10));
  connection_.alarms.Set(Alarm::kWindow, At(20));
  connection_.alarms.Set(Alarm::kInactivity, At(30));
  connection_.alarms.Cancel(Alarm::kRetransmit);
  EXPECT_EQ(connection_.alarms.deadline(Alarm::kWindow), At(20));
  EXPECT_EQ(connection_.alarms.deadline(Alarm::kInactivity), At(30));
  test_.world.Run();
  EXPECT_THAT(test_.log, ElementsAre("20: W", "30: I"));
}

// An idle connection has none that is set, and a world may hold a hundred thousand of them.
TEST_F(DeadlinesTest, ThoseThatAreNotSetTakeNoMemory) {
  EXPECT_LE(sizeof(connection_.alarms), 80u);
}

TEST_F(DeadlinesTest, CancelAllLeavesNothing) {
  connection_.alarms.Set(Alarm::kRetransmit, At(10));
  connection_.alarms.Set(Alarm::kWindow, At(20));
  connection_.alarms.CancelAll();
  EXPECT_TRUE(test_.world.events().empty());
  test_.world.Run();
  EXPECT_THAT(test_.log, IsEmpty());
}

TEST_F(DeadlinesTest, MayBeSetAgainWhenTheyAreDue) {
  connection_.then = [&](Alarm) {
    if (test_.world.now() < At(30)) {
      connection_.alarms.Set(Alarm::kRetransmit, test_.world.now() + absl::Milliseconds(10));
    }
  };
  connection_.alarms.Set(Alarm::kRetransmit, At(10));
  test_.world.Run();
  EXPECT_THAT(test_.log, ElementsAre("10: T1", "20: T1", "30: T1"));
}

TEST_F(DeadlinesTest, TheOwnerMayDestroyItself) {
  auto owned = std::make_unique<Connection>(test_);
  owned->then = [&](Alarm) { owned.reset(); };
  owned->alarms.Set(Alarm::kRetransmit, At(10));
  owned->alarms.Set(Alarm::kWindow, At(20));
  test_.world.Run();
  EXPECT_THAT(test_.log, ElementsAre("10: T1"));
  EXPECT_EQ(owned, nullptr);
}

TEST_F(DeadlinesTest, EachKeepsTheCauseThatSetIt) {
  TimerEvents timers;
  test_.world.trace().AddListener(timers, false);
  {
    World::CauseScope scope(test_.world, 101);
    connection_.alarms.Set(Alarm::kRetransmit, At(10));
  }
  {
    World::CauseScope scope(test_.world, 102);
    connection_.alarms.Set(Alarm::kWindow, At(20));
  }
  TraceId seen = 0;
  connection_.then = [&](Alarm) { seen = test_.world.context().cause; };
  test_.world.Run();
  EXPECT_THAT(timers.log, ElementsAre("T1 of 7 because 101", "W of 7 because 102"));
  EXPECT_EQ(seen, 2u);  // what happens now happens because of the timer
}

TEST_F(DeadlinesTest, UpkeepAloneDoesNotKeepTheRunGoing) {
  connection_.alarms.Set(Alarm::kWindow, At(10), Urgency::kUpkeep);
  test_.world.Run();
  EXPECT_THAT(test_.log, IsEmpty());
}

TEST_F(DeadlinesTest, WorkBehindAnUpkeepDeadlineKeepsTheRunGoing) {
  connection_.alarms.Set(Alarm::kWindow, At(10), Urgency::kUpkeep);
  connection_.alarms.Set(Alarm::kRetransmit, At(20));
  connection_.alarms.Set(Alarm::kInactivity, At(30), Urgency::kUpkeep);
  bool was_upkeep = false;
  connection_.then = [&](Alarm alarm) {
    if (alarm == Alarm::kWindow) was_upkeep = test_.world.context().is_upkeep;
  };
  test_.world.Run();
  EXPECT_THAT(test_.log, ElementsAre("10: W", "20: T1"));
  EXPECT_TRUE(was_upkeep);
}

TEST_F(DeadlinesTest, TheLatestUpkeepCountsEvenBehindAnEarlierOne) {
  connection_.alarms.Set(Alarm::kWindow, At(10), Urgency::kUpkeep);
  connection_.alarms.Set(Alarm::kInactivity, At(30), Urgency::kUpkeep);
  EXPECT_EQ(test_.world.events().last_upkeep_due(), At(30));
}

}  // namespace
}  // namespace sim
