// Decisions by which nothing happens.
#ifndef SIM_DECISION_ZERO_SOURCE_H_
#define SIM_DECISION_ZERO_SOURCE_H_

#include <cstdint>

#include "sim/decision/decisions.h"

namespace sim {

// Every draw is 0: no fault strikes, every magnitude is the least.
class ZeroSource final : public DecisionSource {
 public:
  uint32_t OpenStream(absl::string_view) override { return 0; }
  bool Branch(uint32_t, uint64_t, Ratio) override { return false; }
  uint64_t Magnitude(uint32_t, uint64_t, uint64_t) override { return 0; }
};

}  // namespace sim

#endif  // SIM_DECISION_ZERO_SOURCE_H_
