// The internet layer of one boot: RFC 8200 for hosts and routers.
#ifndef PROVIDERS_INET_IPV6_IPV6_LAYER_H_
#define PROVIDERS_INET_IPV6_IPV6_LAYER_H_

#include <cstdint>

#include "providers/inet/icmp/icmpv6_service.h"
#include "providers/inet/ip_layer.h"
#include "providers/inet/ipv6/ipv6_extension.h"
#include "providers/inet/ipv6/ipv6_header.h"

namespace inet {

// Lives in the boot's slots. Fragments that come are put together; none are sent. A router forwards
// what is not its own. What is discarded is traced with the reason, and its source is told by
// ICMPv6 where it has to be.
class Ipv6Layer final : public IpLayer {
 public:
  explicit Ipv6Layer(sim::Boot& boot);

 private:
  void PrependHeader(const SegmentInfo& info, uint8_t protocol, sim::Frame& segment) override;
  void TellReassemblyTimeExceeded(wire::ByteSpan first) override;
  void OnPacket(sim::Nic& nic, const sim::FramePtr& frame, wire::ByteSpan packet) override;
  // `packet` is the whole one, `payload` what stands behind its header.
  void Deliver(const Ipv6Header& header, const sim::FramePtr& frame, wire::ByteSpan packet,
               wire::ByteSpan payload);
  // The same for a whole one, behind its extension headers.
  void DeliverSegment(const Ipv6Header& header, const Ipv6Chain& chain, const sim::FramePtr& frame,
                      wire::ByteSpan packet);
  void OnFragment(const Ipv6Header& header, const Ipv6Chain& chain, wire::ByteSpan packet);
  // False, traced as `drop` and told: `chain` ends with a verdict against the packet.
  bool Passes(const Ipv6Header& header, const Ipv6Chain& chain, wire::ByteSpan packet, IpDrop drop);
  void Forward(Ipv6Header header, wire::ByteSpan packet, wire::ByteSpan payload);

  Icmpv6Service icmp_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_IPV6_IPV6_LAYER_H_
