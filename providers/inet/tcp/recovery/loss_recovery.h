// What duplicate and partial acknowledgments say was lost: fast retransmit and fast recovery
// (RFC 5681 3.2, RFC 6582) and limited transmit (RFC 3042).
#ifndef PROVIDERS_INET_TCP_RECOVERY_LOSS_RECOVERY_H_
#define PROVIDERS_INET_TCP_RECOVERY_LOSS_RECOVERY_H_

#include <cstddef>
#include <cstdint>

namespace inet {

// Decides, and leaves the doing to the connection: which segment to send again is always the first
// not acknowledged. Offsets as in SendBuffer.
class LossRecovery {
 public:
  enum class Verdict : uint8_t {
    kNothing,       // in order, outside recovery
    kLimited,       // an early duplicate: up to new_segments() new segments may be sent
    kBegins,        // recovery begins: retransmit
    kDuplicate,     // a further duplicate in recovery
    kFirstPartial,  // as kPartial, for the first time: the retransmission timer starts anew
    kPartial,       // part of what was outstanding arrived: retransmit, stay in recovery
    kEnds,          // all that was outstanding arrived: recovery is over
  };

  explicit LossRecovery(size_t duplicate_ack_threshold)
      : threshold_(static_cast<uint32_t>(duplicate_ack_threshold)) {}

  // `una`, `nxt`: SND.UNA and SND.NXT when it came.
  Verdict OnDuplicateAck(uint64_t una, uint64_t nxt);
  // An acknowledgment up to `ack`, which is beyond SND.UNA.
  Verdict OnNewAck(uint64_t ack);
  // RFC 6582 3.2, step 4: recovery is over, and nothing sent before counts for another one.
  void OnTimeout(uint64_t nxt);

  bool in_recovery() const { return in_recovery_; }
  // Segments beyond the congestion window that RFC 3042 allows.
  size_t new_segments() const {
    return in_recovery_ || duplicates_ >= threshold_ ? 0 : duplicates_;
  }

 private:
  uint64_t recover_ = 0;  // RFC 6582: SND.NXT at the last loss
  const uint32_t threshold_;
  uint32_t duplicates_ = 0;
  bool in_recovery_ = false;
  bool had_partial_ = false;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECOVERY_LOSS_RECOVERY_H_
