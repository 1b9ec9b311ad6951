// What a transport of the internet sees of the layer below: IPv4 or IPv6, alike.
#ifndef PROVIDERS_INET_INTERNET_LAYER_H_
#define PROVIDERS_INET_INTERNET_LAYER_H_

#include <cstddef>
#include <cstdint>

#include "providers/inet/checksum.h"
#include "providers/inet/endpoint.h"
#include "providers/wire/bytes.h"
#include "sim/net/frame.h"

namespace inet {

// What the internet layer tells about a segment, and is told about one to send.
struct SegmentInfo {
  IpAddress source;
  IpAddress destination;
  uint8_t hop_limit = 64;     // RFC 1122 3.2.1.7: the recommended default
  uint8_t traffic_class = 0;  // DSCP and ECN, RFC 2474 and RFC 3168
};

// A transport protocol. `segment` is the datagram's payload, octets of `frame`.
class SegmentReceiver {
 public:
  virtual ~SegmentReceiver() = default;
  virtual void OnSegment(const SegmentInfo& info, const sim::FramePtr& frame,
                         wire::ByteSpan segment) = 0;
};

enum class SendStatus : uint8_t {
  kSent,
  kNoRoute,  // no path to the destination in this network
  kTooLong,  // beyond the first link's MTU: segments are not fragmented here
};

class InternetLayer {
 public:
  virtual ~InternetLayer() = default;

  // Null takes the protocol off.
  virtual void SetReceiver(uint8_t protocol, SegmentReceiver* receiver) = 0;
  // Puts the layer's header in front of the segment and sends it.
  virtual SendStatus Send(const SegmentInfo& info, uint8_t protocol, sim::FramePtr segment) = 0;

  // This host's own address, from which it speaks to all others.
  virtual IpAddress own_address() const = 0;
  virtual bool IsLocal(const IpAddress& address) const = 0;
  // The address to speak from to `destination`: a loopback address to loopback, else the own one.
  virtual IpAddress SourceFor(const IpAddress& destination) const = 0;
  // Octets of the largest segment that fits every link towards `destination`, as far as is known;
  // 0: no route.
  virtual size_t MaxSegment(const IpAddress& destination) const = 0;
};

// The pseudo header under a segment's checksum. Both addresses are of one family.
PseudoHeader MakePseudoHeader(const IpAddress& source, const IpAddress& destination,
                              uint8_t protocol);

}  // namespace inet

#endif  // PROVIDERS_INET_INTERNET_LAYER_H_
