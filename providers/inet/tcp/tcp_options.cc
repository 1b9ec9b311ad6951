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

OptionStatus SetBuffer(uint32_t& buffer, bool& is_ours, uint32_t value) {
  if (value > kLargestBuffer) return OptionStatus::kInvalidValue;
  is_ours = false;
  buffer = value;
  return OptionStatus::kDone;
}

OptionStatus SetMaxRetransmissionTime(int32_t& seconds, uint32_t value) {
  if (value > kLargestBuffer && value != UINT32_MAX) return OptionStatus::kInvalidValue;
  seconds = static_cast<int32_t>(value);
  return OptionStatus::kDone;
}

OptionStatus SetCongestionAlgorithm(TcpCongestionAlgorithm& algorithm, uint32_t value) {
  if (value > static_cast<uint32_t>(TcpCongestionAlgorithm::kCubic)) {
    return OptionStatus::kInvalidValue;
  }
  algorithm = static_cast<TcpCongestionAlgorithm>(value);
  return OptionStatus::kDone;
}

OptionStatus SetFlag(bool& flag, uint32_t value) {
  flag = value != 0;
  return OptionStatus::kDone;
}

bool IsKnown(int level, int name) {
  if (level == kTcpLevel) {
    return name == kNoDelay || name == kMaxRetransmissionTime || name == kCongestionAlgorithm;
  }
  return level == kSocketLevel &&
         (name == kKeepAlive || name == kSendBuffer || name == kReceiveBuffer);
}

}  // namespace

OptionStatus TcpUserOptions::Set(int level, int name, transport::ByteSpan value) {
  if (!IsKnown(level, name)) return OptionStatus::kUnknown;
  if (value.size() < kValueSize) return OptionStatus::kTooShort;
  const uint32_t number = ValueOf(value);
  if (level == kTcpLevel) {
    if (name == kMaxRetransmissionTime) {
      return SetMaxRetransmissionTime(max_retransmission_time, number);
    }
    if (name == kCongestionAlgorithm) return SetCongestionAlgorithm(congestion_algorithm, number);
    return SetFlag(no_delay, number);
  }
  if (name == kSendBuffer) return SetBuffer(send_buffer, sizes_send_buffer, number);
  if (name == kReceiveBuffer) return SetBuffer(receive_buffer, sizes_receive_buffer, number);
  return SetFlag(keep_alive, number);
}

uint32_t TcpUserOptions::NumberOf(int level, int name) const {
  if (level == kTcpLevel) {
    if (name == kMaxRetransmissionTime) return static_cast<uint32_t>(max_retransmission_time);
    if (name == kCongestionAlgorithm) return static_cast<uint32_t>(congestion_algorithm);
    return no_delay ? 1 : 0;
  }
  if (name == kSendBuffer) return send_buffer;
  if (name == kReceiveBuffer) return receive_buffer;
  return keep_alive ? 1 : 0;
}

OptionStatus TcpUserOptions::Get(int level, int name, std::vector<uint8_t>& value) const {
  if (!IsKnown(level, name)) return OptionStatus::kUnknown;
  const uint32_t number = NumberOf(level, name);
  value.resize(kValueSize);
  for (size_t i = 0; i < kValueSize; ++i) value[i] = static_cast<uint8_t>(number >> (8 * i));
  return OptionStatus::kDone;
}

}  // namespace inet
