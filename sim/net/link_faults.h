// What may happen to frames in one direction of a link.
#ifndef SIM_NET_LINK_FAULTS_H_
#define SIM_NET_LINK_FAULTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "sim/decision/decisions.h"
#include "sim/net/link_parameters.h"

namespace sim {

// Draws the faults of one direction, each kind from a stream of its own: "link/client-server/loss"
// is about frames from client to server. A fault that cannot strike is not drawn, and its stream is
// never opened.
class LinkFaults {
 public:
  // `direction` is "client-server".
  LinkFaults(Decisions& decisions, std::string direction);

  bool Loses(const LinkParameters& parameters) { return Strikes(kLoss, parameters.loss); }
  bool Duplicates(const LinkParameters& parameters) {
    return Strikes(kDuplicate, parameters.duplicate);
  }
  // Which bit of a frame of `size` octets is flipped, 0 being the first octet's highest; nullopt:
  // none.
  std::optional<uint64_t> Corrupts(const LinkParameters& parameters, size_t size);
  // From 0 to the greatest jitter, each nanosecond equally likely.
  absl::Duration Jitter(const LinkParameters& parameters);
  // How long a frame that the reorder fault strikes is held back: long enough to be overtaken by
  // one that was sent right behind it, and up to the link's latency more. Nullopt: it keeps its
  // place.
  std::optional<absl::Duration> HoldsBack(const LinkParameters& parameters);

  // The trace's event of the last choice that one of the above made, for what follows from it.
  TraceId last_event() const { return last_event_; }

 private:
  enum Kind : uint8_t {
    kLoss,
    kDuplicate,
    kCorrupt,
    kCorruptBit,
    kJitter,
    kReorder,
    kReorderDelay
  };
  static constexpr size_t kKinds = 7;

  bool Strikes(Kind kind, Ratio ratio);
  uint64_t Below(Kind kind, uint64_t bound);
  DecisionStream& Stream(Kind kind);

  Decisions& decisions_;
  const std::string direction_;
  std::array<DecisionStream*, kKinds> streams_{};  // null until the first draw
  TraceId last_event_ = 0;
};

// How long a frame of that many octets (the plain count: no preamble, no frame check sequence, no
// gap) takes to send at that many bits per second, rounded up to the nanosecond.
absl::Duration TransmissionTime(size_t octets, uint64_t bandwidth);

}  // namespace sim

#endif  // SIM_NET_LINK_FAULTS_H_
