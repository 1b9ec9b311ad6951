// ICMPv6 on one boot of one host or router: what it tells others, and what it is told (RFC 4443).
#ifndef PROVIDERS_INET_ICMP_ICMPV6_SERVICE_H_
#define PROVIDERS_INET_ICMP_ICMPV6_SERVICE_H_

#include <cstddef>
#include <cstdint>

#include "providers/inet/icmp/icmp_node.h"
#include "providers/inet/icmp/icmpv6_message.h"
#include "providers/inet/internet_layer.h"
#include "providers/inet/ipv6/ipv6_header.h"
#include "providers/wire/bytes.h"

namespace inet {

// The same as IcmpService, for IPv6.
class Icmpv6Service final : public IcmpNode {
 public:
  Icmpv6Service(sim::World& world, InternetLayer& internet, NetworkErrorRouter& router,
                IpDrops& drops);

  // Tells the source of `packet`, which begins with `header`. Nothing is sent about an ICMPv6
  // error, to or about what is no single host (RFC 4443 2.4 (e)), or beyond the limit of errors.
  void TellUnreachable(const Ipv6Header& header, wire::ByteSpan packet, Icmpv6UnreachableCode code);
  void TellTooBig(const Ipv6Header& header, wire::ByteSpan packet, size_t mtu);
  void TellTimeExceeded(const Ipv6Header& header, wire::ByteSpan packet,
                        Icmpv6TimeExceededCode code);
  void TellParameterProblem(const Ipv6Header& header, wire::ByteSpan packet,
                            Icmpv6ParameterCode code, uint32_t pointer);

 private:
  void OnSegment(const SegmentInfo& info, const sim::FramePtr& frame,
                 wire::ByteSpan message) override;
  void OnError(const Icmpv6DestinationUnreachable& error);
  void OnError(const Icmpv6PacketTooBig& error);
  void OnError(const Icmpv6TimeExceeded& error);
  void OnError(const Icmpv6ParameterProblem& error);
  void OnEcho(const SegmentInfo& info, const IcmpEcho& echo);
  void HandOn(NetworkError error, wire::ByteSpan quoted);
  // `about_group`: packet too big and an unknown option may be told about a multicast packet too.
  bool MayTell(const Ipv6Header& header, wire::ByteSpan packet, bool about_group = false);
  void Send(const IpAddress& source, const IpAddress& destination, const Icmpv6Message& message);
};

}  // namespace inet

#endif  // PROVIDERS_INET_ICMP_ICMPV6_SERVICE_H_
