// S-RELEASE (X.225 7.6, 7.7): the question with FN, the answer with DN, and both asking at once.

#include <utility>

#include "providers/osi/session/session_connection.h"
#include "providers/osi/session/session_limits.h"

namespace osi {

void SessionConnection::Release(ByteSpan user_data) {
  if (state_ != SessionState::kSta713 && state_ != SessionState::kSta09) return;
  if (state_ == SessionState::kSta09 && vcoll_) return;  // has asked before
  // What was written of an SSDU is all there will be of it.
  if (writer_.is_in_ssdu()) {
    writer_.EndSsdu(*lower_, [this](const std::optional<Enclosure>& place) { TraceDt(place); });
  }
  tells_released_ = has_pointer_;
  if (state_ == SessionState::kSta09) {
    SendDn(WithinLimit(user_data, agreed_.disconnect_reply_data_max), "ISO 8327 7.7");
    if (vtrr_) return KeepTransport("ISO 8327 Annex A: STA09, S-RELEASE resp+, Vtrr");
    AwaitTransportDisconnect("ISO 8327 Annex A: STA09, S-RELEASE resp+");
    return;
  }
  // Only who initiated the transport connection may offer to keep it: it alone can use it again.
  vtrr_ = KeepsTransport() && !vtca_;
  Send(FnSpdu{.releases_transport = !vtrr_,
              .user_data = WithinLimit(user_data, agreed_.disconnect_data_max)},
       "ISO 8327 7.6");
  TransitionTo(SessionState::kSta03, "ISO 8327 Annex A: STA713, S-RELEASE req");
}

void SessionConnection::SendDn(std::vector<uint8_t> user_data, absl::string_view clause) {
  Send(DnSpdu{.user_data = std::move(user_data)}, clause);
}

void SessionConnection::OnFn(const FnSpdu& fn) {
  vtrr_ = !fn.releases_transport && vtca_;
  TransitionTo(SessionState::kSta09, "ISO 8327 Annex A: STA713, FN");
  if (has_pointer_) {
    IndicateRelease(fn.user_data);
    return;
  }
  Release({});
}

void SessionConnection::OnSpduAwaitingDisconnect(const TsduReader::Received& received) {
  const Spdu& spdu = *received.spdu;
  if (const auto* dn = std::get_if<DnSpdu>(&spdu)) {
    OnDn(*dn);
  } else if (const auto* fn = std::get_if<FnSpdu>(&spdu); fn != nullptr && !vcoll_) {
    OnFnCollision(*fn);
  } else if (const auto* dt = std::get_if<DtSpdu>(&spdu); dt != nullptr && !vcoll_) {
    OnDt(*dt, received);
  } else {
    OnProtocolError(received.octets);
  }
}

void SessionConnection::OnDn(const DnSpdu& dn) {
  if (vtrr_) {
    KeepTransport("ISO 8327 Annex A: STA03, DN, Vtrr");
  } else {
    DisconnectTransport("ISO 8327 Annex A: STA03, DN");
  }
  // In a collision the peer's last words came with its FN.
  if (!vcoll_) IndicateRelease(dn.user_data);
  TellReleased();
  if (is_spent_) HandOver();
}

// Both users have asked; neither is asked for an answer. The side that initiated the transport
// connection answers at once, the other when that answer has come: the peer's request has told the
// user all that its answer could.
void SessionConnection::OnFnCollision(const FnSpdu& fn) {
  vcoll_ = true;
  vtrr_ = false;
  TransitionTo(SessionState::kSta09, "ISO 8327 Annex A: STA03, FN");
  if (!vtca_) {
    SendDn({}, "ISO 8327 7.7");
    TransitionTo(SessionState::kSta03, "ISO 8327 Annex A: STA09, S-RELEASE resp+, Vcoll, not Vtca");
  }
  IndicateRelease(fn.user_data);
}

void SessionConnection::OnSpduAwaitingReleaseResponse(const TsduReader::Received& received) {
  const auto* dn = std::get_if<DnSpdu>(&*received.spdu);
  if (dn == nullptr || !vcoll_ || !vtca_) {
    OnProtocolError(received.octets);
    return;
  }
  OnDnInCollision();
}

void SessionConnection::OnDnInCollision() {
  SendDn({}, "ISO 8327 7.7");
  AwaitTransportDisconnect("ISO 8327 Annex A: STA09, S-RELEASE resp+, Vcoll, Vtca, Vdnr");
  TellReleased();
}

void SessionConnection::IndicateRelease(ByteSpan user_data) {
  peer_has_released_ = true;
  if (user_ != nullptr) user_->OnReleaseIndication(user_data);
  if (user_ != nullptr && queue_.empty()) user_->OnReadable();
}

void SessionConnection::TellReleased() {
  if (std::exchange(tells_released_, false) && user_ != nullptr) user_->OnReleased();
}

}  // namespace osi
