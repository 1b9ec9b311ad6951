// Slow start, congestion avoidance and fast recovery of RFC 5681, with the NewReno modification of
// RFC 6582.
#ifndef PROVIDERS_INET_TCP_NEW_RENO_H_
#define PROVIDERS_INET_TCP_NEW_RENO_H_

#include "providers/inet/tcp/congestion_control.h"

namespace inet {

class NewReno final : public CongestionControl {
 public:
  // `initial_segments`: of the initial window; 0: as RFC 5681 3.1 says.
  explicit NewReno(size_t initial_segments) : initial_segments_(initial_segments) {}

  void SetSegmentSize(size_t smss) override;
  void OnAck(const AckOfNewData& ack) override;
  void OnRecoveryBegins(uint64_t flight, sim::Time now) override;
  void OnDuplicateAckInRecovery() override { cwnd_ += smss_; }
  void OnPartialAckInRecovery(uint64_t acked) override;
  void OnRecoveryEnds(uint64_t flight) override;
  void OnTimeout(uint64_t flight, bool first, sim::Time now) override;
  void OnLostSyn() override { cwnd_ = smss_; }
  void OnRestartAfterIdle() override;

  uint64_t window() const override { return cwnd_; }
  uint64_t slow_start_threshold() const override { return ssthresh_; }

 private:
  uint64_t InitialWindow() const;

  const size_t initial_segments_;
  uint64_t smss_ = 0;
  uint64_t cwnd_ = 0;
  uint64_t ssthresh_ = UINT64_MAX;   // RFC 5681 3.1: arbitrarily high
  uint64_t acked_in_avoidance_ = 0;  // octets since cwnd last grew
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_NEW_RENO_H_
