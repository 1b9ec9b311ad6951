#include "tools/packetdrill/bsd_process.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "providers/inet/socket_address.h"
#include "stack/winsock2.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

using SendQueueField = int64_t (*)(const inet::TcpConnection& connection);

// Of Linux and of FreeBSD. Null: no such request.
SendQueueField FindQueue(absl::string_view request) {
  const auto all = [](const inet::TcpConnection& connection) {
    return static_cast<int64_t>(connection.snapshot().send_queued);
  };
  const auto unsent = [](const inet::TcpConnection& connection) {
    return static_cast<int64_t>(connection.snapshot().unsent);
  };
  const auto room = [](const inet::TcpConnection& connection) {
    return static_cast<int64_t>(connection.writable_octets());
  };
  if (request == "SIOCOUTQ" || request == "TIOCOUTQ" || request == "FIONWRITE") return all;
  if (request == "SIOCOUTQNSD") return unsent;
  if (request == "FIONSPACE") return room;
  return nullptr;
}

}  // namespace

const BsdProcess::Entry* BsdProcess::FindCall(absl::string_view name) {
  static constexpr Entry kCalls[] = {
      {"socket", 3, &BsdProcess::Socket},
      {"bind", 3, &BsdProcess::Bind},
      {"listen", 2, &BsdProcess::Listen},
      {"accept", 3, &BsdProcess::Accept},
      {"accept4", 4, &BsdProcess::Accept},
      {"connect", 3, &BsdProcess::Connect},
      {"close", 1, &BsdProcess::Close},
      {"shutdown", 2, &BsdProcess::Shutdown},
      {"read", 3, &BsdProcess::Receive},
      {"recv", 4, &BsdProcess::Receive},
      {"recvfrom", 4, &BsdProcess::Receive},
      {"readv", 3, &BsdProcess::ReceiveVector},
      {"recvmsg", 2, &BsdProcess::ReceiveMessage},
      {"write", 3, &BsdProcess::Send},
      {"send", 4, &BsdProcess::Send},
      {"sendto", 4, &BsdProcess::Send},
      {"writev", 3, &BsdProcess::SendVector},
      {"sendmsg", 2, &BsdProcess::SendMessage},
      {"fcntl", 2, &BsdProcess::Fcntl},
      {"ioctl", 2, &BsdProcess::Ioctl},
      {"getsockopt", 5, &BsdProcess::GetOption},
      {"setsockopt", 5, &BsdProcess::SetOption},
      {"poll", 3, &BsdProcess::Poll},
      {"epoll_create", 1, &BsdProcess::EpollCreate},
      {"epoll_create1", 1, &BsdProcess::EpollCreate},
      {"epoll_ctl", 4, &BsdProcess::EpollControl},
      {"epoll_wait", 4, &BsdProcess::EpollWait},
  };
  for (const Entry& entry : kCalls) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

absl::Status BsdProcess::Call(const CallEvent& call) {
  const Entry* entry = FindCall(call.name);
  if (entry == nullptr) return Unsupported(absl::StrCat("the call ", call.name));
  if (!call.error.empty() && !IsErrnoName(call.error)) {
    return Unsupported(absl::StrCat("the error ", call.error));
  }
  if (call.arguments.size() < entry->arguments) {
    return absl::FailedPreconditionError(
        absl::StrCat(call.name, " takes at least ", entry->arguments, " arguments"));
  }
  const absl::StatusOr<Outcome> outcome = (this->*entry->method)(call);
  return outcome.ok() ? Check(call, *outcome) : outcome.status();
}

BsdProcess::Outcome BsdProcess::FromWinsock(int64_t result, CallKind kind) {
  if (result != winsock::SOCKET_ERROR) return Done(result);
  return Failed(winsock::WSAGetLastError(), kind);
}

absl::Status BsdProcess::Check(const CallEvent& call, const Outcome& outcome) {
  const auto with_error = [&outcome](int64_t result) {
    return result == -1 ? absl::StrCat("-1 ", ErrnoName(outcome.error, outcome.kind))
                        : absl::StrCat(result);
  };
  if (call.result.kind != Expression::Kind::kEllipsis) {
    const absl::StatusOr<int64_t> expected = ToNumber(call.result);
    if (!expected.ok()) return expected.status();
    const bool fits =
        *expected == outcome.result && (call.error.empty() || *expected != -1 ||
                                        ErrnoFits(call.error, outcome.error, outcome.kind));
    if (!fits) {
      const std::string error = call.error.empty() ? "" : absl::StrCat(" ", call.error);
      return absl::FailedPreconditionError(
          absl::StrCat("expected ", *expected, error, ", returned ", with_error(outcome.result)));
    }
  }
  return outcome.mismatch;
}

absl::StatusOr<Descriptor*> BsdProcess::Find(const Expression& argument) {
  const absl::StatusOr<int64_t> number = ToNumber(argument);
  if (!number.ok()) return number.status();
  return Look(*number);
}

Descriptor* BsdProcess::Look(int64_t descriptor) {
  const auto found = descriptors_.find(descriptor);
  return found == descriptors_.end() ? nullptr : &found->second;
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::Register(const CallEvent& call,
                                                         Descriptor descriptor) {
  const absl::StatusOr<int64_t> number = ToNumber(call.result);
  if (!number.ok()) return number.status();
  if (*number < 0) return Done(descriptor.is_epoll ? 0 : static_cast<int64_t>(descriptor.socket));
  if (!descriptors_.try_emplace(*number, std::move(descriptor)).second) {
    return absl::FailedPreconditionError(absl::StrCat("descriptor ", *number, " is in use"));
  }
  return Done(*number);
}

bool BsdProcess::SetNonblocking(winsock::SOCKET socket, bool value) {
  winsock::u_long argument = value ? 1 : 0;
  return winsock::ioctlsocket(socket, winsock::FIONBIO, &argument) == 0;
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::Fcntl(const CallEvent& call) {
  constexpr int64_t kReadWrite = 2;
  constexpr int64_t kNonblocking[] = {0x4, 0x800};  // of BSD and of Linux
  const absl::StatusOr<Descriptor*> found = Find(call.arguments[0]);
  if (!found.ok()) return found.status();
  if (*found == nullptr) return Failed(winsock::WSAEBADF);
  Descriptor& descriptor = **found;
  const std::string command = ToName(call.arguments[1]);
  if (command == "F_GETFD" || command == "F_SETFD") return Done(0);
  if (command == "F_GETFL") {
    if (!descriptor.is_nonblocking) return Done(kReadWrite);
    for (const int64_t bit : kNonblocking) {
      if (call.result.kind == Expression::Kind::kInteger &&
          call.result.integer == (kReadWrite | bit)) {
        return Done(kReadWrite | bit);
      }
    }
    if (call.result.kind != Expression::Kind::kOr) return Done(kReadWrite | kNonblocking[0]);
    return Unsupported("a result of fcntl given by names");
  }
  if (command != "F_SETFL" || call.arguments.size() < 3) {
    return Unsupported(absl::StrCat("fcntl ", command));
  }
  const absl::StatusOr<std::vector<std::string>> flags = ToFlags(call.arguments[2]);
  if (!flags.ok()) return flags.status();
  const std::string unknown = FindUnknown(*flags, {"O_RDWR", "O_NONBLOCK", "O_RDONLY"});
  if (!unknown.empty()) return Unsupported(absl::StrCat("the flag ", unknown));
  const bool value = IsNamed(*flags, "O_NONBLOCK");
  if (!descriptor.is_epoll && !SetNonblocking(descriptor.socket, value)) {
    return FromWinsock(winsock::SOCKET_ERROR);
  }
  descriptor.is_nonblocking = value;
  return Done(0);
}

const inet::TcpConnection* BsdProcess::ConnectionOf(winsock::SOCKET socket) const {
  const auto name_of = [socket](auto* ask) -> std::optional<inet::Endpoint> {
    winsock::sockaddr_storage name{};
    int size = sizeof(name);
    if (ask(socket, reinterpret_cast<winsock::sockaddr*>(&name), &size) != 0) return std::nullopt;
    const auto* octets = reinterpret_cast<const uint8_t*>(&name);
    return inet::ToEndpoint(transport::Address(octets, octets + size));
  };
  const std::optional<inet::Endpoint> local = name_of(&winsock::getsockname);
  const std::optional<inet::Endpoint> remote = name_of(&winsock::getpeername);
  const inet::TcpConnection* found = nullptr;
  if (!local.has_value() || !remote.has_value()) return nullptr;
  place_.tcp->ForEachConnection([&](const inet::TcpConnection& connection) {
    if (connection.tuple() == inet::FourTuple{*local, *remote}) found = &connection;
  });
  return found;
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::Told(absl::string_view what,
                                                     const Expression& expected, int64_t given) {
  if (expected.kind == Expression::Kind::kEllipsis) return Done(0);
  const absl::StatusOr<int64_t> number = ToListedNumber(expected);
  if (!number.ok()) return number.status();
  Outcome outcome;
  if (*number != given) {
    outcome.mismatch =
        absl::FailedPreconditionError(absl::StrCat(what, ": expected ", *number, ", gave ", given));
  }
  return outcome;
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::Ioctl(const CallEvent& call) {
  const absl::StatusOr<Descriptor*> found = Find(call.arguments[0]);
  if (!found.ok()) return found.status();
  if (*found == nullptr) return Failed(winsock::WSAEBADF);
  const std::string request = ToName(call.arguments[1]);
  const bool is_set = request == "FIONBIO";
  if (call.arguments.size() < 3) return Unsupported(absl::StrCat("ioctl ", request));
  if (const SendQueueField field = FindQueue(request)) {
    const inet::TcpConnection* connection = ConnectionOf((*found)->socket);
    if (connection == nullptr) return Failed(winsock::WSAENOTCONN);
    return Told(request, call.arguments[2], field(*connection));
  }
  winsock::DWORD code = 0;
  if (request == "FIONREAD" || request == "SIOCINQ") code = winsock::FIONREAD;
  if (request == "SIOCATMARK") code = winsock::SIOCATMARK;
  if (is_set) code = winsock::FIONBIO;
  if (code == 0) return Unsupported(absl::StrCat("ioctl ", request));
  winsock::u_long value = 0;
  if (is_set) {
    const absl::StatusOr<int64_t> argument = ToListedNumber(call.arguments[2]);
    if (!argument.ok()) return argument.status();
    value = static_cast<winsock::u_long>(*argument);
  }
  const Outcome outcome = FromWinsock(winsock::ioctlsocket((*found)->socket, code, &value));
  if (outcome.result != 0) return outcome;
  if (!is_set) return Told(request, call.arguments[2], value);
  (*found)->is_nonblocking = value != 0;
  return outcome;
}

}  // namespace wsim::packetdrill
