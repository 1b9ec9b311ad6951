// T1, the retransmission time of ISO 8073 12.2.1.1.4, from the answers that came.
#ifndef PROVIDERS_OSI_TP4_T1_ESTIMATE_H_
#define PROVIDERS_OSI_TP4_T1_ESTIMATE_H_

#include "absl/time/time.h"

namespace osi {

// T1 = ELR + ERL + AR + X: measured as one round trip, which includes the peer's acknowledge time,
// and smoothed as in RFC 6298 section 2. Integer arithmetic; quotients round toward zero.
class T1Estimate {
 public:
  // What the peer says of its acknowledge time, AR: T1 is never less than that and kLeastT1
  // together.
  void SetRemoteAcknowledgeTime(absl::Duration time) { remote_acknowledge_time_ = time; }

  // Never for a TPDU that was transmitted more than once.
  void OnRoundTrip(absl::Duration round_trip);
  // T1 ran out after the n-th transmission of a DT. Round trips may be longer than was thought:
  // until one is measured, everything waits twice as long as that DT did (Karn's rule).
  void OnTimeout(int transmission);
  // So long after it was sent again that DT was acknowledged. If that is what a round trip used to
  // take, then the way is as before, and the first one was lost.
  void OnRetransmissionAcknowledged(absl::Duration after);

  absl::Duration t1() const;
  // From the n-th transmission of a TPDU, counted from 1, until the next one.
  absl::Duration Interval(int transmission) const;

 private:
  absl::Duration smoothed_ = absl::ZeroDuration();  // zero: no round trip yet
  absl::Duration variation_ = absl::ZeroDuration();
  absl::Duration remote_acknowledge_time_ = absl::ZeroDuration();
  int back_off_ = 0;  // how often every interval is doubled at least
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_T1_ESTIMATE_H_
