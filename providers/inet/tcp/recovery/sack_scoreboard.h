// What the peer has, as far as it has said so: the scoreboard of RFC 6675 over the segments in
// flight.
#ifndef PROVIDERS_INET_TCP_RECOVERY_SACK_SCOREBOARD_H_
#define PROVIDERS_INET_TCP_RECOVERY_SACK_SCOREBOARD_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "providers/inet/tcp/recovery/sent_segments.h"
#include "sim/time.h"

namespace inet {

// Octets from begin up to end.
struct SequenceRange {
  uint64_t begin = 0;
  uint64_t end = 0;
  friend bool operator==(const SequenceRange&, const SequenceRange&) = default;
};

// The block that says which octets came twice, if the first block does (RFC 2883 4): it lies below
// the cumulative acknowledgment `ack`, or within the second block.
std::optional<SequenceRange> DuplicateSack(absl::Span<const SequenceRange> blocks, uint64_t ack);

// A segment counts as received when all of it is: a peer that reports less has it sent again.
class SackScoreboard {
 public:
  // A segment that the peer is now known to have, for the first time.
  using Visitor = absl::FunctionRef<void(const SentSegment&)>;

  // The octets from `begin` on, which is end(), were sent. `again`: not for the first time.
  void OnSent(uint64_t begin, uint64_t end, sim::Time now, bool again);
  // The segment at `index` was sent again.
  void OnRetransmitted(size_t index, sim::Time now);
  // Update() of RFC 6675 for the cumulative acknowledgment `una`, and for one block above it. Each
  // returns how many octets are now known to have arrived that were not before.
  uint64_t OnAck(uint64_t una, Visitor delivered);
  uint64_t OnSack(const SequenceRange& block, Visitor delivered);

  void MarkLost(size_t index);
  // IsLost() of RFC 6675 for every segment that was not sent again: marks those with `threshold`
  // separate runs, or more than `threshold` - 1 segments of `smss` octets, received above them.
  void MarkLostBySacks(size_t threshold, size_t smss);
  // What the peer may have let go of again counts as not received (RFC 2018 8).
  void ForgetSacks();
  void Clear();

  const SentSegments& segments() const { return segments_; }
  // Octets that are in the network: sent, not received, not lost (SetPipe() of RFC 6675).
  uint64_t pipe() const { return pipe_; }
  // Segments received beyond the cumulative acknowledgment.
  size_t sacked_segments() const { return sacked_segments_; }
  bool has_lost() const { return lost_segments_ > 0; }

  // NextSeg() of RFC 6675, by rule; the segment's index.
  std::optional<size_t> NextLost() const;        // (1): the first that is lost
  std::optional<size_t> NextUnreported() const;  // (3): the first below what was received
  std::optional<size_t> NextRescue() const;      // (4): the last that is missing, once

 private:
  void OnDelivered(SentSegment& segment);

  SentSegments segments_;
  uint64_t pipe_ = 0;
  uint64_t highest_sacked_ = 0;  // behind the last octet received; 0: none
  // No segment before it is lost: where the search for one begins.
  mutable uint64_t first_lost_hint_ = 0;
  size_t sacked_segments_ = 0;
  size_t lost_segments_ = 0;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECOVERY_SACK_SCOREBOARD_H_
