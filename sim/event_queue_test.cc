#include "sim/event_queue.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/test_world.h"
#include "sim/world.h"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Writes its name down when it is due.
class Named final : public Event {
 public:
  Named(World& world, std::string name, std::vector<std::string>& log)
      : Event(world), name_(std::move(name)), log_(log) {}

 private:
  void OnDue() override { log_.push_back(name_); }
  const std::string name_;
  std::vector<std::string>& log_;
};

class EventQueueTest : public ::testing::Test {
 protected:
  void FireAll() {
    while (!world().events().empty()) EventQueue::Fire(*world().events().Pop().event);
  }
  World& world() { return test_.world; }

  TestWorld test_;
  std::vector<std::string> log_;
  Named a_{world(), "a", log_};
  Named b_{world(), "b", log_};
  Named c_{world(), "c", log_};
};

TEST_F(EventQueueTest, EventsComeInTheOrderOfTheirTimes) {
  a_.ScheduleAt(At(30));
  b_.ScheduleAt(At(10));
  c_.ScheduleAt(At(20));
  EXPECT_EQ(world().events().next_due(), At(10));
  FireAll();
  EXPECT_THAT(log_, ElementsAre("b", "c", "a"));
}

TEST_F(EventQueueTest, EqualTimesComeInTheOrderOfScheduling) {
  b_.ScheduleAt(At(10));
  c_.ScheduleAt(At(10));
  a_.ScheduleAt(At(10));
  FireAll();
  EXPECT_THAT(log_, ElementsAre("b", "c", "a"));
}

TEST_F(EventQueueTest, AnEventThatIsCancelledDoesNotHappen) {
  a_.ScheduleAt(At(10));
  b_.ScheduleAt(At(20));
  a_.Cancel();
  a_.Cancel();
  EXPECT_FALSE(a_.is_scheduled());
  EXPECT_EQ(a_.due(), Time::Never());
  FireAll();
  EXPECT_THAT(log_, ElementsAre("b"));
}

TEST_F(EventQueueTest, NeverCancels) {
  a_.ScheduleAt(At(10));
  a_.ScheduleAt(Time::Never());
  EXPECT_FALSE(a_.is_scheduled());
  FireAll();
  EXPECT_THAT(log_, IsEmpty());
}

TEST_F(EventQueueTest, AnEventCanBeMovedBothWays) {
  a_.ScheduleAt(At(10));
  b_.ScheduleAt(At(20));
  c_.ScheduleAt(At(30));
  a_.ScheduleAt(At(40));
  c_.ScheduleAt(At(5));
  EXPECT_EQ(a_.due(), At(40));
  EXPECT_EQ(world().events().size(), 3u);
  FireAll();
  EXPECT_THAT(log_, ElementsAre("c", "b", "a"));
}

TEST_F(EventQueueTest, AnEventMovedToItsOwnTimeGoesBehindTheOthersOfThatTime) {
  a_.ScheduleAt(At(10));
  b_.ScheduleAt(At(10));
  a_.ScheduleAt(At(10));
  FireAll();
  EXPECT_THAT(log_, ElementsAre("b", "a"));
}

TEST_F(EventQueueTest, DestructionCancels) {
  {
    Named gone(world(), "gone", log_);
    gone.ScheduleAt(At(1));
    a_.ScheduleAt(At(2));
  }
  FireAll();
  EXPECT_THAT(log_, ElementsAre("a"));
}

TEST_F(EventQueueTest, CountsTheWork) {
  a_.ScheduleAt(At(10));
  b_.ScheduleAt(At(20), Urgency::kUpkeep);
  EXPECT_EQ(world().events().pending_work(), 1u);
  EXPECT_EQ(world().events().last_upkeep_due(), At(20));
  a_.ScheduleAt(At(30), Urgency::kUpkeep);
  EXPECT_EQ(world().events().pending_work(), 0u);
  EXPECT_EQ(world().events().last_upkeep_due(), At(30));
  a_.ScheduleAt(At(40), Urgency::kWork);
  b_.Cancel();
  EXPECT_EQ(world().events().pending_work(), 1u);
  EXPECT_EQ(world().events().last_upkeep_due(), Time::Zero());
  world().events().Pop();
  EXPECT_EQ(world().events().pending_work(), 0u);
}

TEST_F(EventQueueTest, AnEventKeepsTheCauseItWasScheduledWith) {
  {
    World::CauseScope scope(world(), 42);
    World::HostScope host(world(), 3);
    a_.ScheduleAt(At(10));
  }
  b_.ScheduleAt(At(20), Urgency::kUpkeep, 43);
  const EventQueue::Due first = world().events().Pop();
  EXPECT_EQ(first.cause, 42u);
  EXPECT_EQ(first.host, 3u);
  EXPECT_EQ(first.due, At(10));
  EXPECT_EQ(first.urgency, Urgency::kWork);
  const EventQueue::Due second = world().events().Pop();
  EXPECT_EQ(second.cause, 43u);
  EXPECT_EQ(second.host, 0u);
  EXPECT_EQ(second.urgency, Urgency::kUpkeep);
}

TEST_F(EventQueueTest, WhatUpkeepCausesIsUpkeep) {
  World::CauseScope scope(world(), 1, Urgency::kUpkeep);
  a_.ScheduleAt(At(10), Urgency::kWork);
  EXPECT_EQ(world().events().pending_work(), 0u);
}

// Compares with a sorted map over many random schedules, moves, cancellations and pops.
TEST_F(EventQueueTest, AgreesWithASortedMap) {
  constexpr size_t kEvents = 500;
  std::vector<std::unique_ptr<Named>> events;
  for (size_t i = 0; i < kEvents; ++i) {
    events.push_back(std::make_unique<Named>(world(), std::to_string(i), log_));
  }
  std::map<std::pair<int64_t, uint64_t>, size_t> model;  // (due, sequence) -> event
  std::vector<std::pair<int64_t, uint64_t>> keys(kEvents);
  uint64_t state = 1;
  const auto random = [&state](uint64_t bound) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % bound;
  };
  for (uint64_t step = 1; step <= 50'000; ++step) {
    const size_t i = random(kEvents);
    const uint64_t action = random(8);
    if (action < 5) {
      if (events[i]->is_scheduled()) model.erase(keys[i]);
      keys[i] = {static_cast<int64_t>(random(1000)), step};
      model[keys[i]] = i;
      events[i]->ScheduleAt(Time::FromNanoseconds(keys[i].first));
    } else if (action == 5) {
      if (events[i]->is_scheduled()) model.erase(keys[i]);
      events[i]->Cancel();
    } else if (!model.empty()) {
      const EventQueue::Due due = world().events().Pop();
      ASSERT_EQ(due.event, events[model.begin()->second].get());
      ASSERT_EQ(due.due.nanoseconds(), model.begin()->first.first);
      model.erase(model.begin());
    }
    ASSERT_EQ(world().events().size(), model.size());
  }
}

}  // namespace
}  // namespace sim
