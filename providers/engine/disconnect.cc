// shutdown, WSASendDisconnect, WSARecvDisconnect. What the pages leave open:
// - A second WSASendDisconnect, or one after shutdown(SD_SEND), succeeds without data and is
//   WSAESHUTDOWN with data, which could not be sent.
// - Disconnect data that the protocol cannot carry is WSAEFAULT, before anything is sent.
// - WSARecvDisconnect gives the peer's data for as long as the socket is there, any number of
//   times, also after an abortive end. Called before the peer's release it shuts down receiving and
//   reports no data.
// - Where close is not graceful, to shut down sending is to disconnect: the connection is gone at
//   once, and later receives say WSAECONNABORTED, since it ended here. FD_CLOSE comes with code 0
//   when the peer has confirmed the disconnect, or never will: it is the end that was asked for.
// - After the peer's abortive end both calls that send give that end's error; there is nobody to
//   send to.
#include <algorithm>
#include <utility>

#include "providers/engine/send_operation.h"
#include "providers/engine/socket.h"
#include "sim/world.h"

namespace engine {

bool Socket::was_lost() const {
  return state_ == SocketState::kAborted && !(was_disconnected_here_ && send_is_shut_);
}

int Socket::Shutdown(int how) {
  if (!has_conversation()) return WSAENOTCONN;
  if (how != SD_RECEIVE && how != SD_SEND && how != SD_BOTH) return WSAEINVAL;
  if (was_lost()) return end_error_;
  if (how != SD_SEND) StopReceiving();
  if (how == SD_RECEIVE || send_is_shut_) return 0;
  send_is_shut_ = true;
  if (capabilities().graceful_close) {
    Release({});
  } else {
    DisconnectNow({});
  }
  return 0;
}

int Socket::SendDisconnect(const WSABUF* data) {
  if (!has_conversation()) return WSAENOTCONN;
  ByteSpan octets;
  if (data != nullptr && data->len > 0) {
    if (data->buf == nullptr) return WSAEFAULT;
    const size_t limit = peer_has_released_ ? capabilities().disconnect_reply_data_max
                                            : capabilities().disconnect_data_max;
    if (limit == 0) return WSAENOPROTOOPT;
    if (data->len > limit) return WSAEFAULT;
    octets = {reinterpret_cast<const uint8_t*>(data->buf), data->len};
  }
  if (was_lost()) return end_error_;
  if (send_is_shut_) return octets.empty() ? 0 : WSAESHUTDOWN;
  send_is_shut_ = true;
  if (capabilities().graceful_close) {
    Release(octets);
  } else {
    DisconnectNow(octets);
  }
  return 0;
}

int Socket::ReceiveDisconnect(WSABUF* data) {
  if (!has_conversation()) return WSAENOTCONN;
  if (data != nullptr) {
    const transport::Capabilities& can = capabilities();
    if (can.disconnect_data_max == 0 && can.disconnect_reply_data_max == 0 &&
        can.abort_data_max == 0) {
      return WSAENOPROTOOPT;
    }
    if (data->len > 0 && data->buf == nullptr) return WSAEFAULT;
    const ByteSpan octets =
        disconnect_data_ == nullptr ? ByteSpan() : ByteSpan(disconnect_data_->of_peer);
    if (data->len < octets.size()) return WSAEFAULT;
    std::copy(octets.begin(), octets.end(), data->buf);
    data->len = static_cast<u_long>(octets.size());
  }
  StopReceiving();
  return 0;
}

// What is there and what still comes is dropped, so that the peer can go on sending: Windows does
// so, where the page has TCP reset. A receive that waits already may still take data.
void Socket::StopReceiving() {
  receive_is_shut_ = true;
  events_.Clear(FD_READ_BIT);
  if (state_ == SocketState::kConnected && receives_.empty()) input_.Discard(*connection_);
  NotifyChanged();
}

void Socket::KeepDisconnectData(ByteSpan of_peer) {
  if (disconnect_data_ == nullptr && of_peer.empty()) return;
  if (disconnect_data_ == nullptr) disconnect_data_ = std::make_unique<DisconnectData>();
  disconnect_data_->of_peer.assign(of_peer.begin(), of_peer.end());
}

// Calls that wait to send go first.
void Socket::Release(ByteSpan user_data) {
  release_is_pending_ = true;
  if (!user_data.empty()) {
    if (disconnect_data_ == nullptr) disconnect_data_ = std::make_unique<DisconnectData>();
    disconnect_data_->to_send.assign(user_data.begin(), user_data.end());
  }
  ReleaseWhenSent();
}

void Socket::ReleaseWhenSent() {
  if (!release_is_pending_ || !sends_.empty() || connection_ == nullptr) return;
  release_is_pending_ = false;
  std::vector<uint8_t> data;
  if (disconnect_data_ != nullptr) data = std::exchange(disconnect_data_->to_send, {});
  if (peer_has_released_ && data.size() > capabilities().disconnect_reply_data_max) {
    // The peer's release came while ours waited, and an answer has room for less.
    data.resize(capabilities().disconnect_reply_data_max);
    world().trace().Record({.kind = sim::TraceKind::kWarning,
                            .subject = handle_,
                            .name = "disconnect data cut",
                            .text = "the peer released first, and the answer carries less"});
  }
  connection_->Release(data);
}

// Where this is how connections end, FD_CLOSE waits until the peer has confirmed it, or never will
// (OnReleased). Where it is an abort, nobody confirms it.
void Socket::DisconnectNow(ByteSpan user_data) {
  was_disconnected_here_ = true;
  connection_->Disconnect(user_data);
  if (capabilities().graceful_close) {
    EndConversation(WSAECONNABORTED, WSAECONNABORTED);
  } else {
    EndTransfers(WSAECONNABORTED);
  }
}

// The connection has gone, and what was not read with it.
void Socket::EndConversation(int error, int close_event_error) {
  DetachFrom(transport::Farewell::kAbortive);
  EndTransfers(error);
  RecordClose(close_event_error);
  NotifyChanged();
}

void Socket::EndTransfers(int error) {
  end_error_ = error;
  release_is_pending_ = false;
  events_.Clear(FD_READ_BIT);
  TransitionTo(SocketState::kAborted);
  receives_.CompleteAll(error);
  sends_.CompleteAll(error);
  expedited_sends_.CompleteAll(error);
  held_message_.reset();
  NotifyChanged();
}

}  // namespace engine
