// connect, WSAConnect.
#include <algorithm>

#include "providers/engine/quality.h"
#include "providers/engine/socket.h"
#include "sim/world.h"

namespace engine {
namespace {

bool HasOctets(const WSABUF* buffer) { return buffer != nullptr && buffer->len > 0; }

ByteSpan OctetsOf(const WSABUF& buffer) {
  return {reinterpret_cast<const uint8_t*>(buffer.buf), buffer.len};
}

}  // namespace

int Socket::CheckConnect(ByteSpan name, const ConnectArguments& arguments) const {
  if (arguments.gqos != nullptr) return WSAEINVAL;
  if (const int error = CheckName(name)) return error;
  const transport::Address remote = entry_.addresses().Canonical(name);
  if (entry_.addresses().IsWildcard(remote) || entry_.addresses().Port(remote) == 0) {
    return WSAEADDRNOTAVAIL;
  }
  if (HasOctets(arguments.caller_data)) {
    if (arguments.caller_data->buf == nullptr) return WSAEFAULT;
    if (capabilities().connect_data_max == 0) return WSAEPROTONOSUPPORT;
    if (arguments.caller_data->len > capabilities().connect_data_max) return WSAEFAULT;
  }
  if (HasOctets(arguments.callee_data) && arguments.callee_data->buf == nullptr) return WSAEFAULT;
  if (arguments.sqos == nullptr || !AsksForQuality(*arguments.sqos)) return 0;
  // Without quality of service in the transport, only a request for nothing in particular can be
  // granted.
  return capabilities().quality_of_service ? CheckQuality(*arguments.sqos) : WSAEOPNOTSUPP;
}

int Socket::Connect(ByteSpan name, const ConnectArguments& arguments) {
  if (state_ == SocketState::kConnecting) return WSAEALREADY;
  if (state_ == SocketState::kListening) return WSAEINVAL;
  if (has_conversation()) return WSAEISCONN;
  if (const int error = CheckConnect(name, arguments)) return error;
  const transport::Address remote = entry_.addresses().Canonical(name);
  const bool was_bound = IsBoundFor(remote);
  if (!was_bound) {
    Unbind();
    if (const int error = BindTowards(remote)) return error;
  }
  transport::ConnectOptions options{
      .local = *bound_, .remote = remote, .options = options_.protocol};
  if (HasOctets(arguments.caller_data)) options.user_data = OctetsOf(*arguments.caller_data);
  transport::QualityOfService quality;
  options.quality = wanted_quality_.get();
  if (arguments.sqos != nullptr) {  // whatever SIO_SET_QOS said (Winsock page: WSAConnect)
    quality = ToQuality(*arguments.sqos);
    options.quality = AsksForQuality(*arguments.sqos) ? &quality : nullptr;
  }
  connection_ = transport().Connect(options, *this);
  if (connection_ == nullptr) {
    if (!was_bound) Unbind();
    return WSAEADDRINUSE;
  }
  callee_data_ = arguments.callee_data;
  connect_has_failed_ = false;
  TransitionTo(SocketState::kConnecting);
  if (is_nonblocking_) return WSAEWOULDBLOCK;

  IndicatedOperation operation;
  const Completion completion = Run(operation, connects_, sim::Time::Never());
  if (completion.error == WSAEINTR && state_ == SocketState::kConnecting) {
    callee_data_ = nullptr;
    DetachFrom(transport::Farewell::kAbortive);
    TransitionTo(SocketState::kBound);
  }
  return completion.error;
}

// The attempt has ended with `error`, 0 for success. Data that came with the answer is the
// caller's, a refusal's too; what his buffer cannot hold makes the call fail with WSAEFAULT, and
// the connection, if there is one, stays.
void Socket::EndConnect(int error, ByteSpan callee_data) {
  if (callee_data_ != nullptr) {
    const size_t count = std::min<size_t>(callee_data_->len, callee_data.size());
    std::copy_n(callee_data.begin(), count, callee_data_->buf);
    callee_data_->len = static_cast<u_long>(count);
    if (error == 0 && count < callee_data.size()) error = WSAEFAULT;
    callee_data_ = nullptr;
  }
  // SO_ERROR tells of nonblocking attempts only; success of any takes it back.
  if (connects_.empty() || error == 0) last_error_ = error;
  Record(FD_CONNECT_BIT, error);
  if (state_ == SocketState::kConnected) Record(FD_WRITE_BIT, 0);
  connects_.CompleteAll(error);
  NotifyChanged();
}

}  // namespace engine
