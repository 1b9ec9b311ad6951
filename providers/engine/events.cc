// Network events and readiness.
#include "providers/engine/socket.h"
#include "sim/world.h"

namespace engine {
namespace {

absl::string_view EventName(int bit) {
  switch (bit) {
    case FD_READ_BIT:
      return "FD_READ";
    case FD_WRITE_BIT:
      return "FD_WRITE";
    case FD_OOB_BIT:
      return "FD_OOB";
    case FD_ACCEPT_BIT:
      return "FD_ACCEPT";
    case FD_CONNECT_BIT:
      return "FD_CONNECT";
    case FD_CLOSE_BIT:
      return "FD_CLOSE";
    default:
      return "FD_";
  }
}

}  // namespace

void Socket::SelectEvents(LONG mask, WSAEVENT event, winsock::LPWPUSETEVENT set_event) {
  is_nonblocking_ = true;
  events_.Select(mask, event, set_event);
}

void Socket::Record(int bit, int error) {
  if (state_ == SocketState::kClosed) return;
  sim::World::CauseScope scope(world(), world().context().cause);
  // Whom the event object wakes acts because of this event.
  if (!events_.is_recorded(bit)) scope.Continue(TraceRecorded(bit, error));
  events_.Record(bit, error);
}

void Socket::RecordClose(int error) {
  if (close_is_recorded_) return;
  close_is_recorded_ = true;
  Record(FD_CLOSE_BIT, error);
}

sim::TraceId Socket::TraceRecorded(int bit, int error) {
  if (handle_ == 0) return 0;
  return world().trace().Record({.kind = sim::TraceKind::kNetworkEvent,
                                 .code = static_cast<uint32_t>(bit),
                                 .subject = handle_,
                                 .numbers = {error},
                                 .name = EventName(bit)});
}

void Socket::NotifyChanged() {
  changed_.Set();
  changed_.Reset();
}

Readiness Socket::readiness() const {
  switch (state_) {
    case SocketState::kUnbound:
    case SocketState::kBound:
      return {.except = connect_has_failed_};
    case SocketState::kListening:
      return {.read = listening_->queue.Next() != nullptr};
    case SocketState::kConnecting:
    case SocketState::kIncoming:
    case SocketState::kAnswering:
      return {};
    case SocketState::kConnected:
      return {
          .read = receive_is_shut_ || input_.HasData(*connection_) || input_.IsAtEnd(*connection_),
          .write = send_is_shut_ || (sends_.empty() && connection_->writable_octets() > 0),
          .except = input_.HasExpedited(*connection_)};
    case SocketState::kAborted:
    case SocketState::kClosed:
      return {.read = true, .write = true};
  }
  return {};
}

}  // namespace engine
