// What the trace says about frames on their way.
#ifndef SIM_NET_FRAME_TRACE_H_
#define SIM_NET_FRAME_TRACE_H_

#include <array>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "sim/trace/trace.h"

namespace sim {

// A frame on its way over a link: what its events in the trace have in common.
struct FrameHop {
  uint32_t link = 0;       // from 1, in the order of declaration; 0: none
  uint32_t direction = 0;  // 0: from the link's first node to its second, 1: back
  uint64_t frame =
      0;  // number of the transmission in the world, from 1; a duplicate has its original's

  // For TraceEvent::numbers. `detail` is the event's own.
  std::array<int64_t, 4> numbers(int64_t detail = 0) const {
    return {link, direction, static_cast<int64_t>(frame), detail};
  }
};

// Why a frame goes no further: codes of TraceKind::kFrameDropped. They are part of every
// fingerprint: none is ever given another meaning.
enum class FrameDropReason : uint32_t {
  kQueueFull = 1,       // as many frames as may wait at the link do
  kLost = 2,            // the link's loss struck it
  kPartitioned = 3,     // the link was cut while the frame was on it
  kTooLong = 4,         // more octets than the MTU of the link allows
  kTooShort = 5,        // too short to hold the address that a switch looks for
  kNoLink = 6,          // nothing is connected to the interface
  kHostDown = 7,        // the host that sends or should receive it has crashed
  kNoReceiver = 8,      // no protocol takes frames off the interface
  kUnknownStation = 9,  // a switch knows no way, or none but back, to its destination address
};

// "queue full", "lost"; for TraceEvent::name.
absl::string_view FrameDropReasonName(FrameDropReason reason);

// Records that a frame goes no further, with the current cause and `also_because`.
void RecordFrameDrop(Trace& trace, FrameDropReason reason, const FrameHop& hop = FrameHop(),
                     TraceId also_because = 0);

}  // namespace sim

#endif  // SIM_NET_FRAME_TRACE_H_
