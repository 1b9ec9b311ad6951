// The retransmission time-out, RFC 6298. Integer arithmetic; quotients round toward zero.
#ifndef PROVIDERS_INET_TCP_RTO_ESTIMATOR_H_
#define PROVIDERS_INET_TCP_RTO_ESTIMATOR_H_

#include <cstdint>

#include "absl/time/time.h"

namespace inet {

struct RtoLimits {
  absl::Duration initial = absl::Seconds(1);           // 2.1, before any sample
  absl::Duration min = absl::Seconds(1);               // 2.4
  absl::Duration max = absl::Seconds(60);              // 2.5
  absl::Duration granularity = absl::Milliseconds(1);  // G of 2.2
  absl::Duration slop = absl::ZeroDuration();          // added to all but the initial one
};

class RtoEstimator {
 public:
  explicit RtoEstimator(const RtoLimits& limits);

  // 2.2 and 2.3. Never for a segment that was retransmitted (3). Ends a back-off.
  // One of `expected` samples in this round trip, which count together as much as one alone does
  // (RFC 7323 appendix G).
  void OnRttSample(absl::Duration rtt, int expected = 1);
  // 5.5: doubles the time-out, up to the maximum.
  void OnTimeout();
  // The peer has acknowledged something new: the back-off of 5.5 is over even where there is no
  // sample, as the estimate without it is still the best there is.
  void OnProgress() { backoff_ = 0; }
  // 5.7: a SYN was lost; without a sample the data begins with at least `rto`.
  void OnLostSyn(absl::Duration rto);

  absl::Duration rto() const;
  bool has_sample() const { return srtt_ != 0; }
  // SRTT; zero before the first sample.
  absl::Duration smoothed_rtt() const { return absl::Nanoseconds(srtt_); }

 private:
  // Whole microseconds, at most 71 minutes: a connection has several of them.
  class Limit {
   public:
    explicit Limit(absl::Duration span);
    int64_t nanoseconds() const { return int64_t{microseconds_} * 1000; }

   private:
    uint32_t microseconds_;
  };

  // Nanoseconds.
  int64_t base_;
  int64_t srtt_ = 0;
  int64_t rttvar_ = 0;
  const Limit min_;
  const Limit max_;
  const Limit granularity_;
  const Limit slop_;
  int backoff_ = 0;  // time-outs in a row
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RTO_ESTIMATOR_H_
