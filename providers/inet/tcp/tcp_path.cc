// RFC 9293 3.9.2.2 and 3.7.5: what the network says about segments, and how large they may be.
#include <algorithm>

#include "providers/inet/path_mtu.h"
#include "providers/inet/tcp/tcp_connection.h"

namespace inet {
namespace {

using Kind = NetworkError::Kind;
using transport::Cause;
using transport::Reason;

// What the user is told when the network's word is the last that was heard.
Reason ReasonOf(Kind kind) {
  switch (kind) {
    case Kind::kNetworkUnreachable:
      return {.cause = Cause::kNetworkUnreachable, .text = "network unreachable"};
    case Kind::kHostUnreachable:
      return {.cause = Cause::kHostUnreachable, .text = "host unreachable"};
    case Kind::kProhibited:
      return {.cause = Cause::kNothingThere, .text = "communication prohibited"};
    case Kind::kProtocolUnreachable:
      return {.cause = Cause::kNothingThere, .text = "protocol unreachable"};
    case Kind::kPortUnreachable:
      return {.cause = Cause::kNothingThere, .text = "port unreachable"};
    case Kind::kTimeExceeded:
      return {.cause = Cause::kHostUnreachable, .text = "time exceeded"};
    case Kind::kParameterProblem:
    case Kind::kTooBig:
      break;
  }
  return {.cause = Cause::kNoAnswer, .text = "connection aborted: no answer"};
}

// Octets of text in a segment of so many octets.
size_t TextIn(size_t segment) {
  return std::clamp<size_t>(segment, TcpHeader::kMinSize, 65535) - TcpHeader::kMinSize;
}

}  // namespace

// Eff.snd.MSS is what the peer takes and what fits the way to it, RFC 9293 3.7.1. A way that is
// gone keeps its size until there is one again.
void TcpConnection::RefreshPath() {
  const size_t fits = services_.internet.MaxSegment(tuple_.remote.address);
  if (fits == 0 && path_mss_ != 0) return;
  const size_t text = TextIn(fits);
  path_mss_ = options_.max_segment == 0 ? text : std::min<size_t>(text, options_.max_segment);
  if (congestion_ != nullptr) congestion_->SetSegmentSize(MaxSegmentSize());
  path_known_until_ =
      text < LargestToReceive() ? services_.world.now() + PathMtus::Lifetime() : sim::Time::Never();
}

// MMS_R of RFC 9293 3.7.1: the way back may be another, so that only the first link counts.
size_t TcpConnection::LargestToReceive() const {
  return TextIn(services_.internet.MaxReceivable(tuple_.remote.address));
}

// What was too long for the first link, which has become narrower, the timer sends again.
void TcpConnection::OnNotSent(SendStatus status) {
  if (status == SendStatus::kTooLong) return RefreshPath();
  soft_error_ = Kind::kNetworkUnreachable;
}

bool TcpConnection::IsInFlight(SeqNum seq) const {
  const SeqNum first = iss_ + static_cast<uint32_t>(snd_una_);
  return state_ != TcpState::kClosed && first.DistanceTo(seq) < snd_nxt_ - snd_una_;
}

bool TcpConnection::IsHard(Kind kind) const {
  const TcpSettings& settings = services_.settings;
  if (IsSynchronized(state_) && !settings.hard_errors_abort_synchronized) return false;
  switch (kind) {
    case Kind::kProtocolUnreachable:
    case Kind::kPortUnreachable:
      return settings.hard_errors_abort;
    case Kind::kProhibited:
    case Kind::kTimeExceeded:
      return settings.hard_errors_abort && settings.prohibited_and_expired_are_hard;
    case Kind::kNetworkUnreachable:
    case Kind::kHostUnreachable:
    case Kind::kParameterProblem:
    case Kind::kTooBig:
      return false;
  }
  return false;
}

void TcpConnection::OnNetworkError(const NetworkError& error) {
  if (state_ == TcpState::kSynSent && options_.fail_connect_on_network_error) {
    End({.cause = Cause::kHostUnreachable, .text = ReasonOf(error.kind).text},
        "Winsock page: IPPROTO_TCP socket options");
    return DeliverNotices();
  }
  if (IsHard(error.kind)) {
    End(ReasonOf(error.kind), "RFC 9293 3.9.2.2 (SHLD-26)");
    return DeliverNotices();
  }
  soft_error_ = error.kind;
}

Reason TcpConnection::WhyNoAnswer() const { return ReasonOf(soft_error_.value_or(Kind::kTooBig)); }

// RFC 1191 6.5, RFC 8201 5.2: the loss is no sign of congestion.
void TcpConnection::OnNarrowerPath() {
  RefreshPath();
  if (!MaySend(state_) || snd_una_ == snd_nxt_) return;
  timed_offset_ = 0;
  loss_recovery_.OnTimeout(snd_nxt_);  // acknowledgments of what comes twice are no loss either
  ForgetFlight();
  SendWhatMayGo();
}

}  // namespace inet
