#include "providers/osi/session/session_options.h"

#include <cstring>

namespace osi {
namespace {

using transport::OptionStatus;

constexpr size_t kMaxReference = 64;
constexpr size_t kMaxAdditionalReference = 4;

bool ReadInt(ByteSpan value, int32_t& number) {
  if (value.size() < sizeof(number)) return false;
  std::memcpy(&number, value.data(), sizeof(number));
  return true;
}

void WriteInt(int32_t number, std::vector<uint8_t>& value) {
  value.resize(sizeof(number));
  std::memcpy(value.data(), &number, sizeof(number));
}

OptionStatus SetReference(ByteSpan value, size_t most, std::vector<uint8_t>& reference) {
  if (value.size() > most) return OptionStatus::kInvalidValue;
  reference.assign(value.begin(), value.end());
  return OptionStatus::kDone;
}

OptionStatus SetMaximum(int32_t number, uint16_t& maximum) {
  const bool is_valid =
      number == 0 || (number >= SessionOptions::kLeastTsduMaximum && number <= UINT16_MAX);
  if (!is_valid) return OptionStatus::kInvalidValue;
  maximum = static_cast<uint16_t>(number);
  return OptionStatus::kDone;
}

OptionStatus SetVersions(int32_t number, SessionVersions& versions) {
  constexpr int32_t kBoth = kSessionVersion1 | kSessionVersion2;
  if (number < 1 || number > kBoth) return OptionStatus::kInvalidValue;
  versions = static_cast<SessionVersions>(number);
  return OptionStatus::kDone;
}

}  // namespace

absl::Span<const SessionOptionName> SessionOptionNames() {
  static constexpr SessionOptionName kNames[] = {
      {SO_SESSION_VERSIONS, "SO_SESSION_VERSIONS"},
      {SO_SESSION_TSDU_MAXIMUM_SEND, "SO_SESSION_TSDU_MAXIMUM_SEND"},
      {SO_SESSION_TSDU_MAXIMUM_RECEIVE, "SO_SESSION_TSDU_MAXIMUM_RECEIVE"},
      {SO_SESSION_KEEP_TRANSPORT, "SO_SESSION_KEEP_TRANSPORT"},
      {SO_SESSION_USER_REFERENCE, "SO_SESSION_USER_REFERENCE", true},
      {SO_SESSION_COMMON_REFERENCE, "SO_SESSION_COMMON_REFERENCE", true},
      {SO_SESSION_ADDITIONAL_REFERENCE, "SO_SESSION_ADDITIONAL_REFERENCE", true},
      {SO_SESSION_PEER_USER_REFERENCE, "SO_SESSION_PEER_USER_REFERENCE", true},
      {SO_SESSION_PEER_COMMON_REFERENCE, "SO_SESSION_PEER_COMMON_REFERENCE", true},
      {SO_SESSION_PEER_ADDITIONAL_REFERENCE, "SO_SESSION_PEER_ADDITIONAL_REFERENCE", true},
  };
  return kNames;
}

OptionStatus SessionOptions::Set(int name, ByteSpan value) {
  int32_t number = 0;
  switch (name) {
    case SO_SESSION_USER_REFERENCE:
      return SetReference(value, kMaxReference, identifier.user_reference);
    case SO_SESSION_COMMON_REFERENCE:
      return SetReference(value, kMaxReference, identifier.common_reference);
    case SO_SESSION_ADDITIONAL_REFERENCE:
      return SetReference(value, kMaxAdditionalReference, identifier.additional);
    case SO_SESSION_PEER_USER_REFERENCE:
    case SO_SESSION_PEER_COMMON_REFERENCE:
    case SO_SESSION_PEER_ADDITIONAL_REFERENCE:
      return OptionStatus::kReadOnly;
    case SO_SESSION_VERSIONS:
      return ReadInt(value, number) ? SetVersions(number, versions) : OptionStatus::kTooShort;
    case SO_SESSION_TSDU_MAXIMUM_SEND:
      return ReadInt(value, number) ? SetMaximum(number, tsdu_maximum_send)
                                    : OptionStatus::kTooShort;
    case SO_SESSION_TSDU_MAXIMUM_RECEIVE:
      return ReadInt(value, number) ? SetMaximum(number, tsdu_maximum_receive)
                                    : OptionStatus::kTooShort;
    case SO_SESSION_KEEP_TRANSPORT:
      if (!ReadInt(value, number)) return OptionStatus::kTooShort;
      keeps_transport = number != 0;
      return OptionStatus::kDone;
    default:
      return OptionStatus::kUnknown;
  }
}

OptionStatus SessionOptions::Get(int name, std::vector<uint8_t>& value) const {
  switch (name) {
    case SO_SESSION_VERSIONS:
      WriteInt(versions, value);
      return OptionStatus::kDone;
    case SO_SESSION_TSDU_MAXIMUM_SEND:
      WriteInt(tsdu_maximum_send, value);
      return OptionStatus::kDone;
    case SO_SESSION_TSDU_MAXIMUM_RECEIVE:
      WriteInt(tsdu_maximum_receive, value);
      return OptionStatus::kDone;
    case SO_SESSION_KEEP_TRANSPORT:
      WriteInt(keeps_transport ? 1 : 0, value);
      return OptionStatus::kDone;
    case SO_SESSION_USER_REFERENCE:
      value = identifier.user_reference;
      return OptionStatus::kDone;
    case SO_SESSION_COMMON_REFERENCE:
      value = identifier.common_reference;
      return OptionStatus::kDone;
    case SO_SESSION_ADDITIONAL_REFERENCE:
      value = identifier.additional;
      return OptionStatus::kDone;
    case SO_SESSION_PEER_USER_REFERENCE:
      value = peer_identifier.user_reference;
      return OptionStatus::kDone;
    case SO_SESSION_PEER_COMMON_REFERENCE:
      value = peer_identifier.common_reference;
      return OptionStatus::kDone;
    case SO_SESSION_PEER_ADDITIONAL_REFERENCE:
      value = peer_identifier.additional;
      return OptionStatus::kDone;
    default:
      return OptionStatus::kUnknown;
  }
}

}  // namespace osi
