// The calls' numbers in the trace.
#ifndef STACK_API_CALL_ID_H_
#define STACK_API_CALL_ID_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace winsock {

// Part of every fingerprint: a number keeps its meaning for ever, new calls come at the end.
enum class CallId : uint32_t {
  kWSAStartup = 1,
  kWSACleanup = 2,
  kWSAEnumProtocols = 3,
  kSocket = 4,
  kWSASocket = 5,
  kClosesocket = 6,
  kBind = 7,
  kGetsockname = 8,
  kGetpeername = 9,
  kListen = 10,
  kAccept = 11,
  kWSAAccept = 12,
  kConnect = 13,
  kWSAConnect = 14,
  kSend = 15,
  kSendto = 16,
  kRecv = 17,
  kRecvfrom = 18,
  kWSASend = 19,
  kWSASendTo = 20,
  kWSARecv = 21,
  kWSARecvFrom = 22,
  kShutdown = 23,
  kWSASendDisconnect = 24,
  kWSARecvDisconnect = 25,
  kGetsockopt = 26,
  kSetsockopt = 27,
  kIoctlsocket = 28,
  kWSAIoctl = 29,
  kSelect = 30,
  kWSACreateEvent = 31,
  kWSACloseEvent = 32,
  kWSASetEvent = 33,
  kWSAResetEvent = 34,
  kWSAWaitForMultipleEvents = 35,
  kWSAEventSelect = 36,
  kWSAEnumNetworkEvents = 37,
  kConditionFunction = 38,  // The application's own, as WSAAccept calls it.
  kWSAAddressToString = 39,
  kWSAStringToAddress = 40,
  kLast = kWSAStringToAddress,
};

// As the application writes it: "WSAConnect"; "condition function" for its own. Empty for a number
// that is no call's.
absl::string_view CallName(CallId id);

}  // namespace winsock

#endif  // STACK_API_CALL_ID_H_
