#include "stack/api/call_id.h"

namespace winsock {

absl::string_view CallName(CallId id) {
  switch (id) {
    case CallId::kWSAStartup:
      return "WSAStartup";
    case CallId::kWSACleanup:
      return "WSACleanup";
    case CallId::kWSAEnumProtocols:
      return "WSAEnumProtocols";
    case CallId::kSocket:
      return "socket";
    case CallId::kWSASocket:
      return "WSASocket";
    case CallId::kClosesocket:
      return "closesocket";
    case CallId::kBind:
      return "bind";
    case CallId::kGetsockname:
      return "getsockname";
    case CallId::kGetpeername:
      return "getpeername";
    case CallId::kListen:
      return "listen";
    case CallId::kAccept:
      return "accept";
    case CallId::kWSAAccept:
      return "WSAAccept";
    case CallId::kConnect:
      return "connect";
    case CallId::kWSAConnect:
      return "WSAConnect";
    case CallId::kSend:
      return "send";
    case CallId::kSendto:
      return "sendto";
    case CallId::kRecv:
      return "recv";
    case CallId::kRecvfrom:
      return "recvfrom";
    case CallId::kWSASend:
      return "WSASend";
    case CallId::kWSASendTo:
      return "WSASendTo";
    case CallId::kWSARecv:
      return "WSARecv";
    case CallId::kWSARecvFrom:
      return "WSARecvFrom";
    case CallId::kShutdown:
      return "shutdown";
    case CallId::kWSASendDisconnect:
      return "WSASendDisconnect";
    case CallId::kWSARecvDisconnect:
      return "WSARecvDisconnect";
    case CallId::kGetsockopt:
      return "getsockopt";
    case CallId::kSetsockopt:
      return "setsockopt";
    case CallId::kIoctlsocket:
      return "ioctlsocket";
    case CallId::kWSAIoctl:
      return "WSAIoctl";
    case CallId::kSelect:
      return "select";
    case CallId::kWSACreateEvent:
      return "WSACreateEvent";
    case CallId::kWSACloseEvent:
      return "WSACloseEvent";
    case CallId::kWSASetEvent:
      return "WSASetEvent";
    case CallId::kWSAResetEvent:
      return "WSAResetEvent";
    case CallId::kWSAWaitForMultipleEvents:
      return "WSAWaitForMultipleEvents";
    case CallId::kWSAEventSelect:
      return "WSAEventSelect";
    case CallId::kWSAEnumNetworkEvents:
      return "WSAEnumNetworkEvents";
    case CallId::kConditionFunction:
      return "condition function";
  }
  return {};
}

}  // namespace winsock
