#include "providers/inet/tcp/tcp_options.h"

namespace inet {
namespace {

using transport::OptionStatus;

constexpr size_t kValueSize = 4;
constexpr uint32_t kLargestBuffer = 0x7FFFFFFF;  // the value is a signed integer

uint32_t ValueOf(transport::ByteSpan octets) {
  uint32_t value = 0;
  for (size_t i = kValueSize; i-- > 0;) value = value << 8 | octets[i];
  return value;
}

OptionStatus SetBuffer(uint32_t& buffer, uint32_t value) {
  if (value > kLargestBuffer) return OptionStatus::kInvalidValue;
  buffer = value;
  return OptionStatus::kDone;
}

bool IsKnown(int level, int name) {
  if (level == kTcpLevel) return name == kNoDelay;
  return level == kSocketLevel &&
         (name == kKeepAlive || name == kSendBuffer || name == kReceiveBuffer);
}

}  // namespace

OptionStatus TcpUserOptions::Set(int level, int name, transport::ByteSpan value) {
  if (!IsKnown(level, name)) return OptionStatus::kUnknown;
  if (value.size() < kValueSize) return OptionStatus::kTooShort;
  const uint32_t number = ValueOf(value);
  if (level == kTcpLevel) {
    no_delay = number != 0;
    return OptionStatus::kDone;
  }
  if (name == kSendBuffer) return SetBuffer(send_buffer, number);
  if (name == kReceiveBuffer) return SetBuffer(receive_buffer, number);
  keep_alive = number != 0;
  return OptionStatus::kDone;
}

OptionStatus TcpUserOptions::Get(int level, int name, std::vector<uint8_t>& value) const {
  if (!IsKnown(level, name)) return OptionStatus::kUnknown;
  uint32_t number = keep_alive ? 1 : 0;
  if (level == kTcpLevel) {
    number = no_delay ? 1 : 0;
  } else if (name == kSendBuffer) {
    number = send_buffer;
  } else if (name == kReceiveBuffer) {
    number = receive_buffer;
  }
  value.resize(kValueSize);
  for (size_t i = 0; i < kValueSize; ++i) value[i] = static_cast<uint8_t>(number >> (8 * i));
  return OptionStatus::kDone;
}

}  // namespace inet
