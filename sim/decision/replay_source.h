// Decisions played back from a record.
#ifndef SIM_DECISION_REPLAY_SOURCE_H_
#define SIM_DECISION_REPLAY_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "sim/decision/decision_record.h"
#include "sim/decision/decisions.h"

namespace sim {

// Gives the record's draws where it has them and its base's elsewhere. A run replayed over the
// scenario that it was recorded from is the same run. Over another one a value may not fit: it is
// then the greatest that does.
class ReplaySource final : public DecisionSource {
 public:
  explicit ReplaySource(const DecisionRecord& record);

  uint32_t OpenStream(absl::string_view name) override;
  bool Branch(uint32_t stream, uint64_t n, Ratio strikes) override;
  uint64_t Magnitude(uint32_t stream, uint64_t n, uint64_t bound) override;

  // How many of the record's draws no run has asked for so far. Not 0 after a run: the record is
  // not of this run.
  size_t unused() const { return unused_; }

 private:
  using Values = absl::btree_map<uint64_t, uint64_t>;  // n to value
  struct Stream {
    uint32_t in_base;
    Values values;  // those not drawn yet
  };

  // True, with the value, where the record has one. Each is given once, as each n is drawn once.
  bool Take(Stream& stream, uint64_t n, uint64_t& value);

  const std::unique_ptr<DecisionSource> base_;
  absl::btree_map<std::string, Values> unopened_;
  std::vector<Stream> streams_;
  size_t unused_;
};

}  // namespace sim

#endif  // SIM_DECISION_REPLAY_SOURCE_H_
