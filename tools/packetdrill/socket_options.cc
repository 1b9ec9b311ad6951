#include "tools/packetdrill/socket_options.h"

#include "providers/inet/tcp/tcp_options.h"
#include "stack/winsock2.h"

namespace wsim::packetdrill {
namespace {

using Form = SocketOption::Form;

// <ws2ipdef.h> and <ws2tcpip.h>.
constexpr int kMaxSegment = 4;     // TCP_MAXSEG
constexpr int kTrafficClass = 39;  // IPV6_TCLASS

constexpr SocketOption kOptions[] = {
    {"SOL_SOCKET", "SO_ERROR", winsock::SOL_SOCKET, winsock::SO_ERROR, Form::kError},
    {"SOL_SOCKET", "SO_REUSEADDR", winsock::SOL_SOCKET, winsock::SO_REUSEADDR, Form::kBoolean},
    {"SOL_SOCKET", "SO_KEEPALIVE", winsock::SOL_SOCKET, winsock::SO_KEEPALIVE, Form::kBoolean},
    {"SOL_SOCKET", "SO_DEBUG", winsock::SOL_SOCKET, winsock::SO_DEBUG, Form::kBoolean},
    {"SOL_SOCKET", "SO_DONTROUTE", winsock::SOL_SOCKET, winsock::SO_DONTROUTE, Form::kBoolean},
    {"SOL_SOCKET", "SO_OOBINLINE", winsock::SOL_SOCKET, winsock::SO_OOBINLINE, Form::kBoolean},
    {"SOL_SOCKET", "SO_ACCEPTCONN", winsock::SOL_SOCKET, winsock::SO_ACCEPTCONN, Form::kBoolean},
    {"SOL_SOCKET", "SO_LINGER", winsock::SOL_SOCKET, winsock::SO_LINGER, Form::kLinger},
    {"SOL_SOCKET", "SO_SNDBUF", winsock::SOL_SOCKET, winsock::SO_SNDBUF, Form::kNumber},
    {"SOL_SOCKET", "SO_RCVBUF", winsock::SOL_SOCKET, winsock::SO_RCVBUF, Form::kNumber},
    {"SOL_SOCKET", "SO_TYPE", winsock::SOL_SOCKET, winsock::SO_TYPE, Form::kNumber},
    {"SOL_SOCKET", "SO_SNDTIMEO", winsock::SOL_SOCKET, winsock::SO_SNDTIMEO, Form::kTime},
    {"SOL_SOCKET", "SO_RCVTIMEO", winsock::SOL_SOCKET, winsock::SO_RCVTIMEO, Form::kTime},
    {"IPPROTO_TCP", "TCP_NODELAY", winsock::IPPROTO_TCP, winsock::TCP_NODELAY, Form::kBoolean},
    {"IPPROTO_TCP", "TCP_KEEPIDLE", winsock::IPPROTO_TCP, winsock::TCP_KEEPIDLE, Form::kNumber},
    {"IPPROTO_TCP", "TCP_KEEPINTVL", winsock::IPPROTO_TCP, winsock::TCP_KEEPINTVL, Form::kNumber},
    {"IPPROTO_TCP", "TCP_MAXSEG", winsock::IPPROTO_TCP, kMaxSegment, Form::kNumber},
    {"IPPROTO_IP", "IP_TTL", winsock::IPPROTO_IP, winsock::IP_TTL, Form::kNumber},
    {"IPPROTO_IP", "IP_TOS", winsock::IPPROTO_IP, winsock::IP_TOS, Form::kNumber},
    {"IPPROTO_IPV6", "IPV6_UNICAST_HOPS", winsock::IPPROTO_IPV6, winsock::IPV6_UNICAST_HOPS,
     Form::kNumber},
    {"IPPROTO_IPV6", "IPV6_TCLASS", winsock::IPPROTO_IPV6, kTrafficClass, Form::kNumber},
    {"IPPROTO_TCP", "TCP_KEEPINIT", winsock::IPPROTO_TCP, inet::kConnectTime, Form::kNumber},
    {"IPPROTO_TCP", "TCP_CONGESTION", winsock::IPPROTO_TCP, winsock::TCP_CONGESTION_ALGORITHM,
     Form::kName},
    {"IPPROTO_TCP", "TCP_USER_TIMEOUT", winsock::IPPROTO_TCP, winsock::TCP_MAXRTMS, Form::kNumber},
    {"SOL_SOCKET", "SO_REUSEPORT", winsock::SOL_SOCKET, winsock::SO_REUSEADDR, Form::kBoolean},
    {"SOL_SOCKET", "SO_SNDBUFFORCE", winsock::SOL_SOCKET, winsock::SO_SNDBUF, Form::kNumber},
    {"SOL_SOCKET", "SO_RCVBUFFORCE", winsock::SOL_SOCKET, winsock::SO_RCVBUF, Form::kNumber},
    {"IPPROTO_TCP", "TCP_KEEPCNT", winsock::IPPROTO_TCP, winsock::TCP_KEEPCNT, Form::kNumber},
};

absl::string_view LevelOf(absl::string_view name) {
  if (name == "SOL_TCP") return "IPPROTO_TCP";
  if (name == "SOL_IP") return "IPPROTO_IP";
  if (name == "SOL_IPV6") return "IPPROTO_IPV6";
  return name;
}

}  // namespace

const SocketOption* FindSocketOption(absl::string_view level, absl::string_view name) {
  for (const SocketOption& option : kOptions) {
    if (option.name == name && option.level == LevelOf(level)) return &option;
  }
  return nullptr;
}

}  // namespace wsim::packetdrill
