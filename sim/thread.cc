#include "sim/thread.h"

#include <algorithm>
#include <utility>

#include "sim/check.h"
#include "sim/fiber.h"
#include "sim/process.h"
#include "sim/running.h"
#include "sim/scheduler.h"
#include "sim/world.h"

namespace sim {

Thread::Thread(Process& process, uint32_t number, std::function<void()> body)
    : process_(process),
      number_(number),
      fiber_(std::make_unique<Fiber>(process.world().scheduler().stacks(), std::move(body))),
      deadline_(process.world(), *this),
      slots_(*this) {}

Thread::~Thread() = default;

Thread* Thread::Current() {
  const Running* running = Running::Current();
  return running == nullptr ? nullptr : running->thread();
}

World& Thread::world() const { return process_.world(); }

WaitResult Thread::Wait(Waitable& condition, Time deadline, bool alertable) {
  Waitable* const conditions[] = {&condition};
  return Wait(conditions, deadline, alertable);
}

WaitResult Thread::Wait(absl::Span<Waitable* const> conditions, Time deadline, bool alertable,
                        WaitMode mode) {
  CHECK(Current() == this);
  if (std::optional<WaitResult> result = EndAtOnce(conditions, deadline, alertable, mode)) {
    return *result;
  }
  waiting_for_.assign(conditions.begin(), conditions.end());
  for (Waitable* condition : waiting_for_) condition->waiters_.push_back(this);
  wait_mode_ = mode;
  is_alertable_ = alertable;
  deadline_.ScheduleAt(deadline);
  const WaitResult result = Suspend();
  if (is_ending_) return {WaitEnd::kEnded, 0};
  return result.end == WaitEnd::kApc ? RunApcs() : result;
}

// What a wait comes to that need not suspend the thread.
std::optional<WaitResult> Thread::EndAtOnce(absl::Span<Waitable* const> conditions, Time deadline,
                                            bool alertable, WaitMode mode) {
  if (is_ending_) {
    CHECK(++waits_while_ending_ <= kMaxWaitsWhileEnding)
        << "thread " << number_ << " of process " << process_.name()
        << " goes on while it is to end";
    return WaitResult{WaitEnd::kEnded, 0};
  }
  const auto is_set = [](const Waitable* condition) { return condition->is_set(); };
  std::optional<WaitResult> result;
  const auto first = std::find_if(conditions.begin(), conditions.end(), is_set);
  if (mode == WaitMode::kAny && first != conditions.end()) {
    result = {WaitEnd::kSignaled, static_cast<size_t>(first - conditions.begin())};
  } else if (mode == WaitMode::kAll && !conditions.empty() &&
             std::all_of(conditions.begin(), conditions.end(), is_set)) {
    result = {WaitEnd::kSignaled, 0};
  } else if (alertable && !apcs_.empty()) {
    return RunApcs();
  } else if (deadline <= world().now()) {
    result = {WaitEnd::kTimedOut, 0};
  }
  // A program that never suspends still meets the limit.
  if (result.has_value() && !world().scheduler().CountStep()) return WaitResult{WaitEnd::kEnded, 0};
  return result;
}

WaitResult Thread::Suspend() {
  is_waiting_ = true;
  ++suspensions_;
  fiber_->Suspend();
  return wait_result_;
}

WaitResult Thread::RunApcs() {
  while (!apcs_.empty() && !is_ending_ && world().scheduler().CountStep()) {
    QueuedApc apc = std::move(apcs_.front());
    apcs_.erase(apcs_.begin());
    World::CauseScope scope(world(), apc.cause);
    apc.run();
  }
  return {is_ending_ ? WaitEnd::kEnded : WaitEnd::kApc, 0};
}

void Thread::QueueApc(Apc apc) {
  if (has_ended_) return;
  apcs_.push_back({std::move(apc), world().context().cause});
  if (is_alertable_) Satisfy({WaitEnd::kApc, 0});
}

bool Thread::OnConditionSet(const Waitable& condition) {
  if (wait_mode_ == WaitMode::kAll) {
    for (const Waitable* other : waiting_for_) {
      if (!other->is_set()) return false;
    }
    Satisfy({WaitEnd::kSignaled, 0});
    return true;
  }
  const auto index = std::find(waiting_for_.begin(), waiting_for_.end(), &condition);
  Satisfy({WaitEnd::kSignaled, static_cast<size_t>(index - waiting_for_.begin())});
  return true;
}

void Thread::Satisfy(WaitResult result) {
  if (!is_waiting_) return;
  StopWaiting();
  wait_result_ = result;
  world().scheduler().MakeRunnable(*this);
}

void Thread::StopWaiting() {
  is_waiting_ = false;
  is_alertable_ = false;
  deadline_.Cancel();
  for (Waitable* condition : waiting_for_) {
    auto& waiters = condition->waiters_;
    waiters.erase(std::remove(waiters.begin(), waiters.end(), this), waiters.end());
  }
  waiting_for_.clear();
}

void Thread::End() {
  if (has_ended_) return;
  is_ending_ = true;
  Satisfy({WaitEnd::kEnded, 0});
}

void Thread::OnEnded() {
  has_ended_ = true;
  is_ending_ = true;
  fiber_.reset();
  apcs_.clear();
  slots_.Clear();
}

}  // namespace sim
