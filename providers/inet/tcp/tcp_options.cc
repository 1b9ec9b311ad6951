#include "providers/inet/tcp/tcp_options.h"

#include <algorithm>
#include <limits>

namespace inet {
namespace {

using transport::ByteSpan;
using transport::OptionStatus;

constexpr size_t kValueSize = 4;
constexpr uint32_t kLargestNumber = 0x7FFFFFFF;  // of a signed value
constexpr uint32_t kDefault = UINT32_MAX;        // -1
constexpr uint32_t kMilliseconds = 1000;         // in a second
constexpr uint32_t kMostSeconds = UINT32_MAX / kMilliseconds;
constexpr uint32_t kMostProbes = 255;  // Winsock page: IPPROTO_TCP socket options
constexpr uint8_t kEcnBits = 3;

constexpr int kTcpOptions[] = {kNoDelay,
                               kKeepAliveIdle,
                               kKeepAliveInterval,
                               kKeepAliveProbes,
                               kMaxSegment,
                               kTimestamps,
                               kCongestionAlgorithm,
                               kMaxRetransmissionTime,
                               kMaxRetransmissionMilliseconds,
                               kNoSynRetries,
                               kFailConnectOnNetworkError,
                               kConnectTime};
constexpr int kSocketOptions[] = {kKeepAlive, kSendBuffer, kReceiveBuffer};
constexpr int kIpv4Options[] = {kTypeOfService, kTimeToLive};
constexpr int kIpv6Options[] = {kTrafficClass, kUnicastHops};

uint32_t ValueOf(ByteSpan octets) {
  uint32_t value = 0;
  for (size_t i = kValueSize; i-- > 0;) value = value << 8 | octets[i];
  return value;
}

OptionStatus SetBuffer(uint32_t& buffer, bool& is_ours, uint32_t value) {
  if (value > kLargestNumber) return OptionStatus::kInvalidValue;
  is_ours = false;
  buffer = value;
  return OptionStatus::kDone;
}

template <typename T>
OptionStatus SetWithin(T& field, uint32_t value, uint32_t least, uint32_t most, uint32_t unit = 1) {
  if (value < least || value > most) return OptionStatus::kInvalidValue;
  field = static_cast<T>(value * unit);
  return OptionStatus::kDone;
}

OptionStatus SetFlag(bool& flag, uint32_t value) {
  flag = value != 0;
  return OptionStatus::kDone;
}

// `unit`: milliseconds that the value counts.
OptionStatus SetMaxRetransmissionTime(int64_t& milliseconds, uint32_t value, uint32_t unit) {
  if (value != kDefault && value > kLargestNumber) return OptionStatus::kInvalidValue;
  milliseconds = value == kDefault ? -1 : int64_t{value} * unit;
  return OptionStatus::kDone;
}

OptionStatus SetConnectTime(uint16_t& seconds, bool& is_set, uint32_t value) {
  const OptionStatus status = SetWithin(seconds, value, 1, UINT16_MAX);
  is_set = is_set || status == OptionStatus::kDone;
  return status;
}

uint32_t InUnits(int64_t milliseconds, uint32_t unit) {
  if (milliseconds < 0) return kDefault;
  return static_cast<uint32_t>(std::min<int64_t>((milliseconds + unit - 1) / unit, kLargestNumber));
}

OptionStatus SetCongestionAlgorithm(TcpCongestionAlgorithm& algorithm, uint32_t value) {
  return SetWithin(algorithm, value, 0, static_cast<uint32_t>(TcpCongestionAlgorithm::kCubic));
}

template <size_t N>
bool Contains(const int (&names)[N], int name) {
  return std::find(names, names + N, name) != names + N;
}

uint32_t MillisecondsOf(absl::Duration span) {
  return static_cast<uint32_t>(std::clamp<int64_t>(absl::ToInt64Milliseconds(span), 1, UINT32_MAX));
}

}  // namespace

TcpUserOptions::TcpUserOptions(const TcpSettings& settings, int internet_level)
    : keep_alive(settings.keep_alive),
      timestamps(settings.timestamps),
      is_over_ipv6(internet_level == kIpv6Level),
      sizes_send_buffer(settings.automatic_buffers),
      sizes_receive_buffer(settings.automatic_buffers),
      congestion_algorithm(settings.congestion_algorithm),
      hop_limit(settings.hop_limit),
      default_hop_limit(settings.hop_limit),
      keep_alive_probes(static_cast<uint8_t>(
          std::clamp<int>(settings.keep_alive_probes, 1, static_cast<int>(kMostProbes)))),
      connect_time(static_cast<uint16_t>(
          std::clamp<int64_t>(absl::ToInt64Seconds(settings.give_up_syn_after), 1, UINT16_MAX))),
      keep_alive_idle(MillisecondsOf(settings.keep_alive_idle)),
      keep_alive_interval(MillisecondsOf(settings.keep_alive_interval)),
      send_buffer(static_cast<uint32_t>(settings.send_buffer)),
      receive_buffer(static_cast<uint32_t>(settings.receive_buffer)) {}

bool TcpUserOptions::IsKnown(int level, int name) const {
  if (level == kTcpLevel) return Contains(kTcpOptions, name);
  if (level == kSocketLevel) return Contains(kSocketOptions, name);
  return is_over_ipv6 ? level == kIpv6Level && Contains(kIpv6Options, name)
                      : level == kIpv4Level && Contains(kIpv4Options, name);
}

OptionStatus TcpUserOptions::Set(int level, int name, ByteSpan value) {
  const bool is_keep_alive = level == transport::kIoctlLevel && name == kKeepAliveValues;
  if (is_keep_alive) return SetKeepAlive(value);
  if (!IsKnown(level, name)) {
    return level == (is_over_ipv6 ? kIpv6Level : kIpv4Level) ? OptionStatus::kUnknownName
                                                             : OptionStatus::kUnknown;
  }
  if (value.size() < kValueSize) return OptionStatus::kTooShort;
  return SetNumber(level, name, ValueOf(value));
}

OptionStatus TcpUserOptions::SetNumber(int level, int name, uint32_t number) {
  if (level == kTcpLevel) return SetOfTcp(name, number);
  if (level != kSocketLevel) return SetOfInternet(name, number);
  if (name == kSendBuffer) return SetBuffer(send_buffer, sizes_send_buffer, number);
  if (name == kReceiveBuffer) return SetBuffer(receive_buffer, sizes_receive_buffer, number);
  return SetFlag(keep_alive, number);
}

OptionStatus TcpUserOptions::SetOfTcp(int name, uint32_t number) {
  switch (name) {
    case kNoDelay:
      return SetFlag(no_delay, number);
    case kTimestamps:
      return SetFlag(timestamps, number);
    case kKeepAliveIdle:
      return SetWithin(keep_alive_idle, number, 1, kMostSeconds, kMilliseconds);
    case kKeepAliveInterval:
      return SetWithin(keep_alive_interval, number, 1, kMostSeconds, kMilliseconds);
    case kKeepAliveProbes:
      return SetWithin(keep_alive_probes, number, 1, kMostProbes);
    case kMaxSegment:
      return SetWithin(max_segment, number, kLeastMaxSegment, UINT16_MAX);
    case kConnectTime:
      return SetConnectTime(connect_time, has_connect_time, number);
    case kCongestionAlgorithm:
      return SetCongestionAlgorithm(congestion_algorithm, number);
    case kNoSynRetries:
      return SetFlag(no_syn_retries, number);
    case kFailConnectOnNetworkError:
      return SetFlag(fail_connect_on_network_error, number);
    case kMaxRetransmissionMilliseconds:
      return SetMaxRetransmissionTime(max_retransmission_time, number, 1);
    default:
      return SetMaxRetransmissionTime(max_retransmission_time, number, kMilliseconds);
  }
}

OptionStatus TcpUserOptions::SetOfInternet(int name, uint32_t number) {
  if (name == kTimeToLive) {  // kUnicastHops is the same number
    if (is_over_ipv6 && number == kDefault) number = default_hop_limit;
    return SetWithin(hop_limit, number, 1, UINT8_MAX);
  }
  const OptionStatus status = SetWithin(traffic_class, number, 0, UINT8_MAX);
  traffic_class = static_cast<uint8_t>(traffic_class & ~kEcnBits);
  return status;
}

OptionStatus TcpUserOptions::SetKeepAlive(ByteSpan values) {
  if (values.size() < 3 * kValueSize) return OptionStatus::kTooShort;
  const bool wanted = ValueOf(values) != 0;
  const uint32_t idle = ValueOf(values.subspan(kValueSize));
  const uint32_t interval = ValueOf(values.subspan(2 * kValueSize));
  if (wanted && (idle == 0 || interval == 0)) return OptionStatus::kInvalidValue;
  keep_alive = wanted;
  if (!wanted) return OptionStatus::kDone;
  keep_alive_idle = idle;
  keep_alive_interval = interval;
  return OptionStatus::kDone;
}

uint32_t TcpUserOptions::NumberOf(int level, int name) const {
  if (level == kTcpLevel) return NumberOfTcp(name);
  if (level != kSocketLevel) return name == kTimeToLive ? hop_limit : traffic_class;
  if (name == kSendBuffer) return send_buffer;
  if (name == kReceiveBuffer) return receive_buffer;
  return keep_alive ? 1 : 0;
}

uint32_t TcpUserOptions::NumberOfTcp(int name) const {
  switch (name) {
    case kNoDelay:
      return no_delay ? 1 : 0;
    case kTimestamps:
      return timestamps ? 1 : 0;
    case kKeepAliveIdle:
      return keep_alive_idle / kMilliseconds;
    case kKeepAliveInterval:
      return keep_alive_interval / kMilliseconds;
    case kKeepAliveProbes:
      return keep_alive_probes;
    case kMaxSegment:
      return max_segment;
    case kConnectTime:
      return connect_time;
    case kCongestionAlgorithm:
      return static_cast<uint32_t>(congestion_algorithm);
    case kNoSynRetries:
      return no_syn_retries ? 1 : 0;
    case kFailConnectOnNetworkError:
      return fail_connect_on_network_error ? 1 : 0;
    case kMaxRetransmissionMilliseconds:
      return InUnits(max_retransmission_time, 1);
    default:
      return InUnits(max_retransmission_time, kMilliseconds);
  }
}

OptionStatus TcpUserOptions::Get(int level, int name, std::vector<uint8_t>& value) const {
  if (!IsKnown(level, name)) {
    return level == (is_over_ipv6 ? kIpv6Level : kIpv4Level) ? OptionStatus::kUnknownName
                                                             : OptionStatus::kUnknown;
  }
  const uint32_t number = NumberOf(level, name);
  value.resize(kValueSize);
  for (size_t i = 0; i < kValueSize; ++i) value[i] = static_cast<uint8_t>(number >> (8 * i));
  return OptionStatus::kDone;
}

}  // namespace inet
