// Congestion avoidance of RFC 5681.
#ifndef PROVIDERS_INET_TCP_RECOVERY_NEW_RENO_H_
#define PROVIDERS_INET_TCP_RECOVERY_NEW_RENO_H_

#include "providers/inet/tcp/recovery/congestion_control.h"

namespace inet {

class NewReno final : public CongestionControl {
 public:
  using CongestionControl::CongestionControl;

 private:
  // One segment for each window of data: byte counting, as RFC 5681 3.1 recommends.
  uint64_t GrowthInAvoidance(const AckOfNewData& ack) override {
    acked_ += ack.acked;
    if (acked_ < window()) return 0;
    acked_ -= window();
    return smss();
  }
  uint64_t ThresholdAfterLoss(uint64_t flight, sim::Time) override {
    acked_ = 0;
    return flight / 2;  // RFC 5681 3.1 (4)
  }
  void OnAvoidanceInterrupted() override { acked_ = 0; }

  uint64_t acked_ = 0;  // octets since the window last grew
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECOVERY_NEW_RENO_H_
