// Reading and writing. A script counts octets and does not look at them: what it writes is zeros.
#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stack/winsock2.h"
#include "tools/packetdrill/bsd_process.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

constexpr int64_t kLongest = 1 << 26;  // octets of one call

// Makes a socket nonblocking for one call (MSG_DONTWAIT).
class NonblockingScope {
 public:
  NonblockingScope(winsock::SOCKET socket, bool applies, bool (*set)(winsock::SOCKET, bool))
      : socket_(socket), applies_(applies), set_(set) {
    if (applies_) set_(socket_, true);
  }
  ~NonblockingScope() {
    if (!applies_) return;
    const int error = winsock::WSAGetLastError();
    set_(socket_, false);
    winsock::WSASetLastError(error);
  }
  NonblockingScope(const NonblockingScope&) = delete;
  NonblockingScope& operator=(const NonblockingScope&) = delete;

 private:
  const winsock::SOCKET socket_;
  const bool applies_;
  bool (*const set_)(winsock::SOCKET, bool);
};

bool IsEndOfConnection(int error) {
  return error == winsock::WSAECONNRESET || error == winsock::WSAECONNABORTED ||
         error == winsock::WSAENETRESET || error == winsock::WSAETIMEDOUT;
}

absl::StatusOr<int64_t> ToLength(const Expression& expression) {
  const absl::StatusOr<int64_t> length = ToNumber(expression);
  if (!length.ok()) return length.status();
  if (*length >= 0 && *length <= kLongest) return *length;
  return Unsupported(absl::StrCat("a buffer of ", *length, " octets"));
}

// [{..., 100}, {..., 200}]
absl::StatusOr<int64_t> ToVectorLength(const Expression& expression) {
  if (expression.kind != Expression::Kind::kList) return Unsupported("buffers that are no list");
  int64_t all = 0;
  for (const Expression& piece : expression.items) {
    if (piece.kind != Expression::Kind::kStruct || piece.items.size() != 2) {
      return Unsupported("a buffer that is not {..., length}");
    }
    const absl::StatusOr<int64_t> length = ToLength(piece.items[1]);
    if (!length.ok()) return length.status();
    all += *length;
  }
  return std::min(all, kLongest);
}

absl::StatusOr<int64_t> ToMessageLength(const Expression& message) {
  const Expression* control = message.Field("msg_control");
  const bool has_control = control != nullptr && !control->items.empty();
  if (has_control) return Unsupported("control messages");
  const Expression* vector = message.Field("msg_iov");
  if (vector == nullptr) return Unsupported("a message without msg_iov");
  return ToVectorLength(*vector);
}

}  // namespace

BsdProcess::Outcome BsdProcess::AfterReceive(int64_t descriptor, int result) {
  Outcome outcome = FromWinsock(result);
  Descriptor* still = Look(descriptor);
  if (still == nullptr || outcome.result != -1) return outcome;
  if (outcome.error == winsock::WSAESHUTDOWN) return Done(0);  // BSD reads the end after SHUT_RD
  if (outcome.error == winsock::WSAENOTCONN && still->has_begun_to_connect) {
    return Failed(winsock::WSAEWOULDBLOCK);
  }
  if (!IsEndOfConnection(outcome.error)) return outcome;
  if (still->told_error) return Done(0);
  still->told_error = true;
  return outcome;
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::ReceiveOctets(const Expression& descriptor,
                                                              int64_t length, const Flags& flags) {
  const std::string unknown =
      FindUnknown(flags, {"MSG_PEEK", "MSG_OOB", "MSG_WAITALL", "MSG_DONTWAIT"});
  if (!unknown.empty()) return Unsupported(absl::StrCat("the flag ", unknown));
  const absl::StatusOr<Descriptor*> found = Find(descriptor);
  if (!found.ok()) return found.status();
  if (*found == nullptr) return Failed(winsock::WSAEBADF);
  int words = 0;
  if (IsNamed(flags, "MSG_PEEK")) words |= winsock::MSG_PEEK;
  if (IsNamed(flags, "MSG_OOB")) words |= winsock::MSG_OOB;
  if (IsNamed(flags, "MSG_WAITALL")) words |= winsock::MSG_WAITALL;
  const winsock::SOCKET socket = (*found)->socket;
  const bool at_once = IsNamed(flags, "MSG_DONTWAIT") && !(*found)->is_nonblocking;
  std::vector<char> buffer(static_cast<size_t>(length) + 1);
  const NonblockingScope scope(socket, at_once, &SetNonblocking);
  const int result = winsock::recv(socket, buffer.data(), static_cast<int>(length), words);
  return AfterReceive(*ToNumber(descriptor), result);
}

BsdProcess::Outcome BsdProcess::AfterSend(int64_t descriptor, int result) {
  const Outcome outcome = FromWinsock(result, CallKind::kSend);
  Descriptor* still = Look(descriptor);
  if (still != nullptr && outcome.result == -1 && IsEndOfConnection(outcome.error)) {
    still->told_error = true;
  }
  return outcome;
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::SendOctets(const Expression& descriptor,
                                                           int64_t length, const Flags& flags) {
  const std::string unknown =
      FindUnknown(flags, {"MSG_OOB", "MSG_DONTWAIT", "MSG_NOSIGNAL", "MSG_EOR"});
  if (!unknown.empty()) return Unsupported(absl::StrCat("the flag ", unknown));
  const absl::StatusOr<Descriptor*> found = Find(descriptor);
  if (!found.ok()) return found.status();
  if (*found == nullptr) return Failed(winsock::WSAEBADF);
  const int words = IsNamed(flags, "MSG_OOB") ? winsock::MSG_OOB : 0;
  const winsock::SOCKET socket = (*found)->socket;
  const bool at_once = IsNamed(flags, "MSG_DONTWAIT") && !(*found)->is_nonblocking;
  const std::vector<char> zeros(static_cast<size_t>(length) + 1);
  const NonblockingScope scope(socket, at_once, &SetNonblocking);
  const int result = winsock::send(socket, zeros.data(), static_cast<int>(length), words);
  return AfterSend(*ToNumber(descriptor), result);
}

// read(fd, buffer, length), recv(fd, buffer, length, flags), recvfrom(..., from, from length)
absl::StatusOr<BsdProcess::Outcome> BsdProcess::Receive(const CallEvent& call) {
  const absl::StatusOr<int64_t> length = ToLength(call.arguments[2]);
  if (!length.ok()) return length.status();
  absl::StatusOr<Flags> flags = Flags();
  if (call.arguments.size() > 3) flags = ToFlags(call.arguments[3]);
  if (!flags.ok()) return flags.status();
  return ReceiveOctets(call.arguments[0], *length, *flags);
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::ReceiveVector(const CallEvent& call) {
  const absl::StatusOr<int64_t> length = ToVectorLength(call.arguments[1]);
  if (!length.ok()) return length.status();
  return ReceiveOctets(call.arguments[0], *length, {});
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::ReceiveMessage(const CallEvent& call) {
  const absl::StatusOr<int64_t> length = ToMessageLength(call.arguments[1]);
  if (!length.ok()) return length.status();
  absl::StatusOr<Flags> flags = Flags();
  if (call.arguments.size() > 2) flags = ToFlags(call.arguments[2]);
  if (!flags.ok()) return flags.status();
  if (const Expression* told = call.arguments[1].Field("msg_flags")) {
    const absl::StatusOr<Flags> expected = ToFlags(*told);
    if (!expected.ok()) return expected.status();
    if (!expected->empty()) return Unsupported(absl::StrCat("the flag ", expected->front()));
  }
  return ReceiveOctets(call.arguments[0], *length, *flags);
}

// write(fd, buffer, length), send(fd, buffer, length, flags), sendto(..., to, to length): the
// address of a connected socket is not looked at.
absl::StatusOr<BsdProcess::Outcome> BsdProcess::Send(const CallEvent& call) {
  const absl::StatusOr<int64_t> length = ToLength(call.arguments[2]);
  if (!length.ok()) return length.status();
  absl::StatusOr<Flags> flags = Flags();
  if (call.arguments.size() > 3) flags = ToFlags(call.arguments[3]);
  if (!flags.ok()) return flags.status();
  return SendOctets(call.arguments[0], *length, *flags);
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::SendVector(const CallEvent& call) {
  const absl::StatusOr<int64_t> length = ToVectorLength(call.arguments[1]);
  if (!length.ok()) return length.status();
  return SendOctets(call.arguments[0], *length, {});
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::SendMessage(const CallEvent& call) {
  const absl::StatusOr<int64_t> length = ToMessageLength(call.arguments[1]);
  if (!length.ok()) return length.status();
  absl::StatusOr<Flags> flags = Flags();
  if (call.arguments.size() > 2) flags = ToFlags(call.arguments[2]);
  if (!flags.ok()) return flags.status();
  return SendOctets(call.arguments[0], *length, *flags);
}

}  // namespace wsim::packetdrill
