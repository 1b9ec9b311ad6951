#include "providers/inet/tcp/recovery/congestion_control.h"

#include <algorithm>

namespace inet {

uint64_t CongestionControl::InitialWindow() const {
  if (initial_segments_ != 0) return initial_segments_ * smss_;
  if (smss_ > 2190) return 2 * smss_;
  return smss_ > 1095 ? 3 * smss_ : 4 * smss_;
}

void CongestionControl::SetSegmentSize(size_t smss) {
  const bool first = smss_ == 0;
  smss_ = smss;
  if (first) cwnd_ = InitialWindow();
}

void CongestionControl::TakeOver(const CongestionControl& former) {
  smss_ = former.smss_;
  cwnd_ = former.cwnd_;
  ssthresh_ = former.ssthresh_;
}

void CongestionControl::OnAck(const AckOfNewData& ack) {
  // A window that the user does not fill says nothing about the network, and does not grow.
  if (ack.flight < cwnd_ / 2) return;
  // RFC 5681 3.1 (2)
  cwnd_ +=
      cwnd_ < ssthresh_ ? std::min(ack.acked, ack.most_segments * smss_) : GrowthInAvoidance(ack);
}

void CongestionControl::OnCongestionEvent(uint64_t flight, sim::Time now) {
  // What limited transmit has sent beyond the window does not count (RFC 5681 3.2, step 2).
  ssthresh_ = std::max(ThresholdAfterLoss(std::min(flight, cwnd_), now), 2 * smss_);
  cwnd_ = ssthresh_;
}

void CongestionControl::OnRecoveryBegins(uint64_t flight, sim::Time now) {
  OnCongestionEvent(flight, now);
  cwnd_ += 3 * smss_;  // RFC 5681 3.2, step 3
}

void CongestionControl::OnPartialAckInRecovery(uint64_t acked) {  // RFC 6582 3.2, step 3
  cwnd_ -= std::min(acked, cwnd_);
  if (acked >= smss_) cwnd_ += smss_;
  cwnd_ = std::max(cwnd_, smss_);
}

void CongestionControl::OnRecoveryEnds(uint64_t flight) {  // RFC 6582 3.2, step 3, option 1
  cwnd_ = std::min(ssthresh_, std::max(flight, smss_) + smss_);
}

void CongestionControl::OnTimeout(uint64_t flight, bool first, sim::Time now) {
  if (first) OnCongestionEvent(flight, now);  // RFC 5681 3.1 (4)
  cwnd_ = smss_;
  OnAvoidanceInterrupted();
}

void CongestionControl::OnRestartAfterIdle() {
  cwnd_ = std::min(cwnd_, InitialWindow());
  OnAvoidanceInterrupted();
}

}  // namespace inet
