// send, WSASend.
#include <algorithm>
#include <utility>

#include "providers/engine/send_operation.h"
#include "providers/engine/socket.h"

namespace engine {
namespace {

constexpr DWORD kKnownFlags = MSG_OOB | MSG_DONTROUTE | MSG_PARTIAL;

}  // namespace

int Socket::CheckSend(DWORD flags, size_t total) const {
  if ((flags & ~kKnownFlags) != 0) return WSAEINVAL;
  if ((flags & MSG_PARTIAL) != 0 && !capabilities().partial_messages) return WSAEOPNOTSUPP;
  if ((flags & MSG_OOB) != 0) {
    if (!capabilities().expedited_data) return WSAEOPNOTSUPP;
    if (input_.is_inline()) return WSAEINVAL;
  }
  if (send_is_shut_) return WSAESHUTDOWN;
  if (state_ == SocketState::kAborted) return end_error_;
  if (!capabilities().message_oriented) return 0;
  if ((flags & MSG_OOB) != 0) {
    return total == 0 || total > capabilities().expedited_data_max ? WSAEMSGSIZE : 0;
  }
  const size_t limit = capabilities().message_max;
  if (limit != 0 && total > limit - std::min(limit, message_octets_sent_)) return WSAEMSGSIZE;
  // A TSDU has at least one octet (ISO 8072), so there is no empty message to send.
  const bool is_empty_message =
      total == 0 && message_octets_sent_ == 0 && (flags & MSG_PARTIAL) == 0;
  return is_empty_message && !capabilities().empty_messages ? WSAEMSGSIZE : 0;
}

int Socket::Send(const WSABUF* buffers, DWORD count, DWORD flags, size_t& sent) {
  if (!has_conversation()) return WSAENOTCONN;
  if (const int error = Buffers::Check(buffers, count)) return error;
  const Buffers octets(buffers, count);
  if (const int error = CheckSend(flags, octets.total())) return error;
  sent = 0;
  if ((flags & MSG_OOB) != 0) return SendExpedited(octets, sent);
  const bool ends_message = capabilities().message_oriented && (flags & MSG_PARTIAL) == 0;
  if (octets.total() == 0 && !ends_message) return 0;
  const int error = SendNormal(octets, ends_message, sent);
  if (error == 0) message_octets_sent_ = ends_message ? 0 : message_octets_sent_ + sent;
  return error;
}

int Socket::SendNormal(const Buffers& octets, bool ends_message, size_t& sent) {
  SendOperation operation(*connection_, octets, ends_message);
  if (is_nonblocking_) {
    if (!sends_.empty() || connection_->writable_octets() == 0) {
      send_met_wouldblock_ = true;
      return WSAEWOULDBLOCK;
    }
    sent = octets.total();
    if (operation.Attempt()) return 0;
    if (capabilities().message_oriented) {
      held_message_ = std::make_unique<HeldMessage>(*connection_, operation.octets(), ends_message);
      sends_.Add(held_message_->operation());
    } else {
      sent = operation.taken();
    }
    return 0;
  }
  const Completion completion = Run(operation, sends_, DeadlineIn(options_.send_timeout));
  sent = completion.count;
  if (operation.is_complete()) return completion.error;
  // A message cut short cannot be taken back: only the end of the connection keeps the peer from
  // taking what follows for the rest of it (Winsock page: SO_SNDTIMEO, "indeterminate state").
  if (capabilities().message_oriented && operation.taken() > 0) DisconnectNow({});
  AdvanceSends();
  return completion.error;
}

// A stream's expedited unit is the end of what is sent; what stands before it goes as normal data
// (RFC 9293 3.8.5: the urgent pointer tells a place in the stream).
int Socket::SendExpedited(const Buffers& octets, size_t& sent) {
  if (octets.total() == 0) return 0;
  std::vector<uint8_t> all;
  for (const ByteSpan piece : octets.pieces()) all.insert(all.end(), piece.begin(), piece.end());
  const size_t unit_size = std::min(all.size(), capabilities().expedited_data_max);
  const size_t lead_size = all.size() - unit_size;
  if (lead_size > 0) {
    const WSABUF lead = {static_cast<u_long>(lead_size), reinterpret_cast<char*>(all.data())};
    const int error = SendNormal(Buffers(&lead, 1), /*ends_message=*/false, sent);
    if (error != 0 || sent < lead_size) return error;
    // It may have ended while this thread waited.
    if (state_ != SocketState::kConnected) return WSAECONNABORTED;
  }
  SendExpeditedOperation operation(*connection_, ByteSpan(all).subspan(lead_size));
  if (is_nonblocking_) {
    if (expedited_sends_.empty() && operation.Attempt()) {
      sent += unit_size;
      return 0;
    }
    send_met_wouldblock_ = true;
    return lead_size > 0 ? 0 : WSAEWOULDBLOCK;
  }
  const Completion completion = Run(operation, expedited_sends_, DeadlineIn(options_.send_timeout));
  sent += completion.count;
  return completion.error;
}

// The transport may take more, or a send has left the queue.
void Socket::AdvanceSends() {
  sends_.Advance();
  if (held_message_ != nullptr && held_message_->operation().is_complete()) held_message_.reset();
  ReleaseWhenSent();
  if (state_ != SocketState::kClosed || held_message_ != nullptr) return;
  if (closes_.empty() && connection_ != nullptr) {
    DetachFrom(transport::Farewell::kGraceful);
    host_.Forget(*this);
  }
}

bool Socket::is_sending_message() const {
  if (!capabilities().message_oriented || sends_.empty()) return false;
  const Operation& front = sends_.front();
  if (held_message_ != nullptr && &front == &held_message_->operation()) return false;
  return static_cast<const SendOperation&>(front).taken() > 0;
}

}  // namespace engine
