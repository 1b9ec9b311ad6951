// What the transport tells of a connection.
#include <utility>

#include "providers/engine/reasons.h"
#include "providers/engine/send_operation.h"
#include "providers/engine/socket.h"
#include "sim/world.h"

namespace engine {

void Socket::OnConnected(ByteSpan accept_data) {
  if (state_ == SocketState::kConnecting) {
    connected_at_ = world().now();
    TransitionTo(SocketState::kConnected);
    EndConnect(0, accept_data);
  } else if (state_ == SocketState::kAnswering) {
    connected_at_ = world().now();
    TransitionTo(SocketState::kConnected);
    connects_.CompleteAll(0);
    if (listener_ != nullptr) listener_->OnRequestReady();
  } else {
    // Accepted where the protocol had answered early: from now on it can be read.
    receives_.Advance();
    NotifyChanged();
  }
}

void Socket::OnReadable() {
  if (receives_.empty() && (receive_is_shut_ || state_ == SocketState::kClosed)) {
    input_.Discard(*connection_);
  } else {
    receives_.Advance();
    if (input_.HasData(*connection_)) Record(FD_READ_BIT, 0);
  }
  NotifyChanged();
}

void Socket::OnWritable() {
  const std::shared_ptr<Socket> self = shared_from_this();
  expedited_sends_.Advance();
  AdvanceSends();
  if (state_ != SocketState::kConnected) return;
  if (send_met_wouldblock_ && sends_.empty() && connection_->writable_octets() > 0) {
    send_met_wouldblock_ = false;
    Record(FD_WRITE_BIT, 0);
  }
  NotifyChanged();
}

void Socket::OnExpedited() {
  if (input_.is_inline()) {
    OnReadable();
    return;
  }
  if (receive_is_shut_) input_.Discard(*connection_);
  if (input_.HasExpedited(*connection_)) Record(FD_OOB_BIT, 0);
  NotifyChanged();
}

void Socket::OnReleaseIndication(ByteSpan user_data) {
  peer_has_released_ = true;
  KeepDisconnectData(user_data);
  receives_.Advance();
  RecordClose(0);
  NotifyChanged();
}

void Socket::OnReleased() {
  const std::shared_ptr<Socket> self = shared_from_this();
  is_released_ = true;
  if (was_disconnected_here_) {
    DetachFrom(transport::Farewell::kAbortive);
    RecordClose(0);
    NotifyChanged();
  }
  closes_.CompleteAll(0);
}

void Socket::OnDrained() {
  if (has_finished()) closes_.CompleteAll(0);
}

void Socket::OnDisconnectIndication(transport::Reason reason, ByteSpan user_data) {
  const std::shared_ptr<Socket> self = shared_from_this();
  if (state_ == SocketState::kConnecting) {
    DetachFrom(transport::Farewell::kAbortive);
    connect_has_failed_ = true;
    TransitionTo(SocketState::kBound);
    EndConnect(ConnectError(reason.cause), user_data);
  } else if (listener_ != nullptr) {
    std::exchange(listener_, nullptr)->OnRequestGone(*this);
  } else if (state_ == SocketState::kConnected) {
    if (!user_data.empty() || !peer_has_released_) KeepDisconnectData(user_data);
    EndConversation(EndError(reason.cause), CloseEventError(reason.cause));
  } else {  // kClosed: it lingers, or a held message was being sent.
    DetachFrom(transport::Farewell::kAbortive);
    closes_.CompleteAll(0);
    host_.Forget(*this);
  }
}

bool Socket::OnConnectIndication(transport::Connection& connection) {
  return AddRequest(connection);
}

}  // namespace engine
