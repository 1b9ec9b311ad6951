// Losses told by time: RACK, RFC 8985 6.
#ifndef PROVIDERS_INET_TCP_RECOVERY_RACK_H_
#define PROVIDERS_INET_TCP_RECOVERY_RACK_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"
#include "providers/inet/tcp/recovery/sack_scoreboard.h"
#include "providers/inet/tcp/recovery/sent_segments.h"
#include "sim/time.h"

namespace inet {

// A segment is lost when one that was sent after it has arrived, and a reordering window of time
// has passed since.
class Rack {
 public:
  explicit Rack(size_t duplicate_ack_threshold) : threshold_(duplicate_ack_threshold) {}

  // 6.2, steps 1 to 3: the peer is now known to have `segment`. In stream order for those of one
  // acknowledgment.
  void OnDelivered(const SentSegment& segment, sim::Time now);

  // What an acknowledgment says beside what it delivers.
  struct Round {
    uint64_t una = 0;
    uint64_t nxt = 0;
    bool has_duplicate_sack = false;
    bool ends_recovery = false;
  };
  // Step 4, the first half: adapts the reordering window to duplicates reported.
  void OnAck(const Round& round);
  // Step 4, the second half. `in_recovery`: fast recovery, or that after a time-out.
  absl::Duration ReorderingWindow(bool in_recovery, size_t sacked_segments,
                                  absl::Duration smoothed_rtt) const;
  // Step 5: marks what is lost now. Returns the moment at which more will be, if nothing else
  // arrives; Never() if nothing will.
  sim::Time DetectLoss(SackScoreboard& scoreboard, absl::Duration reordering_window,
                       sim::Time now) const;
  // 6.3: the retransmission timer went off.
  void MarkLostAtTimeout(SackScoreboard& scoreboard, absl::Duration reordering_window,
                         sim::Time now) const;

  bool has_seen_reordering() const { return reordering_seen_; }
  // Zero: not yet known.
  absl::Duration least_rtt() const { return least_rtt_; }

 private:
  void OnRoundTrip(absl::Duration rtt, sim::Time now);
  bool IsSentBefore(const SentSegment& segment) const {
    return segment.sent_at < sent_at_ || (segment.sent_at == sent_at_ && segment.end < end_);
  }

  const size_t threshold_;
  // Of the segment sent last of all that have arrived: RACK.xmit_ts, RACK.end_seq, RACK.rtt.
  sim::Time sent_at_;
  uint64_t end_ = 0;  // 0: none has arrived
  absl::Duration rtt_ = absl::ZeroDuration();
  // RACK.min_RTT, and when it was measured: an old one is forgotten.
  absl::Duration least_rtt_ = absl::ZeroDuration();
  sim::Time least_rtt_since_;
  uint64_t foremost_ = 0;          // RACK.fack
  uint64_t duplicates_until_ = 0;  // RACK.dsack_round; 0: None
  uint32_t multiplier_ = 1;        // RACK.reo_wnd_mult
  uint32_t persistence_ = 16;      // RACK.reo_wnd_persist
  bool reordering_seen_ = false;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECOVERY_RACK_H_
