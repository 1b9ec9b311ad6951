// The deadlines of a connection.
#ifndef PROVIDERS_INET_TCP_TCP_TIMERS_H_
#define PROVIDERS_INET_TCP_TCP_TIMERS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace inet {

// Equal deadlines come due in this order. The values are codes in the trace.
//
// Work and upkeep (sim::Urgency): retransmission, what comes before it and delayed acknowledgments
// are work, as they always end, by an acknowledgment or by R2. The others are upkeep: TIME-WAIT and
// FIN-WAIT-2 keep nobody waiting, and probes of a closed window or a silent peer go on for as long
// as the peer answers, which must not hide that nobody can go on.
enum class TcpTimer : uint8_t {
  kRetransmit = 0,  // RFC 6298 5
  kPersist = 1,     // RFC 9293 3.8.6.1, and the override time-out of 3.8.6.2.1
  kDelayedAck = 2,  // RFC 9293 3.8.6.3
  kTimeWait = 3,    // RFC 9293 3.6.1
  kFinWait2 = 4,    // FIN-WAIT-2 without a user
  kKeepAlive = 5,   // RFC 9293 3.8.4
  kLossProbe = 6,   // RFC 8985 7
  kReordering = 7,  // RFC 8985 6.2, step 5
};
inline constexpr size_t kTcpTimers = 8;

inline constexpr std::array<absl::string_view, kTcpTimers> kTcpTimerNames = {
    "retransmission", "persist",    "delayed ACK", "TIME-WAIT",
    "FIN-WAIT-2",     "keep-alive", "loss probe",  "reordering"};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_TIMERS_H_
