// The way of a segment out: header, checksum, trace, internet layer.
#ifndef PROVIDERS_INET_TCP_SEGMENT_SENDER_H_
#define PROVIDERS_INET_TCP_SEGMENT_SENDER_H_

#include <cstdint>

#include "providers/inet/checksum.h"
#include "providers/inet/internet_layer.h"
#include "providers/inet/tcp/four_tuple.h"
#include "providers/inet/tcp/tcp_header.h"
#include "providers/inet/tcp/tcp_services.h"
#include "sim/net/frame.h"

namespace inet {

// What the internet layer's header says beside the addresses.
struct PacketFields {
  uint8_t hop_limit = 64;     // RFC 1122 3.2.1.7
  uint8_t traffic_class = 0;  // DSCP and ECN
};

// Puts `header`, with its checksum, in front of the payload in `frame` and sends it.
// `pseudo_header` is that of `tuple`'s addresses. What the network does because of it has the
// segment as its cause.
SendStatus SendSegment(TcpServices& services, const FourTuple& tuple,
                       const PseudoHeader& pseudo_header, uint64_t subject, const TcpHeader& header,
                       sim::FramePtr frame, PacketFields fields = {});

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_SEGMENT_SENDER_H_
