// Why TCP discards a segment.
#ifndef PROVIDERS_INET_TCP_TCP_DROP_H_
#define PROVIDERS_INET_TCP_TCP_DROP_H_

#include <cstddef>
#include <cstdint>

#include "providers/inet/drop_counter.h"

namespace inet {

// Codes of TraceKind::kPduDropped. None is ever given another meaning.
enum class TcpDrop : uint32_t {
  kTruncated = 1,  // too short for a header
  kBadChecksum = 2,
  kMalformed = 3,        // data offset, options
  kNotUnicast = 4,       // from or to a broadcast or multicast address
  kUnacceptable = 5,     // outside the window
  kBadAck = 6,           // acknowledges what was never sent, or long ago
  kNoAck = 7,            // no acknowledgment where there must be one
  kReset = 8,            // a RST that no connection has to believe
  kUnknown = 9,          // no such connection, nothing listens
  kQueueFull = 10,       // no room for another request
  kAwaitsDecision = 11,  // the request is not answered yet
  kAfterClose = 12,      // data for a user who is gone
  kOldTimestamp = 13,    // a duplicate from long ago
  kNoTimestamp = 14,     // no timestamps where both ends have agreed on them
  kPolicy = 15,          // a setting forbids it
  kNotInFlight = 16,     // what the network says is about nothing that was just sent
  kAfterFin = 17,        // data behind the peer's own FIN
};
inline constexpr size_t kTcpDropCodes = 18;  // codes are below that

using TcpDrops = DropCounter<TcpDrop, kTcpDropCodes>;

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_DROP_H_
