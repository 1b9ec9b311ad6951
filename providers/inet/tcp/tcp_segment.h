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

// A segment sent or received, in the trace; 0 where nobody listens.
sim::TraceId TraceSegment(sim::Trace& trace, sim::TraceKind kind, uint64_t subject,
                          const TcpSegment& segment);

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_SEGMENT_H_
