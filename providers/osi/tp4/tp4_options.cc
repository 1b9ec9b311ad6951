#include "providers/osi/tp4/tp4_options.h"

#include "providers/osi/tp4/tp4_values.h"

namespace osi {

using transport::OptionStatus;

namespace {

constexpr size_t kValueSize = 4;
constexpr uint32_t kLargestBuffer = INT32_MAX;

bool IsKnown(int level, int name) {
  if (level == kSocketLevel) return name == kSendBufferOption || name == kReceiveBufferOption;
  return level == kTransportLevel && name >= kExtendedFormats && name <= kMaximumTpduSize;
}

}  // namespace

OptionStatus Tp4Options::Set(int level, int name, transport::ByteSpan value) {
  if (!IsKnown(level, name)) return OptionStatus::kUnknown;
  if (value.size() < kValueSize) return OptionStatus::kTooShort;
  uint32_t number = 0;
  for (size_t i = kValueSize; i-- > 0;) number = number << 8 | value[i];
  if (level == kSocketLevel) {
    if (number > kLargestBuffer) return OptionStatus::kInvalidValue;
    (name == kSendBufferOption ? send_buffer : receive_buffer) = number;
    return OptionStatus::kDone;
  }
  switch (name) {
    case kExtendedFormats:
      extended_formats = number != 0;
      return OptionStatus::kDone;
    case kUseOfChecksum:
      checksum = number != 0;
      return OptionStatus::kDone;
    case kTransportExpedited:
      expedited = number != 0;
      return OptionStatus::kDone;
    default:
      if (number != 0 && (number < kLeastTpduSize || number > kGreatestTpduSize)) {
        return OptionStatus::kInvalidValue;
      }
      tpdu_size = number;
      return OptionStatus::kDone;
  }
}

OptionStatus Tp4Options::Get(int level, int name, std::vector<uint8_t>& value) const {
  if (!IsKnown(level, name)) return OptionStatus::kUnknown;
  uint32_t number = tpdu_size;
  if (name == kExtendedFormats) number = extended_formats ? 1 : 0;
  if (name == kUseOfChecksum) number = checksum ? 1 : 0;
  if (name == kTransportExpedited) number = expedited ? 1 : 0;
  if (name == kSendBufferOption) number = send_buffer;
  if (name == kReceiveBufferOption) number = receive_buffer;
  value.resize(kValueSize);
  for (size_t i = 0; i < kValueSize; ++i) value[i] = static_cast<uint8_t>(number >> (8 * i));
  return OptionStatus::kDone;
}

}  // namespace osi
