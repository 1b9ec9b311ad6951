#include "providers/inet/tcp/tcp_state.h"

namespace inet {

absl::string_view TcpStateName(TcpState state) {
  switch (state) {
    case TcpState::kClosed:
      return "CLOSED";
    case TcpState::kListen:
      return "LISTEN";
    case TcpState::kSynSent:
      return "SYN-SENT";
    case TcpState::kSynReceived:
      return "SYN-RECEIVED";
    case TcpState::kEstablished:
      return "ESTABLISHED";
    case TcpState::kFinWait1:
      return "FIN-WAIT-1";
    case TcpState::kFinWait2:
      return "FIN-WAIT-2";
    case TcpState::kCloseWait:
      return "CLOSE-WAIT";
    case TcpState::kClosing:
      return "CLOSING";
    case TcpState::kLastAck:
      return "LAST-ACK";
    case TcpState::kTimeWait:
      return "TIME-WAIT";
  }
  return "";
}

bool IsLegalTransition(TcpState from, TcpState to) {
  if (to == TcpState::kClosed) return from != TcpState::kClosed;
  switch (from) {
    case TcpState::kClosed:
      return to == TcpState::kListen || to == TcpState::kSynSent || to == TcpState::kSynReceived;
    case TcpState::kListen:
      return to == TcpState::kSynReceived;
    case TcpState::kSynSent:
      return to == TcpState::kSynReceived || to == TcpState::kEstablished;
    case TcpState::kSynReceived:
      return to == TcpState::kEstablished;
    case TcpState::kEstablished:
      return to == TcpState::kFinWait1 || to == TcpState::kCloseWait;
    case TcpState::kFinWait1:
      return to == TcpState::kFinWait2 || to == TcpState::kClosing || to == TcpState::kTimeWait;
    case TcpState::kFinWait2:
    case TcpState::kClosing:
      return to == TcpState::kTimeWait;
    case TcpState::kCloseWait:
      return to == TcpState::kLastAck;
    case TcpState::kLastAck:
    case TcpState::kTimeWait:
      return false;
  }
  return false;
}

}  // namespace inet
