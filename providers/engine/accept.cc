// listen, accept, WSAAccept. A request is a socket without a handle, in its listener's queue.
//
// Where the protocol answers by itself, a request is a connection already, and accept takes it at
// once. Where it waits for the decision, accept answers, and returns when the peer's last message
// of the set-up has come; a nonblocking one returns WSAEWOULDBLOCK meanwhile, and FD_ACCEPT is
// recorded again when the connection can be taken.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "providers/engine/condition_call.h"
#include "providers/engine/socket.h"
#include "sim/world.h"

namespace engine {
namespace {

// Winsock page: listen. SOMAXCONN is all that is usual, SOMAXCONN_HINT (negative) asks for more.
size_t ClampBacklog(int backlog) {
  if (backlog < 0) {
    // The least int has no counterpart: at the end of the scale all are the same.
    const int hint = -std::max(backlog, -Socket::kMaxBacklog);
    return static_cast<size_t>(std::max(hint, Socket::kDefaultBacklog));
  }
  return static_cast<size_t>(std::clamp(backlog, 1, Socket::kDefaultBacklog));
}

// Completes with a request that is claimed for it.
class RequestOperation final : public Operation {
 public:
  explicit RequestOperation(AcceptQueue& queue) : queue_(queue) {}

  bool Attempt() override {
    request_ = queue_.Next();
    if (request_ == nullptr) return false;
    queue_.Claim(*request_, true);
    Complete({});
    return true;
  }
  std::shared_ptr<Socket> request() const { return request_; }

 private:
  AcceptQueue& queue_;
  std::shared_ptr<Socket> request_;
};

}  // namespace

int Socket::Listen(int backlog) {
  if (state_ == SocketState::kListening) return 0;
  if (has_conversation()) return WSAEISCONN;
  if (state_ != SocketState::kBound) return WSAEINVAL;
  auto listening = std::make_unique<Listening>();
  listening->backlog = ClampBacklog(backlog);
  const transport::ListenOptions options{.local = *bound_,
                                         .waits_for_decision = options_.conditional_accept,
                                         .backlog = listening->backlog,
                                         .options = options_.protocol};
  listening->listener = transport().Listen(options, *this);
  if (listening->listener == nullptr) return WSAEADDRINUSE;
  listening_ = std::move(listening);
  TransitionTo(SocketState::kListening);
  return 0;
}

bool Socket::answers_early() const {
  return !capabilities().always_waits_for_decision && !options_.conditional_accept;
}

// SO_CONDITIONAL_ACCEPT takes the meaning from the backlog: the peers wait themselves (Winsock
// page: SOL_SOCKET options). A limit remains.
bool Socket::AddRequest(transport::Connection& connection) {
  const bool has_backlog = capabilities().always_waits_for_decision || !options_.conditional_accept;
  const size_t limit = has_backlog ? listening_->backlog : size_t{kMaxBacklog};
  if (options_.pause_accept || listening_->queue.waiting() >= limit) return false;
  auto request = std::make_shared<Socket>(host_, entry_, is_overlapped_);
  request->state_ = SocketState::kIncoming;
  request->connection_ = &connection;
  request->listener_ = this;
  for (const transport::ConnectOptions::Option& option : options_.protocol) {
    connection.SetOption(option.level, option.name, option.value);
  }
  connection.SetUser(request.get());
  listening_->queue.Add(std::move(request));
  OnRequestReady();
  return true;
}

// A request has come, or one that was answered can be taken.
void Socket::OnRequestReady() {
  listening_->accepts.Advance();
  if (listening_->queue.Next() != nullptr) Record(FD_ACCEPT_BIT, 0);
  NotifyChanged();
}

void Socket::OnRequestGone(const Socket& request) {
  const std::shared_ptr<Socket> gone = listening_->queue.Remove(request);
  gone->state_ = SocketState::kClosed;
  gone->DetachFrom(transport::Farewell::kAbortive);
  gone->connects_.CompleteAll(WSAECONNRESET);
  if (listening_->queue.Next() == nullptr) events_.Clear(FD_ACCEPT_BIT);
  NotifyChanged();
}

// Rule of level-like events: a call that leaves the condition true records it again.
void Socket::UpdateAcceptEvent() {
  if (listening_->queue.Next() != nullptr) {
    Record(FD_ACCEPT_BIT, 0);
  } else {
    events_.Clear(FD_ACCEPT_BIT);
  }
}

// While it lives, no other call meets the request.
class Socket::Claimed {
 public:
  Claimed(Socket& listener, const Socket& request) : listener_(listener), request_(request) {}
  ~Claimed() {
    if (listener_.listening_ == nullptr) return;
    listener_.listening_->queue.Claim(request_, false);
    listener_.listening_->accepts.Advance();  // Another thread may have waited for its turn.
  }
  Claimed(const Claimed&) = delete;
  Claimed& operator=(const Claimed&) = delete;

 private:
  Socket& listener_;
  const Socket& request_;
};

int Socket::Accept(const AcceptArguments& arguments, std::shared_ptr<Socket>& accepted) {
  if (state_ != SocketState::kListening) return WSAEINVAL;
  for (;;) {
    std::shared_ptr<Socket> request;
    if (const int error = AwaitRequest(request)) return error;
    const Claimed claimed(*this, *request);
    if (request->state_ == SocketState::kClosed) continue;  // Withdrawn before this thread ran.
    const int error = Deal(*request, arguments);
    // A peer that withdraws meanwhile is passed over, but a condition function runs only once in a
    // call.
    if (error == WSAECONNRESET && arguments.condition == nullptr) continue;
    if (error != 0) return error;
    accepted = listening_->queue.Remove(*request);
    accepted->InheritFrom(*this);
    UpdateAcceptEvent();
    return 0;
  }
}

int Socket::AwaitRequest(std::shared_ptr<Socket>& request) {
  if (state_ != SocketState::kListening) return WSAEINTR;  // Closed while this thread waited.
  RequestOperation operation(listening_->queue);
  if (is_nonblocking_) {
    if (!operation.Attempt()) return WSAEWOULDBLOCK;
  } else {
    const Completion completion = Run(operation, listening_->accepts, sim::Time::Never());
    if (completion.error != 0) return completion.error;
  }
  request = operation.request();
  return state_ == SocketState::kListening ? 0 : WSAEINTR;
}

// Brings a request to where it can be taken.
int Socket::Deal(Socket& request, const AcceptArguments& arguments) {
  if (arguments.address_room.has_value() &&
      *arguments.address_room < request.Names().remote.size()) {
    return WSAEFAULT;
  }
  if (request.state_ == SocketState::kIncoming) {
    if (const int error = Decide(request, arguments)) return error;
  }
  if (request.state_ == SocketState::kConnected) return 0;
  if (request.state_ != SocketState::kAnswering) return WSAECONNRESET;
  if (is_nonblocking_) {
    UpdateAcceptEvent();
    return WSAEWOULDBLOCK;
  }
  IndicatedOperation operation;
  const int error = request.Run(operation, request.connects_, sim::Time::Never()).error;
  if (error != 0) return error;
  if (state_ != SocketState::kListening) return WSAEINTR;
  // The peer may have confirmed and gone before this thread ran.
  return request.state_ == SocketState::kConnected ? 0 : WSAECONNRESET;
}

int Socket::Decide(Socket& request, const AcceptArguments& arguments) {
  if (arguments.condition == nullptr) {
    request.Answer({}, answers_early());
    return 0;
  }
  const ConnectionNames names = request.Names();
  const ConditionResult result = CallCondition(
      arguments.condition, {.caller = names.remote,
                            .caller_data = request.connection_->connect_data(),
                            .callee = names.local,
                            .quality = request.connection_->quality(),
                            .callee_data_room = request.capabilities().accept_data_max,
                            .callback_data = arguments.callback_data});
  // The function may have closed the listener, and its request with it.
  if (state_ != SocketState::kListening) return WSAEINTR;
  if (request.state_ != SocketState::kIncoming) return WSAECONNRESET;
  if (result.decision == winsock::CF_DEFER) return WSATRY_AGAIN;
  if (result.decision != winsock::CF_ACCEPT && result.decision != winsock::CF_REJECT) {
    return WSAEINVAL;
  }
  if (result.group != 0) return WSAEINVAL;
  if (result.callee_data_cut > 0) {
    std::string text;
    if (world().trace().wants_text()) {
      text = absl::StrCat("callee data of the condition function cut by ", result.callee_data_cut,
                          " octets to ", result.callee_data.size());
    }
    world().trace().Record({.kind = sim::TraceKind::kWarning,
                            .subject = handle_,
                            .numbers = {static_cast<int64_t>(result.callee_data_cut)},
                            .name = "callee data cut",
                            .text = text});
  }
  if (result.decision == winsock::CF_ACCEPT) {
    if (result.quality.has_value()) request.connection_->LimitQuality(*result.quality);
    request.Answer(result.callee_data, answers_early());
    return 0;
  }
  const size_t room = std::min(result.callee_data.size(), request.capabilities().refuse_data_max);
  const std::shared_ptr<Socket> refused = listening_->queue.Remove(request);
  refused->TurnDown(ByteSpan(result.callee_data).first(room));
  UpdateAcceptEvent();
  return WSAECONNREFUSED;
}

void Socket::Answer(ByteSpan accept_data, bool is_open_at_once) {
  connection_->Accept(accept_data);
  state_ = is_open_at_once ? SocketState::kConnected : SocketState::kAnswering;
  if (is_open_at_once) connected_at_ = world().now();
}

// Ends a request that stands in no queue any more.
void Socket::TurnDown(ByteSpan user_data) {
  listener_ = nullptr;
  if (state_ == SocketState::kIncoming) connection_->Refuse(user_data);
  state_ = SocketState::kClosed;
  DetachFrom(transport::Farewell::kAbortive);
  connects_.CompleteAll(WSAEINTR);
}

// What a new socket takes from its listener (Winsock page: accept): options, blocking mode,
// selected events. The transport's own options were taken over when the request came.
void Socket::InheritFrom(const Socket& listener) {
  listener_ = nullptr;
  options_ = listener.options_;
  input_.set_inline(options_.oob_inline);
  is_nonblocking_ = listener.is_nonblocking_;
  Record(FD_WRITE_BIT, 0);
  events_.InheritSelection(listener.events_);
}

// Requests that nobody has decided on are refused, connections that nobody has taken are reset.
void Socket::CloseListener() {
  const std::unique_ptr<Listening> listening = std::move(listening_);
  listening->listener.reset();
  listening->accepts.CompleteAll(WSAEINTR);
  while (const std::shared_ptr<Socket> request = listening->queue.RemoveFirst()) {
    request->TurnDown({});
  }
}

}  // namespace engine
