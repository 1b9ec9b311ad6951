// Losses at the end of what was sent, which no later segment would show: TLP, RFC 8985 7.
#ifndef PROVIDERS_INET_TCP_RECOVERY_TAIL_LOSS_PROBE_H_
#define PROVIDERS_INET_TCP_RECOVERY_TAIL_LOSS_PROBE_H_

#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "providers/inet/tcp/recovery/sack_scoreboard.h"

namespace inet {

// One probe at a time, and none before a round trip was measured since the last.
class TailLossProbe {
 public:
  // PTO (7.2). `smoothed_rtt` zero: not known. A lone segment's acknowledgment may be delayed by
  // `greatest_ack_delay`.
  static absl::Duration Timeout(absl::Duration smoothed_rtt, bool is_lone_segment,
                                absl::Duration greatest_ack_delay);

  bool may_probe() const { return end_ == 0 && has_round_trip_; }
  // The probe went out (7.3); everything sent so far ends at `end`.
  void OnProbe(uint64_t end, bool is_retransmission) {
    end_ = end;
    is_retransmission_ = is_retransmission;
    has_round_trip_ = false;
  }
  // A round trip was measured.
  void OnRoundTrip() { has_round_trip_ = true; }
  // 7.4.2. `repeats`: it acknowledges nothing new, with text or SACK blocks neither. True: the
  // probe has repaired a loss, to which congestion control must react.
  bool OnAck(uint64_t ack, const std::optional<SequenceRange>& duplicate, bool repeats);
  // A time-out or recovery does the rest.
  void Cancel() { end_ = 0; }

 private:
  uint64_t end_ = 0;  // TLP.end_seq; 0: None
  bool is_retransmission_ = false;
  bool has_round_trip_ = true;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECOVERY_TAIL_LOSS_PROBE_H_
