#include "sim/stack_pool.h"

#include <sys/mman.h>

#include "sim/check.h"
#include "sim/sanitizer.h"

namespace sim {
namespace {

// At least a page on every system of ours.
constexpr size_t kGuardBytes = 4096;

}  // namespace

StackPool::~StackPool() {
  for (Stack stack : spare_) {
    sanitizer::OnStackUnmapped(stack.low, Stack::kBytes);
    munmap(stack.low - kGuardBytes, kGuardBytes + Stack::kBytes);
  }
}

Stack StackPool::Take() {
  if (lent_ == max_stacks_) return {};
  if (!spare_.empty()) {
    Stack stack = spare_.back();
    spare_.pop_back();
    ++lent_;
    return stack;
  }
  void* memory = mmap(nullptr, kGuardBytes + Stack::kBytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED) return {};
  if (mprotect(memory, kGuardBytes, PROT_NONE) != 0) {
    munmap(memory, kGuardBytes + Stack::kBytes);
    return {};
  }
  Stack stack{static_cast<std::byte*>(memory) + kGuardBytes};
  sanitizer::OnStackMapped(stack.low, Stack::kBytes);
  ++lent_;
  return stack;
}

void StackPool::GiveBack(Stack stack) {
  CHECK(stack && lent_ > 0);
  --lent_;
  spare_.push_back(stack);
}

void StackPool::GiveBackAbandoned(Stack stack) {
  CHECK(stack && lent_ > 0);
  if (sanitizer::kHasAsan) {
    // It stays mapped, so that what only its frames refer to is not reported as a leak.
    --lent_;
    return;
  }
  GiveBack(stack);
}

}  // namespace sim
