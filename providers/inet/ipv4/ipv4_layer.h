// The internet layer of one boot: RFC 791 and RFC 1122 for hosts, RFC 1812 for routers.
#ifndef PROVIDERS_INET_IPV4_IPV4_LAYER_H_
#define PROVIDERS_INET_IPV4_IPV4_LAYER_H_

#include <cstdint>

#include "providers/inet/icmp/icmp_service.h"
#include "providers/inet/ip_layer.h"
#include "providers/inet/ipv4/ipv4_header.h"

namespace inet {

// Lives in the boot's slots. Datagrams go out with DF set; fragments that come are put together. A
// router forwards what is not its own, in fragments where it has to and may. What is discarded is
// traced with the reason, and its source is told by ICMP where it has to be.
class Ipv4Layer final : public IpLayer {
 public:
  explicit Ipv4Layer(sim::Boot& boot);

 private:
  void PrependHeader(const SegmentInfo& info, uint8_t protocol, sim::Frame& segment) override;
  void TellReassemblyTimeExceeded(wire::ByteSpan first) override;
  void OnPacket(sim::Nic& nic, const sim::FramePtr& frame, wire::ByteSpan packet) override;
  // `packet` is the whole one, `payload` what stands behind its header.
  void Deliver(const Ipv4Header& header, const sim::FramePtr& frame, wire::ByteSpan packet,
               wire::ByteSpan payload);
  void OnFragment(const Ipv4Header& header, wire::ByteSpan packet, wire::ByteSpan payload);
  void Forward(Ipv4Header header, wire::ByteSpan packet, wire::ByteSpan payload);

  uint16_t next_identification_ = 1;
  IcmpService icmp_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_IPV4_IPV4_LAYER_H_
