#include "sim/net/frame_trace.h"

namespace sim {

absl::string_view FrameDropReasonName(FrameDropReason reason) {
  switch (reason) {
    case FrameDropReason::kQueueFull:
      return "queue full";
    case FrameDropReason::kLost:
      return "lost";
    case FrameDropReason::kPartitioned:
      return "partitioned";
    case FrameDropReason::kTooLong:
      return "too long";
    case FrameDropReason::kTooShort:
      return "too short";
    case FrameDropReason::kNoLink:
      return "no link";
    case FrameDropReason::kHostDown:
      return "host down";
    case FrameDropReason::kNoReceiver:
      return "no receiver";
    case FrameDropReason::kUnknownStation:
      return "unknown station";
  }
  return "unknown reason";
}

void RecordFrameDrop(Trace& trace, FrameDropReason reason, const FrameHop& hop,
                     TraceId also_because) {
  trace.Record({.kind = TraceKind::kFrameDropped,
                .code = static_cast<uint32_t>(reason),
                .numbers = hop.numbers(),
                .name = FrameDropReasonName(reason)},
               also_because);
}

}  // namespace sim
