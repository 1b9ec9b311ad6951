// What one simulated thread may use up before its script is ended.
#ifndef TOOLS_SCENARIO_SANDBOX_THREAD_LIMITS_H_
#define TOOLS_SCENARIO_SANDBOX_THREAD_LIMITS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace wsim {

enum class Limit : uint8_t { kNone, kInstructions, kMemory };

// The limit as a run's failure names it; empty for kNone.
absl::string_view LimitText(Limit limit);

// Counts the work of one simulated thread, over all coroutines that it runs, and remembers the
// limit that it met. Once a limit is met, nothing lets the thread's script go on. Plain values; the
// owner of the thread owns it.
class ThreadLimits {
 public:
  // Instructions of a thread since it last blocked.
  static constexpr int64_t kInstructions = 20'000'000;

  explicit ThreadLimits(int64_t instructions = kInstructions) : instructions_(instructions) {}

  // The thread blocked: it begins anew.
  void OnBlocked() { used_ = 0; }

  // Counts `work` instructions, or what took as long. False when the limit is met, now or before.
  bool Charge(int64_t work) {
    used_ += work;
    if (used_ > instructions_) Meet(Limit::kInstructions);
    return met_ == Limit::kNone;
  }

  // Instructions left until the limit; at least 0.
  int64_t remaining() const { return used_ < instructions_ ? instructions_ - used_ : 0; }

  // Records that a limit was met. The first one stays.
  void Meet(Limit limit) {
    if (met_ == Limit::kNone) met_ = limit;
  }
  Limit met() const { return met_; }

  // "file:line: " of where the script was when it learned that a limit is met, as far as it was
  // running then.
  std::string position;

  // Closings of coroutines that are under way within each other, and whether one of these is of a
  // coroutine that failed before (coroutines.cc).
  int nested_closes = 0;
  bool is_closing_failed = false;

 private:
  int64_t instructions_;
  int64_t used_ = 0;
  Limit met_ = Limit::kNone;
};

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_THREAD_LIMITS_H_
