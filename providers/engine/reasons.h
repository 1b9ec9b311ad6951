// The one table from a transport's reason to Winsock's codes.
#ifndef PROVIDERS_ENGINE_REASONS_H_
#define PROVIDERS_ENGINE_REASONS_H_

#include "providers/transport/reason.h"

namespace engine {

// How a connect attempt fails: WSAECONNREFUSED, WSAETIMEDOUT, WSAENETUNREACH, WSAEHOSTUNREACH,
// WSAENOBUFS (Winsock page: connect).
int ConnectError(transport::Cause cause);

// What sending and receiving give once a connection has ended: WSAECONNRESET for a peer that
// disconnected; for an end that was found on this side WSAETIMEDOUT (no answer), WSAENETRESET
// (silence), else WSAECONNABORTED (Winsock pages: send, recv).
int EndError(transport::Cause cause);

// The code that comes with FD_CLOSE for the same end: WSAECONNRESET or WSAECONNABORTED, the only
// two that the page of WSAEventSelect lists. Windows has been seen to say WSAECONNABORTED for a
// peer's reset as well; programs are written to the page, and so is this.
int CloseEventError(transport::Cause cause);

}  // namespace engine

#endif  // PROVIDERS_ENGINE_REASONS_H_
