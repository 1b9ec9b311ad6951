// The timestamps of one connection: RFC 7323 3 to 5.
#ifndef PROVIDERS_INET_TCP_TIMESTAMPS_H_
#define PROVIDERS_INET_TCP_TIMESTAMPS_H_

#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "providers/inet/tcp/tcp_header.h"
#include "sim/time.h"

namespace inet {

// Ours come from a clock that ticks every millisecond of the run, with an offset of the
// connection's own (5.4). Of the peer's it keeps TS.Recent, which is echoed, and against which old
// duplicates are told (5.3: PAWS).
class Timestamps {
 public:
  static constexpr absl::Duration kTick = absl::Milliseconds(1);
  // After that long without a segment TS.Recent says nothing any more (5.5): 24 days, in which the
  // fastest clock allowed runs through half of its values.
  static constexpr absl::Duration kOutdated = absl::Hours(24 * 24);

  void set_offset(uint32_t offset) { offset_ = offset; }

  // TSval and TSecr for a segment sent now; the echo is 0 before the peer's first was taken.
  TcpTimestamps Make(sim::Time now) const { return {.value = Value(now), .echo_reply = recent_}; }

  // R1 of 5.3: whether a segment with this TSval is an old duplicate.
  bool IsOld(uint32_t value, sim::Time now) const;
  // R3: becomes TS.Recent, unless it is older. The caller has made sure that the segment reaches up
  // to Last.ACK.sent (4.3).
  void Take(uint32_t value, sim::Time now);
  bool has_recent() const { return has_recent_; }
  uint32_t recent() const { return recent_; }

  // How long ago we sent the TSval that `echo` repeats (4.1), at least a tick; nullopt for one that
  // we did not send.
  std::optional<absl::Duration> Elapsed(uint32_t echo, sim::Time now) const;

 private:
  uint32_t Value(sim::Time now) const;

  uint32_t offset_ = 0;
  uint32_t recent_ = 0;
  bool has_recent_ = false;
  sim::Time taken_at_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TIMESTAMPS_H_
