// How much may be in flight: the one interface of all congestion control algorithms.
#ifndef PROVIDERS_INET_TCP_CONGESTION_CONTROL_H_
#define PROVIDERS_INET_TCP_CONGESTION_CONTROL_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/time/time.h"
#include "sim/time.h"

namespace inet {

// An acknowledgment of new data. Octets.
struct AckOfNewData {
  uint64_t acked = 0;
  uint64_t flight = 0;  // outstanding before it came
  sim::Time now;
  absl::Duration smoothed_rtt = absl::ZeroDuration();  // zero: not yet known
};

// Values in, window out: it knows neither connection nor clock. What was lost is told to it by
// LossRecovery. "Flight" is what is outstanding, sent and not acknowledged, in octets.
class CongestionControl {
 public:
  virtual ~CongestionControl() = default;

  // The first thing that is told, and again when path MTU discovery finds another size: SMSS.
  virtual void SetSegmentSize(size_t smss) = 0;
  // Outside recovery.
  virtual void OnAck(const AckOfNewData& ack) = 0;
  // A loss was seen by duplicate acknowledgments; what follows is in recovery, until its end.
  virtual void OnRecoveryBegins(uint64_t flight, sim::Time now) = 0;
  virtual void OnDuplicateAckInRecovery() = 0;
  virtual void OnPartialAckInRecovery(uint64_t acked) = 0;
  virtual void OnRecoveryEnds(uint64_t flight) = 0;
  // The network has marked a packet (RFC 3168 6.1.2): as one that was lost, but nothing was.
  // Outside recovery, once for a window.
  virtual void OnCongestionMark(uint64_t flight, sim::Time now) {
    OnRecoveryBegins(flight, now);
    OnRecoveryEnds(flight);
  }
  // The retransmission timer went off; `first`: for the first time since the peer was last heard.
  virtual void OnTimeout(uint64_t flight, bool first, sim::Time now) = 0;
  // SYN or SYN,ACK had to be sent again (RFC 5681 3.1).
  virtual void OnLostSyn() = 0;
  // Nothing was sent for more than a retransmission time-out (RFC 5681 4.1).
  virtual void OnRestartAfterIdle() = 0;

  // cwnd and ssthresh, in octets.
  virtual uint64_t window() const = 0;
  virtual uint64_t slow_start_threshold() const = 0;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_CONGESTION_CONTROL_H_
