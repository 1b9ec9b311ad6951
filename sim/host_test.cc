#include "sim/host.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/test_world.h"

namespace sim {
namespace {

using ::testing::ElementsAre;

class HostTest : public ::testing::Test {
 protected:
  // A process that says when it begins and how it ends, and waits for ever.
  void DeclareWaiter(Host& host, const std::string& name) {
    host.DeclareProcess(name, [this, name] {
      test_.Log(absl::StrCat(name, " begins"));
      Waitable never;
      if (Thread::Current()->Wait(never).end == WaitEnd::kEnded) {
        test_.Log(absl::StrCat(name, " ends"));
      }
    });
  }
  void RunHolds() { EXPECT_EQ(test_.world.Run().failure, ""); }

  TestWorld test_;
  Host& a_ = test_.AddHost("a");
  Host& b_ = test_.AddHost("b");
};

// State of a protocol, in a boot.
struct Protocol {
  explicit Protocol(Boot& boot) : boot(boot) {}
  ~Protocol() {
    if (log != nullptr) log->push_back(absl::StrCat("protocol of boot ", boot.number(), " gone"));
  }
  Boot& boot;
  std::vector<std::string>* log = nullptr;
};

TEST_F(HostTest, ProcessesStartInTheOrderDeclaredOverAllHosts) {
  b_.DeclareProcess("first", [&] { test_.Log("first"); });
  a_.DeclareProcess("second", [&] { test_.Log("second"); });
  b_.DeclareProcess("third", [&] { test_.Log("third"); });
  b_.OnBoot([&](Boot&) { test_.Log("b boots"); });
  a_.OnBoot([&](Boot& boot) {
    EXPECT_EQ(&boot.host(), &a_);
    EXPECT_EQ(test_.world.context().host, a_.number());
    test_.Log("a boots");
  });
  a_.OnBoot([&](Boot&) { test_.Log("a boots on"); });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("0: a boots", "0: a boots on", "0: b boots", "0: first",
                                     "0: second", "0: third"));
}

TEST_F(HostTest, ACrashEndsAllThreadsThenDiscardsTheBoot) {
  DeclareWaiter(a_, "one");
  DeclareWaiter(a_, "two");
  a_.OnBoot([&](Boot& boot) { boot.slots().Get<Protocol>().log = &test_.log; });
  test_.world.At(At(10), [&] {
    EXPECT_TRUE(a_.Crash());
    EXPECT_FALSE(a_.is_up());
    EXPECT_FALSE(a_.Crash());
    EXPECT_TRUE(b_.is_up());
  });
  test_.world.At(At(20), [&] { EXPECT_EQ(a_.boot(), nullptr); });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("0: one begins", "0: two begins", "10: one ends",
                                     "10: two ends", "protocol of boot 1 gone"));
}

TEST_F(HostTest, ARestartBeginsAgainWithANewBoot) {
  DeclareWaiter(a_, "one");
  a_.OnBoot([&](Boot& boot) { test_.Log(absl::StrCat("boot ", boot.number())); });
  test_.world.At(At(10), [&] { a_.Crash(); });
  test_.world.At(At(20), [&] {
    a_.Restart();
    EXPECT_TRUE(a_.is_up());
    EXPECT_EQ(a_.boot()->processes()[0]->number(), 2u);
  });
  test_.world.At(At(30), [&] { a_.Crash(); });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("0: boot 1", "0: one begins", "10: one ends", "20: boot 2",
                                     "20: one begins", "30: one ends"));
}

TEST_F(HostTest, ARestartOfAHostThatIsUpIsACrashFirst) {
  DeclareWaiter(a_, "one");
  a_.OnBoot([&](Boot& boot) { boot.slots().Get<Protocol>().log = &test_.log; });
  test_.world.At(At(10), [&] {
    a_.Restart();
    EXPECT_FALSE(a_.is_up());
    a_.Restart();  // it is being restarted already
  });
  test_.world.At(At(20), [&] { a_.Crash(); });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("0: one begins", "10: one ends", "protocol of boot 1 gone",
                                     "10: one begins", "20: one ends", "protocol of boot 2 gone"));
}

TEST_F(HostTest, ACrashCallsOffTheRestartThatWasToFollow) {
  DeclareWaiter(a_, "one");
  test_.world.At(At(10), [&] {
    a_.Restart();
    EXPECT_TRUE(a_.Crash());
    EXPECT_FALSE(a_.Crash());
  });
  test_.world.At(At(20), [&] { EXPECT_EQ(a_.boot(), nullptr); });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("0: one begins", "10: one ends"));
}

TEST_F(HostTest, ARestartDuringACrashComesWhenTheCrashIsOver) {
  DeclareWaiter(a_, "one");
  a_.OnBoot([&](Boot& boot) {
    boot.slots().Get<Protocol>().log = &test_.log;
    test_.Log(absl::StrCat("boot ", boot.number()));
  });
  test_.world.At(At(10), [&] {
    a_.Crash();
    a_.Restart();
    a_.Restart();
    EXPECT_FALSE(a_.is_up());
  });
  test_.world.At(At(20), [&] { a_.Crash(); });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("0: boot 1", "0: one begins", "10: one ends",
                                     "protocol of boot 1 gone", "10: boot 2", "10: one begins",
                                     "20: one ends", "protocol of boot 2 gone"));
}

TEST_F(HostTest, AThreadMayCrashItsOwnHostAndRestartIt) {
  a_.DeclareProcess("crasher", [&] {
    test_.Log("begins");
    if (a_.boot()->number() == 2) return;
    a_.Crash();
    a_.Restart();
    Boot& boot = Thread::Current()->process().boot();
    EXPECT_TRUE(boot.StartProcess("late", [&] { test_.Log("never"); }).has_ended());
    EXPECT_EQ(test_.Sleep(10).end, WaitEnd::kEnded);
    test_.Log("ends");
  });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("0: begins", "0: ends", "0: begins"));
}

TEST_F(HostTest, AThreadMayCrashAnotherHost) {
  DeclareWaiter(b_, "victim");
  a_.DeclareProcess("crasher", [&] {
    test_.Sleep(10);
    b_.Crash();
    test_.Log("crashed b");
    test_.Sleep(10);
    EXPECT_EQ(b_.boot(), nullptr);
  });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("0: victim begins", "10: crashed b", "10: victim ends"));
}

TEST_F(HostTest, AHostWithoutProcessesCrashesAndRestarts) {
  test_.world.At(At(10), [&] {
    a_.Crash();
    a_.Restart();
  });
  test_.world.At(At(11), [&] { EXPECT_EQ(a_.boot()->number(), 2u); });
  RunHolds();
}

TEST_F(HostTest, AHostThatCrashesAsItBootsStartsNoProcess) {
  DeclareWaiter(a_, "never");
  DeclareWaiter(b_, "other");
  a_.OnBoot([&](Boot&) { a_.Crash(); });
  test_.world.At(At(10), [&] { b_.Crash(); });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("0: other begins", "10: other ends"));
}

TEST_F(HostTest, CrashingAtEachBootMeetsTheLimit) {
  TestWorld test({.max_events = 1000});
  Host& host = test.AddHost("loop");
  host.OnBoot([&](Boot&) {
    host.Crash();
    host.Restart();
  });
  EXPECT_EQ(test.world.Run().failure, "limit: max_events: the run is not over after 1000 events");
}

TEST_F(HostTest, BeforeTheRunThereIsNothingToCrashOrRestart) {
  DeclareWaiter(a_, "one");
  a_.Crash();
  a_.Restart();
  EXPECT_EQ(a_.boot(), nullptr);
  test_.world.At(At(10), [&] { a_.Crash(); });
  RunHolds();
  EXPECT_THAT(test_.log, ElementsAre("0: one begins", "10: one ends"));
}

}  // namespace
}  // namespace sim
