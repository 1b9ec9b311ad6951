#include "providers/inet/tcp/every_state.h"

namespace inet {
namespace {

void OpenAndClose(TcpScript& us) {
  us.Establish();
  us.Close();
}

}  // namespace

std::vector<WayToState> WaysToEveryState() {
  return {
      {TcpState::kClosed, [](TcpScript& us) { us.Listen(); }},
      {TcpState::kListen,
       [](TcpScript& us) {
         us.accepts = false;
         us.Listen(1, /*waits_for_decision=*/true);
         us.Receives({.flags = "SYN"});
       }},
      {TcpState::kSynSent, [](TcpScript& us) { us.Connect(); }},
      {TcpState::kSynReceived,
       [](TcpScript& us) {
         us.Listen();
         us.Receives({.flags = "SYN"});
       }},
      {TcpState::kEstablished, [](TcpScript& us) { us.Establish(); }},
      {TcpState::kFinWait1, OpenAndClose},
      {TcpState::kFinWait2,
       [](TcpScript& us) {
         OpenAndClose(us);
         us.Receives({.flags = "ACK", .seq = 1, .ack = 2});
       }},
      {TcpState::kCloseWait,
       [](TcpScript& us) {
         us.Establish();
         us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
       }},
      {TcpState::kClosing,
       [](TcpScript& us) {
         OpenAndClose(us);
         us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
       }},
      {TcpState::kLastAck,
       [](TcpScript& us) {
         us.Establish();
         us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
         us.Close();
       }},
      {TcpState::kTimeWait,
       [](TcpScript& us) {
         OpenAndClose(us);
         us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
       }},
  };
}

}  // namespace inet
