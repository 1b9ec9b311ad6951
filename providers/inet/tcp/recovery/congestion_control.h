// How much may be in flight: what all congestion control algorithms share, and where they differ.
#ifndef PROVIDERS_INET_TCP_RECOVERY_CONGESTION_CONTROL_H_
#define PROVIDERS_INET_TCP_RECOVERY_CONGESTION_CONTROL_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"
#include "sim/time.h"

namespace inet {

// An acknowledgment of new data. Octets.
struct AckOfNewData {
  uint64_t acked = 0;
  uint64_t flight = 0;  // outstanding before it came
  sim::Time now;
  absl::Duration smoothed_rtt = absl::ZeroDuration();  // zero: not yet known
  size_t most_segments = 1;  // by which slow start may open the window (L of RFC 3465 2.2)
};

// Values in, window out: it knows neither connection nor clock. What was lost is told to it by
// LossRecovery or SackRecovery. "Flight" is what is outstanding, sent and not acknowledged, in
// octets. Slow start, and the window in recovery, are those of RFC 5681 for every algorithm.
class CongestionControl {
 public:
  // `initial_segments`: of the initial window; 0: as RFC 5681 3.1 says.
  explicit CongestionControl(size_t initial_segments) : initial_segments_(initial_segments) {}
  virtual ~CongestionControl() = default;

  // The first thing that is told, and again when path MTU discovery finds another size: SMSS.
  void SetSegmentSize(size_t smss);
  // The window goes on from where that of `former` stands: another algorithm was chosen.
  void TakeOver(const CongestionControl& former);
  // Outside recovery.
  void OnAck(const AckOfNewData& ack);
  // The network was congested: the threshold and the window fall at once. For losses that recovery
  // by SACK repairs, or a loss probe has; and for explicit notification (RFC 3168 6.1.2).
  void OnCongestionEvent(uint64_t flight, sim::Time now);
  // In recovery by SACK: what may be in flight, as its rate reduction says.
  void SetWindow(uint64_t octets) { cwnd_ = octets; }

  // Recovery without SACK (RFC 5681 3.2, RFC 6582): a loss was seen by duplicate acknowledgments;
  // what follows is in recovery, until its end.
  void OnRecoveryBegins(uint64_t flight, sim::Time now);
  void OnDuplicateAckInRecovery() { cwnd_ += smss_; }
  void OnPartialAckInRecovery(uint64_t acked);
  void OnRecoveryEnds(uint64_t flight);

  // The retransmission timer went off; `first`: for the first time since the peer was last heard.
  void OnTimeout(uint64_t flight, bool first, sim::Time now);
  // SYN or SYN,ACK had to be sent again (RFC 5681 3.1).
  void OnLostSyn() { cwnd_ = smss_; }
  // Nothing was sent for more than a retransmission time-out (RFC 5681 4.1).
  void OnRestartAfterIdle();

  // cwnd and ssthresh, in octets.
  uint64_t window() const { return cwnd_; }
  uint64_t slow_start_threshold() const { return ssthresh_; }

 protected:
  uint64_t smss() const { return smss_; }

 private:
  // Congestion avoidance: by how many octets the window grows.
  virtual uint64_t GrowthInAvoidance(const AckOfNewData& ack) = 0;
  // The threshold after a loss seen while `flight` octets, at most the window, were outstanding.
  virtual uint64_t ThresholdAfterLoss(uint64_t flight, sim::Time now) = 0;
  // Avoidance, if there was any, is over: a time-out, or a pause.
  virtual void OnAvoidanceInterrupted() = 0;

  uint64_t InitialWindow() const;

  const size_t initial_segments_;
  uint64_t smss_ = 0;
  uint64_t cwnd_ = 0;
  uint64_t ssthresh_ = UINT64_MAX;  // RFC 5681 3.1: arbitrarily high
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECOVERY_CONGESTION_CONTROL_H_
