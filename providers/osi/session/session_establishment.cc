// S-CONNECT (X.225 7.1, 7.4, 7.5).

#include <utility>

#include "providers/osi/session/session_connection.h"
#include "providers/osi/session/session_limits.h"
#include "providers/osi/session/session_transport.h"

namespace osi {
namespace {

constexpr size_t kSelectorSize = 2;

// A session selector is the port of the session address, as TSAP-IDs are: two octets, big-endian.
std::vector<uint8_t> ToSelector(uint16_t port) {
  return {static_cast<uint8_t>(port >> 8), static_cast<uint8_t>(port)};
}

std::optional<uint16_t> ToPort(ByteSpan selector) {
  if (selector.size() != kSelectorSize) return std::nullopt;
  return static_cast<uint16_t>(selector[0] << 8 | selector[1]);
}

transport::Reason ReasonOf(const RfSpdu& rf) {
  using transport::Cause;
  const absl::string_view text = RefuseReasonName(rf.reason);
  const int code = static_cast<int>(rf.reason);
  switch (rf.reason) {
    case RefuseReason::kUser:
    case RefuseReason::kUserWithData:
    case RefuseReason::kProvider:
      return {Cause::kRefusedByUser, code, text};
    case RefuseReason::kUserCongestion:
    case RefuseReason::kProviderCongestion:
      return {Cause::kCongestion, code, text};
    case RefuseReason::kSelectorUnknown:
    case RefuseReason::kUserNotAttached:
      return {Cause::kNothingThere, code, text};
    case RefuseReason::kVersionsNotSupported:
    case RefuseReason::kImplementationRestriction:
      return {Cause::kNegotiationFailed, code, text};
  }
  return {Cause::kRefusedByUser, code, text};
}

}  // namespace

bool SessionConnection::Start(const transport::ConnectOptions& options,
                              const SessionOptions& chosen) {
  const transport::AddressFormat& addresses = entity_.addresses();
  options_ = chosen;
  lower_has_options_ = entity_.AsksOfTransport(options);
  connect_data_.assign(options.user_data.begin(), options.user_data.end());
  std::vector<transport::Option> lower_options(options.options.begin(), options.options.end());
  lower_options.insert(lower_options.end(), entity_.fixed_options().begin(),
                       entity_.fixed_options().end());
  lower_ =
      entity_.lower().Connect({.local = addresses.WithPort(options.local, kSessionEntityPort),
                               .remote = addresses.WithPort(options.remote, kSessionEntityPort),
                               .quality = options.quality,
                               .options = lower_options},
                              *this);
  if (lower_ == nullptr) return false;
  local_ = addresses.WithPort(lower_->local_address(), addresses.Port(options.local));
  entity_.Occupy(local_);
  TransitionTo(SessionState::kSta01B, "ISO 8327 Annex A: STA01, S-CONNECT req");
  return true;
}

void SessionConnection::OnTransportConnectIndication(transport::Connection& lower) {
  lower_ = &lower;
  lower_has_options_ = lower.quality() != nullptr;
  lower.SetUser(this);
  for (const transport::Option& option : entity_.fixed_options()) {
    lower.SetOption(option.level, option.name, option.value);
  }
  TransitionTo(SessionState::kSta01C, "ISO 8327 Annex A: STA01, T-CONNECT ind");
  timers_.Set(SessionTimer::kAwaitConnect, world_.now() + kAwaitConnectDuration,
              sim::Urgency::kUpkeep);
  lower.Accept({});
}

void SessionConnection::OnConnected(ByteSpan) {
  if (state_ != SessionState::kSta01B) return;  // the acceptor waits for a CN, not for this
  SendCn();
  TransitionTo(SessionState::kSta02A, "ISO 8327 Annex A: STA01B, T-CONNECT conf");
}

void SessionConnection::SendCn() {
  CnSpdu cn{.identifier = options_.identifier,
            .requirements = kDuplexUnit,
            .calling_selector = ToSelector(entity_.addresses().Port(local_)),
            .called_selector = ToSelector(entity_.addresses().Port(remote_)),
            .user_data = std::move(connect_data_)};
  connect_data_.clear();
  // Extended user data exist in version 2 alone (X.225 8.3.1).
  cn.item = Item(cn.user_data.size() > CnSpdu::kMaxUserData ? kSessionVersion2 : options_.versions);
  proposed_versions_ = cn.item.versions;
  Send(cn, "ISO 8327 7.1");
}

void SessionConnection::OnSpduIdle(const TsduReader::Received& received) {
  const auto* cn = std::get_if<CnSpdu>(&*received.spdu);
  if (cn == nullptr || !vtca_) {
    DisconnectTransport("ISO 8327 Annex A: STA01C, an SPDU other than CN, or not Vtca");
    return;
  }
  OnCn(*cn);
}

void SessionConnection::OnCn(const CnSpdu& cn) {
  if (cn.data_overflow) {
    SendRf(RefuseReason::kImplementationRestriction, {}, "ISO 8327 8.3.1");
    return;
  }
  connect_data_ = cn.user_data;
  proposed_versions_ = cn.item.versions;
  proposed_send_ = cn.item.tsdu_maximum_responder_to_initiator;
  proposed_receive_ = cn.item.tsdu_maximum_initiator_to_responder;
  options_.peer_identifier = cn.identifier;
  if (!Choose(proposed_versions_).has_value()) {
    SendRf(RefuseReason::kVersionsNotSupported, {}, "ISO 8327 7.1");
    return;
  }
  if ((cn.requirements & kDuplexUnit) == 0 || !CanCarry(proposed_send_)) {
    SendRf(RefuseReason::kImplementationRestriction, {}, "ISO 8327 7.1");
    return;
  }
  const transport::AddressFormat& addresses = entity_.addresses();
  const std::optional<uint16_t> called = ToPort(cn.called_selector);
  const transport::Address local = addresses.WithPort(lower_->local_address(), called.value_or(0));
  transport::ListenerUser* listener = called.has_value() ? entity_.FindListener(local) : nullptr;
  if (listener == nullptr) {
    SendRf(RefuseReason::kSelectorUnknown, {}, "ISO 8327 7.1");
    return;
  }
  local_ = local;
  remote_ = addresses.WithPort(lower_->remote_address(), ToPort(cn.calling_selector).value_or(0));
  Negotiate();
  timers_.Cancel(SessionTimer::kAwaitConnect);
  entity_.Occupy(local_);
  TransitionTo(SessionState::kSta08, "ISO 8327 Annex A: STA01C, CN");
  has_pointer_ = listener->OnConnectIndication(*this);
  if (!has_pointer_) {
    SendRf(RefuseReason::kUserCongestion, {}, "ISO 8327 7.1");
  } else if (state_ == SessionState::kSta08 && !Negotiate()) {
    // The listener's options allow less than the CN proposes.
    SendRf(RefuseReason::kVersionsNotSupported, {}, "ISO 8327 7.1");
    IndicateDisconnect({transport::Cause::kNegotiationFailed,
                        static_cast<int>(RefuseReason::kVersionsNotSupported),
                        RefuseReasonName(RefuseReason::kVersionsNotSupported)},
                       {});
  }
}

void SessionConnection::SendRf(RefuseReason reason, ByteSpan user_data, absl::string_view clause) {
  const bool keeps = state_ == SessionState::kSta08 && KeepsTransport();
  Send(RfSpdu{.identifier = options_.identifier,
              .releases_transport = !keeps,
              .reason = reason,
              .user_data = {user_data.begin(), user_data.end()}},
       clause);
  if (keeps) return KeepTransport("ISO 8327 Annex A: STA08, S-CONNECT resp-, kept");
  AwaitTransportDisconnect("ISO 8327 Annex A: S-CONNECT resp-");
}

void SessionConnection::Accept(ByteSpan accept_data) {
  if (state_ != SessionState::kSta08) return;  // withdrawn by the peer
  Agree();
  AcSpdu ac{.identifier = options_.identifier,
            .item = Item(*version_),
            .requirements = kDuplexUnit,
            .calling_selector = ToSelector(entity_.addresses().Port(remote_)),
            .responding_selector = ToSelector(entity_.addresses().Port(local_)),
            .user_data = WithinLimit(accept_data, agreed_.accept_data_max)};
  Send(ac, "ISO 8327 7.4");
  TransitionTo(SessionState::kSta713, "ISO 8327 Annex A: STA08, S-CONNECT resp+");
  tells_connected_ = true;
  ResumeLater();
}

void SessionConnection::Refuse(ByteSpan user_data) {
  user_ = nullptr;
  if (state_ != SessionState::kSta08) return;  // withdrawn by the peer
  const std::vector<uint8_t> sent = WithinLimit(user_data, agreed_.refuse_data_max);
  SendRf(sent.empty() ? RefuseReason::kUser : RefuseReason::kUserWithData, sent, "ISO 8327 7.5");
}

void SessionConnection::OnSpduAwaitingAccept(const TsduReader::Received& received) {
  if (const auto* ac = std::get_if<AcSpdu>(&*received.spdu)) {
    OnAc(*ac, received);
  } else if (const auto* rf = std::get_if<RfSpdu>(&*received.spdu)) {
    OnRf(*rf);
  } else {
    OnProtocolError(received.octets);
  }
}

void SessionConnection::OnAc(const AcSpdu& ac, const TsduReader::Received& received) {
  const SessionVersions version = ac.item.versions;
  const bool is_one_of_ours = (version == kSessionVersion1 || version == kSessionVersion2) &&
                              (version & proposed_versions_) != 0;
  // AC names what both have in common: the duplex unit, which was all that we asked for.
  if (!is_one_of_ours || (ac.requirements & kDuplexUnit) == 0 ||
      (ac.requirements & kHalfDuplexUnit) != 0 ||
      !CanCarry(ac.item.tsdu_maximum_initiator_to_responder)) {
    OnProtocolError(received.octets);
    return;
  }
  version_ = version;
  proposed_send_ = ac.item.tsdu_maximum_initiator_to_responder;
  proposed_receive_ = ac.item.tsdu_maximum_responder_to_initiator;
  options_.peer_identifier = ac.identifier;
  Agree();
  TransitionTo(SessionState::kSta713, "ISO 8327 Annex A: STA02A, AC");
  if (user_ != nullptr) user_->OnConnected(ac.user_data);
}

void SessionConnection::OnRf(const RfSpdu& rf) {
  options_.peer_identifier = rf.identifier;
  if (!rf.releases_transport && KeepsTransport()) {
    KeepTransport("ISO 8327 Annex A: STA02A, RF, kept");
  } else {
    DisconnectTransport("ISO 8327 Annex A: STA02A, RF");
  }
  IndicateDisconnect(ReasonOf(rf), rf.user_data);
  if (is_spent_) HandOver();
}

}  // namespace osi
