#include "tools/packetdrill/errno_names.h"

#include "absl/strings/str_cat.h"
#include "stack/winsock2.h"

namespace wsim::packetdrill {
namespace {

struct Row {
  absl::string_view name;
  int error;
  bool in_connect;
  bool in_send;
  bool elsewhere;
};

// Names that fit in more than one row stand there once for each; the first that fits is shown.
constexpr Row kRows[] = {
    {"EINPROGRESS", winsock::WSAEWOULDBLOCK, true, false, false},
    {"EAGAIN", winsock::WSAEWOULDBLOCK, false, true, true},
    {"EWOULDBLOCK", winsock::WSAEWOULDBLOCK, false, true, true},
    {"EINPROGRESS", winsock::WSAEINPROGRESS, true, true, true},
    {"EALREADY", winsock::WSAEALREADY, true, true, true},
    {"EINTR", winsock::WSAEINTR, true, true, true},
    {"EBADF", winsock::WSAEBADF, true, true, true},
    {"EBADF", winsock::WSAENOTSOCK, true, true, true},
    {"ENOTSOCK", winsock::WSAENOTSOCK, true, true, true},
    {"EACCES", winsock::WSAEACCES, true, true, true},
    {"EFAULT", winsock::WSAEFAULT, true, true, true},
    {"EINVAL", winsock::WSAEINVAL, true, true, true},
    {"EMFILE", winsock::WSAEMFILE, true, true, true},
    {"EDESTADDRREQ", winsock::WSAEDESTADDRREQ, true, true, true},
    {"EMSGSIZE", winsock::WSAEMSGSIZE, true, true, true},
    {"EPROTOTYPE", winsock::WSAEPROTOTYPE, true, true, true},
    {"ENOPROTOOPT", winsock::WSAENOPROTOOPT, true, true, true},
    {"EPROTONOSUPPORT", winsock::WSAEPROTONOSUPPORT, true, true, true},
    {"ESOCKTNOSUPPORT", winsock::WSAESOCKTNOSUPPORT, true, true, true},
    {"EOPNOTSUPP", winsock::WSAEOPNOTSUPP, true, true, true},
    {"ENOTSUP", winsock::WSAEOPNOTSUPP, true, true, true},
    {"EPFNOSUPPORT", winsock::WSAEPFNOSUPPORT, true, true, true},
    {"EAFNOSUPPORT", winsock::WSAEAFNOSUPPORT, true, true, true},
    {"EADDRINUSE", winsock::WSAEADDRINUSE, true, true, true},
    {"EADDRNOTAVAIL", winsock::WSAEADDRNOTAVAIL, true, true, true},
    {"ENETDOWN", winsock::WSAENETDOWN, true, true, true},
    {"ENETUNREACH", winsock::WSAENETUNREACH, true, true, true},
    // Keep-alive found the peer gone: Winsock has an error of its own for it.
    {"ETIMEDOUT", winsock::WSAENETRESET, true, true, true},
    {"ENETRESET", winsock::WSAENETRESET, true, true, true},
    // The network ended the connection; Winsock does not say by what message.
    {"ECONNABORTED", winsock::WSAECONNABORTED, true, true, true},
    {"EHOSTUNREACH", winsock::WSAECONNABORTED, true, true, true},
    {"ENETUNREACH", winsock::WSAECONNABORTED, true, true, true},
    {"EPROTO", winsock::WSAECONNABORTED, true, true, true},
    {"ECONNRESET", winsock::WSAECONNRESET, true, true, true},
    {"EPIPE", winsock::WSAECONNRESET, false, true, false},
    {"EPIPE", winsock::WSAECONNABORTED, false, true, false},
    {"ENOBUFS", winsock::WSAENOBUFS, true, true, true},
    {"ENOMEM", winsock::WSAENOBUFS, true, true, true},
    {"EISCONN", winsock::WSAEISCONN, true, true, true},
    {"ENOTCONN", winsock::WSAENOTCONN, true, true, true},
    {"EPIPE", winsock::WSAENOTCONN, false, true, false},
    {"EPIPE", winsock::WSAESHUTDOWN, false, true, false},
    {"ESHUTDOWN", winsock::WSAESHUTDOWN, true, true, true},
    {"ETIMEDOUT", winsock::WSAETIMEDOUT, true, true, true},
    {"ECONNREFUSED", winsock::WSAECONNREFUSED, true, true, true},
    {"EHOSTDOWN", winsock::WSAEHOSTDOWN, true, true, true},
    {"EHOSTUNREACH", winsock::WSAEHOSTUNREACH, true, true, true},
    // Names that no call of ours gives.
    {"EPERM", 0, false, false, false},
    {"ENOENT", 0, false, false, false},
    {"EIO", 0, false, false, false},
    {"ENXIO", 0, false, false, false},
    {"ESPIPE", 0, false, false, false},
    {"EDOM", 0, false, false, false},
    {"ENODATA", 0, false, false, false},
    {"EKEYREJECTED", 0, false, false, false},
};

bool IsOf(const Row& row, CallKind kind) {
  switch (kind) {
    case CallKind::kConnect:
      return row.in_connect;
    case CallKind::kSend:
      return row.in_send;
    case CallKind::kOther:
      return row.elsewhere;
  }
  return false;
}

}  // namespace

bool ErrnoFits(absl::string_view name, int error, CallKind kind) {
  for (const Row& row : kRows) {
    if (row.name == name && row.error == error && IsOf(row, kind)) return true;
  }
  return false;
}

std::string ErrnoName(int error, CallKind kind) {
  for (const Row& row : kRows) {
    if (row.error == error && IsOf(row, kind)) return std::string(row.name);
  }
  return absl::StrCat("Winsock's error ", error);
}

bool IsErrnoName(absl::string_view name) {
  for (const Row& row : kRows) {
    if (row.name == name) return true;
  }
  return false;
}

}  // namespace wsim::packetdrill
