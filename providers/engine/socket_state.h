// The states of a connection-oriented socket, and the options that it keeps itself.
#ifndef PROVIDERS_ENGINE_SOCKET_STATE_H_
#define PROVIDERS_ENGINE_SOCKET_STATE_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "providers/engine/words.h"
#include "providers/transport/transport.h"

namespace engine {

// The values are the codes of TraceKind::kState and part of every fingerprint: none is ever given
// another meaning.
enum class SocketState : uint8_t {
  kUnbound = 1,
  kBound = 2,  // also after a connect attempt that failed
  kListening = 3,
  kConnecting = 4,
  kIncoming = 5,   // in a listener's queue: nobody has decided
  kAnswering = 6,  // accepted; the peer's last message of the set-up has not come
  kConnected = 7,  // each direction may have been shut down or released
  kAborted = 8,    // the connection has ended by a disconnect, the peer's or our own
  kClosed = 9,     // no handle is left
};

// "listening"; for TraceEvent::name.
constexpr absl::string_view StateName(SocketState state) {
  switch (state) {
    case SocketState::kUnbound:
      return "unbound";
    case SocketState::kBound:
      return "bound";
    case SocketState::kListening:
      return "listening";
    case SocketState::kConnecting:
      return "connecting";
    case SocketState::kIncoming:
      return "incoming";
    case SocketState::kAnswering:
      return "answering";
    case SocketState::kConnected:
      return "connected";
    case SocketState::kAborted:
      return "aborted";
    case SocketState::kClosed:
      return "closed";
  }
  return "unknown";
}

// What setsockopt sets at SOL_SOCKET and an accepted socket inherits.
struct SocketOptions {
  bool debug = false;
  bool dont_route = false;
  bool reuse_address = false;
  bool exclusive_address = false;
  bool conditional_accept = false;
  bool pause_accept = false;
  bool oob_inline = false;
  winsock::linger linger = {0, 0};
  DWORD send_timeout = 0;     // milliseconds; 0: none
  DWORD receive_timeout = 0;  // milliseconds; 0: none
  // The transport's own, in the order of setting.
  std::vector<transport::ConnectOptions::Option> protocol;
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_SOCKET_STATE_H_
