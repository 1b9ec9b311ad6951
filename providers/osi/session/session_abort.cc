// S-U-ABORT and S-P-ABORT (X.225 7.9, 7.10).

#include <utility>

#include "providers/osi/session/session_connection.h"
#include "providers/osi/session/session_limits.h"

namespace osi {
namespace {

constexpr transport::Reason kAnswerUnexpected = {transport::Cause::kProtocolError, 0,
                                                 "AA or CN in answer to DN"};

// The value of PI 17, as the user's provider reports it.
int CodeOf(const TransportDisconnect& why) {
  return (why.releases_transport ? 0x01 : 0) | (why.user_abort ? 0x02 : 0) |
         (why.protocol_error ? 0x04 : 0) | (why.no_reason ? 0x08 : 0) |
         (why.implementation_restriction ? 0x10 : 0);
}

transport::Reason ReasonOf(const AbSpdu& ab) {
  using transport::Cause;
  const int code = CodeOf(ab.transport_disconnect);
  if (ab.transport_disconnect.user_abort) return {Cause::kPeerUser, code, "S-U-ABORT"};
  if (ab.transport_disconnect.protocol_error) {
    return {Cause::kProtocolError, code, "S-P-ABORT: protocol error"};
  }
  if (ab.transport_disconnect.implementation_restriction) {
    return {Cause::kProtocolError, code, "S-P-ABORT: implementation restriction"};
  }
  return {Cause::kPeerUser, code, "S-P-ABORT: no reason"};
}

}  // namespace

void SessionConnection::Abort(ByteSpan user_data) {
  if (state_ == SessionState::kSta01B) {
    DisconnectTransport("ISO 8327 Annex A: STA01B, S-U-ABORT req");
    return;
  }
  if (!IsAssociated(state_)) return;
  AbSpdu ab{.user_data = WithinLimit(user_data, agreed_.abort_data_max)};
  ab.transport_disconnect.user_abort = true;
  ab.transport_disconnect.releases_transport = !KeepsTransport();
  SendAb(ab, "ISO 8327 7.9");
}

void SessionConnection::SendAb(const AbSpdu& ab, absl::string_view clause) {
  tells_released_ = false;
  if (writer_.is_in_tsdu()) {
    // A TSDU cannot be left unfinished, and finishing it would make an SSDU of what was never one.
    DisconnectTransport("ISO 8327 7.9: no AB within a TSDU");
    return;
  }
  writer_.DropWaiting();
  Send(ab, clause);
  if (ab.transport_disconnect.releases_transport) {
    AwaitTransportDisconnect("ISO 8327 Annex A: AB sent");
    return;
  }
  timers_.CancelAll();
  timers_.Set(SessionTimer::kTim, world_.now() + kTimDuration, sim::Urgency::kUpkeep);
  TransitionTo(SessionState::kSta01A, "ISO 8327 Annex A: AB sent, kept");
}

void SessionConnection::OnAb(const AbSpdu& ab) {
  const bool keeps =
      !ab.transport_disconnect.releases_transport && KeepsTransport() && !writer_.is_in_tsdu();
  if (keeps) {
    writer_.DropWaiting();
    Send(AaSpdu{}, "ISO 8327 7.9.2");
    tells_released_ = false;
    KeepTransport("ISO 8327 Annex A: AB, kept");
  } else {
    DisconnectTransport("ISO 8327 Annex A: AB");
  }
  IndicateDisconnect(ReasonOf(ab), ab.user_data);
  if (is_spent_) HandOver();
}

void SessionConnection::OnProtocolError(ByteSpan offending) {
  switch (state_) {
    case SessionState::kSta01:
    case SessionState::kSta01A:
    case SessionState::kSta01B:
    case SessionState::kSta16:
      return;
    case SessionState::kSta01C:
      DisconnectTransport("ISO 8327 Annex A: STA01C, invalid SPDU");
      return;
    case SessionState::kSta02A:
    case SessionState::kSta03:
    case SessionState::kSta08:
    case SessionState::kSta09:
    case SessionState::kSta713:
      SendAb(AbSpdu::ForProtocolError(offending), "ISO 8327 7.9");
      IndicateDisconnect({transport::Cause::kProtocolError, 0, "S-P-ABORT: protocol error"}, {});
      return;
  }
}

void SessionConnection::OnSpduAwaitingTransportDisconnect(const Spdu& spdu) {
  const bool is_awaited_no_more = std::holds_alternative<AbSpdu>(spdu) ||
                                  std::holds_alternative<AaSpdu>(spdu) ||
                                  std::holds_alternative<CnSpdu>(spdu);
  if (!is_awaited_no_more) {
    TraceDropped(SpduName(spdu), "the connection is over", "ISO 8327 Annex A: STA16");
    return;
  }
  DisconnectTransport("ISO 8327 Annex A: STA16, AB, AA or CN");
  if (!std::exchange(tells_released_, false)) return;
  const auto* ab = std::get_if<AbSpdu>(&spdu);
  IndicateDisconnect(ab != nullptr ? ReasonOf(*ab) : kAnswerUnexpected,
                     ab != nullptr ? ByteSpan(ab->user_data) : ByteSpan());
}

}  // namespace osi
