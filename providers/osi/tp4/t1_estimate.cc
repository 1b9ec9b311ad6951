#include "providers/osi/tp4/t1_estimate.h"

#include <algorithm>

#include "providers/osi/tp4/tp4_values.h"

namespace osi {

void T1Estimate::OnRoundTrip(absl::Duration round_trip) {
  back_off_ = 0;
  round_trip = std::max(round_trip, absl::Nanoseconds(1));
  if (smoothed_ == absl::ZeroDuration()) {
    smoothed_ = round_trip;
    variation_ = round_trip / 2;
    return;
  }
  variation_ = (variation_ * 3 + absl::AbsDuration(smoothed_ - round_trip)) / 4;
  smoothed_ = (smoothed_ * 7 + round_trip) / 8;
}

void T1Estimate::OnTimeout(int transmission) {
  back_off_ = std::max(transmission - 1, back_off_) + 1;
}

void T1Estimate::OnRetransmissionAcknowledged(absl::Duration after) {
  const bool is_usual =
      smoothed_ != absl::ZeroDuration() && 2 * after >= smoothed_ && after <= t1();
  if (is_usual) back_off_ = 0;
}

absl::Duration T1Estimate::t1() const {
  const absl::Duration measured =
      smoothed_ == absl::ZeroDuration() ? kFirstT1 : smoothed_ + variation_ * 4;
  return std::clamp(measured, kLeastT1 + remote_acknowledge_time_,
                    std::max(kGreatestT1, kLeastT1 + remote_acknowledge_time_));
}

absl::Duration T1Estimate::Interval(int transmission) const {
  const absl::Duration longest = std::max(kBackOffLimit, t1());
  absl::Duration interval = t1();
  const int doublings = std::max(transmission - 1, back_off_);
  for (int i = 0; i < doublings && interval < longest; ++i) interval *= 2;
  return std::min(interval, longest);
}

}  // namespace osi
