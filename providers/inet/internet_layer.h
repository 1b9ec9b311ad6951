// What a transport of the internet sees of the layer below: IPv4 or IPv6, alike.
#ifndef PROVIDERS_INET_INTERNET_LAYER_H_
#define PROVIDERS_INET_INTERNET_LAYER_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
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

// What ICMP or ICMPv6 says about a segment that this host has sent. Anybody can say so: the
// transport asks whether the quoted segment is one of its own before it believes it (RFC 5927 4).
struct NetworkError {
  enum class Kind : uint8_t {
    kNetworkUnreachable,
    kHostUnreachable,
    kProhibited,  // a filter on the way, RFC 1812 5.2.7.1
    kProtocolUnreachable,
    kPortUnreachable,
    kTimeExceeded,  // too many hops
    kParameterProblem,
    kTooBig,  // for a link on the way
  };
  Kind kind = Kind::kNetworkUnreachable;
  absl::string_view text;  // the standard's words; a literal
  IpAddress source;        // of the segment: this host
  IpAddress destination;   // of the segment
  wire::ByteSpan quoted;   // its beginning, at least 8 octets
  // kTooBig: what the link takes, in octets of a packet; where the message does not tell, what it
  // may be (RFC 1191 7.1).
  size_t mtu = 0;
};

// A transport protocol. `segment` is the datagram's payload, octets of `frame`.
class SegmentReceiver {
 public:
  virtual ~SegmentReceiver() = default;
  virtual void OnSegment(const SegmentInfo& info, const sim::FramePtr& frame,
                         wire::ByteSpan segment) = 0;
  virtual void OnNetworkError(const NetworkError&) {}
};

enum class SendStatus : uint8_t {
  kSent,
  kNoRoute,  // no path to the destination in this network
  kTooLong,  // beyond what the path is known to take: segments are not fragmented here
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
  // Octets of the largest segment that the path to `destination` takes, as far as is known: what
  // the first link takes, until a router has told of a narrower one (RFC 1191, RFC 8201). What was
  // told is forgotten after a while, so that a wider path is found. 0: no route.
  virtual size_t MaxSegment(const IpAddress& destination) const = 0;
  // Octets of the largest segment that can come from `destination`: what the first link takes.
  virtual size_t MaxReceivable(const IpAddress& destination) const = 0;
  // The transport believes that packets of more octets than `mtu` do not reach `destination`. True:
  // MaxSegment has become smaller.
  virtual bool LearnPathMtu(const IpAddress& destination, size_t mtu) = 0;
};

// The pseudo header under a segment's checksum. Both addresses are of one family.
PseudoHeader MakePseudoHeader(const IpAddress& source, const IpAddress& destination,
                              uint8_t protocol);

}  // namespace inet

#endif  // PROVIDERS_INET_INTERNET_LAYER_H_
