#include "providers/inet/tcp/new_reno.h"

#include <algorithm>

namespace inet {

uint64_t NewReno::InitialWindow() const {
  if (initial_segments_ != 0) return initial_segments_ * smss_;
  if (smss_ > 2190) return 2 * smss_;
  return smss_ > 1095 ? 3 * smss_ : 4 * smss_;
}

void NewReno::SetSegmentSize(size_t smss) {
  const bool first = smss_ == 0;
  smss_ = smss;
  if (first) cwnd_ = InitialWindow();
}

void NewReno::OnAck(const AckOfNewData& ack) {
  // A window that the user does not fill says nothing about the network, and does not grow.
  if (ack.flight < cwnd_ / 2) return;
  if (cwnd_ < ssthresh_) {
    cwnd_ += std::min(ack.acked, smss_);  // RFC 5681 3.1 (2)
    return;
  }
  // One segment for each window of data: byte counting, as RFC 5681 3.1 recommends.
  acked_in_avoidance_ += ack.acked;
  if (acked_in_avoidance_ < cwnd_) return;
  acked_in_avoidance_ -= cwnd_;
  cwnd_ += smss_;
}

void NewReno::OnRecoveryBegins(uint64_t flight, sim::Time) {
  ssthresh_ = std::max(flight / 2, 2 * smss_);  // RFC 5681 3.1 (4)
  cwnd_ = ssthresh_ + 3 * smss_;                // RFC 5681 3.2, step 3
}

void NewReno::OnPartialAckInRecovery(uint64_t acked) {  // RFC 6582 3.2, step 3
  cwnd_ -= std::min(acked, cwnd_);
  if (acked >= smss_) cwnd_ += smss_;
  cwnd_ = std::max(cwnd_, smss_);
}

void NewReno::OnRecoveryEnds(uint64_t flight) {  // RFC 6582 3.2, step 3, option 1
  cwnd_ = std::min(ssthresh_, std::max(flight, smss_) + smss_);
  acked_in_avoidance_ = 0;
}

void NewReno::OnTimeout(uint64_t flight, bool first, sim::Time) {  // RFC 5681 3.1 (4)
  if (first) ssthresh_ = std::max(flight / 2, 2 * smss_);
  cwnd_ = smss_;
  acked_in_avoidance_ = 0;
}

void NewReno::OnRestartAfterIdle() { cwnd_ = std::min(cwnd_, InitialWindow()); }

}  // namespace inet
