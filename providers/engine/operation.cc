#include "providers/engine/operation.h"

#include <algorithm>

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

void OperationQueue::Remove(Operation& operation) {
  waiting_.erase(std::remove(waiting_.begin(), waiting_.end(), &operation), waiting_.end());
}

void OperationQueue::Advance() {
  while (!waiting_.empty() && waiting_.front()->Attempt()) waiting_.erase(waiting_.begin());
}

void OperationQueue::CompleteAll(int error) {
  while (!waiting_.empty()) {
    Operation* operation = waiting_.front();
    waiting_.erase(waiting_.begin());
    operation->Complete({.error = error});
  }
}

}  // namespace engine
