// The options that a user may set on a connection, by level and name as Winsock numbers them.
#ifndef PROVIDERS_INET_TCP_TCP_OPTIONS_H_
#define PROVIDERS_INET_TCP_TCP_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "providers/inet/tcp/tcp_settings.h"
#include "providers/transport/transport.h"

namespace inet {

inline constexpr int kSocketLevel = 0xFFFF;    // SOL_SOCKET
inline constexpr int kKeepAlive = 0x0008;      // SO_KEEPALIVE
inline constexpr int kSendBuffer = 0x1001;     // SO_SNDBUF
inline constexpr int kReceiveBuffer = 0x1002;  // SO_RCVBUF
inline constexpr int kTcpLevel = 6;            // IPPROTO_TCP
inline constexpr int kNoDelay = 1;             // TCP_NODELAY
// TCP_KEEPIDLE, TCP_KEEPINTVL, seconds; TCP_KEEPCNT, probes, at most 255 (RFC 9293 3.8.4).
inline constexpr int kKeepAliveIdle = 3;
inline constexpr int kKeepAliveInterval = 17;
inline constexpr int kKeepAliveProbes = 16;
// TCP_MAXSEG: the largest segment, offered and sent, in octets. A connection says what it uses.
inline constexpr int kMaxSegment = 4;
inline constexpr uint32_t kLeastMaxSegment = 64;
// TCP_TIMESTAMPS: whether they are offered, and taken when offered; before the SYN.
inline constexpr int kTimestamps = 10;
// TCP_MAXRT: for how many seconds what the peer does not acknowledge, a SYN too, is sent again
// before the connection is given up (RFC 5482's USER_TIMEOUT, our side alone); 0: as the settings
// say, -1: for ever, while there is a user. TCP_MAXRTMS is the same in milliseconds; of both the
// one that is set last counts, and each is read back in its own unit, rounded up.
inline constexpr int kMaxRetransmissionTime = 5;
inline constexpr int kMaxRetransmissionMilliseconds = 14;
// TCP_NOSYNRETRIES: the SYN of an active OPEN is sent once; the attempt ends with the first
// time-out.
inline constexpr int kNoSynRetries = 9;
// TCP_FAIL_CONNECT_ON_ICMP_ERROR: an attempt to connect ends by whatever ICMP says about its SYN,
// with "host unreachable", and not by what is final alone.
inline constexpr int kFailConnectOnNetworkError = 18;
// For how many seconds an attempt to connect is repeated before it is given up: TCP_KEEPINIT of
// FreeBSD, for which Winsock has no number.
inline constexpr int kConnectTime = 128;
// TCP_CONGESTION_ALGORITHM: 0 NewReno, 1 CUBIC, as in TcpCongestionAlgorithm. It may change while
// data flows.
inline constexpr int kCongestionAlgorithm = 12;

inline constexpr int kIpv4Level = 0;      // IPPROTO_IP
inline constexpr int kTypeOfService = 3;  // IP_TOS: DSCP; the two bits of ECN are TCP's
inline constexpr int kTimeToLive = 4;     // IP_TTL
inline constexpr int kIpv6Level = 41;     // IPPROTO_IPV6
inline constexpr int kUnicastHops = 4;    // IPV6_UNICAST_HOPS; -1: the default
inline constexpr int kTrafficClass = 39;  // IPV6_TCLASS

// SIO_KEEPALIVE_VALS, of transport::kIoctlLevel: three values, whether, idle time and interval in
// milliseconds.
inline constexpr int kKeepAliveValues = static_cast<int>(0x98000004u);

// Every value is a 32-bit integer in little-endian order; longer octets are not looked at.
struct TcpUserOptions {
  // `internet_level`: kIpv4Level or kIpv6Level, whose options are known.
  explicit TcpUserOptions(const TcpSettings& settings, int internet_level = kIpv4Level);

  bool keep_alive;
  bool no_delay = false;
  bool no_syn_retries = false;
  bool fail_connect_on_network_error = false;
  bool timestamps;
  bool is_over_ipv6;
  bool sizes_send_buffer;  // its size below is ours to choose: the user has set none
  bool sizes_receive_buffer;
  bool has_connect_time = false;  // the user has set it
  TcpCongestionAlgorithm congestion_algorithm;
  uint8_t hop_limit;
  uint8_t default_hop_limit;
  uint8_t traffic_class = 0;
  uint8_t keep_alive_probes;
  uint16_t max_segment = 0;  // octets; 0: as the path and the peer allow
  uint16_t connect_time;     // seconds
  uint32_t keep_alive_idle;  // milliseconds
  uint32_t keep_alive_interval;
  // Octets. A buffer of 0 is one of the least size that a connection can work with. The send buffer
  // holds what was written and is not acknowledged: a write is taken, in part if need be, while
  // there is room for an octet. Only a buffer that was full has to empty by half of itself, or by
  // TcpSettings::send_low_water if that is less, before more is taken.
  uint32_t send_buffer;
  uint32_t receive_buffer;
  int64_t max_retransmission_time = 0;  // milliseconds

  transport::OptionStatus Set(int level, int name, transport::ByteSpan value);
  transport::OptionStatus Get(int level, int name, std::vector<uint8_t>& value) const;

 private:
  transport::OptionStatus SetNumber(int level, int name, uint32_t number);
  transport::OptionStatus SetOfTcp(int name, uint32_t number);
  transport::OptionStatus SetOfInternet(int name, uint32_t number);
  transport::OptionStatus SetKeepAlive(transport::ByteSpan values);
  bool IsKnown(int level, int name) const;
  uint32_t NumberOf(int level, int name) const;
  uint32_t NumberOfTcp(int name) const;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_OPTIONS_H_
