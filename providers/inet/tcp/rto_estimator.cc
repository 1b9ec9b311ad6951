#include "providers/inet/tcp/rto_estimator.h"

#include <algorithm>

namespace inet {

RtoEstimator::RtoEstimator(const RtoLimits& limits)
    : base_(absl::ToInt64Nanoseconds(limits.initial)),
      min_(limits.min),
      max_(limits.max),
      granularity_(limits.granularity),
      slop_(limits.slop) {}

RtoEstimator::Limit::Limit(absl::Duration span)
    : microseconds_(static_cast<uint32_t>(
          std::clamp<int64_t>(absl::ToInt64Microseconds(span), 0, UINT32_MAX))) {}

void RtoEstimator::OnRttSample(absl::Duration rtt, int expected) {
  // A round trip of no time at all is one below the clock's granularity.
  const int64_t r = std::max<int64_t>(absl::ToInt64Nanoseconds(rtt), 1);
  if (srtt_ == 0) {
    srtt_ = r;
    rttvar_ = r / 2;
  } else {
    const int64_t deviation = srtt_ > r ? srtt_ - r : r - srtt_;
    rttvar_ += (deviation - rttvar_) / (4 * expected);  // beta = 1/4
    srtt_ += (r - srtt_) / (8 * expected);              // alpha = 1/8
  }
  base_ = std::clamp(srtt_ + std::max(granularity_.nanoseconds(), 4 * rttvar_), min_.nanoseconds(),
                     max_.nanoseconds());
  backoff_ = 0;
}

void RtoEstimator::OnTimeout() {
  if (absl::ToInt64Nanoseconds(rto()) < max_.nanoseconds()) ++backoff_;
}

void RtoEstimator::OnLostSyn(absl::Duration rto) {
  backoff_ = 0;
  if (!has_sample()) base_ = std::max(base_, absl::ToInt64Nanoseconds(rto));
}

absl::Duration RtoEstimator::rto() const {
  const int64_t max = max_.nanoseconds();
  int64_t rto = std::min(base_, max);
  for (int i = 0; i < backoff_ && rto < max; ++i) rto = rto > max / 2 ? max : rto * 2;
  if (has_sample() || backoff_ > 0) rto += slop_.nanoseconds();
  return absl::Nanoseconds(rto);
}

}  // namespace inet
