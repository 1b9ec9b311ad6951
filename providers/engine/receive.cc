// recv, WSARecv.
#include <utility>

#include "providers/engine/socket.h"

namespace engine {
namespace {

constexpr DWORD kKnownFlags = MSG_OOB | MSG_PEEK | MSG_WAITALL | MSG_PARTIAL | MSG_PUSH_IMMEDIATE;

// The socket ends it before the connection goes.
class ReceiveOperation final : public Operation {
 public:
  ReceiveOperation(Input& input, transport::Connection& connection, Buffers into, DWORD flags,
                   bool waits)
      : input_(input),
        connection_(connection),
        into_(std::move(into)),
        flags_(flags),
        waits_(waits) {}

  bool Attempt() override {
    Completion completion;
    if (!input_.Receive(connection_, into_, flags_, waits_, completion)) return false;
    Complete(completion);
    return true;
  }

  size_t taken() const { return into_.done(); }

 private:
  Input& input_;
  transport::Connection& connection_;
  Buffers into_;
  const DWORD flags_;
  const bool waits_;
};

}  // namespace

int Socket::CheckReceive(DWORD flags) const {
  if ((flags & ~kKnownFlags) != 0) return WSAEINVAL;
  if ((flags & MSG_PARTIAL) != 0 && !capabilities().partial_messages) return WSAEOPNOTSUPP;
  if ((flags & MSG_WAITALL) != 0 && (capabilities().message_oriented || is_nonblocking_ ||
                                     (flags & (MSG_OOB | MSG_PEEK | MSG_PARTIAL)) != 0)) {
    return WSAEOPNOTSUPP;
  }
  if ((flags & MSG_OOB) != 0) {
    if (!capabilities().expedited_data) return WSAEOPNOTSUPP;
    if (input_.is_inline()) return WSAEINVAL;
  }
  if (receive_is_shut_) return WSAESHUTDOWN;
  return state_ == SocketState::kAborted ? end_error_ : 0;
}

int Socket::Receive(const WSABUF* buffers, DWORD count, DWORD& flags, size_t& received) {
  if (!has_conversation()) return WSAENOTCONN;
  if (const int error = Buffers::Check(buffers, count)) return error;
  if (const int error = CheckReceive(flags)) return error;
  const Buffers into(buffers, count);
  if ((flags & MSG_OOB) != 0) {
    const bool peek = (flags & MSG_PEEK) != 0;
    flags = 0;
    return ReceiveOutOfBand(into, peek, received);
  }

  ReceiveOperation operation(input_, *connection_, into, flags, !is_nonblocking_);
  Completion completion;
  if (receives_.empty() && operation.Attempt()) {
    completion = operation.completion();
    if (completion.error == 0) UpdateReadEvent();
  } else if (is_nonblocking_) {
    return WSAEWOULDBLOCK;
  } else {
    completion = Run(operation, receives_, DeadlineIn(options_.receive_timeout));
    // What was taken before the end, or before the time was over, is not lost: the next call tells
    // of that.
    if (completion.error != 0 && completion.error != WSAEINTR && completion.count == 0 &&
        operation.taken() > 0) {
      completion = {.count = operation.taken(),
                    .flags = capabilities().message_oriented ? DWORD{MSG_PARTIAL} : 0};
    }
  }
  received = completion.count;
  if (completion.error == 0) flags = completion.flags;
  return completion.error;
}

// With nothing there the call fails at once, in blocking mode too: WSAEWOULDBLOCK (the page leaves
// the choice).
int Socket::ReceiveOutOfBand(Buffers into, bool peek, size_t& received) {
  Completion completion;
  if (!input_.ReceiveExpedited(*connection_, into, peek, completion)) return WSAEWOULDBLOCK;
  received = completion.count;
  if (input_.HasExpedited(*connection_)) {
    Record(FD_OOB_BIT, 0);
  } else {
    events_.Clear(FD_OOB_BIT);
  }
  return 0;
}

void Socket::UpdateReadEvent() {
  if (input_.HasData(*connection_)) {
    Record(FD_READ_BIT, 0);
  } else {
    events_.Clear(FD_READ_BIT);
  }
}

}  // namespace engine
