// RFC 9293 3.10.7, SEGMENT ARRIVES: the states before synchronization, and for all others the first
// four checks, with those of RFC 5961.
#include <algorithm>

#include "providers/inet/tcp/tcp_connection.h"

namespace inet {
namespace {

using transport::Cause;

constexpr absl::string_view kFirstCheck = "RFC 9293 3.10.7.4, first check";

}  // namespace

void TcpConnection::OnSegment(const TcpSegment& segment) {
  last_heard_ = services_.world.now();
  keep_alive_probes_ = 0;
  // The deadline moves with what is heard: what is armed says how long a silent peer goes
  // unnoticed.
  if (timers_.is_set(TcpTimer::kKeepAlive)) StartKeepAlive();
  switch (state_) {
    case TcpState::kClosed:  // 3.10.7.1 is the demultiplexer's: it knows of no such connection.
      break;
    case TcpState::kListen:
      OnSegmentListen(segment);
      break;
    case TcpState::kSynSent:
      OnSegmentSynSent(segment);
      break;
    case TcpState::kSynReceived:
    case TcpState::kEstablished:
    case TcpState::kFinWait1:
    case TcpState::kFinWait2:
    case TcpState::kCloseWait:
    case TcpState::kClosing:
    case TcpState::kLastAck:
      OnSegmentOther(segment);
      break;
    case TcpState::kTimeWait:
      OnSegmentTimeWait(segment);
      break;
  }
  SendWhatMayGo();
  AcknowledgeIfDue();
  DeliverNotices();
}

void TcpConnection::Drop(const TcpSegment& segment, TcpDrop drop, absl::string_view why,
                         absl::string_view clause) {
  services_.drops.Record(drop, subject_, TcpSegmentName(segment.header.flags), why, clause);
}

// 3.10.7.2 for a request that is held back. What a listener would do, it does for this peer alone.
void TcpConnection::OnSegmentListen(const TcpSegment& segment) {
  const TcpHeader& header = segment.header;
  const bool withdraws =
      header.Has(TcpHeader::kRst) && (header.seq == irs_ || header.seq == irs_ + 1);
  if (withdraws) {
    return End({.cause = Cause::kPeerUser, .text = "connection reset"}, "RFC 9293 3.10.7.2");
  }
  if (header.Has(TcpHeader::kRst)) {
    return Drop(segment, TcpDrop::kReset, "not in the window", "RFC 5961 3.2");
  }
  if (header.Has(TcpHeader::kAck)) {
    SendResetFor(segment);
    return Drop(segment, TcpDrop::kBadAck, "nothing was sent yet", "RFC 9293 3.10.7.2, second");
  }
  // The peer has begun anew: it is the new request that will be answered.
  if (header.Has(TcpHeader::kSyn) && header.seq != irs_) TakeSyn(header);
  Drop(segment, TcpDrop::kAwaitsDecision, "the request waits for a decision",
       "Winsock page: SO_CONDITIONAL_ACCEPT");
}

// 3.10.7.3
void TcpConnection::OnSegmentSynSent(const TcpSegment& segment) {
  const TcpHeader& header = segment.header;
  const bool has_ack = header.Has(TcpHeader::kAck);
  // First: SND.UNA < SEG.ACK =< SND.NXT, of which ISS + 1 is the only number.
  if (has_ack && header.ack != iss_ + 1) {
    if (!header.Has(TcpHeader::kRst)) SendResetFor(segment);
    return Drop(segment, TcpDrop::kBadAck, "does not acknowledge our SYN",
                "RFC 9293 3.10.7.3, first");
  }
  if (header.Has(TcpHeader::kRst)) {  // second
    if (!has_ack) {
      return Drop(segment, TcpDrop::kReset, "RST without ACK", "RFC 9293 3.10.7.3, second");
    }
    return End({.cause = Cause::kNothingThere, .text = "connection refused"},
               "RFC 9293 3.10.7.3, second");
  }
  if (!header.Has(TcpHeader::kSyn)) {  // fifth
    return Drop(segment, TcpDrop::kNoAck, "neither SYN nor RST", "RFC 9293 3.10.7.3, fifth");
  }
  TakeSyn(header);  // fourth
  if (!has_ack) {
    TransitionTo(TcpState::kSynReceived, "received SYN", "RFC 9293 3.10.7.3, fourth");
    SendSyn(Syn::kFirst);
    return KeepTextOfSyn(segment);
  }
  send_window_.OnSyn(header.window, 0, 1);
  OnNewAck(1);
  OnEstablished("received SYN,ACK", "RFC 9293 3.10.7.3, fourth");
  ack_policy_.OnUrgentNeed();
  Arrival in = BehindSyn(segment);
  TrimToWindow(in);
  OnTextAndFin(in);
}

TcpConnection::Arrival TcpConnection::BehindSyn(const TcpSegment& segment) {
  return {.segment = segment,
          .begin = 1,
          .seq = 1,
          .payload = segment.payload,
          .syn = false,
          .fin = segment.header.Has(TcpHeader::kFin)};
}

// Our SYN,ACK does not acknowledge it: it is not the user's before the peer has proven that it is
// there.
void TcpConnection::KeepTextOfSyn(const TcpSegment& syn) {
  Arrival in = BehindSyn(syn);
  TrimToWindow(in);
  ack_policy_.OnAckSent();
  if (!in.payload.empty()) receive_buffer_.Insert(1, in.payload);
  if (in.fin) peer_fin_ = 1 + in.payload.size();
}

void TcpConnection::TakeSyn(const TcpHeader& syn) {
  irs_ = syn.seq;
  send_window_.OnSyn(syn.window, 0, 0);
  TakeSynOptions(syn);
}

void TcpConnection::TakeSynOptions(const TcpHeader& syn) {
  const TcpSettings& settings = services_.settings;
  if (syn.options.max_segment_size.has_value()) {
    send_mss_ = std::max<size_t>(*syn.options.max_segment_size, settings.least_send_mss);
  }
  const bool offered = !syn.Has(TcpHeader::kAck) || !IsSynPlain();
  peer_scales_ = offered && syn.options.window_scale.has_value() && settings.window_scaling;
  if (peer_scales_) {
    send_window_.set_shift(*syn.options.window_scale);
    receive_window_.set_shift(ReceiveWindow::ShiftFor(settings.largest_receive_buffer));
  }
  AgreeOnOptions(syn);
  if (congestion_ != nullptr) congestion_->SetSegmentSize(MaxSegmentSize());
}

void TcpConnection::OnSegmentTimeWait(const TcpSegment& segment) {
  const TcpHeader& header = segment.header;
  if (!services_.settings.quiet_time_wait) return OnSegmentOther(segment);
  if (header.Has(TcpHeader::kRst) || !header.Has(TcpHeader::kAck)) {
    return Drop(segment, TcpDrop::kReset, "TIME-WAIT is not to be ended early", "RFC 1337 3");
  }
  if (!CheckTimestamps(segment)) return;
  const SeqNum nxt = irs_ + static_cast<uint32_t>(rcv_nxt());
  const bool is_fin = header.Has(TcpHeader::kFin);
  const uint32_t length = segment.length();
  // The peer's FIN again: our last ACK was lost.
  if (is_fin && header.seq + length == nxt) RestartTimeWait();
  const bool says_nothing = !is_fin && segment.payload.empty() && header.seq == nxt &&
                            header.ack == iss_ + static_cast<uint32_t>(snd_nxt_);
  if (!says_nothing) ack_policy_.OnUrgentNeed();
  Drop(segment, TcpDrop::kUnacceptable, "nothing new is taken in TIME-WAIT",
       "RFC 9293 3.10.7.4, fifth check");
}

// 3.10.7.4
void TcpConnection::OnSegmentOther(const TcpSegment& segment) {
  const SeqNum nxt = irs_ + static_cast<uint32_t>(rcv_nxt());
  const auto seq = static_cast<int64_t>(segment.header.seq.Unwrap(nxt, rcv_nxt()));
  Arrival in{.segment = segment,
             .begin = seq,
             .seq = seq,
             .payload = segment.payload,
             .syn = segment.header.Has(TcpHeader::kSyn),
             .fin = segment.header.Has(TcpHeader::kFin)};
  if (!CheckTimestamps(segment) || !CheckSequence(in) || !CheckReset(in) || !CheckSyn(in)) return;
  TakeTimestamp(in);
  if (!CheckAck(in)) return;
  TrimToWindow(in);
  OnTextAndFin(in);
}

int64_t TcpConnection::AcceptedEdge() const {
  uint64_t edge = std::max(receive_window_.edge(), rcv_nxt());
  const bool is_answering = state_ == TcpState::kSynReceived && is_passive_;
  if (services_.settings.accepts_beyond_window && !is_answering) {
    const size_t free = receive_capacity() - std::min(receive_capacity(), receive_buffer_.held());
    edge = std::max(edge, rcv_nxt() + free);
  }
  return static_cast<int64_t>(edge);
}

bool TcpConnection::IsAcceptable(const Arrival& in) const {
  const auto nxt = static_cast<int64_t>(rcv_nxt());
  const int64_t edge = AcceptedEdge();
  const auto length = static_cast<int64_t>(in.segment.length());
  if (length == 0) {
    // At the edge itself stands what a peer sends that has filled the window; only a RST has to be
    // inside.
    const bool at_edge = in.seq == edge && (edge == nxt || !in.Has(TcpHeader::kRst));
    return (in.seq >= nxt && in.seq < edge) || at_edge;
  }
  // A closed window takes no text, but what else is in a segment counts (3.10.7.4: "special
  // allowance should be made to accept valid ACKs, URGs, and RSTs").
  if (edge == nxt) return in.seq <= nxt && in.seq + length > nxt;
  return in.seq < edge && in.seq + length > nxt;
}

bool TcpConnection::CheckSequence(Arrival& in) {
  // A SYN,ACK that answers ours, or crossed with it: without its SYN it stands at RCV.NXT.
  if (state_ == TcpState::kSynReceived && in.Has(TcpHeader::kSyn) && in.seq == 0 &&
      !in.Has(TcpHeader::kRst)) {
    if (in.Has(TcpHeader::kAck)) {
      in.begin = in.seq = 1;
      in.syn = false;
      return true;
    }
    Drop(in.segment, TcpDrop::kUnacceptable, "the same SYN again", kFirstCheck);
    TakeTimestamp(in);
    // 6.1.1.1 of RFC 3168: the peer has fallen back to a SYN without ECN.
    if (!Ecn::IsSetupSyn(in.segment.header)) ecn_.set_agreed(false);
    SendSyn(Syn::kAgain);
    return false;
  }
  if (IsAcceptable(in)) return true;
  OnUnacceptable(in);
  return false;
}

void TcpConnection::OnUnacceptable(const Arrival& in) {
  if (in.Has(TcpHeader::kRst)) {
    return Drop(in.segment, TcpDrop::kReset, "not in the window", "RFC 5961 3.2");
  }
  if (in.Has(TcpHeader::kSyn) && IsSynchronized(state_)) {
    SendChallengeAck();
    return Drop(in.segment, TcpDrop::kUnacceptable, "SYN in a synchronized state", "RFC 5961 4.2");
  }
  NoteDuplicate(in);
  // The peer's FIN again: our last ACK was lost.
  if (state_ == TcpState::kTimeWait && in.fin) RestartTimeWait();
  ack_policy_.OnUrgentNeed();
  Drop(in.segment, TcpDrop::kUnacceptable, "not in the window", kFirstCheck);
}

// Cuts off what was received before and what the window does not allow. The FIN goes with the
// octet before it.
void TcpConnection::TrimToWindow(Arrival& in) {
  const auto nxt = static_cast<int64_t>(rcv_nxt());
  const int64_t edge = AcceptedEdge();
  if (in.seq < nxt) {
    NoteDuplicate(in);
    const int64_t old = nxt - in.seq;
    const auto size = static_cast<int64_t>(in.payload.size());
    if (old > size) in.fin = false;
    in.payload.remove_prefix(static_cast<size_t>(std::min(old, size)));
    in.seq = nxt;
    ack_policy_.OnUrgentNeed();
  }
  const int64_t room = std::max<int64_t>(edge - in.seq, 0);
  if (static_cast<int64_t>(in.payload.size()) + (in.fin ? 1 : 0) > room) {
    in.fin = false;
    if (static_cast<int64_t>(in.payload.size()) > room) {
      in.payload = in.payload.first(static_cast<size_t>(room));
    }
    ack_policy_.OnUrgentNeed();
  }
}

// RFC 2883 4: of what lies before RCV.NXT.
void TcpConnection::NoteDuplicate(const Arrival& in) {
  const auto first = static_cast<int64_t>(Reassembler::kFirstOffset);
  const int64_t end = std::min(in.begin + static_cast<int64_t>(in.payload.size()),
                               static_cast<int64_t>(receive_buffer_.next()));
  if (!sack_agreed_ || in.begin < first || end <= in.begin) return;
  sack_report_.OnDuplicate({static_cast<uint64_t>(in.begin), static_cast<uint64_t>(end)});
}

bool TcpConnection::CheckReset(const Arrival& in) {  // second check, RFC 5961 3.2
  if (!in.Has(TcpHeader::kRst)) return true;
  if (in.seq == static_cast<int64_t>(rcv_nxt()) || services_.settings.insecure_resets) {
    OnReset();
    return false;
  }
  SendChallengeAck();
  Drop(in.segment, TcpDrop::kReset, "in the window, but not the next number", "RFC 5961 3.2");
  return false;
}

void TcpConnection::OnReset() {
  constexpr absl::string_view kClause = "RFC 9293 3.10.7.4, second check";
  if (state_ == TcpState::kTimeWait) return EndSilently("connection reset", kClause);
  if (state_ == TcpState::kSynReceived && !is_passive_) {
    return End({.cause = Cause::kNothingThere, .text = "connection refused"}, kClause);
  }
  End({.cause = Cause::kPeerUser, .text = "connection reset"}, kClause);
}

bool TcpConnection::CheckSyn(const Arrival& in) {  // fourth check
  if (!in.syn) return true;
  if (state_ == TcpState::kSynReceived && is_passive_) {
    // The listener goes on; a user who has been asked must hear of it.
    End({.cause = Cause::kPeerUser, .text = "the request was withdrawn"},
        "RFC 9293 3.10.7.4, fourth check");
    return false;
  }
  const bool is_in_window = in.seq >= static_cast<int64_t>(rcv_nxt());
  if (services_.settings.insecure_syns && is_in_window && IsSynchronized(state_)) {
    constexpr absl::string_view kClause = "RFC 793 3.9, SEGMENT ARRIVES, fourth";
    SendReset();
    if (state_ == TcpState::kTimeWait) {
      EndSilently("SYN in the window", kClause);
    } else {
      End({.cause = Cause::kPeerUser, .text = "connection reset by a SYN in the window"}, kClause);
    }
    return false;
  }
  SendChallengeAck();
  Drop(in.segment, TcpDrop::kUnacceptable, "SYN in a synchronized state", "RFC 5961 4.2");
  return false;
}

void TcpConnection::SendChallengeAck() {
  if (!services_.challenge_acks.Allow(services_.world.now(), services_.settings)) return;
  ++services_.counters.challenge_acks;
  SendAck();
}

bool TcpConnection::MayBeReplacedBy(const TcpHeader& syn) const {
  if (state_ != TcpState::kTimeWait || !syn.Has(TcpHeader::kSyn) || syn.Has(TcpHeader::kAck) ||
      syn.Has(TcpHeader::kRst)) {
    return false;
  }
  const SeqNum nxt = irs_ + static_cast<uint32_t>(rcv_nxt());
  const uint32_t least = services_.settings.quiet_time_wait ? 1 : 0;
  const bool is_beyond = (nxt + least).DistanceTo(syn.seq) < 0x80000000u;
  if (!syn.options.timestamps.has_value()) return is_beyond;
  // RFC 6191 2: a clock that has gone on tells a new connection whatever its numbers are.
  if (!timestamps_agreed_) return options_.timestamps || is_beyond;
  const uint32_t value = syn.options.timestamps->value;
  if (value == timestamps_.recent()) return is_beyond;
  return !timestamps_.IsOld(value, services_.world.now());
}

}  // namespace inet
