// What sockets are ready for, in the words of poll and epoll, over Winsock's select.
#ifndef TOOLS_PACKETDRILL_READINESS_H_
#define TOOLS_PACKETDRILL_READINESS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "stack/winsock2.h"
#include "tools/packetdrill/script.h"

namespace wsim::packetdrill {

// What is asked and answered of one descriptor.
enum Ready : uint32_t {
  kIn = 1 << 0,
  kOut = 1 << 1,
  kUrgent = 1 << 2,
  kError = 1 << 3,
  kHangUp = 1 << 4,
  kPeerHangUp = 1 << 5,
  kInvalid = 1 << 6,
};
// What is told although nobody asked.
inline constexpr uint32_t kAlwaysTold = kError | kHangUp | kInvalid;

// POLLIN|POLLOUT and the like, by the names of poll or of epoll.
struct EventMask {
  uint32_t ready = 0;
  bool edge_triggered = false;  // EPOLLET
  bool once = false;            // EPOLLONESHOT
};
absl::StatusOr<EventMask> ToEventMask(const Expression& expression);
// By the names of poll; "0" for none.
std::string ReadyToString(uint32_t ready);

// What one socket is ready for now.
uint32_t LookAt(winsock::SOCKET socket, bool is_listening);

// Suspends the thread until one of the sockets may be ready for what stands beside it, its end
// included. `milliseconds` below 0: for ever.
void WaitForAny(const std::vector<std::pair<winsock::SOCKET, uint32_t>>& asked,
                int64_t milliseconds);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_READINESS_H_
