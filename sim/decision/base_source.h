// What the draws of a record are told apart from.
#ifndef SIM_DECISION_BASE_SOURCE_H_
#define SIM_DECISION_BASE_SOURCE_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "sim/decision/decisions.h"

namespace sim {

// The source that a record without draws stands for: SeededSource of that seed, or ZeroSource.
std::unique_ptr<DecisionSource> MakeBaseSource(std::optional<uint64_t> seed);

}  // namespace sim

#endif  // SIM_DECISION_BASE_SOURCE_H_
