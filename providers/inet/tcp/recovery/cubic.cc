#include "providers/inet/tcp/recovery/cubic.h"

#include <algorithm>

#include "providers/inet/tcp/recovery/cube_root.h"

namespace inet {
namespace {

// Beyond this distance from the inflection point the curve is steeper than any window can follow;
// its cube has room in 64 bits.
constexpr int64_t kLongestMs = 100'000;

}  // namespace

uint64_t Cubic::GrowthInAvoidance(const AckOfNewData& ack) {
  if (epoch_.is_never()) BeginEpoch(ack.now);
  GrowReno(ack.acked);
  const absl::Duration since = ack.now - epoch_;
  if (WindowAt(since) < reno_window_) {  // 4.3, the Reno-friendly region
    return reno_window_ > window() ? reno_window_ - window() : 0;
  }
  // 4.4 and 4.5: to where the curve will be in a round trip, but never by more than half.
  const uint64_t target =
      std::clamp(WindowAt(since + ack.smoothed_rtt), window(), window() + window() / 2);
  const uint64_t growth = (target - window()) * ack.acked + growth_rest_;
  growth_rest_ = growth % window();
  return growth / window();
}

void Cubic::BeginEpoch(sim::Time now) {
  epoch_ = now;
  reno_window_ = window();
  reno_acked_ = growth_rest_ = 0;
  if (after_timeout_ || window() >= w_max_) w_max_ = window();
  after_timeout_ = false;
  // K of 4.2: the cube root of (W_max - cwnd) / C seconds, in milliseconds.
  inflection_ms_ =
      static_cast<int64_t>(CubeRoot((w_max_ - window()) * 5 * 1'000'000'000 / (2 * smss())));
}

uint64_t Cubic::WindowAt(absl::Duration since) const {
  const int64_t ms = absl::ToInt64Milliseconds(since) - inflection_ms_;
  const auto distance = static_cast<uint64_t>(std::min(ms < 0 ? -ms : ms, kLongestMs));
  // C * (t - K)^3 segments, C = 2 / 5 and t in seconds.
  const uint64_t octets = distance * distance * distance / 1'000'000 * 2 * smss() / 5000;
  if (ms >= 0) return w_max_ + octets;
  return w_max_ > octets ? w_max_ - octets : 0;
}

// W_est of 4.3: alpha_cubic, 9/17, until it has come to where the last loss was; 1 beyond.
void Cubic::GrowReno(uint64_t acked) {
  reno_acked_ += acked * (reno_window_ < before_loss_ ? 9 : 17);
  const uint64_t step = window() * 17;
  if (reno_acked_ < step) return;
  reno_acked_ -= step;
  reno_window_ += smss();
}

uint64_t Cubic::ThresholdAfterLoss(uint64_t flight, sim::Time) {
  before_loss_ = window();
  // Fast convergence, 4.7: a window that did not come back to where it was leaves room to others.
  w_max_ = window() < w_max_ ? window() * 17 / 20 : window();
  epoch_ = sim::Time::Never();
  return flight * 7 / 10;
}

void Cubic::OnAvoidanceInterrupted() {  // 4.8
  epoch_ = sim::Time::Never();
  after_timeout_ = true;
}

}  // namespace inet
