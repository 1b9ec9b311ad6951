// Why a connection ended or never came to be, in terms that fit every transport. What the
// protocol's own standard calls it (a DR reason, an ICMP code, an RF reason) stands beside it for
// the trace.
#ifndef PROVIDERS_TRANSPORT_REASON_H_
#define PROVIDERS_TRANSPORT_REASON_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace transport {

enum class Cause : uint8_t {
  kPeerUser,  // the peer's user disconnected (a reset, DR 128, AB by the user), or withdrew its
              // request
  kRefusedByUser,  // the peer's user turned the request down
  kNothingThere,   // no listener, address or selector at the called address
  kCongestion,     // the peer has no room (queue full, resources)
  kNoAnswer,       // all retransmissions failed while data or a request was outstanding
  kPeerLost,       // silence: inactivity or keep-alive found the peer gone
  kNetworkUnreachable,
  kHostUnreachable,
  kQualityUnavailable,  // the quality of service asked for cannot be had
  kNegotiationFailed,   // the two ends have no version, class or option in common
  kProtocolError,       // one end broke the protocol
  kNoResources,         // this end has no room
};

struct Reason {
  Cause cause = Cause::kPeerUser;
  int code = 0;            // the standard's own number; 0 where it has none
  absl::string_view text;  // the standard's own words; a string literal
};

}  // namespace transport

#endif  // PROVIDERS_TRANSPORT_REASON_H_
