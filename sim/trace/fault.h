// What can strike a run: the codes of TraceKind::kFault.
#ifndef SIM_TRACE_FAULT_H_
#define SIM_TRACE_FAULT_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace sim {

// The values are part of every fingerprint: none is ever given another meaning.
enum class FaultKind : uint32_t {
  // A program asks for these. The text names the link, host or process.
  kPartition = 1,   // numbers: {link}
  kHeal = 2,        // numbers: {link}
  kCrash = 3,       // host: the one that crashes
  kRestart = 4,     // host: the one that restarts
  kKill = 5,        // process: the one that is killed
  kLinkChange = 6,  // numbers: {link}; the text says what is new

  // A link's own, one for each frame that is struck. A loss is a kFrameDropped instead.
  kDuplication = 7,  // numbers: {link, direction, frame number}
  kReordering = 8,   // numbers: {link, direction, frame number, nanoseconds held back}
  kCorruption =
      9,  // numbers: {link, direction, frame number, bit flipped: 0 is the first octet's highest}
};

// "partition", "link change"; for TraceEvent::name.
constexpr absl::string_view FaultName(FaultKind kind) {
  switch (kind) {
    case FaultKind::kPartition:
      return "partition";
    case FaultKind::kHeal:
      return "heal";
    case FaultKind::kCrash:
      return "crash";
    case FaultKind::kRestart:
      return "restart";
    case FaultKind::kKill:
      return "kill";
    case FaultKind::kLinkChange:
      return "link change";
    case FaultKind::kDuplication:
      return "duplication";
    case FaultKind::kReordering:
      return "reordering";
    case FaultKind::kCorruption:
      return "corruption";
  }
  return "unknown fault";
}

}  // namespace sim

#endif  // SIM_TRACE_FAULT_H_
