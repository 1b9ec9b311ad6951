#include "providers/inet/tcp/recovery/loss_recovery.h"

namespace inet {

LossRecovery::Verdict LossRecovery::OnDuplicateAck(uint64_t una, uint64_t nxt) {
  if (in_recovery_) return Verdict::kDuplicate;
  if (++duplicates_ < threshold_) return Verdict::kLimited;
  // RFC 6582 3.2, step 1: duplicates of what was retransmitted after a time-out say nothing new.
  if (duplicates_ > threshold_ || una <= recover_) return Verdict::kNothing;
  in_recovery_ = true;
  had_partial_ = false;
  recover_ = nxt;
  return Verdict::kBegins;
}

LossRecovery::Verdict LossRecovery::OnNewAck(uint64_t ack) {
  duplicates_ = 0;
  if (!in_recovery_) return Verdict::kNothing;
  if (ack < recover_) {
    const bool is_first = !had_partial_;
    had_partial_ = true;
    return is_first ? Verdict::kFirstPartial : Verdict::kPartial;
  }
  in_recovery_ = false;
  return Verdict::kEnds;
}

void LossRecovery::OnTimeout(uint64_t nxt) {
  duplicates_ = 0;
  in_recovery_ = false;
  recover_ = nxt;
}

}  // namespace inet
