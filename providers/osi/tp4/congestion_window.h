// How many DT TPDUs the network is trusted with at a time: the credit says what the peer can take,
// this what the way to it can (RFC 1008 section 6, RFC 5681 section 3.1).
#ifndef PROVIDERS_OSI_TP4_CONGESTION_WINDOW_H_
#define PROVIDERS_OSI_TP4_CONGESTION_WINDOW_H_

#include <algorithm>
#include <cstdint>

namespace osi {

// In TPDUs. Doubles in each round trip (slow start) up to the threshold, then grows by one; a
// retransmission after T1 halves the threshold and starts again from one.
class CongestionWindow {
 public:
  static constexpr uint32_t kInitial = 2;
  static constexpr uint32_t kLeastThreshold = 2;

  uint32_t tpdus() const { return tpdus_; }

  // `count` DTs were acknowledged for the first time.
  void OnAcknowledged(uint64_t count) {
    for (; count > 0; --count) {
      if (tpdus_ < threshold_) {
        ++tpdus_;
      } else if (++acknowledged_ >= tpdus_) {
        ++tpdus_;
        acknowledged_ = 0;
      }
    }
  }
  // T1 ran out with `outstanding` DTs not acknowledged, or the network reports that it discarded
  // one. Not `is_first`: the DT was transmitted again before, and the threshold says so already
  // (RFC 5681 section 3.1).
  void OnLoss(uint64_t outstanding, bool is_first) {
    if (is_first) {
      threshold_ = static_cast<uint32_t>(std::max<uint64_t>(outstanding / 2, kLeastThreshold));
    }
    tpdus_ = 1;
    acknowledged_ = 0;
  }

 private:
  uint32_t tpdus_ = kInitial;
  uint32_t threshold_ = UINT32_MAX;
  uint32_t acknowledged_ = 0;  // since the window grew, above the threshold
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_CONGESTION_WINDOW_H_
