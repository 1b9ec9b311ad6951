#include "providers/engine/operation.h"

#include <utility>

#include "sim/check.h"
#include "sim/thread.h"

namespace engine {

bool Operation::Await(sim::Time deadline, bool& is_ending) {
  sim::Thread* thread = sim::Thread::Current();
  CHECK(thread != nullptr) << "only a simulated thread can wait";
  while (!is_complete()) {
    const sim::WaitResult result = thread->Wait(done_, deadline, /*alertable=*/true);
    is_ending = result.end == sim::WaitEnd::kEnded;
    if (is_ending || result.end == sim::WaitEnd::kTimedOut) break;
  }
  return is_complete();
}

void OperationQueue::Add(Operation& operation) {
  Operation** end = &first_;
  while (*end != nullptr) end = &(*end)->next_;
  *end = &operation;
}

void OperationQueue::Remove(Operation& operation) {
  for (Operation** place = &first_; *place != nullptr; place = &(*place)->next_) {
    if (*place != &operation) continue;
    *place = std::exchange(operation.next_, nullptr);
    return;
  }
}

Operation& OperationQueue::TakeFirst() {
  Operation& first = *first_;
  first_ = std::exchange(first.next_, nullptr);
  return first;
}

void OperationQueue::Advance() {
  while (!empty() && front().Attempt()) TakeFirst();
}

void OperationQueue::CompleteAll(int error) {
  while (!empty()) TakeFirst().Complete({.error = error});
}

}  // namespace engine
