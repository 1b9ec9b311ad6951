// Connection establishment and refusal: ISO 8073 6.5, 6.6, 12.2.2.
#include <memory>
#include <utility>

#include "providers/osi/tp4/tp4_connection.h"
#include "providers/osi/tp4/tp4_quality.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {
namespace {

std::vector<uint8_t> TsapId(uint16_t selector) {
  return {static_cast<uint8_t>(selector >> 8), static_cast<uint8_t>(selector)};
}

std::vector<uint8_t> Copy(ByteSpan octets) { return {octets.begin(), octets.end()}; }

}  // namespace

void Tp4Connection::SendRequest(size_t nsdu, ByteSpan user_data,
                                const transport::QualityOfService* quality) {
  if (quality != nullptr) SetQuality(*quality);
  offer_ = OfferOf(options_, nsdu);
  CrTpdu cr{Proposal(offer_)};
  cr.source_reference = local_reference_;
  cr.calling_tsap_id = TsapId(local_.selector);
  cr.called_tsap_id = TsapId(remote_.selector);
  cr.user_data = Copy(user_data);
  if (quality_ != nullptr) cr.quality = ToParameters(*quality_, /*calls=*/true);
  TransitionTo(Tp4State::kWfcc, "T-CONNECT request", "ISO 8073 6.5.4");
  cr.AppendTo(retained_);
  TransmitRetained();
}

void Tp4Connection::SetQuality(const transport::QualityOfService& quality) {
  quality_ = std::make_unique<transport::QualityOfService>(quality);
  // A bounded residual error rate is the checksum's doing (6.17).
  if (quality.residual_error_rate.has_value()) options_.checksum = true;
}

void Tp4Connection::LimitQuality(const transport::QualityOfService& limit) {
  if (quality_ != nullptr && state_ == Tp4State::kWftresp) *quality_ = Limited(*quality_, limit);
}

TpduOwner Tp4Connection::owner() const {
  TpduOwner owner(subject_, agreement_.format);
  if (quality_ != nullptr && quality_->priority.has_value()) {
    owner.network_priority = NetworkPriority(*quality_->priority);
  }
  return owner;
}

void Tp4Connection::OnRequest(const CrTpdu& request, const Agreement& agreement,
                              const transport::QualityOfService& quality) {
  is_responder_ = true;
  if (!quality.is_empty()) SetQuality(quality);
  remote_reference_ = request.source_reference;
  connect_data_ = request.user_data;
  Adopt(agreement, request.credit);
  TransitionTo(Tp4State::kWftresp, "CR", "ISO 8073 6.5.4");
}

void Tp4Connection::OnRepeatedRequest() {
  // Our CC may have been lost; elsewhere the repetition changes nothing (12.2.2.2).
  if (state_ == Tp4State::kAkwait) {
    table_.exchange().SendCopy(remote_.nsap, owner(), retained_);
  } else {
    Drop(TpduType::kCr, "a repeated CR", "ISO 8073 12.2.2.2");
  }
}

void Tp4Connection::Accept(ByteSpan accept_data) {
  if (state_ != Tp4State::kWftresp) return;  // the request was withdrawn
  Adopt(Weakened(agreement_, options_), transmit_.credit());
  CcTpdu cc{Answer(agreement_)};
  if (quality_ != nullptr) {
    *quality_ = Selected(*quality_);
    cc.quality = ToParameters(*quality_, /*calls=*/false);
  }
  cc.destination_reference = remote_reference_;
  cc.source_reference = local_reference_;
  cc.calling_tsap_id = TsapId(remote_.selector);
  cc.called_tsap_id = TsapId(local_.selector);
  cc.user_data = Copy(accept_data);
  NoteAgreement();
  TransitionTo(Tp4State::kAkwait, "T-CONNECT response", "ISO 8073 6.5.4");
  cc.AppendTo(retained_);
  TransmitRetained();
}

void Tp4Connection::Refuse(ByteSpan user_data) {
  if (state_ == Tp4State::kWftresp) SendRefusal(DisconnectReason::kNormal, user_data);
}

void Tp4Connection::RefuseFor(DisconnectReason reason) { SendRefusal(reason, {}); }

void Tp4Connection::OnUnreachable() {
  if (state_ != Tp4State::kWfcc) return;
  EnterRefwait("the CR did not reach the peer");
  Indicate({.cause = transport::Cause::kHostUnreachable, .text = "destination unreachable"});
}

void Tp4Connection::Adopt(const Agreement& agreement, uint16_t credit) {
  agreement_ = agreement;
  t1_.SetRemoteAcknowledgeTime(agreement.remote_acknowledge_time);
  send_.SetDtCapacity(agreement.tpdu_size -
                      DtTpdu::HeaderOctets(agreement.format, agreement.checksum));
  transmit_ = TransmitWindow(agreement.format, credit);
  receive_ = ReceiveWindow(agreement.format, agreement.credit);
}

// 6.5.5: no better than the target, and no worse than the least that will do.
bool Tp4Connection::TakeSelectedQuality(const CcTpdu& cc) {
  const transport::QualityOfService selected = FromParameters(cc.quality, /*calls=*/true);
  if (!IsWithin(selected, *quality_)) {
    Close(DisconnectReason::kNegotiationFailed, {}, "quality of service out of its limits");
    Indicate({.cause = transport::Cause::kQualityUnavailable,
              .code = static_cast<int>(DisconnectReason::kNegotiationFailed),
              .text = DisconnectReasonName(DisconnectReason::kNegotiationFailed)});
    return false;
  }
  if (!selected.is_empty()) *quality_ = selected;
  return true;
}

// From now on the options read what is in force.
void Tp4Connection::NoteAgreement() {
  options_ = {.extended_formats = agreement_.format == TpduFormat::kExtended,
              .checksum = agreement_.checksum,
              .expedited = agreement_.expedited,
              .tpdu_size = static_cast<uint32_t>(agreement_.tpdu_size),
              .send_buffer = options_.send_buffer,
              .receive_buffer = options_.receive_buffer};
}

void Tp4Connection::OnCc(const CcTpdu& cc) {
  switch (state_) {
    case Tp4State::kWfcc:
      return OnAnswer(cc);
    case Tp4State::kOpen:
      if (is_responder_) break;
      if (cc.source_reference != remote_reference_) {
        // Somebody who answers our CR, and is not our peer (6.9).
        const DrTpdu dr{.destination_reference = cc.source_reference,
                        .source_reference = local_reference_,
                        .reason = DisconnectReason::kMismatchedReferences};
        return table_.exchange().Send(remote_.nsap, owner(), dr);
      }
      return SendAk();  // the third TPDU was lost (12.2.2.2)
    case Tp4State::kClosed:
    case Tp4State::kWftresp:
    case Tp4State::kAkwait:
    case Tp4State::kClosing:
    case Tp4State::kRefwait:
      break;
  }
  Drop(TpduType::kCc, "a CC that is not waited for", "ISO 8073 12.2.2.2");
}

void Tp4Connection::OnAnswer(const CcTpdu& cc) {
  remote_reference_ = cc.source_reference;
  const absl::StatusOr<Agreement> agreement = AgreeTo(cc, offer_);
  if (!agreement.ok()) {
    Close(DisconnectReason::kNegotiationFailed, {}, agreement.status().message());
    return Indicate({.cause = transport::Cause::kNegotiationFailed,
                     .code = static_cast<int>(DisconnectReason::kNegotiationFailed),
                     .text = DisconnectReasonName(DisconnectReason::kNegotiationFailed)});
  }
  if (quality_ != nullptr && !TakeSelectedQuality(cc)) return;
  Adopt(*agreement, cc.credit);
  NoteAgreement();
  table_.AddAnswer(*this);
  BecomeOpen("CC");
  SendAk();
  if (user_ != nullptr) user_->OnConnected(cc.user_data);
}

void Tp4Connection::BecomeOpen(absl::string_view why) {
  ForgetRetained();
  TransitionTo(Tp4State::kOpen, why, "ISO 8073 12.2.2.2");
  const sim::Time now = world().now();
  timers_.Set(Timer::kWindow, now + agreement_.window_time, sim::Urgency::kUpkeep);
  timers_.Set(Timer::kInactivity, now + kInactivityTime, sim::Urgency::kUpkeep);
}

bool Tp4Connection::IsOpenFor(TpduType type) {
  if (state_ == Tp4State::kAkwait) {
    BecomeOpen(TpduTypeName(type));
    if (user_ != nullptr) user_->OnConnected({});
    SendPending();
  }
  if (state_ == Tp4State::kOpen) return true;
  Drop(type, "not in this state", "ISO 8073 12.2.4");
  return false;
}

}  // namespace osi
