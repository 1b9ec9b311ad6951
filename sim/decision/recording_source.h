// Decisions written down while they are made.
#ifndef SIM_DECISION_RECORDING_SOURCE_H_
#define SIM_DECISION_RECORDING_SOURCE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/decision/decision_record.h"
#include "sim/decision/decisions.h"

namespace sim {

// Lets another source decide and keeps each draw that differs from the base. Around a source that
// is its own base (SeededSource(7) over seed 7) it keeps nothing, and the record is the seed.
class RecordingSource final : public DecisionSource {
 public:
  // `decides` outlives it.
  RecordingSource(DecisionSource& decides, std::optional<uint64_t> base_seed);

  uint32_t OpenStream(absl::string_view name) override;
  bool Branch(uint32_t stream, uint64_t n, Ratio strikes) override;
  uint64_t Magnitude(uint32_t stream, uint64_t n, uint64_t bound) override;

  // What was drawn up to now.
  DecisionRecord record() const;

 private:
  struct Stream {
    std::string name;
    uint32_t in_decides;
    uint32_t in_base;
    std::vector<std::pair<uint64_t, uint64_t>> differing;  // n and value, by n
  };

  DecisionSource& decides_;
  const std::optional<uint64_t> base_seed_;
  const std::unique_ptr<DecisionSource> base_;
  std::vector<Stream> streams_;
};

}  // namespace sim

#endif  // SIM_DECISION_RECORDING_SOURCE_H_
