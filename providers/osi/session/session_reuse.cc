// A transport connection that outlives its session (X.225 6.1.4, Annex A: STA01A, STA01C, Vtrr).

#include <utility>

#include "providers/osi/session/session_connection.h"
#include "providers/osi/session/session_transport.h"

namespace osi {

void SessionConnection::KeepTransport(absl::string_view clause) {
  timers_.CancelAll();
  is_spent_ = true;
  TransitionTo(SessionState::kSta01C, clause);
  ResumeLater();
}

// The user that waits to hear of its release is told when the peer is known to have it: because it
// has acknowledged it, or because it goes on.
void SessionConnection::HandOverWhenDone() {
  if (lower_ == nullptr) return;
  if (tells_released_ && user_ != nullptr && !is_drained()) return;
  TellReleased();
  HandOver();
}

void SessionConnection::HandOver() {
  if (lower_ == nullptr) return;  // the user has thought otherwise
  transport::Connection& lower = *lower_;
  ForgetTransport();
  TransitionTo(SessionState::kSta01, "local: the transport connection awaits another session");
  entity_.AddKept(vtca_).TakeOver(lower, std::move(writer_));
  writer_ = TsduWriter();
  if (!has_pointer_) ResumeLater();
}

void SessionConnection::TakeOver(transport::Connection& lower, TsduWriter writer) {
  lower_ = &lower;
  lower.SetUser(this);
  writer_ = std::move(writer);
  writer_.StopSegmenting();
  TransitionTo(SessionState::kSta01C, "ISO 8327 Annex A: STA01C");
  timers_.Set(vtca_ ? SessionTimer::kAwaitConnect : SessionTimer::kKept,
              world_.now() + (vtca_ ? kAwaitConnectDuration : kKeptDuration),
              sim::Urgency::kUpkeep);
  ResumeLater();  // something may have come meanwhile
}

void SessionConnection::StartAgain(const transport::ConnectOptions& options,
                                   const SessionOptions& chosen, transport::ConnectionUser& user) {
  const transport::AddressFormat& addresses = entity_.addresses();
  timers_.CancelAll();
  user_ = &user;
  has_pointer_ = true;
  options_ = chosen;
  remote_ = options.remote;
  local_ = addresses.WithPort(lower_->local_address(), addresses.Port(options.local));
  entity_.Occupy(local_);
  connect_data_.assign(options.user_data.begin(), options.user_data.end());
  SendCn();
  TransitionTo(SessionState::kSta02A, "ISO 8327 Annex A: STA01C, S-CONNECT req");
}

void SessionConnection::OnSpduAwaitingAbortAccept(const Spdu& spdu) {
  const auto* ab = std::get_if<AbSpdu>(&spdu);
  const bool is_kept = std::holds_alternative<AaSpdu>(spdu) ||
                       (ab != nullptr && !ab->transport_disconnect.releases_transport);
  if (is_kept) {
    KeepTransport("ISO 8327 Annex A: STA01A, AA or AB(kept)");
    HandOver();
  } else if (ab != nullptr || std::holds_alternative<CnSpdu>(spdu)) {
    DisconnectTransport("ISO 8327 Annex A: STA01A, AB or CN");
  } else {
    TraceDropped(SpduName(spdu), "the connection is over", "ISO 8327 Annex A: STA01A");
  }
}

}  // namespace osi
