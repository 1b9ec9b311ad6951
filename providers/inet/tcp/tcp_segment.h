// A segment as the state machine sees it, and what it is called in the trace.
#ifndef PROVIDERS_INET_TCP_TCP_SEGMENT_H_
#define PROVIDERS_INET_TCP_TCP_SEGMENT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "providers/inet/tcp/ecn.h"
#include "providers/inet/tcp/tcp_header.h"
#include "providers/wire/bytes.h"
#include "sim/trace/trace.h"

namespace inet {

// SEG of RFC 9293 3.3.1. The payload is the frame's.
struct TcpSegment {
  TcpHeader header;
  wire::ByteSpan payload;
  EcnCodepoint ecn = EcnCodepoint::kNotEct;  // of the packet that it came in

  // SEG.LEN: octets of data, SYN and FIN counted as one each.
  uint32_t length() const {
    return static_cast<uint32_t>(payload.size()) + (header.Has(TcpHeader::kSyn) ? 1 : 0) +
           (header.Has(TcpHeader::kFin) ? 1 : 0);
  }
};

// "SYN", "SYN ACK", "FIN PSH ACK", "SYN ECE CWR"; a literal.
absl::string_view TcpSegmentName(uint16_t flags);

// "seq 17 ack 4 len 100 win 65535", numbers as on the wire.
std::string TcpSegmentText(const TcpSegment& segment);

// The reset that answers a segment without a connection: one that the peer has to believe (RFC 9293
// 3.10.7.1). The checksum is still to be computed.
TcpHeader ResetFor(const TcpSegment& segment);

// Why a segment is discarded: codes of TraceKind::kPduDropped. None is ever given another meaning.
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
};

// A segment sent or received, in the trace; 0 where nobody listens.
sim::TraceId TraceSegment(sim::Trace& trace, sim::TraceKind kind, uint64_t subject,
                          const TcpSegment& segment);
// A segment discarded. `text` and `clause` are literals, or live through the call.
void TraceDrop(sim::Trace& trace, TcpDrop drop, uint64_t subject, absl::string_view name,
               absl::string_view text, absl::string_view clause);

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_SEGMENT_H_
