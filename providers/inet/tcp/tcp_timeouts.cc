// RFC 9293 3.10.8: what happens when a deadline has come.
#include <algorithm>

#include "providers/inet/tcp/tcp_connection.h"

namespace inet {
namespace {

using transport::Cause;

// A lossy link loses a few probes or their answers one after another, and the peer is still there.
constexpr int kFewestLostProbes = 8;

}  // namespace

void TcpConnection::OnDeadline(TcpTimer timer) {
  switch (timer) {
    case TcpTimer::kRetransmit:
      OnRetransmissionTimeout();
      break;
    case TcpTimer::kPersist:
      OnPersistTimeout();
      break;
    case TcpTimer::kDelayedAck:
      ack_policy_.OnUrgentNeed();
      break;
    case TcpTimer::kTimeWait:
      EndSilently("2 MSL have passed", "RFC 9293 3.10.8");
      break;
    case TcpTimer::kFinWait2:
      OnFinWait2Timeout();
      break;
    case TcpTimer::kKeepAlive:
      OnKeepAliveTimeout();
      break;
    case TcpTimer::kLossProbe:
      OnLossProbeTimeout();
      break;
    case TcpTimer::kReordering:
      OnReorderingTimeout();
      break;
  }
  AcknowledgeIfDue();
  DeliverNotices();
}

// The network may be deaf in one direction alone: a peer that can still hear should not be left
// with half of a connection.
void TcpConnection::GiveUpOnPeer() {
  if (IsSynchronized(state_)) SendReset();
}

std::optional<absl::Duration> TcpConnection::GiveUpAfter() const {
  const TcpSettings& settings = services_.settings;
  const absl::Duration standard =
      IsSynchronized(state_) ? settings.give_up_after : settings.give_up_syn_after;
  const int64_t milliseconds = options_.max_retransmission_time;
  if (options_.has_connect_time && !IsSynchronized(state_)) {
    return absl::Seconds(options_.connect_time);
  }
  if (milliseconds > 0) return absl::Milliseconds(milliseconds);
  // Whom nobody waits for is left in the end.
  return milliseconds < 0 && !user_left_ ? std::nullopt : std::make_optional(standard);
}

bool TcpConnection::HasChosenTime() const {
  const bool is_exact = options_.has_connect_time || services_.settings.gives_up_syn_exactly;
  return options_.max_retransmission_time > 0 || (is_exact && !IsSynchronized(state_));
}

bool TcpConnection::IsTooLong(absl::Duration unanswered, int repeated, int fewest) const {
  const std::optional<absl::Duration> give_up = GiveUpAfter();
  // A time that the user has chosen is that time, whatever was sent in it.
  const bool may_be_lost = repeated < fewest && !HasChosenTime();
  return give_up.has_value() && unanswered >= *give_up && !may_be_lost;
}

void TcpConnection::OnRetransmissionTimeout() {
  // The probe takes the place of the retransmission where it would come later (RFC 8985 7.2).
  if (timers_.is_set(TcpTimer::kLossProbe)) {
    timers_.Cancel(TcpTimer::kLossProbe);
    return OnLossProbeTimeout();
  }
  const sim::Time now = services_.world.now();
  const bool is_syn = !IsSynchronized(state_);
  if (state_ == TcpState::kSynSent && options_.no_syn_retries) {
    return End(WhyNoAnswer(), "Winsock page: IPPROTO_TCP socket options");
  }
  if (IsTooLong(now - unanswered_since_, retransmissions_,
                services_.settings.fewest_retransmissions)) {
    GiveUpOnPeer();
    return End(WhyNoAnswer(), "RFC 9293 3.8.3");
  }
  ++retransmissions_;
  rto_.OnTimeout();
  RefreshPath();
  timed_offset_ = 0;
  if (is_syn) return SendSyn(Syn::kAgain);
  congestion().OnTimeout(snd_nxt_ - snd_una_, unanswered_since_ >= last_timeout_, now);
  ecn_.OnReduced(snd_nxt_);
  last_timeout_ = now;
  if (sack_ != nullptr && !sack_->is_empty()) return OnSackRetransmissionTimeout();
  loss_recovery_.OnTimeout(snd_nxt_);
  send_point_ = snd_una_;
  RetransmitFirst();
  // What follows is sent again as acknowledgments open the congestion window.
  const uint64_t size = std::min<uint64_t>(unsent(), MaxSegmentSize());
  const bool fin = snd_nxt_ > send_buffer_.end() && size == unsent();
  const uint64_t end = std::min(snd_nxt_, send_point_ + size + (fin ? 1 : 0));
  if (sack_ != nullptr && end > send_point_) sack_->OnSent(send_point_, end, now, /*again=*/true);
  send_point_ = end;
  StartRetransmissionTimer();
}

absl::Duration TcpConnection::PersistDelay() const {
  if (window_edge() > send_point_) return services_.settings.override_timeout;
  absl::Duration delay = rto_.rto();
  for (int i = 0; i < persist_backoff_ && delay < services_.settings.greatest_rto; ++i) delay *= 2;
  return std::min(delay, services_.settings.greatest_rto);
}

void TcpConnection::OnPersistTimeout() {
  if (window_edge() > send_point_ && SendNext(/*override_is_due=*/true)) {
    return SendWhatMayGo();
  }
  const sim::Time now = services_.world.now();
  if (probe_unanswered_since_.is_never()) {
    probe_unanswered_since_ = now;
    lost_probes_ = 0;
  } else if (IsTooLong(now - probe_unanswered_since_, ++lost_probes_, kFewestLostProbes)) {
    GiveUpOnPeer();
    return End({.cause = Cause::kNoAnswer, .text = "connection aborted: probes not answered"},
               "RFC 9293 3.8.6.1");
  } else if (lost_probes_ == 1) {
    persist_backoff_ = 0;  // probes may have grown rare; a lost one is repeated soon
  }
  // A peer that only keeps its window closed is left once nobody waits for it any more.
  if (user_left_ && now - persisting_since_ >= services_.settings.give_up_after) {
    return Abort("the user left, and the window stays closed", "RFC 9293 3.8.6.1");
  }
  SendProbe();
  ++persist_backoff_;
  WaitForWindow();
}

// Without a RST: all that was sent is acknowledged, and a peer that has not read it yet must not
// lose it. When it speaks again, it is answered as one that has no connection.
void TcpConnection::OnFinWait2Timeout() {
  EndSilently("the peer did not close after the user left", "RFC 9293 3.6.1");
}

void TcpConnection::StartKeepAlive() {
  timers_.Set(TcpTimer::kKeepAlive,
              services_.world.now() + absl::Milliseconds(options_.keep_alive_idle),
              sim::Urgency::kUpkeep);
}

void TcpConnection::OnKeepAliveTimeout() {
  const sim::Time now = services_.world.now();
  const absl::Duration interval = absl::Milliseconds(options_.keep_alive_interval);
  sim::Time next = last_heard_ + absl::Milliseconds(options_.keep_alive_idle);
  // What is in flight is asked for by the retransmission timer.
  if (next <= now && snd_una_ == snd_nxt_) {
    if (keep_alive_probes_ >= options_.keep_alive_probes) {
      GiveUpOnPeer();
      return End({.cause = Cause::kPeerLost, .text = "connection aborted: the peer is silent"},
                 "RFC 9293 3.8.4");
    }
    ++keep_alive_probes_;
    Transmit(snd_nxt_ - 1, 0, TcpHeader::kAck);  // SEG.SEQ = SND.NXT-1
  }
  if (next <= now) next = now + interval;
  timers_.Set(TcpTimer::kKeepAlive, next, sim::Urgency::kUpkeep);
}

}  // namespace inet
