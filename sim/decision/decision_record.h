// What was drawn in a run, as little of it as suffices to draw it again.
#ifndef SIM_DECISION_DECISION_RECORD_H_
#define SIM_DECISION_DECISION_RECORD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sim {

// One draw: `value` is 0 or 1 for a branch.
struct Draw {
  std::string stream;
  uint64_t n = 0;  // from 0, within the stream
  uint64_t value = 0;

  friend bool operator==(const Draw&, const Draw&) = default;
};

// A base and the draws that differ from it, so that removing one moves no other.
struct DecisionRecord {
  std::optional<uint64_t> seed;  // nullopt: the base is zero in every draw, nothing ever happens
  std::vector<Draw> draws;       // by stream (octets compared), then by n; no draw twice

  friend bool operator==(const DecisionRecord&, const DecisionRecord&) = default;
};

}  // namespace sim

#endif  // SIM_DECISION_DECISION_RECORD_H_
