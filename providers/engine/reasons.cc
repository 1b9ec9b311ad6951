#include "providers/engine/reasons.h"

#include "providers/engine/words.h"

namespace engine {
namespace {

using transport::Cause;

struct Codes {
  int connect;
  int end;
  int close_event;
};

Codes CodesOf(Cause cause) {
  switch (cause) {
    case Cause::kPeerUser:
    case Cause::kRefusedByUser:
    case Cause::kNothingThere:
    case Cause::kCongestion:
      return {WSAECONNREFUSED, WSAECONNRESET, WSAECONNRESET};
    case Cause::kNoAnswer:
      return {WSAETIMEDOUT, WSAETIMEDOUT, WSAECONNABORTED};
    case Cause::kPeerLost:
      return {WSAETIMEDOUT, WSAENETRESET, WSAECONNABORTED};
    case Cause::kNetworkUnreachable:
      return {WSAENETUNREACH, WSAENETUNREACH, WSAECONNABORTED};
    case Cause::kHostUnreachable:
      return {WSAEHOSTUNREACH, WSAEHOSTUNREACH, WSAECONNABORTED};
    case Cause::kQualityUnavailable:
      return {WSAEOPNOTSUPP, WSAECONNABORTED, WSAECONNABORTED};
    case Cause::kNegotiationFailed:
    case Cause::kProtocolError:
      return {WSAECONNREFUSED, WSAECONNABORTED, WSAECONNABORTED};
    case Cause::kNoResources:
      return {WSAENOBUFS, WSAECONNABORTED, WSAECONNABORTED};
  }
  return {WSAECONNREFUSED, WSAECONNABORTED, WSAECONNABORTED};
}

}  // namespace

int ConnectError(Cause cause) { return CodesOf(cause).connect; }
int EndError(Cause cause) { return CodesOf(cause).end; }
int CloseEventError(Cause cause) { return CodesOf(cause).close_event; }

}  // namespace engine
