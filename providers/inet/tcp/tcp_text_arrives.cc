// RFC 9293 3.10.7.4, sixth to eighth check: the urgent pointer, the text, the FIN.
#include <algorithm>

#include "providers/inet/tcp/tcp_connection.h"

namespace inet {
namespace {

constexpr absl::string_view kSeventhCheck = "RFC 9293 3.10.7.4, seventh check";

}  // namespace

void TcpConnection::OnTextAndFin(const Arrival& in) {
  OnEcnOfText(in);
  if (MayReceive(state_)) {
    if (!OnText(in)) return;
  } else if (!in.payload.empty()) {
    Drop(in.segment, TcpDrop::kAfterFin, "data behind a FIN", kSeventhCheck);
  }
  if (in.fin && MayReceive(state_)) {
    peer_fin_ = static_cast<uint64_t>(in.seq) + in.payload.size();
    // A FIN ahead of its data is kept; the peer hears what is missing.
    if (peer_fin_ > receive_buffer_.next()) ack_policy_.OnUrgentNeed();
  } else if (in.fin && state_ == TcpState::kTimeWait) {
    ack_policy_.OnUrgentNeed();
    RestartTimeWait();
  }
  if (MayReceive(state_) && !fin_received_ && peer_fin_ == receive_buffer_.next()) OnFin();
}

// False: the connection is gone.
bool TcpConnection::OnText(const Arrival& in) {
  ByteSpan text = in.payload;
  const auto offset = static_cast<uint64_t>(in.seq);
  if (peer_fin_ != kNone) {  // nothing can stand behind a FIN
    text = text.first(std::min<uint64_t>(text.size(), peer_fin_ > offset ? peer_fin_ - offset : 0));
  }
  if (!text.empty() && user_left_) {
    SendResetFor(in.segment);
    Drop(in.segment, TcpDrop::kAfterClose, "data for a user who is gone",
         "RFC 9293 3.6.1 (SHLD-3)");
    EndSilently("data after CLOSE", "RFC 9293 3.6.1 (SHLD-3)");
    return false;
  }
  if (in.Has(TcpHeader::kUrg)) {  // sixth: the pointer counts from SEG.SEQ, whatever was cut off
    const int64_t behind = in.begin + in.segment.header.urgent_pointer;
    if (behind > 0) receive_buffer_.MarkUrgent(static_cast<uint64_t>(behind));
  }
  if (text.empty()) return true;
  const uint64_t before = receive_buffer_.next();
  const bool had_gap = !receive_buffer_.blocks().empty();
  const std::optional<Reassembler::Block> twice = receive_buffer_.Insert(offset, text);
  const uint64_t now_next = receive_buffer_.next();
  if (sack_agreed_) {
    if (twice.has_value()) sack_report_.OnDuplicate(*twice);
    if (now_next < offset) sack_report_.OnArrival(offset, receive_buffer_.blocks());
  }
  if (now_next > before) {
    const size_t mss = MaxSegmentSize();
    const auto octets = static_cast<size_t>(now_next - before);
    const bool counts_segments = services_.settings.acks_every_second_segment;
    ack_policy_.OnData(counts_segments ? std::max(octets, mss) : octets, mss);
  }
  // Out of order, or a gap filled: at once (RFC 5681 4.2).
  if (had_gap || now_next == before) ack_policy_.OnUrgentNeed();
  if (receive_buffer_.TakeUrgent()) Notify(kExpedited);
  if (now_next > before && receive_buffer_.readable() > 0) Notify(kReadable);
  return true;
}

void TcpConnection::OnFin() {  // eighth
  constexpr absl::string_view kWhy = "received FIN";
  constexpr absl::string_view kClause = "RFC 9293 3.10.7.4, eighth check";
  fin_received_ = true;
  ack_policy_.OnUrgentNeed();
  if (receive_buffer_.readable() == 0) Notify(kReadable);  // the end of data
  Notify(kReleaseIndicated);
  if (state_ == TcpState::kEstablished) {
    TransitionTo(TcpState::kCloseWait, kWhy, kClause);
  } else if (state_ == TcpState::kFinWait1) {
    TransitionTo(TcpState::kClosing, kWhy, kClause);
  } else {
    EnterTimeWait(kWhy, kClause);
  }
}

}  // namespace inet
