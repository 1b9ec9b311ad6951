#include "providers/osi/session/session_connection.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "providers/osi/session/session_limits.h"
#include "providers/osi/session/session_transport.h"
#include "providers/osi/session/spdu_text.h"
#include "sim/check.h"
#include "sim/trace/trace.h"

namespace osi {
namespace {

size_t UserDataSize(const Spdu& spdu) {
  return std::visit(
      [](const auto& xx) -> size_t {
        if constexpr (requires { xx.user_data; }) return xx.user_data.size();
        return 0;
      },
      spdu);
}

}  // namespace

SessionConnection::SessionConnection(SessionTransport& entity, const transport::Address& remote,
                                     transport::ConnectionUser& user)
    : entity_(entity),
      world_(entity.world()),
      subject_(world_.NextSubject()),
      user_(&user),
      remote_(remote),
      agreed_(SessionCapabilities(kSessionVersion1)),
      vtca_(false),
      has_pointer_(true),
      resume_(world_, *this),
      timers_(world_, *this, kSessionTimerNames, subject_) {}

SessionConnection::SessionConnection(SessionTransport& entity, bool vtca)
    : entity_(entity),
      world_(entity.world()),
      subject_(world_.NextSubject()),
      agreed_(SessionCapabilities(kSessionVersion1)),
      vtca_(vtca),
      has_pointer_(false),
      resume_(world_, *this),
      timers_(world_, *this, kSessionTimerNames, subject_) {}

void SessionConnection::TransitionTo(SessionState next, absl::string_view clause) {
  CHECK(IsLegalTransition(state_, next))
      << SessionStateName(state_) << " to " << SessionStateName(next);
  world_.trace().Record({.kind = sim::TraceKind::kState,
                         .code = static_cast<uint32_t>(next),
                         .subject = subject_,
                         .numbers = {static_cast<int64_t>(state_)},
                         .name = SessionStateName(next),
                         .clause = clause});
  entity_.OnStateChange(*this, state_, next);
  state_ = next;
}

void SessionConnection::ReadTransport() {
  while (lower_ != nullptr && !is_spent_) {
    if (reader_.is_in_user_information()) {
      if (!ReadUserInformation()) break;
      continue;
    }
    const std::optional<TsduReader::Received> received = reader_.ReadSpdu(*lower_);
    if (!received.has_value()) break;
    OnSpdu(*received);
  }
  TellReadable();
}

void SessionConnection::OnSpdu(const TsduReader::Received& received) {
  if (!received.spdu.ok()) {
    TraceDropped("SPDU", received.spdu.status().message(), "ISO 8327 Annex A: invalid SPDU");
    OnProtocolError(received.octets);
    return;
  }
  TraceSpdu(sim::TraceKind::kPduReceived, *received.spdu, "");
  if (!IsAssociated(state_)) return OnWholeSpdu(received);
  if (!IsOfVersion(*received.spdu) || IsTooLong(received.octets.size())) {
    return OnProtocolError(received.octets);
  }
  absl::StatusOr<std::optional<Spdu>> whole = assembler_.Add(*received.spdu);
  if (!whole.ok()) return OnProtocolError(received.octets);
  if (whole->has_value()) OnWholeSpdu({*std::move(*whole), received.octets});
}

void SessionConnection::OnWholeSpdu(const TsduReader::Received& received) {
  const Spdu& spdu = *received.spdu;
  // Whatever ends the connection is told behind the data that came before it.
  if (!std::holds_alternative<DtSpdu>(spdu)) TellReadable();
  if (const auto* ab = std::get_if<AbSpdu>(&spdu); ab != nullptr && IsAssociated(state_)) {
    OnAb(*ab);
    return;
  }
  switch (state_) {              // No default: a new state must not compile until it is handled.
    case SessionState::kSta01:   // the user has aborted while it was told of data
    case SessionState::kSta01B:  // the transport connection carries nothing yet
      break;
    case SessionState::kSta01A:
      OnSpduAwaitingAbortAccept(spdu);
      break;
    case SessionState::kSta01C:
      OnSpduIdle(received);
      break;
    case SessionState::kSta02A:
      OnSpduAwaitingAccept(received);
      break;
    case SessionState::kSta03:
      OnSpduAwaitingDisconnect(received);
      break;
    case SessionState::kSta08:
      OnProtocolError(received.octets);
      break;
    case SessionState::kSta09:
      OnSpduAwaitingReleaseResponse(received);
      break;
    case SessionState::kSta16:
      OnSpduAwaitingTransportDisconnect(spdu);
      break;
    case SessionState::kSta713:
      OnSpduInDataTransfer(received);
      break;
  }
}

void SessionConnection::Send(const Spdu& spdu, absl::string_view clause) {
  const sim::TraceId cause = world_.context().cause;
  const size_t tsdu_maximum =
      version_ == kSessionVersion2 ? LesserLimit(options_.tsdu_maximum_send, proposed_send_) : 0;
  for (const Spdu& segment : InSegments(spdu, tsdu_maximum)) {
    std::vector<uint8_t> octets;
    AppendSpdu(segment, octets);
    sim::World::CauseScope scope(world_, cause);
    TraceSpdu(sim::TraceKind::kPduSent, segment, clause);
    writer_.WriteSpdu(*lower_, std::move(octets));
  }
}

void SessionConnection::TraceSpdu(sim::TraceKind kind, const Spdu& spdu, absl::string_view clause) {
  sim::Trace& trace = world_.trace();
  if (!trace.is_on()) return;
  const std::string text = trace.wants_text() ? SpduText(spdu) : std::string();
  world_.ContinueBecause(trace.Record({.kind = kind,
                                       .code = SpduNumber(spdu),
                                       .subject = subject_,
                                       .numbers = {static_cast<int64_t>(UserDataSize(spdu))},
                                       .name = SpduName(spdu),
                                       .text = text,
                                       .clause = clause}));
}

void SessionConnection::TraceDropped(absl::string_view name, absl::string_view why,
                                     absl::string_view clause) {
  world_.trace().Record({.kind = sim::TraceKind::kPduDropped,
                         .subject = subject_,
                         .name = name,
                         .text = why,
                         .clause = clause});
}

std::vector<uint8_t> SessionConnection::WithinLimit(ByteSpan user_data, size_t limit) {
  if (user_data.size() <= limit) return {user_data.begin(), user_data.end()};
  std::string text;
  if (world_.trace().wants_text()) {
    text =
        absl::StrCat(user_data.size(), " octets of user data left out: the version in force has ",
                     "room for ", limit);
  }
  world_.trace().Record({.kind = sim::TraceKind::kWarning,
                         .subject = subject_,
                         .name = "user data too long",
                         .text = text,
                         .clause = "ISO 8327 8.3"});
  return {};
}

void SessionConnection::DisconnectTransport(absl::string_view clause) {
  lower_->Disconnect({});
  lower_->Detach(transport::Farewell::kAbortive);
  LoseTransport(clause);
}

void SessionConnection::LoseTransport(absl::string_view clause) {
  ForgetTransport();
  TransitionTo(SessionState::kSta01, clause);
  if (!has_pointer_) ResumeLater();
}

void SessionConnection::ForgetTransport() {
  lower_ = nullptr;
  timers_.CancelAll();
}

void SessionConnection::AwaitTransportDisconnect(absl::string_view clause) {
  timers_.CancelAll();
  timers_.Set(SessionTimer::kTim, world_.now() + kTimDuration, sim::Urgency::kUpkeep);
  TransitionTo(SessionState::kSta16, clause);
}

void SessionConnection::IndicateDisconnect(const transport::Reason& reason, ByteSpan user_data) {
  queue_.Clear();
  has_news_ = false;
  transport::ConnectionUser* user = std::exchange(user_, nullptr);
  if (user != nullptr) user->OnDisconnectIndication(reason, user_data);
}

void SessionConnection::OnDisconnectIndication(transport::Reason reason, ByteSpan) {
  lower_->Detach(transport::Farewell::kAbortive);
  const SessionState state = state_;
  LoseTransport("ISO 8327 Annex A: T-DISCONNECT ind");
  switch (state) {
    case SessionState::kSta01:
    case SessionState::kSta01A:
      break;
    case SessionState::kSta01C:
    case SessionState::kSta16:
      // The peer disconnects because it has our DN. Any other end says nothing about that.
      if (reason.cause == transport::Cause::kPeerUser) {
        TellReleased();
      } else if (tells_released_) {
        IndicateDisconnect(reason, {});
      }
      break;
    case SessionState::kSta01B:
    case SessionState::kSta02A:
    case SessionState::kSta03:
    case SessionState::kSta08:
    case SessionState::kSta09:
    case SessionState::kSta713:
      IndicateDisconnect(reason, {});
      break;
  }
}

void SessionConnection::OnDeadline(SessionTimer timer) {
  if (timer != SessionTimer::kTim) {
    DisconnectTransport(timer == SessionTimer::kKept
                            ? "local: the transport connection was kept for this time"
                            : "local: a CN must come within this time");
    return;
  }
  const bool was_drained = is_drained();
  DisconnectTransport(state_ == SessionState::kSta16 ? "ISO 8327 Annex A: STA16, TIM"
                                                     : "ISO 8327 Annex A: STA01A, TIM");
  if (was_drained) {
    TellReleased();
  } else if (tells_released_) {
    IndicateDisconnect({transport::Cause::kNoAnswer, 0, "TIM expired"}, {});
  }
}

void SessionConnection::ResumeLater() { resume_.ScheduleAt(world_.now()); }

void SessionConnection::OnResume() {
  if (is_spent_) HandOverWhenDone();
  if (state_ == SessionState::kSta01 && !has_pointer_) {
    entity_.Free(*this);
    return;
  }
  if (std::exchange(tells_connected_, false) && user_ != nullptr) user_->OnConnected({});
  ReadTransport();
  is_leaving_ = false;
}

void SessionConnection::Disconnect(ByteSpan user_data) {
  user_ = nullptr;
  queue_.Clear();
  Abort(user_data);
}

void SessionConnection::Detach(transport::Farewell farewell) {
  CHECK(has_pointer_) << "session connection " << subject_ << " was detached before";
  has_pointer_ = false;
  is_leaving_ = true;
  user_ = nullptr;
  queue_.Clear();
  const bool is_graceful = farewell == transport::Farewell::kGraceful;
  switch (state_) {
    case SessionState::kSta01:
    case SessionState::kSta01A:
    case SessionState::kSta01C:
    case SessionState::kSta16:
      break;
    case SessionState::kSta01B:
    case SessionState::kSta02A:
      Abort({});
      break;
    case SessionState::kSta08:
      Refuse({});
      break;
    case SessionState::kSta713:
    case SessionState::kSta09:
      is_graceful ? Release({}) : Abort({});
      break;
    case SessionState::kSta03:
      if (!is_graceful) Abort({});
      break;
  }
  ResumeLater();  // to take what nobody reads off the transport connection, or to be freed
}

bool SessionConnection::is_drained() const {
  return lower_ == nullptr || (writer_.is_empty() && lower_->is_drained());
}

bool SessionConnection::WriteExpedited(ByteSpan) { return false; }

std::optional<transport::Connection::Expedited> SessionConnection::ReadExpedited(bool) {
  return std::nullopt;
}

}  // namespace osi
