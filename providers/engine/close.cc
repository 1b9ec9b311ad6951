// closesocket, by the linger option (Winsock page: closesocket).
#include <utility>

#include "providers/engine/send_operation.h"
#include "providers/engine/socket.h"

namespace engine {

// Everything was sent and, where there is a release, released: closing takes no time.
bool Socket::has_finished() const {
  if (connection_ == nullptr) return true;
  if (capabilities().graceful_close) return is_released_;
  return sends_.empty() && connection_->is_drained();
}

int Socket::MayClose() const {
  const bool lingers = options_.linger.l_onoff != 0 && options_.linger.l_linger != 0;
  if (!is_nonblocking_ || !lingers || state_ != SocketState::kConnected) return 0;
  return has_finished() ? 0 : WSAEWOULDBLOCK;
}

void Socket::Close() {
  const std::shared_ptr<Socket> self = shared_from_this();
  const bool was_connected = state_ == SocketState::kConnected;
  const bool cuts_message = is_sending_message();
  CancelOperations();
  if (state_ == SocketState::kListening) CloseListener();
  TransitionTo(SocketState::kClosed);
  Unbind();
  if (was_connected) {
    CloseConversation(cuts_message);
  } else if (connection_ != nullptr) {
    DetachFrom(transport::Farewell::kAbortive);  // It was being set up.
  }
}

void Socket::Reset() {
  const std::shared_ptr<Socket> self = shared_from_this();
  CancelOperations();
  if (state_ == SocketState::kListening) CloseListener();
  TransitionTo(SocketState::kClosed);
  Unbind();
  if (held_message_ != nullptr) sends_.Remove(held_message_->operation());
  held_message_.reset();
  closes_.CompleteAll(WSAECONNABORTED);
  if (connection_ != nullptr) DetachFrom(transport::Farewell::kAbortive);
}

// Data that nobody has read resets a stream (RFC 1122 4.2.2.13), and so does a message that was cut
// short: its beginning cannot be taken back.
void Socket::CloseConversation(bool cuts_message) {
  const winsock::linger& linger = options_.linger;
  const bool loses_data = !capabilities().message_oriented && input_.HasData(*connection_);
  if ((linger.l_onoff != 0 && linger.l_linger == 0) || loses_data || cuts_message) {
    if (held_message_ != nullptr) sends_.Remove(held_message_->operation());
    held_message_.reset();
    DetachFrom(transport::Farewell::kAbortive);
  } else if (linger.l_onoff != 0) {
    Linger();
  } else if (held_message_ != nullptr) {
    host_.KeepWhileSending(shared_from_this());
  } else {
    ReleaseWhenSent();  // It may have waited for a send that was cancelled just now.
    DetachFrom(transport::Farewell::kGraceful);
  }
}

// Waits until all is sent and released, at most for the linger time; then aborts. The call succeeds
// either way.
void Socket::Linger() {
  if (capabilities().graceful_close && !send_is_shut_) {
    send_is_shut_ = true;
    Release({});
  }
  bool is_in_time = has_finished();
  if (!is_in_time) {
    IndicatedOperation operation;
    const DWORD milliseconds = DWORD{options_.linger.l_linger} * 1000;
    Run(operation, closes_, DeadlineIn(milliseconds));
    is_in_time = has_finished();
  }
  if (connection_ == nullptr) return;
  if (held_message_ != nullptr) sends_.Remove(held_message_->operation());
  held_message_.reset();
  DetachFrom(is_in_time ? transport::Farewell::kGraceful : transport::Farewell::kAbortive);
}

// Wakes every thread that is blocked in a call on this socket.
void Socket::CancelOperations() {
  events_.Select(0, nullptr, nullptr);
  connects_.CompleteAll(WSAEINTR);
  receives_.CompleteAll(WSAECONNABORTED);
  expedited_sends_.CompleteAll(WSAECONNABORTED);
  if (held_message_ != nullptr) sends_.Remove(held_message_->operation());
  sends_.CompleteAll(WSAECONNABORTED);
  if (held_message_ != nullptr) sends_.Add(held_message_->operation());
  callee_data_ = nullptr;
  NotifyChanged();
}

void Socket::DetachFrom(transport::Farewell farewell) {
  if (has_conversation()) former_names_ = std::make_unique<ConnectionNames>(Names());
  std::exchange(connection_, nullptr)->Detach(farewell);
}

}  // namespace engine
