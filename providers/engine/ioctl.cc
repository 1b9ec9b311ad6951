// What ioctlsocket and WSAIoctl ask of a socket.
#include <algorithm>
#include <limits>

#include "providers/engine/quality.h"
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

// Quality of service is agreed on when a connection is made, by the end that asks for it: nothing
// can be asked for of a connection, and nothing by a listener.
int Socket::SetQuality(const winsock::QOS& qos) {
  if (const int error = CheckQuality(qos)) return error;
  if (state_ != SocketState::kUnbound && state_ != SocketState::kBound) return WSAEOPNOTSUPP;
  wanted_quality_.reset();
  if (AsksForQuality(qos)) {
    wanted_quality_ = std::make_unique<transport::QualityOfService>(ToQuality(qos));
  }
  return 0;
}

// It can be read as soon as the socket is bound (Winsock page: Winsock IOCTLs).
int Socket::Quality(winsock::QOS& qos) const {
  if (!has_quality_of_service()) return WSAENOPROTOOPT;
  if (state_ == SocketState::kUnbound) return WSAEINVAL;
  if (state_ == SocketState::kAborted || state_ == SocketState::kClosed) return WSAENOTCONN;
  const transport::QualityOfService* quality =
      state_ == SocketState::kConnected ? connection_->quality() : wanted_quality_.get();
  qos = ToQos(quality == nullptr ? transport::QualityOfService{} : *quality);
  return 0;
}

bool Socket::IsAtMark() const {
  return state_ != SocketState::kConnected || !input_.HasExpedited(*connection_);
}

}  // namespace engine
