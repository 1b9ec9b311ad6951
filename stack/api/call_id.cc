#include "stack/api/call_id.h"

#include <cstddef>
#include <iterator>

namespace winsock {
namespace {

// By number, from 1.
constexpr absl::string_view kNames[] = {
    "WSAStartup",
    "WSACleanup",
    "WSAEnumProtocols",
    "socket",
    "WSASocket",
    "closesocket",
    "bind",
    "getsockname",
    "getpeername",
    "listen",
    "accept",
    "WSAAccept",
    "connect",
    "WSAConnect",
    "send",
    "sendto",
    "recv",
    "recvfrom",
    "WSASend",
    "WSASendTo",
    "WSARecv",
    "WSARecvFrom",
    "shutdown",
    "WSASendDisconnect",
    "WSARecvDisconnect",
    "getsockopt",
    "setsockopt",
    "ioctlsocket",
    "WSAIoctl",
    "select",
    "WSACreateEvent",
    "WSACloseEvent",
    "WSASetEvent",
    "WSAResetEvent",
    "WSAWaitForMultipleEvents",
    "WSAEventSelect",
    "WSAEnumNetworkEvents",
    "condition function",
    "WSAAddressToString",
    "WSAStringToAddress",
};
static_assert(std::size(kNames) == static_cast<size_t>(CallId::kLast));

}  // namespace

absl::string_view CallName(CallId id) {
  size_t index = static_cast<size_t>(id) - 1;
  return index < std::size(kNames) ? kNames[index] : absl::string_view();
}

}  // namespace winsock
