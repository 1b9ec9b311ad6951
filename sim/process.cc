#include "sim/process.h"

#include <utility>

#include "sim/host.h"
#include "sim/scheduler.h"
#include "sim/trace/fault.h"
#include "sim/world.h"

namespace sim {
namespace {

// How many ended threads a process may keep beyond the number of those that live. Looking for them
// then costs each thread that ends a constant, however many there are.
constexpr size_t kEndedThreadsKept = 16;

}  // namespace

Process::Process(Boot& boot, uint32_t number, absl::string_view name)
    : boot_(boot), number_(number), name_(name), slots_(*this) {}

Process::~Process() = default;

World& Process::world() const { return boot_.world(); }

Thread* Process::StartThread(std::function<void()> body) {
  if (is_ending_) return nullptr;
  Scheduler& scheduler = world().scheduler();
  threads_.push_back(
      std::unique_ptr<Thread>(new Thread(*this, scheduler.NextThread(), std::move(body))));
  ++live_threads_;
  scheduler.OnThreadStarted(*threads_.back());
  return threads_.back().get();
}

void Process::Kill() {
  if (is_ending_) return;
  const Thread* current = Thread::Current();
  if (current != nullptr && &current->process() == this) {
    EndThreads();
    return;
  }
  World::CauseScope scope(world(), world().context().cause);
  scope.Continue(world().scheduler().RecordFault(FaultKind::kKill, boot_.host(), number_, name_));
  EndThreads();
}

void Process::EndThreads() {
  is_ending_ = true;
  for (const std::unique_ptr<Thread>& thread : threads_) thread->End();
}

void Process::ForgetEndedThreads() {
  if (threads_.size() <= 2 * live_threads_ + kEndedThreadsKept) return;
  std::erase_if(threads_,
                [](const std::unique_ptr<Thread>& thread) { return thread->has_ended(); });
}

void Process::OnThreadEnded() {
  --live_threads_;
  ForgetEndedThreads();
  if (live_threads_ > 0) return;
  is_ending_ = true;
  has_ended_ = true;
  slots_.Clear();
}

}  // namespace sim
