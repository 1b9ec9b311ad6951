// ICMP on one boot of one host or router: what it tells others, and what it is told (RFC 792, RFC
// 1122 3.2.2, RFC 1812 4.3.2).
#ifndef PROVIDERS_INET_ICMP_ICMP_SERVICE_H_
#define PROVIDERS_INET_ICMP_ICMP_SERVICE_H_

#include <cstddef>
#include <cstdint>

#include "providers/inet/icmp/icmp_message.h"
#include "providers/inet/icmp/icmp_node.h"
#include "providers/inet/internet_layer.h"
#include "providers/inet/ipv4/ipv4_header.h"
#include "providers/wire/bytes.h"

namespace inet {

// Answers echo requests, hands errors on once they are known to be about a datagram of this host,
// and tells the sources of datagrams that cannot be delivered. What is not believed or not told is
// traced.
class IcmpService final : public IcmpNode {
 public:
  IcmpService(sim::World& world, InternetLayer& internet, NetworkErrorRouter& router,
              IpDrops& drops);

  // Tells the source of `datagram`, which begins with `header`. Nothing is sent about an ICMP
  // error, to or about what is no single host, about a later fragment (RFC 1122 3.2.2), or beyond
  // the limit of errors.
  void TellUnreachable(const Ipv4Header& header, wire::ByteSpan datagram, IcmpUnreachableCode code);
  void TellFragmentationNeeded(const Ipv4Header& header, wire::ByteSpan datagram, size_t mtu);
  void TellTimeExceeded(const Ipv4Header& header, wire::ByteSpan datagram,
                        IcmpTimeExceededCode code);

 private:
  void OnSegment(const SegmentInfo& info, const sim::FramePtr& frame,
                 wire::ByteSpan message) override;
  void OnError(const IcmpDestinationUnreachable& error);
  void OnError(const IcmpTimeExceeded& error);
  void OnError(const IcmpParameterProblem& error);
  void OnEcho(const SegmentInfo& info, const IcmpEcho& echo);
  // `error` without what the quote says of the datagram.
  void HandOn(NetworkError error, wire::ByteSpan quoted);
  bool MayTell(const Ipv4Header& header, wire::ByteSpan datagram);
  void Send(const IpAddress& source, const IpAddress& destination, const IcmpMessage& message);
};

}  // namespace inet

#endif  // PROVIDERS_INET_ICMP_ICMP_SERVICE_H_
