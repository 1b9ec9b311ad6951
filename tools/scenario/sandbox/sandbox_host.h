// What the sandbox asks of whoever runs scripts in it.
#ifndef TOOLS_SCENARIO_SANDBOX_SANDBOX_HOST_H_
#define TOOLS_SCENARIO_SANDBOX_SANDBOX_HOST_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "tools/scenario/sandbox/thread_limits.h"

namespace wsim {

// All calls come from the simulated thread whose script is running, on its own stack. None of them
// may raise a Lua error or throw.
class SandboxHost {
 public:
  virtual ~SandboxHost() = default;

  // The limits of the simulated thread that is running now; while the script loads, those of
  // loading. The host calls OnBlocked() on them whenever that thread has waited.
  virtual ThreadLimits& Limits() = 0;

  // Whether that thread is being ended from outside (kill, crash, deadlock, end of the run). Once
  // true for a thread it stays true.
  virtual bool IsEnding() const = 0;

  // A number from 0 to `largest`, both included, each equally likely, drawn from the run's
  // decisions. Never asked where only 0 is possible.
  virtual uint64_t Random(uint64_t largest) = 0;

  // `print`: one remark, octets as the script gave them, without a line end.
  virtual void Print(absl::string_view text) = 0;
};

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_SANDBOX_HOST_H_
