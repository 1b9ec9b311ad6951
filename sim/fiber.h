// A stackful coroutine: code that can be suspended in the middle of any call.
#ifndef SIM_FIBER_H_
#define SIM_FIBER_H_

#include <cstddef>
#include <cstdint>
#include <functional>

#include "sim/stack_pool.h"

namespace sim {

// Runs `body` on a stack of its own. Resume and Suspend are strictly paired, and a fiber may resume
// another (not itself, not one that it was resumed by). Each has its own exceptions in flight, its
// own `errno`. `body` may not let an exception out.
class Fiber {
 public:
  // `stacks` outlives it.
  Fiber(StackPool& stacks, std::function<void()> body);
  // A fiber that is suspended is left as it is for ever; its frames are not unwound.
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // From outside: runs the body until it suspends or returns. False: it had not begun, and there is
  // no stack for it. The fiber is not finished.
  bool Resume();
  // From inside: returns to whoever resumed it, until resumed again.
  void Suspend();
  // From inside: suspends for ever.
  [[noreturn]] void Leave();

  // The body has returned (and is destroyed), the stack is given back.
  bool is_finished() const { return state_ == State::kFinished; }

 private:
  enum class State : uint8_t { kNew, kRunning, kSuspended, kLeft, kFinished };

  // One side of a switch while the other one runs.
  struct Side {
    void* context = nullptr;  // Boost.Context's
    const void* stack_low = nullptr;
    size_t stack_bytes = 0;
    void* fake_stack = nullptr;  // AddressSanitizer's
    void* tsan_fiber = nullptr;
  };

  void Switch(Side& from, Side& to, bool returns);
  static void Arrive(Side& at, Side& came_from, void* context);
  [[noreturn]] void Run(void* outside_context);

  StackPool& stacks_;
  std::function<void()> body_;
  Stack stack_;
  State state_ = State::kNew;
  Side inside_;
  Side outside_;
};

}  // namespace sim

#endif  // SIM_FIBER_H_
