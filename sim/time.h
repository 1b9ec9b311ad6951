// Virtual time: integer nanoseconds since the run began. Nothing in wsim reads the wall clock.
#ifndef SIM_TIME_H_
#define SIM_TIME_H_

#include <compare>
#include <cstdint>
#include <limits>

#include "absl/time/time.h"

namespace sim {

// A moment of a run. Spans between moments are absl::Duration, and never scaled by floating point.
class Time {
 public:
  constexpr Time() = default;
  static constexpr Time FromNanoseconds(int64_t nanoseconds) { return Time(nanoseconds); }
  static constexpr Time Zero() { return Time(0); }
  // Later than every moment of a run: "not set", "no deadline".
  static constexpr Time Never() { return Time(std::numeric_limits<int64_t>::max()); }

  constexpr int64_t nanoseconds() const { return nanoseconds_; }
  constexpr bool is_never() const { return *this == Never(); }

  // Saturates at Never(): a deadline too far away is no deadline. `span` is not negative.
  friend Time operator+(Time time, absl::Duration span) {
    if (time.is_never()) return time;
    int64_t nanoseconds = absl::ToInt64Nanoseconds(span);
    if (nanoseconds > Never().nanoseconds_ - time.nanoseconds_) return Never();
    return Time(time.nanoseconds_ + nanoseconds);
  }
  friend absl::Duration operator-(Time later, Time earlier) {
    return absl::Nanoseconds(later.nanoseconds_ - earlier.nanoseconds_);
  }
  friend constexpr auto operator<=>(Time, Time) = default;

 private:
  constexpr explicit Time(int64_t nanoseconds) : nanoseconds_(nanoseconds) {}

  int64_t nanoseconds_ = 0;
};

}  // namespace sim

#endif  // SIM_TIME_H_
