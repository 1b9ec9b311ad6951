#include "sim/scheduler.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/check.h"
#include "sim/deadlock.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/process.h"
#include "sim/thread.h"

namespace sim {

// What World::At was given, until it is due.
class Scheduler::Action final : public Event {
 public:
  Action(World& world, uint64_t number, std::function<void()> action)
      : Event(world), number_(number), action_(std::move(action)) {}

 private:
  void OnDue() override {
    const auto self = world().scheduler().actions_.extract(number_);
    action_();
  }

  const uint64_t number_;
  const std::function<void()> action_;
};

Scheduler::Scheduler(World& world, StackPool& stacks) : world_(world), stacks_(stacks) {}

Scheduler::~Scheduler() = default;

RunResult Scheduler::Run() {
  CHECK(loop_ == nullptr) << "a world runs once";
  {
    Running::Scope scope(*this);
    loop_ = std::make_unique<Fiber>(stacks_, [this] { Loop(); });
    if (!loop_->Resume()) world_.Fail("limit: no memory for the stack of the scheduler");
    thread_ = nullptr;
  }
  return {.failure = world_.failure_,
          .virtual_time = deadlock_.value_or(last_thread_end_),
          .events = steps_};
}

void Scheduler::Loop() {
  StartHosts();
  for (;;) {
    RunThreads();
    if (is_abandoned_ || !GoesOn()) return;
    TakeEvent();
  }
}

void Scheduler::StartHosts() {
  if (is_ending_) return;
  for (const auto& host : world_.network().hosts()) host->Start();
  for (const Declared& declared : declared_) {
    if (declared.host->is_up()) declared.host->StartDeclared(declared.index);
  }
}

void Scheduler::RunThreads() {
  for (;;) {
    SettleCrashes();
    if (runnable_.empty()) return;
    Thread& thread = *runnable_.front();
    runnable_.pop_front();
    CountStep();
    ResumeThread(thread);
    if (is_abandoned_) return;
  }
}

void Scheduler::ResumeThread(Thread& thread) {
  const Process& process = thread.process();
  SetContext(thread.resume_cause_, process.boot().host().number(), process.number(),
             thread.number());
  world_.context_.is_upkeep = false;
  last_work_ = world_.now();
  silence_end_.reset();
  thread.is_runnable_ = false;
  if (thread.is_ending_ && !thread.has_begun_) {
    OnThreadEnded(thread);
    return;
  }
  thread_ = &thread;
  thread.has_begun_ = true;
  const bool has_stack = thread.fiber_->Resume();
  if (is_abandoned_) return;
  thread_ = nullptr;
  if (!has_stack) FailForWantOfStacks();
  if (!has_stack || thread.fiber_->is_finished()) OnThreadEnded(thread);
}

void Scheduler::OnThreadEnded(Thread& thread) {
  world_.trace().Record(
      {.kind = TraceKind::kThread, .code = 1, .name = "ended", .text = thread.process().name()});
  last_thread_end_ = world_.now();
  --live_threads_;
  thread.OnEnded();
  thread.process_.OnThreadEnded();
}

// Discards the boots whose threads have all ended.
void Scheduler::SettleCrashes() {
  for (size_t i = 0; i < crashing_.size();) {
    Host& host = *crashing_[i];
    if (!host.boot()->HasEnded()) {
      ++i;
      continue;
    }
    crashing_.erase(crashing_.begin() + static_cast<std::ptrdiff_t>(i));
    // A boot that crashes and restarts without end meets the limit.
    CountStep();
    host.FinishCrash();
  }
}

// Whether another event is to be taken. No thread is runnable.
bool Scheduler::GoesOn() {
  if (is_ending_) return false;
  const EventQueue& events = world_.events_;
  if (events.pending_work() > 0) {
    silence_end_.reset();
    return true;
  }
  if (live_threads_ == 0) return false;
  if (!silence_end_.has_value()) {
    silence_end_ = std::max(events.last_upkeep_due(), world_.now()) + world_.retransmission_cycle_;
  }
  const Time end = std::min(*silence_end_, Time::Zero() + world_.limits_.max_time);
  if (events.next_due() <= end && !events.empty()) return true;
  deadlock_ = last_work_;
  world_.FailAndEnd(DescribeDeadlock(world_, last_work_));
  RunThreads();
  return false;
}

void Scheduler::TakeEvent() {
  if (world_.events_.next_due() > Time::Zero() + world_.limits_.max_time) {
    world_.FailAndEnd(absl::StrCat("limit: max_time: the run is not over after ",
                                   absl::FormatDuration(world_.limits_.max_time),
                                   " of virtual time"));
    return;
  }
  if (!CountStep()) return;
  const EventQueue::Due due = world_.events_.Pop();
  world_.context_.now = due.due;
  SetContext(due.cause, due.host, 0, 0);
  world_.context_.is_upkeep = due.urgency == Urgency::kUpkeep;
  if (due.urgency == Urgency::kWork) last_work_ = due.due;
  EventQueue::Fire(*due.event);
}

bool Scheduler::CountStep() {
  if (is_ending_) return false;
  if (steps_ == world_.limits_.max_events) {
    world_.FailAndEnd(
        absl::StrCat("limit: max_events: the run is not over after ", steps_, " events"));
    return false;
  }
  ++steps_;
  return true;
}

void Scheduler::EndAll() {
  if (is_ending_) return;
  is_ending_ = true;
  for (const auto& host : world_.network().hosts()) {
    if (host->boot() == nullptr) continue;
    for (const auto& process : host->boot()->processes()) process->EndThreads();
  }
}

void Scheduler::Abandon(std::string failure) {
  is_abandoned_ = true;
  // Nothing of this frame is destroyed, so nothing may be left in it.
  std::string().swap(world_.failure_);
  world_.failure_ = std::move(failure);
  Fiber& fiber = thread_ == nullptr ? *loop_ : *thread_->fiber_;
  fiber.Leave();
}

void Scheduler::GiveStacksBack() {
  for (const auto& host : world_.network().hosts()) {
    if (host->boot() == nullptr) continue;
    for (const auto& process : host->boot()->processes()) {
      for (const auto& thread : process->threads()) thread->fiber_.reset();
    }
  }
  loop_.reset();
}

void Scheduler::FailForWantOfStacks() {
  world_.FailAndEnd(absl::StrCat("limit: no more than ", stacks_.max_stacks(),
                                 " threads at the same time, or no memory for their stacks"));
}

void Scheduler::OnThreadStarted(Thread& thread) {
  // Those that have not begun have no stack yet, and take memory all the same.
  if (++live_threads_ > stacks_.max_stacks()) FailForWantOfStacks();
  TraceContext& context = world_.context_;
  const TraceContext saved = context;
  const Process& process = thread.process();
  SetContext(saved.cause, process.boot().host().number(), process.number(), thread.number());
  const TraceId started = world_.trace().Record(
      {.kind = TraceKind::kThread, .code = 0, .name = "started", .text = process.name()});
  if (started != 0) context.cause = started;
  MakeRunnable(thread);
  context = saved;
}

void Scheduler::MakeRunnable(Thread& thread) {
  if (thread.is_runnable_) return;
  thread.is_runnable_ = true;
  thread.resume_cause_ = world_.context_.cause;
  runnable_.push_back(&thread);
}

void Scheduler::At(Time when, std::function<void()> action) {
  const uint64_t number = ++last_action_;
  auto made = std::make_unique<Action>(world_, number, std::move(action));
  World::HostScope scope(world_, 0);
  made->ScheduleAt(when);
  actions_.emplace(number, std::move(made));
}

TraceId Scheduler::RecordFault(FaultKind kind, const Host& host, uint32_t process,
                               absl::string_view text) {
  World::HostScope scope(world_, host.number());
  world_.context_.process = process;
  return world_.trace().Record({.kind = TraceKind::kFault,
                                .code = static_cast<uint32_t>(kind),
                                .name = FaultName(kind),
                                .text = text});
}

void Scheduler::SetContext(TraceId cause, uint32_t host, uint32_t process, uint32_t thread) {
  TraceContext& context = world_.context_;
  context.cause = cause;
  context.host = host;
  context.process = process;
  context.thread = thread;
}

}  // namespace sim
