#include "tools/scenario/sandbox/thread_limits.h"

namespace wsim {

absl::string_view LimitText(Limit limit) {
  switch (limit) {
    case Limit::kNone:
      return "";
    case Limit::kInstructions:
      return "instruction limit: a thread ran 20,000,000 instructions since it last blocked";
    case Limit::kMemory:
      return "memory limit: the script's data exceeds 64 MiB";
  }
  return "";
}

}  // namespace wsim
