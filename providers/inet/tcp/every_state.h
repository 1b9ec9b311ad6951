// Every state of a connection, and the events that lead there. For tests only.
#ifndef PROVIDERS_INET_TCP_EVERY_STATE_H_
#define PROVIDERS_INET_TCP_EVERY_STATE_H_

#include <functional>
#include <vector>

#include "providers/inet/tcp/tcp_script.h"
#include "providers/inet/tcp/tcp_state.h"

namespace inet {

struct WayToState {
  TcpState state;
  std::function<void(TcpScript&)> reach;
};

// In the order of TcpState; CLOSED is a listener without a connection.
std::vector<WayToState> WaysToEveryState();

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_EVERY_STATE_H_
