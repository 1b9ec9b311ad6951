// How sockets come to be, are named, connected and given up.
#include <utility>

#include "absl/strings/str_cat.h"
#include "stack/winsock2.h"
#include "tools/packetdrill/bsd_process.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

using winsock::sockaddr;

const sockaddr* AsName(const transport::Address& address) {
  return reinterpret_cast<const sockaddr*>(address.data());
}
int SizeOf(const transport::Address& address) { return static_cast<int>(address.size()); }

}  // namespace

absl::StatusOr<BsdProcess::Outcome> BsdProcess::Socket(const CallEvent& call) {
  const std::string family = ToName(call.arguments[0]);
  const bool is_ours = call.arguments[0].kind == Expression::Kind::kEllipsis ||
                       (place_.addresses->family() == winsock::AF_INET
                            ? family == "AF_INET" || family == "PF_INET"
                            : family == "AF_INET6" || family == "PF_INET6");
  if (!is_ours) return Unsupported(absl::StrCat("a socket of the family ", family));
  const absl::StatusOr<std::vector<std::string>> type = ToFlags(call.arguments[1]);
  if (!type.ok()) return type.status();
  const std::string unknown = FindUnknown(*type, {"SOCK_STREAM", "SOCK_NONBLOCK", "SOCK_CLOEXEC"});
  if (!unknown.empty()) return Unsupported(absl::StrCat("a socket of the type ", unknown));
  const std::string protocol = ToName(call.arguments[2]);
  if (protocol != "IPPROTO_TCP" && protocol != "0" && protocol != "IPPROTO_IP") {
    return Unsupported(absl::StrCat("a socket of the protocol ", protocol));
  }
  Descriptor descriptor;
  descriptor.socket =
      winsock::socket(place_.addresses->family(), winsock::SOCK_STREAM, winsock::IPPROTO_TCP);
  if (descriptor.socket == winsock::INVALID_SOCKET) return FromWinsock(winsock::SOCKET_ERROR);
  descriptor.is_nonblocking = IsNamed(*type, "SOCK_NONBLOCK");
  if (descriptor.is_nonblocking) SetNonblocking(descriptor.socket, true);
  absl::StatusOr<Outcome> outcome = Register(call, std::move(descriptor));
  if (outcome.ok()) endpoints_.OnSocket(outcome->result);
  return outcome;
}

// Whatever the script says, the address is the host's and the port the one that scripts bind to.
absl::StatusOr<BsdProcess::Outcome> BsdProcess::Bind(const CallEvent& call) {
  const absl::StatusOr<Descriptor*> found = Find(call.arguments[0]);
  if (!found.ok()) return found.status();
  if (*found == nullptr) return Failed(winsock::WSAEBADF);
  const transport::Address name = place_.addresses->Wildcard(place_.bind_port);
  const Outcome outcome = FromWinsock(winsock::bind((*found)->socket, AsName(name), SizeOf(name)));
  if (outcome.result == 0) endpoints_.OnBind(*ToNumber(call.arguments[0]));
  return outcome;
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::Listen(const CallEvent& call) {
  const absl::StatusOr<Descriptor*> found = Find(call.arguments[0]);
  if (!found.ok()) return found.status();
  if (*found == nullptr) return Failed(winsock::WSAEBADF);
  const absl::StatusOr<int64_t> backlog = ToNumber(call.arguments[1]);
  if (!backlog.ok()) return backlog.status();
  const Outcome outcome =
      FromWinsock(winsock::listen((*found)->socket, static_cast<int>(*backlog)));
  if (outcome.result == 0) {
    (*found)->is_listening = true;
    endpoints_.OnListen(*ToNumber(call.arguments[0]));
  }
  return outcome;
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::Accept(const CallEvent& call) {
  const absl::StatusOr<Descriptor*> found = Find(call.arguments[0]);
  if (!found.ok()) return found.status();
  if (*found == nullptr) return Failed(winsock::WSAEBADF);
  bool is_nonblocking = false;
  if (call.arguments.size() > 3) {
    const absl::StatusOr<std::vector<std::string>> flags = ToFlags(call.arguments[3]);
    if (!flags.ok()) return flags.status();
    is_nonblocking = IsNamed(*flags, "SOCK_NONBLOCK");
  }
  is_nonblocking = is_nonblocking || (place_.accepted_is_as_listener && (*found)->is_nonblocking);
  const bool keep_alive = (*found)->keep_alive;
  Descriptor accepted;
  accepted.socket = winsock::accept((*found)->socket, nullptr, nullptr);
  if (accepted.socket == winsock::INVALID_SOCKET) return FromWinsock(winsock::SOCKET_ERROR);
  accepted.is_nonblocking = is_nonblocking;
  accepted.keep_alive = keep_alive;
  SetNonblocking(accepted.socket, accepted.is_nonblocking);
  return Register(call, std::move(accepted));
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::Connect(const CallEvent& call) {
  const absl::StatusOr<Descriptor*> found = Find(call.arguments[0]);
  if (!found.ok()) return found.status();
  if (*found == nullptr) return Failed(winsock::WSAEBADF);
  const std::string target = ToName(call.arguments[1]);
  if (target == "AF_UNSPEC") return Unsupported("connect to AF_UNSPEC");
  endpoints_.OnConnect(*ToNumber(call.arguments[0]));
  const transport::Address name = place_.addresses->OfHost(place_.remote_host, place_.connect_port);
  (*found)->told_error = false;
  (*found)->has_begun_to_connect = true;
  const int64_t descriptor = *ToNumber(call.arguments[0]);
  const winsock::SOCKET socket = (*found)->socket;
  const Outcome outcome =
      FromWinsock(winsock::connect(socket, AsName(name), SizeOf(name)), CallKind::kConnect);
  // A blocking call may have seen the descriptor closed meanwhile.
  const auto still = descriptors_.find(descriptor);
  if (outcome.result != 0 && still != descriptors_.end() && !still->second.is_nonblocking) {
    still->second.told_error = true;
  }
  return outcome;
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::Close(const CallEvent& call) {
  const absl::StatusOr<int64_t> number = ToNumber(call.arguments[0]);
  if (!number.ok()) return number.status();
  const auto found = descriptors_.find(*number);
  if (found == descriptors_.end()) return Failed(winsock::WSAEBADF);
  const Descriptor descriptor = std::move(found->second);
  descriptors_.erase(found);
  if (descriptor.is_epoll) return Done(0);
  return FromWinsock(winsock::closesocket(descriptor.socket));
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::Shutdown(const CallEvent& call) {
  const absl::StatusOr<Descriptor*> found = Find(call.arguments[0]);
  if (!found.ok()) return found.status();
  if (*found == nullptr) return Failed(winsock::WSAEBADF);
  const std::string how = ToName(call.arguments[1]);
  int direction = -1;
  if (how == "SHUT_RD" || how == "0") direction = winsock::SD_RECEIVE;
  if (how == "SHUT_WR" || how == "1") direction = winsock::SD_SEND;
  if (how == "SHUT_RDWR" || how == "2") direction = winsock::SD_BOTH;
  if (direction == -1) return Failed(winsock::WSAEINVAL);
  return FromWinsock(winsock::shutdown((*found)->socket, direction));
}

}  // namespace wsim::packetdrill
