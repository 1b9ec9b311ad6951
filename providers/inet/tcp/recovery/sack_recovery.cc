#include "providers/inet/tcp/recovery/sack_recovery.h"

#include <algorithm>

#include "absl/container/inlined_vector.h"

namespace inet {

void SackRecovery::OnSent(uint64_t begin, uint64_t end, sim::Time now, bool again) {
  scoreboard_.OnSent(begin, end, now, again);
  if (in_recovery_) rate_.OnSent(end - begin);
}

void SackRecovery::OnRetransmitted(const SequenceRange& range, sim::Time now) {
  const size_t index = scoreboard_.segments().FirstBehind(range.begin);
  const bool is_last = index + 1 == scoreboard_.segments().size();
  if (is_last && !scoreboard_.segments()[index].lost) has_rescued_ = true;
  scoreboard_.OnRetransmitted(index, now);
  if (in_recovery_) rate_.OnSent(range.end - range.begin);
  forced_ = false;
}

// Update() of RFC 6675 and steps 1 to 3 of RFC 8985 6.2. Returns how many octets have arrived.
uint64_t SackRecovery::TakeBlocks(const Ack& ack) {
  const auto visitor = [&](const SentSegment& segment) {
    if (!segment.retransmitted) probe_.OnRoundTrip();
    if (settings_.rack) rack_.OnDelivered(segment, ack.now);
  };
  uint64_t delivered = scoreboard_.OnAck(ack.una, visitor);
  absl::InlinedVector<SequenceRange, 4> above;
  for (const SequenceRange& block : ack.blocks) {
    // What is no block, or reports what was never sent, is not looked at.
    if (block.end > ack.una && block.begin < block.end && block.end <= ack.nxt) {
      above.push_back(block);
    }
  }
  std::sort(above.begin(), above.end(), [](const SequenceRange& a, const SequenceRange& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  uint64_t sacked = 0;
  for (const SequenceRange& block : above) sacked += scoreboard_.OnSack(block, visitor);
  // A duplicate acknowledgment as RFC 6675 2 defines it: one that reports something new.
  duplicates_ = ack.una > ack.before ? 0 : duplicates_ + (sacked > 0 ? 1 : 0);
  return delivered + sacked;
}

absl::Duration SackRecovery::ReorderingWindow(uint64_t una, absl::Duration smoothed_rtt) const {
  return rack_.ReorderingWindow(in_recovery_ || is_after_timeout(una),
                                scoreboard_.sacked_segments(), smoothed_rtt);
}

void SackRecovery::DetectLoss(const Ack& ack) {
  if (settings_.rack) {
    reordering_deadline_ =
        rack_.DetectLoss(scoreboard_, ReorderingWindow(ack.una, ack.smoothed_rtt), ack.now);
  } else if (scoreboard_.sacked_segments() > 0) {
    scoreboard_.MarkLostBySacks(settings_.duplicate_ack_threshold, ack.smss);
    if (!in_recovery_ && duplicates_ >= settings_.duplicate_ack_threshold &&
        !is_after_timeout(ack.una)) {
      scoreboard_.MarkLost(0);  // RFC 6675 5, (2)
    }
  }
}

void SackRecovery::OnAck(const Ack& ack, CongestionControl& congestion) {
  const std::optional<SequenceRange> duplicate = DuplicateSack(ack.blocks, ack.una);
  const bool ends = in_recovery_ && ack.una >= recovery_point_;
  const bool ends_any = ends || (ack.before < recovery_point_ && ack.una >= recovery_point_);
  const uint64_t delivered = TakeBlocks(ack);
  if (ends) {
    in_recovery_ = false;
    congestion.SetWindow(congestion.slow_start_threshold());
  }
  if (settings_.rack) {
    rack_.OnAck({.una = ack.una,
                 .nxt = ack.nxt,
                 .has_duplicate_sack = duplicate.has_value(),
                 .ends_recovery = ends_any});
  }
  DetectLoss(ack);
  const bool repeats = ack.una == ack.before && !ack.has_text && ack.blocks.empty();
  if (probe_.OnAck(ack.una, duplicate, repeats) && !in_recovery_) {
    congestion.OnCongestionEvent(ack.nxt - ack.before, ack.now);
  }
  if (in_recovery_) {
    SetWindow(ack, delivered, congestion);
  } else {
    BeginIfLost(ack, delivered, congestion);
  }
}

void SackRecovery::OnReorderingDeadline(const Ack& state, CongestionControl& congestion) {
  DetectLoss(state);
  if (in_recovery_) {
    SetWindow(state, 0, congestion);
  } else {
    BeginIfLost(state, 0, congestion);
  }
}

void SackRecovery::BeginIfLost(const Ack& ack, uint64_t delivered, CongestionControl& congestion) {
  // After a time-out what was in flight then is repaired by slow start (RFC 6675 5.1).
  if (!scoreboard_.has_lost() || ack.una < recovery_point_) return;
  in_recovery_ = true;
  forced_ = true;
  recovery_point_ = ack.nxt;
  has_rescued_ = false;
  probe_.Cancel();
  const uint64_t flight = ack.nxt - ack.una;
  congestion.OnCongestionEvent(flight, ack.now);
  rate_.Begin(flight, congestion.slow_start_threshold());
  SetWindow(ack, delivered, congestion);
}

void SackRecovery::SetWindow(const Ack& ack, uint64_t delivered, CongestionControl& congestion) {
  if (!settings_.proportional_rate_reduction) return;
  congestion.SetWindow(pipe() + rate_.OnAck(delivered, pipe(), ack.smss));
}

void SackRecovery::OnTimeout(uint64_t nxt, absl::Duration smoothed_rtt, sim::Time now) {
  const absl::Duration window = rack_.ReorderingWindow(
      /*in_recovery=*/true, scoreboard_.sacked_segments(), smoothed_rtt);
  in_recovery_ = false;
  recovery_point_ = nxt;
  duplicates_ = 0;
  forced_ = true;
  reordering_deadline_ = sim::Time::Never();
  probe_.Cancel();
  scoreboard_.ForgetSacks();
  if (settings_.rack) return rack_.MarkLostAtTimeout(scoreboard_, window, now);
  for (size_t i = 0; i < scoreboard_.segments().size(); ++i) scoreboard_.MarkLost(i);
}

void SackRecovery::Forget() {
  scoreboard_.Clear();
  probe_.Cancel();
  duplicates_ = 0;
  in_recovery_ = forced_ = false;
  reordering_deadline_ = sim::Time::Never();
}

std::optional<SackRecovery::Due> SackRecovery::Next() const {
  const std::optional<size_t> lost = scoreboard_.NextLost();
  if (!lost.has_value()) return std::nullopt;
  const SentSegment& segment = scoreboard_.segments()[*lost];
  return Due{.range = {segment.begin(), segment.end}, .is_forced = forced_};
}

std::optional<SequenceRange> SackRecovery::NextRescue() const {
  // RACK and loss probes do what rules (3) and (4) are for.
  if (!in_recovery_ || settings_.rack) return std::nullopt;
  std::optional<size_t> index = scoreboard_.NextUnreported();
  if (!index.has_value() && !has_rescued_) index = scoreboard_.NextRescue();
  if (!index.has_value()) return std::nullopt;
  const SentSegment& segment = scoreboard_.segments()[*index];
  return SequenceRange{segment.begin(), segment.end};
}

std::optional<absl::Duration> SackRecovery::ProbeTimeout(absl::Duration smoothed_rtt) const {
  if (!settings_.rack || !settings_.tail_loss_probe) return std::nullopt;
  const SentSegments& segments = scoreboard_.segments();
  if (segments.empty() || !probe_.may_probe()) return std::nullopt;
  const bool is_recovering = in_recovery_ || segments.front().begin() < recovery_point_;
  if (is_recovering || scoreboard_.sacked_segments() > 0) return std::nullopt;
  return TailLossProbe::Timeout(smoothed_rtt, segments.size() == 1, settings_.peer_ack_delay);
}

SequenceRange SackRecovery::ProbeRange() const {
  const SentSegment& last = scoreboard_.segments().back();
  return {last.begin(), last.end};
}

void SackRecovery::OnProbe(uint64_t nxt, bool is_retransmission) {
  probe_.OnProbe(nxt, is_retransmission);
}

}  // namespace inet
