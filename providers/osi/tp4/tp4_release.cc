// Release, normal and after errors: ISO 8073 6.7, 6.18, 6.22, 12.2.4.
#include <utility>

#include "providers/osi/tp4/disconnect_cause.h"
#include "providers/osi/tp4/tp4_connection.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {

using transport::Cause;
using transport::Reason;

void Tp4Connection::Close(DisconnectReason reason, ByteSpan user_data, absl::string_view why) {
  timers_.CancelAll();
  ForgetRetained();
  ForgetData();
  const DrTpdu dr{.destination_reference = remote_reference_,
                  .source_reference = local_reference_,
                  .reason = reason,
                  .checksum = agreement_.checksum,
                  .user_data = {user_data.begin(), user_data.end()}};
  TransitionTo(Tp4State::kClosing, why, "ISO 8073 6.7.5");
  dr.AppendTo(retained_);
  TransmitRetained();
}

void Tp4Connection::SendRefusal(DisconnectReason reason, ByteSpan user_data) {
  // 6.6: a DR without a reference of ours.
  const DrTpdu dr{.destination_reference = remote_reference_,
                  .reason = reason,
                  .user_data = {user_data.begin(), user_data.end()}};
  std::vector<uint8_t> refusal;
  dr.AppendTo(refusal);
  table_.exchange().SendCopy(remote_.nsap, owner(), refusal);
  EnterRefwait("refused", std::move(refusal));
}

void Tp4Connection::ForgetData() {
  send_.Clear();
  received_.Clear();
  resequencer_.Clear();
  expedited_tpdu_ = {};
  expedited_.Clear();
}

void Tp4Connection::EnterRefwait(absl::string_view why, std::vector<uint8_t> refusal) {
  timers_.CancelAll();
  ForgetRetained();
  ForgetData();
  TransitionTo(Tp4State::kRefwait, why, "ISO 8073 6.18");
  table_.OnOver(*this, std::move(refusal));
  if (is_detached_) return table_.OnUnused(*this);
  if (tells_release_ && user_ != nullptr) user_->OnReleased();
}

void Tp4Connection::Indicate(const Reason& reason, ByteSpan user_data) {
  transport::ConnectionUser* const user = std::exchange(user_, nullptr);
  if (user != nullptr) user->OnDisconnectIndication(reason, user_data);
}

void Tp4Connection::GiveUp(const Reason& reason) {
  Close(DisconnectReason::kUnspecified, {}, reason.text);
  Indicate(reason);
}

void Tp4Connection::OnDr(const DrTpdu& dr) {
  // 6.7.5: a DR of another connection than ours. Before the peer's reference is known, any will do.
  if (remote_reference_ != 0 && dr.source_reference != remote_reference_) {
    Drop(TpduType::kDr, "wrong source reference", "ISO 8073 6.9");
    if (dr.source_reference == 0) return;
    const DcTpdu dc{.destination_reference = dr.source_reference,
                    .source_reference = local_reference_,
                    .checksum = agreement_.checksum};
    return table_.exchange().Send(remote_.nsap, owner(), dc);
  }
  if (state_ == Tp4State::kClosing) return EnterRefwait("DR");  // the two crossed
  if (dr.source_reference != 0) {
    const DcTpdu dc{.destination_reference = dr.source_reference,
                    .source_reference = local_reference_,
                    .checksum = agreement_.checksum};
    table_.exchange().Send(remote_.nsap, owner(), dc);
  }
  Reason reason =
      state_ == Tp4State::kWfcc ? ReasonOfRefusal(dr.reason) : ReasonOfDisconnect(dr.reason);
  // All else that our CR proposes, every entity of class 4 can do.
  if (quality_ != nullptr && reason.cause == Cause::kNegotiationFailed) {
    reason.cause = Cause::kQualityUnavailable;
  }
  EnterRefwait("DR");
  // 6.7.5: user data are those of the peer's user, who gives no other reason.
  const bool is_by_user = dr.reason == DisconnectReason::kNormal;
  Indicate(reason, is_by_user ? ByteSpan(dr.user_data) : ByteSpan());
}

void Tp4Connection::OnDc(const DcTpdu& dc) {
  const bool is_ours = remote_reference_ == 0 || dc.source_reference == remote_reference_;
  if (state_ == Tp4State::kClosing && is_ours) return EnterRefwait("DC");
  Drop(TpduType::kDc, "a DC that is not waited for", "ISO 8073 6.7.5");
}

void Tp4Connection::OnEr(const ErTpdu& er) {
  const Reason reason{.cause = Cause::kProtocolError,
                      .code = static_cast<int>(er.cause),
                      .text = "the peer reports a protocol error"};
  switch (state_) {
    case Tp4State::kWfcc:  // 6.6
      EnterRefwait("ER");
      return Indicate(reason);
    case Tp4State::kAkwait:
    case Tp4State::kOpen:  // 6.22
      Close(DisconnectReason::kProtocolError, {}, "ER");
      return Indicate(reason);
    case Tp4State::kClosing:
      return EnterRefwait("ER");
    case Tp4State::kClosed:
    case Tp4State::kWftresp:
    case Tp4State::kRefwait:
      return Drop(TpduType::kEr, "not in this state", "ISO 8073 6.22");
  }
}

void Tp4Connection::OnProtocolError(TpduType type, absl::string_view what,
                                    DisconnectReason reason) {
  Drop(type, what, "ISO 8073 6.22");
  // What is not yet, or no longer, open does not change: what is missing will be sent again.
  const bool is_bad_answer = state_ == Tp4State::kWfcc && type == TpduType::kCc;
  if (state_ != Tp4State::kOpen && !is_bad_answer) return;
  Close(reason, {}, what);
  Indicate({.cause = Cause::kProtocolError,
            .code = static_cast<int>(reason),
            .text = DisconnectReasonName(reason)});
}

}  // namespace osi
