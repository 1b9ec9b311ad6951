// RFC 9293 3.10.7.4, fifth check: the ACK field, and what it says about loss and the peer's window.
#include <algorithm>

#include "providers/inet/tcp/tcp_connection.h"

namespace inet {
namespace {

constexpr absl::string_view kFifthCheck = "RFC 9293 3.10.7.4, fifth check";

}  // namespace

bool TcpConnection::CheckAck(const Arrival& in) {
  if (!in.Has(TcpHeader::kAck)) {
    Drop(in.segment, TcpDrop::kNoAck, "no ACK", kFifthCheck);
    return false;
  }
  const SeqNum una = iss_ + static_cast<uint32_t>(snd_una_);
  const auto ack = static_cast<int64_t>(in.segment.header.ack.Unwrap(una, snd_una_));
  return state_ == TcpState::kSynReceived ? OnAckSynReceived(in, ack) : OnAckSynchronized(in, ack);
}

bool TcpConnection::OnAckSynReceived(const Arrival& in, int64_t ack) {
  if (ack <= static_cast<int64_t>(snd_una_) || ack > static_cast<int64_t>(snd_nxt_)) {
    SendResetFor(in.segment);
    Drop(in.segment, TcpDrop::kBadAck, "does not acknowledge our SYN", kFifthCheck);
    return false;
  }
  OnNewAck(static_cast<uint64_t>(ack));
  if (in.Has(TcpHeader::kSyn)) {  // of the peer that opened at the same time: it is not scaled
    send_window_.OnSyn(in.segment.header.window, 0, static_cast<uint64_t>(ack));
    ack_policy_.OnUrgentNeed();
  } else {
    OnWindow(in, static_cast<uint64_t>(ack));
  }
  OnEstablished("our SYN is acknowledged", kFifthCheck);
  return true;
}

void TcpConnection::OnEstablished(absl::string_view why, absl::string_view clause) {
  TransitionTo(TcpState::kEstablished, why, clause);
  if (syn_was_repeated_) {
    rto_.OnLostSyn(services_.settings.rto_after_lost_syn);
    if (congestion_ != nullptr) congestion_->OnLostSyn();
  }
  if (options_.keep_alive) StartKeepAlive();
  Notify(is_passive_ && !is_attached_ && !user_left_ ? kOpened : kConnected);
  if (receive_buffer_.readable() > 0) {  // text that came with the SYN
    ack_policy_.OnData(receive_buffer_.readable(), MaxSegmentSize());
    Notify(kReadable);
  }
  if (fin_queued_) QueueFin();
}

bool TcpConnection::OnAckSynchronized(const Arrival& in, int64_t ack) {
  const auto una = static_cast<int64_t>(snd_una_);
  // RFC 5961 5.2: nothing older than the largest window ever can be honest.
  if (ack > static_cast<int64_t>(snd_nxt_) ||
      ack < una - static_cast<int64_t>(std::max<uint64_t>(send_window_.largest(), 1))) {
    SendChallengeAck();
    Drop(in.segment, TcpDrop::kBadAck,
         ack > una ? "acknowledges what was not sent" : "acknowledges what is long past",
         "RFC 5961 5.2");
    return false;
  }
  probe_unanswered_since_ = sim::Time::Never();
  if (ack > una) {
    SampleByTimestamp(in);
    OnNewAck(static_cast<uint64_t>(ack));
  } else if (ack == una && sack_ == nullptr) {
    OnRepeatedAck(in);
  }
  if (ack >= una && sack_ != nullptr) OnSacks(in, static_cast<uint64_t>(una));
  if (ack >= una) OnEcnEcho(in, static_cast<uint64_t>(ack));
  if (ack >= una) OnWindow(in, static_cast<uint64_t>(ack));
  return OnAckOfFin();
}

void TcpConnection::OnNewAck(uint64_t ack) {
  const uint64_t flight = snd_nxt_ - snd_una_;
  const uint64_t acked = ack - snd_una_;
  const sim::Time now = services_.world.now();
  rto_.OnProgress();
  soft_error_.reset();
  if (timed_offset_ != 0 && ack >= timed_offset_) {
    rto_.OnRttSample(now - timed_since_);
    timed_offset_ = 0;
  }
  snd_una_ = ack;
  send_point_ = std::max(send_point_, ack);
  send_buffer_.Acknowledge(std::clamp(ack, send_buffer_.begin(), send_buffer_.end()));
  unanswered_since_ = now;
  retransmissions_ = 0;
  const LossRecovery::Verdict verdict = loss_recovery_.OnNewAck(ack);
  if (IsSynchronized(state_) && sack_ == nullptr) CarryOut(verdict, acked, flight);
  if (snd_una_ == snd_nxt_) {
    timers_.Cancel(TcpTimer::kRetransmit);  // RFC 6298 5.2
  } else if (verdict != LossRecovery::Verdict::kPartial) {
    StartRetransmissionTimer();  // RFC 6298 5.3; RFC 6582 3.2, step 3
  }
  SizeSendBuffer();
  if (write_blocked_ && writable_octets() > 0) {
    write_blocked_ = false;
    Notify(kWritable);
  }
}

void TcpConnection::OnRepeatedAck(const Arrival& in) {
  const TcpHeader& header = in.segment.header;
  // A duplicate acknowledgment as RFC 5681 2 defines it.
  const bool is_duplicate = snd_nxt_ > snd_una_ && in.segment.length() == 0 &&
                            send_window_.Scaled(header.window) == send_window_.size() &&
                            send_window_.size() > 0;
  if (!is_duplicate) return;
  CarryOut(loss_recovery_.OnDuplicateAck(snd_una_, snd_nxt_), 0, snd_nxt_ - snd_una_);
}

void TcpConnection::CarryOut(LossRecovery::Verdict verdict, uint64_t acked,
                             uint64_t flight_before) {
  const sim::Time now = services_.world.now();
  switch (verdict) {
    case LossRecovery::Verdict::kNothing:
      if (acked > 0) {
        congestion().OnAck({.acked = acked,
                            .flight = flight_before,
                            .now = now,
                            .smoothed_rtt = rto_.smoothed_rtt(),
                            .most_segments = services_.settings.slow_start_segments});
      }
      return;
    case LossRecovery::Verdict::kLimited:  // SendWhatMayGo asks new_segments().
      return;
    case LossRecovery::Verdict::kBegins:
      congestion().OnRecoveryBegins(flight_before, now);
      ecn_.OnReduced(snd_nxt_);
      return RetransmitFirst();
    case LossRecovery::Verdict::kDuplicate:
      return congestion().OnDuplicateAckInRecovery();
    case LossRecovery::Verdict::kFirstPartial:
    case LossRecovery::Verdict::kPartial:
      congestion().OnPartialAckInRecovery(acked);
      return RetransmitFirst();
    case LossRecovery::Verdict::kEnds:
      return congestion().OnRecoveryEnds(snd_nxt_ - snd_una_);
  }
}

void TcpConnection::OnWindow(const Arrival& in, uint64_t ack) {
  // SEG.SEQ below the initial number is an old segment's.
  if (in.seq < 0) return;
  send_window_.OnSegment(in.segment.header.window, static_cast<uint64_t>(in.seq), ack);
  if (send_window_.size() > 0) {
    persisting_since_ = sim::Time::Never();
    if (timers_.is_set(TcpTimer::kPersist)) {
      persist_backoff_ = 0;
      unanswered_since_ = services_.world.now();
      timers_.Cancel(TcpTimer::kPersist);
    }
    // Of what a probe has sent the retransmission timer takes care from now on.
    if (snd_nxt_ > snd_una_ && !timers_.is_set(TcpTimer::kRetransmit)) StartRetransmissionTimer();
    return;
  }
  // 3.8.6.1: a closed window is probed, and nothing is retransmitted into it.
  timers_.Cancel(TcpTimer::kRetransmit);
  ForgetFlight();
}

// False: the connection is gone.
bool TcpConnection::OnAckOfFin() {
  if (!fin_queued_ || snd_una_ <= send_buffer_.end()) return true;
  switch (state_) {
    case TcpState::kFinWait1:
      TransitionTo(TcpState::kFinWait2, "our FIN is acknowledged", kFifthCheck);
      Notify(kReleased);
      if (user_left_) {
        timers_.Set(TcpTimer::kFinWait2,
                    services_.world.now() + services_.settings.fin_wait_2_timeout,
                    sim::Urgency::kUpkeep);
      }
      return true;
    case TcpState::kClosing:
      EnterTimeWait("our FIN is acknowledged", kFifthCheck);
      Notify(kReleased);
      return false;
    case TcpState::kLastAck:
      Notify(kReleased);
      TransitionTo(TcpState::kClosed, "our FIN is acknowledged", kFifthCheck);
      return false;
    case TcpState::kClosed:
    case TcpState::kListen:
    case TcpState::kSynSent:
    case TcpState::kSynReceived:
    case TcpState::kEstablished:
    case TcpState::kFinWait2:
    case TcpState::kCloseWait:
    case TcpState::kTimeWait:
      return true;
  }
  return true;
}

}  // namespace inet
