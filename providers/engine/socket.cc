#include "providers/engine/socket.h"

#include <utility>

#include "providers/engine/send_operation.h"
#include "sim/check.h"
#include "sim/world.h"

namespace engine {

Socket::Socket(HostSockets& host, const Entry& entry, bool is_overlapped)
    : host_(host), entry_(entry), is_overlapped_(is_overlapped), input_(entry.capabilities()) {}

Socket::~Socket() {
  // Every way out of a handle or a queue detaches; what remains is a world that is being destroyed.
  if (connection_ != nullptr) DetachFrom(transport::Farewell::kAbortive);
}

void Socket::SetHandle(SOCKET handle) {
  CHECK(handle_ == 0);
  handle_ = handle;
  TraceState(/*former=*/0);
  for (int bit = 0; bit < FD_MAX_EVENTS; ++bit) {
    if (events_.is_recorded(bit)) TraceRecorded(bit, events_.error(bit));
  }
}

const transport::Capabilities& Socket::capabilities() const {
  const transport::Capabilities* agreed =
      connection_ != nullptr      ? connection_->agreed_capabilities()
      : options_.protocol.empty() ? nullptr
                                  : host_.transport(entry_).CapabilitiesWith(options_.protocol);
  return agreed != nullptr ? *agreed : entry_.capabilities();
}

void Socket::TransitionTo(SocketState next) {
  const auto former = static_cast<int64_t>(std::exchange(state_, next));
  TraceState(former);
}

// A request without a handle is the transport's to show, until accept has returned it.
void Socket::TraceState(int64_t former) {
  if (handle_ == 0) return;
  const uint64_t connection = connection_ != nullptr ? connection_->subject() : 0;
  world().trace().Record({.kind = sim::TraceKind::kState,
                          .code = static_cast<uint32_t>(state_),
                          .subject = handle_,
                          .numbers = {former, static_cast<int64_t>(connection)},
                          .name = StateName(state_)});
}

sim::Time Socket::DeadlineIn(DWORD milliseconds) const {
  if (milliseconds == 0) return sim::Time::Never();
  return host_.world().now() + absl::Milliseconds(milliseconds);
}

Completion Socket::Run(Operation& operation, OperationQueue& queue, sim::Time deadline) {
  if (queue.empty() && operation.Attempt()) return operation.completion();
  queue.Add(operation);
  bool is_ending = false;
  if (operation.Await(deadline, is_ending)) return operation.completion();
  queue.Remove(operation);
  return {.error = is_ending ? WSAEINTR : WSAETIMEDOUT};
}

}  // namespace engine
