// The states of a connection, RFC 9293 3.3.2.
#ifndef PROVIDERS_INET_TCP_TCP_STATE_H_
#define PROVIDERS_INET_TCP_TCP_STATE_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace inet {

// The values are codes in the trace: none is ever given another meaning.
enum class TcpState : uint8_t {
  kClosed = 0,
  kListen = 1,  // a request whose answer is held back; listeners themselves are no connections
  kSynSent = 2,
  kSynReceived = 3,
  kEstablished = 4,
  kFinWait1 = 5,
  kFinWait2 = 6,
  kCloseWait = 7,
  kClosing = 8,
  kLastAck = 9,
  kTimeWait = 10,
};

// The standard's name: "SYN-SENT".
absl::string_view TcpStateName(TcpState state);

// Whether the standard knows this step (RFC 9293 3.3.2, figure 5, with the resets and time-outs of
// 3.10 that the figure leaves out).
bool IsLegalTransition(TcpState from, TcpState to);

// Both ends know each other's initial sequence number: ESTABLISHED and everything after it.
constexpr bool IsSynchronized(TcpState state) { return state >= TcpState::kEstablished; }
// The peer may still send: its FIN has not come.
constexpr bool MayReceive(TcpState state) {
  return state == TcpState::kEstablished || state == TcpState::kFinWait1 ||
         state == TcpState::kFinWait2;
}
// Data and FIN may be sent, for the first time or again.
constexpr bool MaySend(TcpState state) {
  return state == TcpState::kEstablished || state == TcpState::kFinWait1 ||
         state == TcpState::kCloseWait || state == TcpState::kClosing ||
         state == TcpState::kLastAck;
}

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_STATE_H_
