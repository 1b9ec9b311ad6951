// Every choice of a run that is not determined by the program comes from here.
#ifndef SIM_DECISION_DECISIONS_H_
#define SIM_DECISION_DECISIONS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "sim/ratio.h"
#include "sim/trace/trace.h"

namespace sim {

// What decides. A choice is keyed by (name, n-th draw of that name), so that a new host or link
// moves no other draw. A seeded source, a replayed record and a search implement it.
class DecisionSource {
 public:
  virtual ~DecisionSource() = default;

  // Called once for each name, before its first draw. Returns what stands for the name in the draws
  // that follow.
  virtual uint32_t OpenStream(absl::string_view name) = 0;

  // One of few alternatives; 0 = nothing happens. `strikes` is the probability of 1 in a choice
  // between two.
  virtual bool Branch(uint32_t stream, uint64_t n, Ratio strikes) = 0;
  // A number below `bound`, which is at least 2; 0 = the least that can happen.
  virtual uint64_t Magnitude(uint32_t stream, uint64_t n, uint64_t bound) = 0;
};

class Decisions;

// The draws of one name. Cheap to draw from; lives as long as the world.
class DecisionStream {
 public:
  // True with probability `strikes`. Not drawn where only one outcome is possible.
  bool Strikes(Ratio strikes);
  // A number in [0, bound). Not drawn where bound is 0 or 1.
  uint64_t Below(uint64_t bound);

  const std::string& name() const { return name_; }
  // The trace's event of the last choice, for what follows from it; 0: it was not drawn, or nobody
  // listens.
  TraceId last_event() const { return last_event_; }

 private:
  friend class Decisions;
  DecisionStream(Decisions& decisions, absl::string_view name, uint32_t number, uint32_t in_source)
      : decisions_(decisions), name_(name), number_(number), in_source_(in_source) {}

  void OnDrawn(TraceEvent event, uint64_t value);

  Decisions& decisions_;
  const std::string name_;
  const uint32_t number_;  // in the run, from 1, in the order of opening: what the trace shows
  const uint32_t in_source_;
  uint64_t draws_ = 0;
  TraceId last_event_ = 0;
};

// A run's own side of the source: opens streams, counts draws, records each in the trace.
class Decisions {
 public:
  Decisions(DecisionSource& source, Trace& trace) : source_(source), trace_(trace) {}
  Decisions(const Decisions&) = delete;
  Decisions& operator=(const Decisions&) = delete;

  // The stream of that name, for instance "link/client-server/loss"; the same one for the same
  // name. Stays valid.
  DecisionStream& Stream(absl::string_view name);
  // How many draws were made so far.
  uint64_t count() const { return count_; }

 private:
  friend class DecisionStream;

  DecisionSource& source_;
  Trace& trace_;
  absl::btree_map<std::string, std::unique_ptr<DecisionStream>> streams_;
  uint64_t count_ = 0;
};

}  // namespace sim

#endif  // SIM_DECISION_DECISIONS_H_
