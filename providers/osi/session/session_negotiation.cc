// Versions, limits and options of a connection (X.225 7.1, 7.4, 8.3.1).

#include <algorithm>

#include "providers/osi/session/session_connection.h"
#include "providers/osi/session/session_limits.h"
#include "providers/osi/session/session_transport.h"

namespace osi {
namespace {

using transport::OptionStatus;

template <typename Xx>
bool IsOfVersion1(const Xx& spdu, size_t user_data_max) {
  return !spdu.enclosure.has_value() && spdu.user_data.size() <= user_data_max;
}

}  // namespace

std::optional<SessionVersions> SessionConnection::Choose(SessionVersions proposed) const {
  const SessionVersions common = proposed & options_.versions;
  if ((common & kSessionVersion2) != 0) return kSessionVersion2;
  // Only version 2 has extended user data (8.3.1).
  if ((common & kSessionVersion1) != 0 && connect_data_.size() <= kMaxUserDataVersion1) {
    return kSessionVersion1;
  }
  return std::nullopt;
}

bool SessionConnection::Negotiate() {
  const std::optional<SessionVersions> version = Choose(proposed_versions_);
  if (!version.has_value()) return false;
  version_ = version;
  agreed_ = SessionCapabilities(*version, LesserLimit(options_.tsdu_maximum_send, proposed_send_));
  return true;
}

// What both said is in force: of two limits the lesser.
void SessionConnection::Agree() {
  options_.versions = *version_;
  options_.tsdu_maximum_send = LesserLimit(options_.tsdu_maximum_send, proposed_send_);
  options_.tsdu_maximum_receive = LesserLimit(options_.tsdu_maximum_receive, proposed_receive_);
  agreed_ = SessionCapabilities(*version_, options_.tsdu_maximum_send);
  if (version_ == kSessionVersion2 && options_.tsdu_maximum_send != 0) {
    writer_.SetSegmenting(options_.tsdu_maximum_send);
  }
}

ConnectAcceptItem SessionConnection::Item(SessionVersions versions) const {
  const bool sends_first = !vtca_;
  return {.tsdu_maximum_initiator_to_responder =
              sends_first ? options_.tsdu_maximum_send : options_.tsdu_maximum_receive,
          .tsdu_maximum_responder_to_initiator =
              sends_first ? options_.tsdu_maximum_receive : options_.tsdu_maximum_send,
          .versions = versions};
}

bool SessionConnection::CanCarry(size_t tsdu_maximum) {
  return tsdu_maximum == 0 || tsdu_maximum >= SessionOptions::kLeastTsduMaximum;
}

bool SessionConnection::IsTooLong(size_t octets) const {
  const bool is_agreed = state_ == SessionState::kSta713 || state_ == SessionState::kSta03 ||
                         state_ == SessionState::kSta09;
  return is_agreed && options_.tsdu_maximum_receive != 0 && octets > options_.tsdu_maximum_receive;
}

bool SessionConnection::IsOfVersion(const Spdu& spdu) const {
  if (const auto* rf = std::get_if<RfSpdu>(&spdu)) {
    return (proposed_versions_ & kSessionVersion2) != 0 || IsOfVersion1(*rf, kMaxUserDataVersion1);
  }
  const auto* ac = std::get_if<AcSpdu>(&spdu);
  const bool is_version_1 = ac != nullptr && state_ == SessionState::kSta02A
                                ? ac->item.versions == kSessionVersion1
                                : version_ == kSessionVersion1;
  if (!is_version_1) return true;
  if (ac != nullptr) return IsOfVersion1(*ac, kMaxUserDataVersion1);
  if (const auto* fn = std::get_if<FnSpdu>(&spdu)) return IsOfVersion1(*fn, kMaxUserDataVersion1);
  if (const auto* dn = std::get_if<DnSpdu>(&spdu)) return IsOfVersion1(*dn, kMaxUserDataVersion1);
  return true;  // an AB ends the connection whatever it carries, and DTs are looked at as they come
}

OptionStatus SessionConnection::SetOption(int level, int name, ByteSpan value) {
  if (level != kSessionProtocol) {
    const bool is_fixed = entity_.FindFixedOption(level, name) != nullptr;
    if (lower_ == nullptr || is_fixed) return entity_.CheckOption(level, name, value);
    const OptionStatus status = lower_->SetOption(level, name, value);
    if (status == OptionStatus::kDone) lower_has_options_ = true;
    return status;
  }
  SessionOptions changed = options_;
  const OptionStatus status = changed.Set(name, value);
  if (status != OptionStatus::kDone) return status;
  // Everything else is said in the CN or AC. In STA08 a listener's options become the request's.
  const bool is_open = name == SO_SESSION_KEEP_TRANSPORT || state_ == SessionState::kSta08;
  if (!is_open) return OptionStatus::kInvalidValue;
  options_ = std::move(changed);
  return OptionStatus::kDone;
}

OptionStatus SessionConnection::GetOption(int level, int name, std::vector<uint8_t>& value) const {
  if (level == kSessionProtocol) return options_.Get(name, value);
  if (lower_ == nullptr) return entity_.DefaultOption(level, name, value);
  return lower_->GetOption(level, name, value);
}

}  // namespace osi
