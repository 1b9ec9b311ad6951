// How many errors a node sends: RFC 4443 2.4 (f), and RFC 1812 4.3.2.8 for IPv4.
#ifndef PROVIDERS_INET_ICMP_ERROR_LIMITER_H_
#define PROVIDERS_INET_ICMP_ERROR_LIMITER_H_

#include <algorithm>

#include "absl/time/time.h"
#include "sim/time.h"

namespace inet {

// A token bucket, full at the start: kBurst errors at once, and one more for each interval.
class IcmpErrorLimiter {
 public:
  // The standard's own example for a small device.
  static constexpr int kBurst = 10;
  static constexpr absl::Duration Interval() { return absl::Milliseconds(100); }

  bool Allow(sim::Time now) {
    credit_ = std::min(credit_ + (now - since_), kBurst * Interval());
    since_ = now;
    if (credit_ < Interval()) return false;
    credit_ -= Interval();
    return true;
  }

 private:
  absl::Duration credit_ = kBurst * Interval();
  sim::Time since_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_ICMP_ERROR_LIMITER_H_
