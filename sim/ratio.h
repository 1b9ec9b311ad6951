// A probability as a ratio of integers.
#ifndef SIM_RATIO_H_
#define SIM_RATIO_H_

#include <compare>
#include <cstdint>

namespace sim {

// billionths / 10^9, from 0 (never) to 1 (always).
struct Ratio {
  static constexpr uint32_t kOne = 1'000'000'000;
  uint32_t billionths = 0;

  friend constexpr auto operator<=>(Ratio, Ratio) = default;
};

}  // namespace sim

#endif  // SIM_RATIO_H_
