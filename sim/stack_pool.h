// The stacks of simulated threads, kept for the next thread.
#ifndef SIM_STACK_POOL_H_
#define SIM_STACK_POOL_H_

#include <cstddef>
#include <vector>

#include "sim/sanitizer.h"

namespace sim {

// Memory for one thread's frames, growing down from `low + kBytes`. Below `low` is a page that
// faults.
struct Stack {
  // Nested pattern callbacks in Lua use 411 KB, and 553 KB where AddressSanitizer keeps its red
  // zones around their variables.
  static constexpr size_t kBytes = (sanitizer::kHasAsan ? 1024 : 512) * 1024;
  std::byte* low = nullptr;

  explicit operator bool() const { return low != nullptr; }
};

// Used by one world after another, or by several at a time on one OS thread. Destruction frees the
// stacks that were given back: all, unless a run was abandoned.
class StackPool {
 public:
  static constexpr size_t kMaxStacks = 16'384;

  // Lends at most `max_stacks` at a time.
  explicit StackPool(size_t max_stacks = kMaxStacks) : max_stacks_(max_stacks) {}
  ~StackPool();
  StackPool(const StackPool&) = delete;
  StackPool& operator=(const StackPool&) = delete;

  // A null stack: as many as allowed are lent, or the system has no more.
  Stack Take();
  void GiveBack(Stack stack);
  // The same for a stack whose frames were never left and never will be.
  void GiveBackAbandoned(Stack stack);

  size_t max_stacks() const { return max_stacks_; }
  size_t lent() const { return lent_; }
  // How many wait to be lent again.
  size_t spare() const { return spare_.size(); }

 private:
  const size_t max_stacks_;
  size_t lent_ = 0;
  std::vector<Stack> spare_;
};

}  // namespace sim

#endif  // SIM_STACK_POOL_H_
