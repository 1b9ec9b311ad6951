// Decisions drawn from a seed.
#ifndef SIM_DECISION_SEEDED_SOURCE_H_
#define SIM_DECISION_SEEDED_SOURCE_H_

#include <cstdint>
#include <vector>

#include "sim/decision/decisions.h"

namespace sim {

// A counter-based generator: each draw is a function of the seed, the stream's name and n alone, so
// that what was drawn elsewhere, or not, makes no difference. The same on every machine. Not for
// secrets.
class SeededSource final : public DecisionSource {
 public:
  explicit SeededSource(uint64_t seed) : seed_(seed) {}

  uint32_t OpenStream(absl::string_view name) override;
  // Compares one number with `strikes`: where it strikes with some probability, it does with each
  // higher one.
  bool Branch(uint32_t stream, uint64_t n, Ratio strikes) override;
  // Every number below `bound` is equally likely.
  uint64_t Magnitude(uint32_t stream, uint64_t n, uint64_t bound) override;

 private:
  const uint64_t seed_;
  std::vector<uint64_t> keys_;  // by stream
};

}  // namespace sim

#endif  // SIM_DECISION_SEEDED_SOURCE_H_
