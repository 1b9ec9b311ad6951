// CUBIC, RFC 9438. Slow start is that of RFC 5681, without HyStart++.
#ifndef PROVIDERS_INET_TCP_RECOVERY_CUBIC_H_
#define PROVIDERS_INET_TCP_RECOVERY_CUBIC_H_

#include "absl/time/time.h"
#include "providers/inet/tcp/recovery/congestion_control.h"
#include "sim/time.h"

namespace inet {

// beta_cubic = 0.7 and C = 0.4, as exact ratios of integers; octets, nanoseconds and milliseconds
// throughout.
class Cubic final : public CongestionControl {
 public:
  using CongestionControl::CongestionControl;

  // W_max in octets, as fast convergence has left it.
  uint64_t greatest_window() const { return w_max_; }

 private:
  uint64_t GrowthInAvoidance(const AckOfNewData& ack) override;
  uint64_t ThresholdAfterLoss(uint64_t flight, sim::Time now) override;
  void OnAvoidanceInterrupted() override;

  void BeginEpoch(sim::Time now);
  // W_cubic of 4.2, `since` after the epoch began.
  uint64_t WindowAt(absl::Duration since) const;
  void GrowReno(uint64_t acked);

  uint64_t w_max_ = 0;         // the window before the last reduction; 0: none yet
  uint64_t before_loss_ = 0;   // cwnd_prior
  uint64_t reno_window_ = 0;   // W_est
  uint64_t reno_acked_ = 0;    // octets acknowledged since it last grew
  uint64_t growth_rest_ = 0;   // of the last division
  int64_t inflection_ms_ = 0;  // K
  sim::Time epoch_ = sim::Time::Never();
  bool after_timeout_ = false;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECOVERY_CUBIC_H_
