#include "providers/osi/tp4/tp4_connection.h"

#include <algorithm>
#include <utility>

#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/tp4/tp4_values.h"
#include "sim/check.h"

namespace osi {

using transport::Cause;
using transport::Farewell;
using transport::OptionStatus;
using transport::Reason;

Tp4Connection::Tp4Connection(ConnectionTable& table, const TransportAddress& local,
                             const TransportAddress& remote)
    : table_(table),
      subject_(table.world().NextSubject()),
      local_(local),
      remote_(remote),
      timers_(table.world(), *this, kTimerNames, subject_) {}

void Tp4Connection::TransitionTo(Tp4State next, absl::string_view why, absl::string_view clause) {
  CHECK(IsLegalTransition(state_, next)) << Tp4StateName(state_) << " to " << Tp4StateName(next);
  const Tp4State old = std::exchange(state_, next);
  world().ContinueBecause(world().trace().Record({.kind = sim::TraceKind::kState,
                                                  .code = static_cast<uint32_t>(next),
                                                  .subject = subject_,
                                                  .numbers = {static_cast<int64_t>(old)},
                                                  .name = Tp4StateName(next),
                                                  .text = why,
                                                  .clause = clause}));
}

// ---- The user's requests

size_t Tp4Connection::writable_octets() const {
  return state_ == Tp4State::kAkwait || state_ == Tp4State::kOpen ? send_.writable() : 0;
}

size_t Tp4Connection::Write(absl::Span<const ByteSpan> pieces, bool end_of_message) {
  if (state_ != Tp4State::kAkwait && state_ != Tp4State::kOpen) return 0;
  const ConnectionTable::Scope scope(table_);
  size_t offered = 0;
  for (ByteSpan piece : pieces) offered += piece.size();
  const size_t taken = send_.Write(pieces, end_of_message);
  if (taken < offered || send_.writable() == 0) is_write_blocked_ = true;
  SendPending();
  return taken;
}

transport::ReadResult Tp4Connection::Read(absl::Span<uint8_t> into, bool peek) {
  const transport::ReadResult result = received_.Read(into, peek);
  if (peek || state_ != Tp4State::kOpen) return result;
  const ConnectionTable::Scope scope(table_);
  SetRoom();
  const uint64_t unannounced = receive_.unannounced();
  const bool opens = receive_.is_closed() && unannounced > 0;
  // 12.2.3.8: the credit is brought up to date before the peer has used up what it has.
  if (opens || unannounced > receive_dts() / 2) SendAk();
  return result;
}

void Tp4Connection::Disconnect(ByteSpan user_data) {
  switch (state_) {
    case Tp4State::kWftresp:
      SendRefusal(DisconnectReason::kNormal, user_data);
      // No confirmation comes to a refusal: the user is told by the next event.
      if (user_ != nullptr) timers_.Set(Timer::kReport, world().now());
      return;
    case Tp4State::kWfcc:
    case Tp4State::kAkwait:
    case Tp4State::kOpen:
      tells_release_ = user_ != nullptr;
      return Close(DisconnectReason::kNormal, user_data, "T-DISCONNECT request");
    case Tp4State::kClosed:
    case Tp4State::kClosing:
    case Tp4State::kRefwait:
      return;
  }
}

void Tp4Connection::Detach(Farewell farewell) {
  ConnectionTable::Scope scope(table_);
  user_ = nullptr;
  is_detached_ = true;
  received_.Clear();
  expedited_.Clear();
  switch (state_) {
    case Tp4State::kClosed:
    case Tp4State::kRefwait:
      return table_.OnUnused(*this);
    case Tp4State::kWfcc:
    case Tp4State::kWftresp:
      return Disconnect({});
    case Tp4State::kAkwait:
    case Tp4State::kOpen:
      if (farewell == Farewell::kAbortive || is_drained()) return Disconnect({});
      // The rest goes out before the DR (TellWriter), and what still comes in is acknowledged.
      if (state_ == Tp4State::kOpen && receive_.is_closed()) SendAk();
      return;
    case Tp4State::kClosing:
      return;
  }
}

OptionStatus Tp4Connection::SetOption(int level, int name, ByteSpan value) {
  // Once CR or CC is out, nothing can be proposed or weakened any more.
  const bool is_settled = state_ != Tp4State::kClosed && state_ != Tp4State::kWftresp;
  Tp4Options options = options_;
  const OptionStatus status = options.Set(level, name, value);
  if (status != OptionStatus::kDone) return status;
  if (is_settled && level == kTransportLevel) return OptionStatus::kInvalidValue;
  options_ = options;
  send_.SetLimit(options_.send_buffer);
  return status;
}

OptionStatus Tp4Connection::GetOption(int level, int name, std::vector<uint8_t>& value) const {
  return options_.Get(level, name, value);
}

void Tp4Connection::FailAtOnce(Reason reason) {
  report_ = reason;
  timers_.Set(Timer::kReport, world().now());
}

// ---- Timers (12.2.1)

void Tp4Connection::OnDeadline(Timer timer) {
  ConnectionTable::Scope scope(table_);
  switch (timer) {
    case Timer::kRetransmission:
      return OnRetransmissionTime();
    case Timer::kExpedited:
      return OnExpeditedTime();
    case Timer::kWindowOpening:
      return OnWindowOpeningTime();
    case Timer::kAcknowledge:
    case Timer::kWindow:
      return SendAk();
    case Timer::kInactivity:  // 6.21
      return GiveUp({.cause = Cause::kPeerLost, .text = "inactivity"});
    case Timer::kReport:
      if (report_.has_value()) return Indicate(*report_);
      if (user_ != nullptr) user_->OnReleased();
      return;
  }
}

void Tp4Connection::OnRetransmissionTime() {  // 12.2.1.2 i), 6.19
  const bool is_last = transmissions_ >= kMaxTransmissions;
  switch (state_) {
    case Tp4State::kWfcc:
      if (!is_last) return TransmitRetained();
      EnterRefwait("T1 ran out N times");
      return Indicate({.cause = Cause::kNoAnswer, .text = "no answer to the CR"});
    case Tp4State::kAkwait:
      if (!is_last) return TransmitRetained();
      return GiveUp({.cause = Cause::kNoAnswer, .text = "no answer to the CC"});
    case Tp4State::kOpen:
      return OnDtTime();
    case Tp4State::kClosing:
      if (!is_last) return TransmitRetained();
      return EnterRefwait("T1 ran out N times");
    case Tp4State::kClosed:
    case Tp4State::kWftresp:
    case Tp4State::kRefwait:
      return;
  }
}

absl::Duration Tp4Connection::IntervalAfter(int transmissions, absl::Duration last_wait) const {
  const absl::Duration interval = t1_.Interval(transmissions);
  // 12.2.1.2 i): an answer to the last transmission may take as long as an NSDU lives.
  return transmissions < kMaxTransmissions ? interval : interval + last_wait + kNsduLifetime;
}

void Tp4Connection::TransmitRetained() {
  ++transmissions_;
  table_.exchange().SendCopy(remote_.nsap, owner(), retained_);
  timers_.Set(Timer::kRetransmission,
              world().now() + IntervalAfter(transmissions_, absl::ZeroDuration()));
}

void Tp4Connection::ForgetRetained() {
  timers_.Cancel(Timer::kRetransmission);
  retained_ = {};
  transmissions_ = 0;
}

// ---- Arriving TPDUs

void Tp4Connection::Drop(TpduType type, absl::string_view why, absl::string_view clause) {
  table_.exchange().OnDropped(subject_, type, why, clause);
}

bool Tp4Connection::needs_checksum() const {
  return state_ == Tp4State::kWfcc ? !offer_.checksum_non_use : agreement_.checksum;
}

template <class Xx>
bool Tp4Connection::IsGood(TpduType type, ByteSpan tpdu, const absl::StatusOr<Xx>& parsed) {
  if (parsed.ok() && (parsed->checksum || !needs_checksum())) {
    table_.exchange().OnReceived(owner(), type, tpdu);
    if (state_ == Tp4State::kOpen) {  // 6.21: any TPDU that is valid
      timers_.Set(Timer::kInactivity, world().now() + kInactivityTime, sim::Urgency::kUpkeep);
    }
    return true;
  }
  if (parsed.ok()) {
    Drop(type, "no checksum", "ISO 8073 6.17.3");
  } else {
    OnBad(type, tpdu, parsed.status());
  }
  return false;
}

void Tp4Connection::OnBad(TpduType type, ByteSpan tpdu, const absl::Status& why) {
  const std::optional<TpduFault> fault = TpduFaultOf(why);
  const bool is_damaged = fault.has_value() && fault->kind == TpduFaultKind::kWrongChecksum;
  // Whatever rule it breaks, damage may be the reason.
  if (is_damaged || (needs_checksum() && !ChecksumHolds(tpdu))) {
    return Drop(type, "wrong checksum", "ISO 8073 6.17.3");
  }
  const bool is_length = fault.has_value() && fault->kind == TpduFaultKind::kInvalidLength;
  OnProtocolError(type, why.message(),
                  is_length ? DisconnectReason::kInvalidLength : DisconnectReason::kProtocolError);
}

void Tp4Connection::OnTpdu(TpduType type, const sim::FramePtr& frame, ByteSpan tpdu) {
  const TpduFormat format = agreement_.format;
  switch (type) {
    case TpduType::kDt: {
      const absl::StatusOr<DtTpdu> dt = DtTpdu::Parse(tpdu, format);
      if (IsGood(type, tpdu, dt)) OnDt(*dt, frame);
      return;
    }
    case TpduType::kAk: {
      const absl::StatusOr<AkTpdu> ak = AkTpdu::Parse(tpdu, format);
      if (IsGood(type, tpdu, ak)) OnAk(*ak);
      return;
    }
    case TpduType::kEd: {
      const absl::StatusOr<EdTpdu> ed = EdTpdu::Parse(tpdu, format);
      if (IsGood(type, tpdu, ed)) OnEd(*ed);
      return;
    }
    case TpduType::kEa: {
      const absl::StatusOr<EaTpdu> ea = EaTpdu::Parse(tpdu, format);
      if (IsGood(type, tpdu, ea)) OnEa(*ea);
      return;
    }
    case TpduType::kCc: {
      const absl::StatusOr<CcTpdu> cc = CcTpdu::Parse(tpdu);
      if (IsGood(type, tpdu, cc)) OnCc(*cc);
      return;
    }
    case TpduType::kDr: {
      const absl::StatusOr<DrTpdu> dr = DrTpdu::Parse(tpdu);
      if (IsGood(type, tpdu, dr)) OnDr(*dr);
      return;
    }
    case TpduType::kDc: {
      const absl::StatusOr<DcTpdu> dc = DcTpdu::Parse(tpdu);
      if (IsGood(type, tpdu, dc)) OnDc(*dc);
      return;
    }
    case TpduType::kEr: {
      const absl::StatusOr<ErTpdu> er = ErTpdu::Parse(tpdu);
      if (IsGood(type, tpdu, er)) OnEr(*er);
      return;
    }
    case TpduType::kRj:
      return OnBad(type, tpdu,
                   TpduError({.kind = TpduFaultKind::kInvalidTpduType, .rejected_octets = 2},
                             "RJ is a TPDU of classes 1 and 3"));
    case TpduType::kCr:
      return;  // the entity's
  }
}

}  // namespace osi
