// What a simulated thread can wait for.
#ifndef SIM_WAITABLE_H_
#define SIM_WAITABLE_H_

#include "absl/container/inlined_vector.h"

namespace sim {

class Thread;

// A condition that is set or not, like a manual-reset event object. Setting it satisfies every
// thread that waits for it, in the order in which they began to wait, even if it is reset before
// they run.
class Waitable {
 public:
  Waitable() = default;
  Waitable(const Waitable&) = delete;
  Waitable& operator=(const Waitable&) = delete;
  // No thread waits for it any more.
  ~Waitable();

  bool is_set() const { return is_set_; }
  void Set();
  void Reset() { is_set_ = false; }

 private:
  friend class Thread;
  // A thread stands here once for each time its wait names this condition.
  absl::InlinedVector<Thread*, 1> waiters_;
  bool is_set_ = false;
};

}  // namespace sim

#endif  // SIM_WAITABLE_H_
