#include "sim/fiber.h"

#include <cerrno>
#include <cstddef>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/stack_pool.h"

namespace sim {
namespace {

using ::testing::ElementsAre;

TEST(Fiber, GoesOnWhereItWasSuspended) {
  StackPool stacks;
  std::vector<std::string> log;
  Fiber* self = nullptr;
  Fiber fiber(stacks, [&] {
    log.push_back("first half");
    self->Suspend();
    log.push_back("second half");
  });
  self = &fiber;

  EXPECT_TRUE(fiber.Resume());
  log.push_back("outside");
  EXPECT_FALSE(fiber.is_finished());
  EXPECT_TRUE(fiber.Resume());
  EXPECT_TRUE(fiber.is_finished());
  EXPECT_THAT(log, ElementsAre("first half", "outside", "second half"));
}

TEST(Fiber, OneResumesAnother) {
  StackPool stacks;
  std::vector<int> log;
  Fiber inner(stacks, [&] { log.push_back(2); });
  Fiber outer(stacks, [&] {
    log.push_back(1);
    inner.Resume();
    log.push_back(3);
  });
  outer.Resume();
  EXPECT_THAT(log, ElementsAre(1, 2, 3));
}

TEST(Fiber, GivesItsStackBackWhenItsBodyReturns) {
  StackPool stacks;
  auto owned = std::make_shared<int>(7);
  std::weak_ptr<int> watched = owned;
  Fiber fiber(stacks, [owned = std::move(owned)] {});
  EXPECT_EQ(stacks.lent(), 0u);
  fiber.Resume();
  EXPECT_EQ(stacks.lent(), 0u);
  EXPECT_EQ(stacks.spare(), 1u);
  EXPECT_TRUE(watched.expired());  // the body went with it
}

TEST(Fiber, OneThatNeverBeganNeedsNoStack) {
  StackPool stacks;
  {
    Fiber fiber(stacks, [] {});
  }
  EXPECT_EQ(stacks.spare(), 0u);
}

TEST(Fiber, DoesNotBeginWithoutAStack) {
  StackPool stacks(/*max_stacks=*/0);
  bool ran = false;
  Fiber fiber(stacks, [&] { ran = true; });
  EXPECT_FALSE(fiber.Resume());
  EXPECT_FALSE(ran);
  EXPECT_FALSE(fiber.is_finished());
}

TEST(Fiber, OneThatLeavesIsNotUnwound) {
  StackPool stacks;
  bool was_destroyed = false;
  struct Guard {
    bool& was_destroyed;
    ~Guard() { was_destroyed = true; }
  };
  {
    Fiber* self = nullptr;
    Fiber fiber(stacks, [&] {
      Guard guard{was_destroyed};
      self->Leave();
    });
    self = &fiber;
    fiber.Resume();
    EXPECT_FALSE(fiber.is_finished());
  }
  EXPECT_FALSE(was_destroyed);
  EXPECT_EQ(stacks.lent(), 0u);
}

TEST(Fiber, KeepsItsErrno) {
  StackPool stacks;
  Fiber* self = nullptr;
  int seen_inside = -1;
  Fiber fiber(stacks, [&] {
    EXPECT_EQ(errno, 0);
    errno = ERANGE;
    self->Suspend();
    seen_inside = errno;
  });
  self = &fiber;
  errno = EDOM;
  fiber.Resume();
  EXPECT_EQ(errno, EDOM);
  errno = ENOENT;
  fiber.Resume();
  EXPECT_EQ(errno, ENOENT);
  EXPECT_EQ(seen_inside, ERANGE);
}

// Each is suspended inside a catch block of its own; the blocks are left in another order than
// entered.
TEST(Fiber, SeveralHandleExceptionsAtOnce) {
  StackPool stacks;
  constexpr int kFibers = 4;
  std::vector<std::unique_ptr<Fiber>> fibers(kFibers);
  std::vector<std::string> log;
  for (int i = 0; i < kFibers; ++i) {
    fibers[i] = std::make_unique<Fiber>(stacks, [&, i] {
      try {
        try {
          throw std::runtime_error("error " + std::to_string(i));
        } catch (const std::runtime_error&) {
          fibers[i]->Suspend();
          throw;  // the one that this fiber handles
        }
      } catch (const std::exception& error) {
        fibers[i]->Suspend();
        log.push_back(error.what());
      }
    });
  }
  for (auto& fiber : fibers) fiber->Resume();
  EXPECT_EQ(std::current_exception(), nullptr);
  for (int i : {2, 0, 3, 1}) fibers[i]->Resume();
  for (int i : {1, 2, 0, 3}) fibers[i]->Resume();
  EXPECT_THAT(log, ElementsAre("error 1", "error 2", "error 0", "error 3"));
}

// A destructor that suspends while its fiber unwinds.
TEST(Fiber, KeepsCountOfUncaughtExceptions) {
  StackPool stacks;
  Fiber* self = nullptr;
  int after = -1;
  struct Unwinding {
    Fiber*& self;
    int& after;
    ~Unwinding() {
      self->Suspend();
      after = std::uncaught_exceptions();
    }
  };
  Fiber fiber(stacks, [&] {
    try {
      Unwinding unwinding{self, after};
      throw 1;
    } catch (int) {
    }
  });
  self = &fiber;
  fiber.Resume();
  EXPECT_EQ(std::uncaught_exceptions(), 0);
  fiber.Resume();
  EXPECT_EQ(after, 1);
  EXPECT_TRUE(fiber.is_finished());
}

// Frames of about `bytes` in all, each of them written to.
int Descend(size_t bytes) {
  volatile char frame[4096];
  frame[0] = static_cast<char>(bytes);
  frame[4095] = 1;
  if (bytes <= sizeof frame) return frame[4095];
  return Descend(bytes - sizeof frame) + (frame[0] == static_cast<char>(bytes) ? 1 : 0);
}

TEST(Fiber, ItsStackHoldsWhatLuaNeedsAtMost) {
  StackPool stacks;
  int depth = 0;
  Fiber fiber(stacks, [&] { depth = Descend(411 * 1024); });
  fiber.Resume();
  EXPECT_EQ(depth, 103);
}

TEST(Fiber, AStackIsCleanForTheNextFiber) {
  StackPool stacks;
  for (int i = 0; i < 100; ++i) {
    Fiber* self = nullptr;
    Fiber left(stacks, [&] {
      Descend(64 * 1024);
      self->Leave();
    });
    self = &left;
    left.Resume();
    int depth = 0;
    Fiber next(stacks, [&] { depth = Descend(64 * 1024); });
    next.Resume();
    EXPECT_EQ(depth, 16);
  }
}

}  // namespace
}  // namespace sim
