#include "providers/inet/tcp/timestamps.h"

#include <algorithm>

namespace inet {
namespace {

// "Less" among values that wrap, RFC 7323 5.2.
bool IsBefore(uint32_t a, uint32_t b) { return static_cast<int32_t>(a - b) < 0; }

}  // namespace

uint32_t Timestamps::Value(sim::Time now) const {
  return offset_ + static_cast<uint32_t>(now.nanoseconds() / absl::ToInt64Nanoseconds(kTick));
}

bool Timestamps::IsOld(uint32_t value, sim::Time now) const {
  return has_recent_ && IsBefore(value, recent_) && now - taken_at_ <= kOutdated;
}

void Timestamps::Take(uint32_t value, sim::Time now) {
  if (IsOld(value, now)) return;
  recent_ = value;
  has_recent_ = true;
  taken_at_ = now;
}

std::optional<absl::Duration> Timestamps::Elapsed(uint32_t echo, sim::Time now) const {
  const uint32_t value = Value(now);
  const uint32_t ticks = value - echo;
  if (ticks > value - offset_) return std::nullopt;
  return std::max<uint32_t>(ticks, 1) * kTick;
}

}  // namespace inet
