// getsockopt and setsockopt.
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "stack/winsock2.h"
#include "tools/packetdrill/bsd_process.h"
#include "tools/packetdrill/socket_options.h"
#include "tools/packetdrill/value.h"

namespace wsim::packetdrill {
namespace {

using Form = SocketOption::Form;

constexpr size_t kLargestValue = 8;  // octets

struct Value {
  char octets[kLargestValue] = {};
  int size = 0;

  template <typename T>
  static Value Of(T number) {
    static_assert(sizeof(T) <= kLargestValue);
    Value value;
    value.size = sizeof(T);
    std::memcpy(value.octets, &number, sizeof(T));
    return value;
  }
  template <typename T>
  T As() const {
    T number = {};
    std::memcpy(&number, octets, sizeof(T));
    return number;
  }
};

// A field of a struct, by either of its names, or by its place where it has none.
absl::StatusOr<int64_t> FieldOf(const Expression& expression, const char* name,
                                const char* other_name, size_t place) {
  const Expression* field = expression.Field(name);
  if (field == nullptr) field = expression.Field(other_name);
  if (field == nullptr && place < expression.items.size() &&
      expression.items[place].kind == Expression::Kind::kInteger) {
    field = &expression.items[place];
  }
  if (field == nullptr) return Unsupported(absl::StrCat("a struct without ", name));
  return ToNumber(*field);
}

absl::StatusOr<std::pair<int64_t, int64_t>> FieldsOf(const Expression& expression,
                                                     const SocketOption& option) {
  const bool is_linger = option.form == Form::kLinger;
  const absl::StatusOr<int64_t> first =
      FieldOf(expression, is_linger ? "onoff" : "tv_sec", is_linger ? "l_onoff" : "sec", 0);
  const absl::StatusOr<int64_t> second =
      FieldOf(expression, is_linger ? "linger" : "tv_usec", is_linger ? "l_linger" : "usec", 1);
  if (!first.ok()) return first.status();
  if (!second.ok()) return second.status();
  return std::make_pair(*first, *second);
}

// The names of FreeBSD and of Linux.
absl::StatusOr<Value> ToAlgorithm(const Expression& expression) {
  const std::string name = ToName(expression);
  if (name == "newreno" || name == "reno") return Value::Of(int{0});
  if (name == "cubic") return Value::Of(int{1});
  return Unsupported(absl::StrCat("the congestion control ", name));
}

absl::StatusOr<Value> ToValue(const Expression& expression, const SocketOption& option) {
  if (option.form == Form::kName) return ToAlgorithm(expression);
  if (option.form == Form::kNumber || option.form == Form::kBoolean ||
      option.form == Form::kError) {
    const absl::StatusOr<int64_t> number = ToListedNumber(expression);
    if (!number.ok()) return number.status();
    return Value::Of(static_cast<int>(*number));
  }
  const absl::StatusOr<std::pair<int64_t, int64_t>> fields = FieldsOf(expression, option);
  if (!fields.ok()) return fields.status();
  if (option.form == Form::kLinger) {
    return Value::Of(winsock::linger{static_cast<winsock::u_short>(fields->first),
                                     static_cast<winsock::u_short>(fields->second)});
  }
  return Value::Of(static_cast<winsock::DWORD>(fields->first * 1000 + fields->second / 1000));
}

std::string ToText(const Value& value, Form form) {
  if (form == Form::kName) return value.As<int>() == 0 ? "newreno" : "cubic";
  if (form != Form::kLinger) return absl::StrCat(value.As<int>());
  const auto linger = value.As<winsock::linger>();
  return absl::StrCat("{onoff=", linger.l_onoff, ", linger=", linger.l_linger, "}");
}

bool IsSame(const Value& expected, const Value& given, Form form) {
  if (form == Form::kBoolean) return (expected.As<int>() != 0) == (given.As<int>() != 0);
  return expected.size == given.size &&
         std::memcmp(expected.octets, given.octets, static_cast<size_t>(given.size)) == 0;
}

// Winsock says 0 before the connection is there, unless a size was set; BSD what it assumes.
bool HasMaxSegment(winsock::SOCKET socket) {
  int octets = 0;
  int size = sizeof(octets);
  return winsock::getsockopt(socket, winsock::IPPROTO_TCP, winsock::TCP_MAXSEG,
                             reinterpret_cast<char*>(&octets), &size) == 0 &&
         octets != 0;
}

}  // namespace

int BsdProcess::PendingError(const Descriptor& descriptor) {
  if (descriptor.told_error || descriptor.is_listening || descriptor.is_epoll) return 0;
  winsock::fd_set ready{.fd_count = 1, .fd_array = {descriptor.socket}};
  const winsock::timeval at_once{};
  if (winsock::select(0, &ready, nullptr, nullptr, &at_once) <= 0) return 0;
  char octet = 0;
  if (winsock::recv(descriptor.socket, &octet, 1, winsock::MSG_PEEK) >= 0) return 0;
  const int error = winsock::WSAGetLastError();
  const bool is_end = error == winsock::WSAECONNRESET || error == winsock::WSAECONNABORTED ||
                      error == winsock::WSAENETRESET || error == winsock::WSAETIMEDOUT;
  return is_end ? error : 0;
}

// Winsock's SO_ERROR knows of connect alone and keeps what it says; BSD's has what ended the
// connection as well, and is 0 once it was read.
absl::StatusOr<BsdProcess::Outcome> BsdProcess::GetError(Descriptor& descriptor,
                                                         const Expression& expected) {
  int error = 0;
  int size = sizeof(error);
  const int result = winsock::getsockopt(descriptor.socket, winsock::SOL_SOCKET, winsock::SO_ERROR,
                                         reinterpret_cast<char*>(&error), &size);
  if (result != 0) return FromWinsock(result);
  if (error != 0) {
    const int none = 0;
    winsock::setsockopt(descriptor.socket, winsock::SOL_SOCKET, winsock::SO_ERROR,
                        reinterpret_cast<const char*>(&none), sizeof(none));
  } else {
    error = PendingError(descriptor);
    if (error != 0) descriptor.told_error = true;
  }
  Outcome outcome;
  const Expression& value = expected.kind == Expression::Kind::kList && expected.items.size() == 1
                                ? expected.items[0]
                                : expected;
  if (value.kind == Expression::Kind::kEllipsis) return outcome;
  const std::string name = ToName(value);
  const bool fits = error == 0 ? name == "0" : ErrnoFits(name, error, CallKind::kOther);
  if (!fits) {
    const std::string given = error == 0 ? "0" : ErrnoName(error, CallKind::kOther);
    outcome.mismatch =
        absl::FailedPreconditionError(absl::StrCat("SO_ERROR: expected ", name, ", gave ", given));
  }
  return outcome;
}

absl::StatusOr<std::optional<BsdProcess::Outcome>> BsdProcess::GetOwnOption(
    const Descriptor& descriptor, const std::string& name, const Expression& wanted) const {
  absl::StatusOr<Outcome> outcome;
  if (name == "TCP_INFO") {
    // Its fields are compared in code.
    if (wanted.kind != Expression::Kind::kEllipsis) return Unsupported("the fields of TCP_INFO");
    outcome = Done(0);
  } else if (name == "SO_KEEPALIVE" && place_.tcp->settings().keep_alive) {
    outcome = Told(name, wanted, descriptor.keep_alive ? 1 : 0);
  } else if (name == "SO_PROTOCOL") {
    outcome = Told(name, wanted, winsock::IPPROTO_TCP);
  } else if (name == "TCP_MAXSEG" && !HasMaxSegment(descriptor.socket)) {
    const inet::TcpSettings& settings = place_.tcp->settings();
    const bool is_ipv4 = place_.addresses->family() == winsock::AF_INET;
    outcome = Told(
        name, wanted,
        static_cast<int64_t>(is_ipv4 ? settings.default_send_mss : settings.default_send_mss6));
  } else {
    return std::nullopt;
  }
  if (!outcome.ok()) return outcome.status();
  return std::make_optional(*std::move(outcome));
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::GetOption(const CallEvent& call) {
  const absl::StatusOr<Descriptor*> found = Find(call.arguments[0]);
  if (!found.ok()) return found.status();
  if (*found == nullptr) return Failed(winsock::WSAEBADF);
  const std::string name = ToName(call.arguments[2]);
  const Expression& wanted = call.arguments[3];
  absl::StatusOr<std::optional<Outcome>> own = GetOwnOption(**found, name, wanted);
  if (!own.ok()) return own.status();
  if (own->has_value()) return **std::move(own);
  const SocketOption* option = FindSocketOption(ToName(call.arguments[1]), name);
  if (option == nullptr) return Unsupported(absl::StrCat("the socket option ", name));
  if (option->form == Form::kError) return GetError(**found, wanted);
  Value given;
  given.size = sizeof(given.octets);
  Outcome outcome = FromWinsock(winsock::getsockopt(
      (*found)->socket, option->winsock_level, option->winsock_name, given.octets, &given.size));
  if (outcome.result != 0 || wanted.kind == Expression::Kind::kEllipsis) return outcome;
  const absl::StatusOr<Value> expected = ToValue(wanted, *option);
  if (!expected.ok()) return expected.status();
  if (!IsSame(*expected, given, option->form)) {
    outcome.mismatch = absl::FailedPreconditionError(
        absl::StrCat(name, ": expected ", ToText(*expected, option->form), ", gave ",
                     ToText(given, option->form)));
  }
  return outcome;
}

absl::StatusOr<BsdProcess::Outcome> BsdProcess::SetOption(const CallEvent& call) {
  const absl::StatusOr<Descriptor*> found = Find(call.arguments[0]);
  if (!found.ok()) return found.status();
  if (*found == nullptr) return Failed(winsock::WSAEBADF);
  const std::string name = ToName(call.arguments[2]);
  const SocketOption* option = FindSocketOption(ToName(call.arguments[1]), name);
  if (option == nullptr) return Unsupported(absl::StrCat("the socket option ", name));
  const absl::StatusOr<Value> value = ToValue(call.arguments[3], *option);
  if (!value.ok()) return value.status();
  if (name == "SO_KEEPALIVE") {
    (*found)->keep_alive = value->As<int>() != 0;
    // What the system does for all is not undone for one.
    if (place_.tcp->settings().keep_alive) return Done(0);
  }
  return FromWinsock(winsock::setsockopt((*found)->socket, option->winsock_level,
                                         option->winsock_name, value->octets, value->size));
}

}  // namespace wsim::packetdrill
