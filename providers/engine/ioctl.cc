// What ioctlsocket and WSAIoctl ask of a socket.
#include <algorithm>
#include <limits>

#include "providers/engine/socket.h"

namespace engine {

// Selecting events makes a socket nonblocking, and it stays so until it selects none (Winsock page:
// WSAEventSelect).
int Socket::SetNonblocking(bool value) {
  if (!value && events_.mask() != 0) return WSAEINVAL;
  is_nonblocking_ = value;
  return 0;
}

u_long Socket::AvailableOctets() const {
  if (state_ != SocketState::kConnected || receive_is_shut_) return 0;
  constexpr size_t kMost = std::numeric_limits<u_long>::max();
  return static_cast<u_long>(std::min(kMost, input_.Available(*connection_)));
}

bool Socket::IsAtMark() const {
  return state_ != SocketState::kConnected || !input_.HasExpedited(*connection_);
}

}  // namespace engine
