// Loss recovery with SACK: what acknowledgments report, and what is sent again because of it
// (RFC 6675, RFC 8985).
#include <algorithm>

#include "absl/container/inlined_vector.h"
#include "providers/inet/tcp/tcp_connection.h"

namespace inet {

SackRecovery::Ack TcpConnection::AckState() const {
  return {.before = snd_una_,
          .una = snd_una_,
          .nxt = snd_nxt_,
          .now = services_.world.now(),
          .smoothed_rtt = rto_.smoothed_rtt(),
          .smss = MaxSegmentSize()};
}

void TcpConnection::OnSacks(const Arrival& in, uint64_t una_before) {
  absl::InlinedVector<SequenceRange, TcpOptions::kMaxSackBlocks> blocks;
  const SeqNum una = iss_ + static_cast<uint32_t>(snd_una_);
  for (const TcpSackBlock& block : in.segment.header.options.sack_blocks) {
    const auto begin = static_cast<int64_t>(block.left_edge.Unwrap(una, snd_una_));
    const auto end = static_cast<int64_t>(block.right_edge.Unwrap(una, snd_una_));
    if (begin < 0 || end <= begin) continue;
    blocks.push_back({static_cast<uint64_t>(begin), static_cast<uint64_t>(end)});
  }
  SackRecovery::Ack ack = AckState();
  ack.before = una_before;
  ack.blocks = blocks;
  ack.has_text = in.segment.length() > 0;
  const bool was_in_recovery = sack_->in_recovery();
  sack_->OnAck(ack, congestion());
  if (!was_in_recovery && sack_->in_recovery()) ecn_.OnReduced(snd_nxt_);
  if (snd_una_ > una_before) {
    if (!was_in_recovery && !sack_->in_recovery()) {
      congestion().OnAck({.acked = snd_una_ - una_before,
                          .flight = snd_nxt_ - una_before,
                          .now = ack.now,
                          .smoothed_rtt = ack.smoothed_rtt,
                          .most_segments = services_.settings.slow_start_segments});
    }
    ScheduleLossProbe();
  } else if (!blocks.empty()) {
    timers_.Cancel(TcpTimer::kLossProbe);  // RACK tells what is lost from here on
  }
  ScheduleReorderingDeadline();
}

bool TcpConnection::SendLost() {
  while (const std::optional<SackRecovery::Due> due = sack_->Next()) {
    const uint64_t size = due->range.end - due->range.begin;
    const uint64_t pipe = sack_->pipe();
    if (!due->is_forced && pipe > 0 && pipe + size > congestion().window()) return false;
    SendAgain(due->range);
  }
  return true;
}

void TcpConnection::SendRescue() {
  if (sack_ == nullptr) return;
  const std::optional<SequenceRange> range = sack_->NextRescue();
  if (!range.has_value()) return;
  if (sack_->pipe() + (range->end - range->begin) <= congestion().window()) SendAgain(*range);
}

// In segments as long as the path takes now.
void TcpConnection::SendAgain(const SequenceRange& range) {
  const uint64_t text_end = std::min(range.end, send_buffer_.end());
  uint64_t offset = range.begin;
  do {
    const auto octets = static_cast<size_t>(
        std::min<uint64_t>(text_end > offset ? text_end - offset : 0, MaxSegmentSize()));
    const bool fin = offset + octets == text_end && range.end > text_end;
    SendText(offset, octets, fin);
    offset += octets + (fin ? 1 : 0);
  } while (offset < range.end);
  sack_->OnRetransmitted(range, services_.world.now());
}

void TcpConnection::ScheduleLossProbe() {
  if (sack_ == nullptr) return;
  const std::optional<absl::Duration> timeout = sack_->ProbeTimeout(rto_.smoothed_rtt());
  if (!timeout.has_value()) return timers_.Cancel(TcpTimer::kLossProbe);
  timers_.Set(TcpTimer::kLossProbe,
              std::min(services_.world.now() + *timeout, timers_.deadline(TcpTimer::kRetransmit)));
}

void TcpConnection::ScheduleReorderingDeadline() {
  const sim::Time deadline = sack_->reordering_deadline();
  if (deadline.is_never()) return timers_.Cancel(TcpTimer::kReordering);
  timers_.Set(TcpTimer::kReordering, deadline);
}

// RFC 8985 7.3: new octets if there are any that may go, else the last segment once more. Not
// within the congestion window: it is one segment.
void TcpConnection::OnLossProbeTimeout() {
  const uint64_t room = window_edge() > send_point_ ? window_edge() - send_point_ : 0;
  const auto fresh = static_cast<size_t>(std::min({unsent(), room, uint64_t{MaxSegmentSize()}}));
  if (fresh > 0) {
    SendText(send_point_, fresh, /*fin=*/false);
    sack_->OnSent(send_point_, send_point_ + fresh, services_.world.now(), /*again=*/false);
    send_point_ += fresh;
    snd_nxt_ = std::max(snd_nxt_, send_point_);
  } else {
    SendAgain(sack_->ProbeRange());
  }
  sack_->OnProbe(snd_nxt_, /*is_retransmission=*/fresh == 0);
  StartRetransmissionTimer();
}

void TcpConnection::OnReorderingTimeout() {
  const bool was_in_recovery = sack_->in_recovery();
  sack_->OnReorderingDeadline(AckState(), congestion());
  if (!was_in_recovery && sack_->in_recovery()) ecn_.OnReduced(snd_nxt_);
  ScheduleReorderingDeadline();
  SendWhatMayGo();
}

void TcpConnection::OnSackRetransmissionTimeout() {
  sack_->OnTimeout(snd_nxt_, rto_.smoothed_rtt(), services_.world.now());
  timers_.Cancel(TcpTimer::kReordering);
  SendLost();
  StartRetransmissionTimer();
}

void TcpConnection::ForgetFlight() {
  send_point_ = snd_una_;
  if (sack_ == nullptr) return;
  sack_->Forget();
  timers_.Cancel(TcpTimer::kLossProbe);
  timers_.Cancel(TcpTimer::kReordering);
}

}  // namespace inet
