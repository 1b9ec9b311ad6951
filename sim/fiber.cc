#include "sim/fiber.h"

#include <cxxabi.h>

#include <boost/context/detail/fcontext.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "sim/check.h"
#include "sim/sanitizer.h"

namespace sim {
namespace {

// The exceptions that are being handled (or unwinding) right now, which the C++ runtime keeps for
// each OS thread: a pointer and a count, laid out as the Itanium C++ ABI says (exception
// handling, 2.2.2).
struct ExceptionState {
  void* caught;
  unsigned int uncaught;

  static ExceptionState Take() {
    ExceptionState state{};
    std::memcpy(&state, abi::__cxa_get_globals(), sizeof state);
    return state;
  }
  void PutBack() const { std::memcpy(abi::__cxa_get_globals(), this, sizeof *this); }
};

}  // namespace

Fiber::Fiber(StackPool& stacks, std::function<void()> body)
    : stacks_(stacks), body_(std::move(body)) {}

Fiber::~Fiber() {
  CHECK(state_ != State::kRunning);
  if (inside_.tsan_fiber != nullptr) sanitizer::DestroyTsanFiber(inside_.tsan_fiber);
  if (stack_) stacks_.GiveBackAbandoned(stack_);
}

// The only function that switches stacks. With `returns` false, the side that leaves is never
// resumed.
void Fiber::Switch(Side& from, Side& to, bool returns) {
  const ExceptionState exceptions = ExceptionState::Take();
  const int saved_errno = errno;
  from.tsan_fiber = sanitizer::CurrentTsanFiber();
  sanitizer::BeforeSwitch(returns ? &from.fake_stack : nullptr, to.stack_low, to.stack_bytes);
  sanitizer::SwitchTsanFiber(to.tsan_fiber);
  const auto transfer = boost::context::detail::jump_fcontext(to.context, this);
  Arrive(from, to, transfer.fctx);
  errno = saved_errno;
  exceptions.PutBack();
}

void Fiber::Arrive(Side& at, Side& came_from, void* context) {
  came_from.context = context;
  sanitizer::AfterSwitch(at.fake_stack, &came_from.stack_low, &came_from.stack_bytes);
}

bool Fiber::Resume() {
  CHECK(state_ == State::kNew || state_ == State::kSuspended);
  if (state_ == State::kNew) {
    stack_ = stacks_.Take();
    if (!stack_) return false;
    sanitizer::OnStackReused(stack_.low, Stack::kBytes);
    inside_.stack_low = stack_.low;
    inside_.stack_bytes = Stack::kBytes;
    inside_.tsan_fiber = sanitizer::MakeTsanFiber();
    inside_.context = boost::context::detail::make_fcontext(
        stack_.low + Stack::kBytes, Stack::kBytes, [](boost::context::detail::transfer_t transfer) {
          static_cast<Fiber*>(transfer.data)->Run(transfer.fctx);
        });
  }
  state_ = State::kRunning;
  Switch(outside_, inside_, /*returns=*/true);
  if (state_ == State::kFinished) {
    stacks_.GiveBack(std::exchange(stack_, {}));
    body_ = nullptr;
  }
  return true;
}

void Fiber::Suspend() {
  CHECK(state_ == State::kRunning);
  state_ = State::kSuspended;
  Switch(inside_, outside_, /*returns=*/true);
}

void Fiber::Leave() {
  state_ = State::kLeft;
  Switch(inside_, outside_, /*returns=*/false);
  std::abort();  // Resume refuses a fiber that has left.
}

void Fiber::Run(void* outside_context) {
  Arrive(inside_, outside_, outside_context);
  errno = 0;
  ExceptionState{}.PutBack();
  // No frame below this one could handle an exception.
  [this]() noexcept { body_(); }();
  state_ = State::kFinished;
  Switch(inside_, outside_, /*returns=*/false);
  std::abort();  // Resume refuses a fiber that has finished.
}

}  // namespace sim
