#include "providers/inet/tcp/recovery/tail_loss_probe.h"

namespace inet {

absl::Duration TailLossProbe::Timeout(absl::Duration smoothed_rtt, bool is_lone_segment,
                                      absl::Duration greatest_ack_delay) {
  if (smoothed_rtt == absl::ZeroDuration()) return absl::Seconds(1);
  return 2 * smoothed_rtt + (is_lone_segment ? greatest_ack_delay : absl::ZeroDuration());
}

bool TailLossProbe::OnAck(uint64_t ack, const std::optional<SequenceRange>& duplicate,
                          bool repeats) {
  if (end_ == 0 || ack < end_) return false;
  const bool came_twice = duplicate.has_value() && duplicate->end == end_;
  if (!is_retransmission_ || came_twice) {
    end_ = 0;
    return false;
  }
  if (ack > end_) {  // and nobody has said that the probe came twice
    end_ = 0;
    return true;
  }
  if (repeats) end_ = 0;
  return false;
}

}  // namespace inet
