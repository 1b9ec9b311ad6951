// Loss recovery of a connection whose peer says what it has: RFC 6675, with RACK and tail loss
// probes (RFC 8985), and proportional rate reduction (RFC 6937).
#ifndef PROVIDERS_INET_TCP_RECOVERY_SACK_RECOVERY_H_
#define PROVIDERS_INET_TCP_RECOVERY_SACK_RECOVERY_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "providers/inet/tcp/recovery/congestion_control.h"
#include "providers/inet/tcp/recovery/proportional_rate_reduction.h"
#include "providers/inet/tcp/recovery/rack.h"
#include "providers/inet/tcp/recovery/sack_scoreboard.h"
#include "providers/inet/tcp/recovery/tail_loss_probe.h"
#include "providers/inet/tcp/tcp_settings.h"
#include "sim/time.h"

namespace inet {

// Decides what is lost and when recovery begins and ends, tells congestion control, and says which
// segment to send again; the sending is the connection's. Offsets as in SendBuffer.
class SackRecovery {
 public:
  explicit SackRecovery(const TcpSettings& settings)
      : settings_(settings), rack_(settings.duplicate_ack_threshold) {}

  // The octets from `begin` on were sent; `again`: not for the first time. They stand behind all
  // that was sent since Forget.
  void OnSent(uint64_t begin, uint64_t end, sim::Time now, bool again);
  // The range, which Next has named, was sent again.
  void OnRetransmitted(const SequenceRange& range, sim::Time now);

  struct Ack {
    uint64_t before = 0;  // SND.UNA until now
    uint64_t una = 0;     // SND.UNA from now on
    uint64_t nxt = 0;
    absl::Span<const SequenceRange> blocks;  // those of the SACK option, in its order
    bool has_text = false;
    sim::Time now;
    absl::Duration smoothed_rtt = absl::ZeroDuration();
    size_t smss = 0;
  };
  // An acceptable acknowledgment, also one that acknowledges nothing new.
  void OnAck(const Ack& ack, CongestionControl& congestion);
  // The moment of reordering_deadline() has come.
  void OnReorderingDeadline(const Ack& state, CongestionControl& congestion);
  // The retransmission timer went off. Congestion control knows.
  void OnTimeout(uint64_t nxt, absl::Duration smoothed_rtt, sim::Time now);
  // What is in flight is no concern any more: the peer has closed its window, or all of it is sent
  // anew from SND.UNA on.
  void Forget();

  // A segment to be sent again, as its octets were sent before.
  struct Due {
    SequenceRange range;
    bool is_forced = false;  // whatever the congestion window is
  };
  // NextSeg() of RFC 6675, rule (1); its rules (3) and (4), for when nothing new can be sent.
  std::optional<Due> Next() const;
  std::optional<SequenceRange> NextRescue() const;

  // How long after `now` a loss probe is due; nullopt: none is (RFC 8985 7.2).
  std::optional<absl::Duration> ProbeTimeout(absl::Duration smoothed_rtt) const;
  // What the probe repeats where nothing new can be sent: the last segment.
  SequenceRange ProbeRange() const;
  void OnProbe(uint64_t nxt, bool is_retransmission);

  // RFC 8985 6.2, step 5: when the next segment will count as lost. Never(): none.
  sim::Time reordering_deadline() const { return reordering_deadline_; }
  bool in_recovery() const { return in_recovery_; }
  // Octets in the network.
  uint64_t pipe() const { return scoreboard_.pipe(); }
  // Segments that the peer has said it has beyond SND.UNA.
  size_t sacked_segments() const { return scoreboard_.sacked_segments(); }
  bool is_empty() const { return scoreboard_.segments().empty(); }

 private:
  uint64_t TakeBlocks(const Ack& ack);
  void DetectLoss(const Ack& ack);
  void BeginIfLost(const Ack& ack, uint64_t delivered, CongestionControl& congestion);
  void SetWindow(const Ack& ack, uint64_t delivered, CongestionControl& congestion);
  bool is_after_timeout(uint64_t una) const { return una < recovery_point_ && !in_recovery_; }
  absl::Duration ReorderingWindow(uint64_t una, absl::Duration smoothed_rtt) const;

  const TcpSettings& settings_;
  SackScoreboard scoreboard_;
  Rack rack_;
  TailLossProbe probe_;
  ProportionalRateReduction rate_;
  sim::Time reordering_deadline_ = sim::Time::Never();
  uint64_t recovery_point_ = 0;  // SND.NXT when recovery began, or the timer went off
  size_t duplicates_ = 0;        // DupAcks
  bool in_recovery_ = false;
  bool has_rescued_ = false;  // rule (4) was used in this recovery
  bool forced_ = false;       // the next segment of Next goes whatever the window is
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECOVERY_SACK_RECOVERY_H_
