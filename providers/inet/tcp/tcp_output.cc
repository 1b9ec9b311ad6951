// What is sent, and when (RFC 9293 3.7 and 3.8).
#include <algorithm>
#include <utility>

#include "providers/inet/tcp/segment_policy.h"
#include "providers/inet/tcp/segment_sender.h"
#include "providers/inet/tcp/tcp_connection.h"

namespace inet {

uint64_t TcpConnection::unsent() const {
  const uint64_t end = send_buffer_.end();
  return end > send_point_ ? end - send_point_ : 0;
}

uint64_t TcpConnection::SequenceOfAck() const {
  return std::clamp(window_edge(), snd_una_, snd_nxt_);
}

void TcpConnection::SendSyn(Syn which) {
  if (which == Syn::kAgain) {
    syn_was_repeated_ = true;
    ++syns_repeated_;
    ++services_.counters.retransmitted_segments;
  }
  const bool is_first_of_all = snd_nxt_ == 0;
  // A SYN,ACK that crosses the peer's SYN repeats our number: no sample either (RFC 6298 3).
  timed_offset_ = is_first_of_all ? 1 : 0;
  timed_since_ = services_.world.now();
  if (is_first_of_all) unanswered_since_ = timed_since_;
  snd_nxt_ = 1;
  send_point_ = 1;
  const bool answers = state_ == TcpState::kSynReceived;
  Transmit(0, 0, TcpHeader::kSyn | (answers ? TcpHeader::kAck : 0));
  StartRetransmissionTimer();
}

void TcpConnection::SendAck() { Transmit(SequenceOfAck(), 0, TcpHeader::kAck); }

void TcpConnection::SendAckOrFin() {
  const uint64_t fin = send_buffer_.end();
  const bool is_fin_out = fin_queued_ && snd_nxt_ > fin && snd_una_ <= fin && send_point_ > fin;
  if (!services_.settings.repeats_fin || !is_fin_out) return SendAck();
  Transmit(fin, 0, TcpHeader::kAck | TcpHeader::kFin);
}

void TcpConnection::SendReset() {
  if (state_ == TcpState::kListen) {  // the request, which nothing has answered yet
    TcpSegment request;
    request.header.source_port = tuple_.remote.port;
    request.header.destination_port = tuple_.local.port;
    request.header.seq = irs_;
    request.header.flags = TcpHeader::kSyn;
    return SendResetFor(request);
  }
  Transmit(SequenceOfAck(), 0, TcpHeader::kRst | TcpHeader::kAck);
}

void TcpConnection::SendResetFor(const TcpSegment& segment) {
  SendSegment(services_, tuple_, pseudo_header_, subject_, ResetFor(segment), sim::Frame::Create(0),
              {.hop_limit = options_.hop_limit, .traffic_class = options_.traffic_class});
}

void TcpConnection::SendWhatMayGo() {
  if (!MaySend(state_)) return;
  if (sack_ != nullptr && !SendLost()) return;
  if (unsent() == 0 && !is_fin_unsent()) return SendRescue();
  // RFC 5681 4.1: what the network was like before a long pause says little.
  const sim::Time now = services_.world.now();
  if (now >= path_known_until_) RefreshPath();
  if (services_.settings.slow_start_after_idle && snd_una_ == snd_nxt_ &&
      last_text_sent_ > sim::Time::Zero() && now - last_text_sent_ > rto_.rto()) {
    congestion().OnRestartAfterIdle();
  }
  bool has_sent = false;
  while (SendNext(/*override_is_due=*/false)) has_sent = true;
  if (has_sent) {
    ScheduleLossProbe();
  } else {
    SendRescue();
  }
  WaitForWindow();
}

uint64_t TcpConnection::InNetwork() const {
  const bool counts_sacks =
      services_.settings.limited_transmit || (sack_ != nullptr && sack_->in_recovery());
  return sack_ == nullptr || !counts_sacks ? send_point_ - snd_una_ : sack_->pipe();
}

bool TcpConnection::SendNext(bool override_is_due) {
  const uint64_t left = unsent();
  const uint64_t peer_room = window_edge() > send_point_ ? window_edge() - send_point_ : 0;
  const uint64_t flight = InNetwork();
  const size_t mss = TextRoom();
  uint64_t allowed = congestion().window();
  if (services_.settings.limited_transmit) {
    allowed += loss_recovery_.new_segments() * MaxSegmentSize();
  }
  const uint64_t network_room = allowed > flight ? allowed - flight : 0;
  const size_t size = OctetsToSend(
      {.unsent = left,
       .usable = std::min(peer_room, network_room),
       .mss = mss,
       .largest_window = send_window_.largest(),
       .is_idle = snd_una_ == snd_nxt_,
       .no_delay = options_.no_delay,
       .is_final = fin_queued_ || urgent_behind_ > send_point_ || send_point_ < snd_nxt_,
       .override_is_due = override_is_due});
  // The FIN takes a place in the peer's window, and none in the network.
  const bool fin = is_fin_unsent() && size == left && peer_room > size;
  if (size == 0 && !fin) return false;
  const uint64_t begin = send_point_;
  SendText(begin, size, fin);
  send_point_ += size + (fin ? 1 : 0);
  if (sack_ != nullptr) sack_->OnSent(begin, send_point_, services_.world.now(), begin < snd_nxt_);
  snd_nxt_ = std::max(snd_nxt_, send_point_);
  return true;
}

void TcpConnection::SendText(uint64_t offset, size_t octets, bool fin) {
  const uint64_t end = offset + octets + (fin ? 1 : 0);
  if (sack_agreed_ && sack_ == nullptr) sack_ = std::make_unique<SackRecovery>(services_.settings);
  last_text_sent_ = services_.world.now();
  if (offset < snd_nxt_) {
    ++services_.counters.retransmitted_segments;
    if (timed_offset_ > offset) timed_offset_ = 0;  // RFC 6298 3: no sample from what was repeated
  } else if (timed_offset_ == 0) {
    timed_offset_ = end;
    timed_since_ = last_text_sent_;
  }
  if (snd_una_ == snd_nxt_) unanswered_since_ = last_text_sent_;
  const bool push = octets > 0 && offset + octets == send_buffer_.end();
  Transmit(offset, octets,
           TcpHeader::kAck | (push ? TcpHeader::kPsh : 0) | (fin ? TcpHeader::kFin : 0));
  timers_.Cancel(TcpTimer::kPersist);
  if (!timers_.is_set(TcpTimer::kRetransmit)) StartRetransmissionTimer();
}

// The first segment not acknowledged, as far as it was sent.
void TcpConnection::RetransmitFirst() {
  const uint64_t end = std::min(snd_nxt_, send_buffer_.end());
  const uint64_t outstanding = end > snd_una_ ? end - snd_una_ : 0;
  const auto size = static_cast<size_t>(std::min<uint64_t>(outstanding, TextRoom()));
  const bool fin = snd_nxt_ > send_buffer_.end() && size == outstanding;
  if (size > 0 || fin) SendText(snd_una_, size, fin);
}

// 3.8.6.1: one octet beyond a closed window, or the FIN where there is no more.
void TcpConnection::SendProbe() {
  if (services_.settings.empty_window_probes) return Transmit(snd_una_ - 1, 0, TcpHeader::kAck);
  const bool has_text = send_buffer_.end() > snd_una_;
  const bool fin = !has_text && fin_queued_;
  Transmit(snd_una_, has_text ? 1 : 0, TcpHeader::kAck | (fin ? TcpHeader::kFin : 0));
  snd_nxt_ = std::max(snd_nxt_, snd_una_ + 1);
  timed_offset_ = 0;
}

void TcpConnection::Transmit(uint64_t offset, size_t octets, uint16_t flags) {
  TcpHeader header{.source_port = tuple_.local.port,
                   .destination_port = tuple_.remote.port,
                   .seq = iss_ + static_cast<uint32_t>(offset),
                   .flags = flags};
  const bool syn = (flags & TcpHeader::kSyn) != 0;
  // A SYN says what window there is although it acknowledges nothing; a reset takes nothing more.
  if ((flags & TcpHeader::kRst) == 0) {
    header.window = receive_window_.Advertise(rcv_nxt(), receive_buffer_.held(), receive_capacity(),
                                              services_.settings.eager_window ? 0 : path_mss_, syn);
  }
  if ((flags & TcpHeader::kAck) != 0) {
    header.ack = irs_ + static_cast<uint32_t>(rcv_nxt());
    last_ack_sent_ = rcv_nxt();
    ack_policy_.OnAckSent();
    timers_.Cancel(TcpTimer::kDelayedAck);
  }
  header.options = OptionsFor(flags, octets);
  header.flags |= EcnFlagsFor(flags);
  const EcnCodepoint ecn = EcnFor(offset, octets);
  if (ecn != EcnCodepoint::kNotEct && ecn_.tells_reduction()) {
    header.flags |= TcpHeader::kCwr;
    ecn_.OnToldReduction();
  }
  if (urgent_behind_ > offset && !syn && urgent_behind_ - offset <= 65535) {
    header.flags |= TcpHeader::kUrg;
    header.urgent_pointer = static_cast<uint16_t>(urgent_behind_ - offset);
  }
  sim::FramePtr frame = sim::Frame::Create(octets);
  if (octets > 0) send_buffer_.Copy(offset, {frame->Append(octets), octets});
  const SendStatus status = SendSegment(
      services_, tuple_, pseudo_header_, subject_, header, std::move(frame),
      {.hop_limit = options_.hop_limit,
       .traffic_class = static_cast<uint8_t>(options_.traffic_class | static_cast<uint8_t>(ecn))});
  if (status != SendStatus::kSent) OnNotSent(status);
}

void TcpConnection::AcknowledgeIfDue() {
  if (state_ == TcpState::kClosed || state_ == TcpState::kListen || state_ == TcpState::kSynSent) {
    return;
  }
  switch (ack_policy_.due()) {
    case AckPolicy::Due::kNever:
      return;
    case AckPolicy::Due::kNow:
      return SendAckOrFin();
    case AckPolicy::Due::kDelayed:
      if (timers_.is_set(TcpTimer::kDelayedAck)) return;
      timers_.Set(TcpTimer::kDelayedAck, services_.world.now() + services_.settings.delayed_ack);
  }
}

void TcpConnection::StartRetransmissionTimer() {
  sim::Time deadline = services_.world.now() + rto_.rto();
  // A time-out that the user has chosen is kept to the second, wherever the back-off is by then.
  const std::optional<absl::Duration> chosen = HasChosenTime() ? GiveUpAfter() : std::nullopt;
  if (chosen.has_value()) {
    deadline = std::min(deadline, std::max(services_.world.now(), unanswered_since_ + *chosen));
  }
  timers_.Set(TcpTimer::kRetransmit, deadline);
}

// What cannot go while nothing is in flight would never go: no acknowledgment will come for it.
void TcpConnection::WaitForWindow() {
  if (unsent() == 0 && !is_fin_unsent()) return;
  if (timers_.is_set(TcpTimer::kRetransmit) || timers_.is_set(TcpTimer::kPersist)) return;
  if (persisting_since_.is_never()) persisting_since_ = services_.world.now();
  timers_.Set(TcpTimer::kPersist, services_.world.now() + PersistDelay(), sim::Urgency::kUpkeep);
}

}  // namespace inet
