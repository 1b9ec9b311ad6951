// The file descriptors of a script, and what BSD keeps of a socket that Winsock does not.
#ifndef TOOLS_PACKETDRILL_DESCRIPTORS_H_
#define TOOLS_PACKETDRILL_DESCRIPTORS_H_

#include <cstdint>

#include "absl/container/btree_map.h"
#include "stack/winsock2.h"

namespace wsim::packetdrill {

struct Descriptor {
  winsock::SOCKET socket = winsock::INVALID_SOCKET;  // invalid: an epoll instance
  bool is_nonblocking = false;
  bool is_listening = false;
  // BSD reads nothing yet from a socket that connects; Winsock says that it is not connected.
  bool has_begun_to_connect = false;
  // BSD tells of the error that ended a connection once; Winsock goes on telling.
  bool told_error = false;
  // SO_KEEPALIVE as the script has set it: where the system keeps every connection alive
  // (TcpSettings::keep_alive), BSD still reads what was set.
  bool keep_alive = false;

  // Of an epoll instance: what is watched, by descriptor.
  struct Watch {
    bool in = false;
    bool out = false;
    bool hang_up = false;
    bool edge_triggered = false;
    bool once = false;
    int64_t data = 0;
    // What edge triggering has told already: what was ready, and how far the peer's data went.
    uint32_t last_ready = 0;
    uint64_t last_received = 0;
  };
  absl::btree_map<int64_t, Watch> watched;
  bool is_epoll = false;
};

// By the script's own numbers.
using Descriptors = absl::btree_map<int64_t, Descriptor>;

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_DESCRIPTORS_H_
