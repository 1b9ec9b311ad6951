#include "sim/decision/base_source.h"

#include "sim/decision/seeded_source.h"
#include "sim/decision/zero_source.h"

namespace sim {

std::unique_ptr<DecisionSource> MakeBaseSource(std::optional<uint64_t> seed) {
  if (seed.has_value()) return std::make_unique<SeededSource>(*seed);
  return std::make_unique<ZeroSource>();
}

}  // namespace sim
