// How fast the window falls in recovery: RFC 6937.
#ifndef PROVIDERS_INET_TCP_RECOVERY_PROPORTIONAL_RATE_REDUCTION_H_
#define PROVIDERS_INET_TCP_RECOVERY_PROPORTIONAL_RATE_REDUCTION_H_

#include <algorithm>
#include <cstdint>

namespace inet {

// Octets throughout. With the slow start reduction bound (PRR-SSRB).
class ProportionalRateReduction {
 public:
  // `flight`: RecoverFS, SND.NXT - SND.UNA when recovery begins.
  void Begin(uint64_t flight, uint64_t slow_start_threshold) {
    flight_ = std::max<uint64_t>(flight, 1);
    threshold_ = slow_start_threshold;
    delivered_ = sent_ = 0;
  }
  // What may be sent after an acknowledgment that delivered `delivered`, while `pipe` is in the
  // network: sndcnt.
  uint64_t OnAck(uint64_t delivered, uint64_t pipe, uint64_t smss) {
    delivered_ += delivered;
    if (pipe > threshold_) {
      const uint64_t due = (delivered_ * threshold_ + flight_ - 1) / flight_;
      return due > sent_ ? due - sent_ : 0;
    }
    const uint64_t balance = delivered_ > sent_ ? delivered_ - sent_ : 0;
    return std::min(threshold_ - pipe, std::max(balance, delivered) + smss);
  }
  void OnSent(uint64_t octets) { sent_ += octets; }
  // The first segment of recovery goes whatever the rate says.
  bool has_sent() const { return sent_ > 0; }

 private:
  uint64_t flight_ = 1;
  uint64_t threshold_ = 0;
  uint64_t delivered_ = 0;  // prr_delivered
  uint64_t sent_ = 0;       // prr_out
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECOVERY_PROPORTIONAL_RATE_REDUCTION_H_
