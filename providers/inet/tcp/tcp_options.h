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
// TCP_MAXRT: for how many seconds what the peer does not acknowledge is sent again before the
// connection is given up (RFC 5482's USER_TIMEOUT, our side alone); 0: as the settings say, -1:
// for ever, while there is a user.
inline constexpr int kMaxRetransmissionTime = 5;
// TCP_CONGESTION_ALGORITHM: 0 NewReno, 1 CUBIC, as in TcpCongestionAlgorithm. It may change while
// data flows.
inline constexpr int kCongestionAlgorithm = 12;

// Every value is a 32-bit integer in little-endian order; longer octets are not looked at.
struct TcpUserOptions {
  explicit TcpUserOptions(const TcpSettings& settings)
      : keep_alive(settings.keep_alive),
        timestamps(settings.timestamps),
        send_buffer(settings.send_buffer),
        receive_buffer(settings.receive_buffer),
        sizes_send_buffer(settings.automatic_buffers),
        sizes_receive_buffer(settings.automatic_buffers),
        congestion_algorithm(settings.congestion_algorithm) {}

  bool keep_alive;
  bool no_delay = false;
  bool timestamps;
  // Octets. A buffer of 0 is one of the least size that a connection can work with.
  uint32_t send_buffer;
  uint32_t receive_buffer;
  bool sizes_send_buffer;  // the size above is ours to choose: the user has set none
  bool sizes_receive_buffer;
  int32_t max_retransmission_time = 0;  // seconds
  TcpCongestionAlgorithm congestion_algorithm;

  transport::OptionStatus Set(int level, int name, transport::ByteSpan value);
  transport::OptionStatus Get(int level, int name, std::vector<uint8_t>& value) const;

 private:
  uint32_t NumberOf(int level, int name) const;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_OPTIONS_H_
