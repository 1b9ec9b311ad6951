#include "sim/waitable.h"

#include <utility>

#include "sim/check.h"
#include "sim/running.h"
#include "sim/thread.h"

namespace sim {

Waitable::~Waitable() {
  // After an abandoned run its threads stand here still, but nobody will resume them.
  CHECK(waiters_.empty() || Running::Current() == nullptr)
      << "a thread waits for what is destroyed";
}

void Waitable::Set() {
  is_set_ = true;
  if (waiters_.empty()) return;
  const absl::InlinedVector<Thread*, 1> waiters = std::move(waiters_);
  waiters_.clear();
  for (Thread* thread : waiters) {
    // One that stands here twice may have been satisfied a moment ago.
    if (thread->is_waiting_ && !thread->OnConditionSet(*this)) waiters_.push_back(thread);
  }
}

}  // namespace sim
