// The internet layer of one boot: RFC 791 and RFC 1122 for hosts, RFC 1812 for routers.
#ifndef PROVIDERS_INET_IPV4_IPV4_LAYER_H_
#define PROVIDERS_INET_IPV4_IPV4_LAYER_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "providers/ethernet/station.h"
#include "providers/inet/icmp/icmp_service.h"
#include "providers/inet/internet_layer.h"
#include "providers/inet/ipv4/ipv4_header.h"
#include "providers/inet/path_mtu.h"
#include "sim/host.h"
#include "sim/net/network.h"

namespace inet {

// Host number n has the address 10.0.0.0 + n, the same on all its interfaces; routes and neighbours
// are the topology's. What no host has goes from a host to the first router that it is linked to,
// which has the last word (RFC 1122 3.3.1.1).
Ipv4Address Ipv4AddressOfHost(uint32_t host_number);
// 0: no host number can have this address.
uint32_t HostNumberOf(const Ipv4Address& address);

// Lives in the boot's slots. Datagrams go out whole, with DF set; a router forwards what is not its
// own. What is discarded is traced with the reason, and its source is told by ICMP where it has to
// be.
class Ipv4Layer final : public InternetLayer,
                        private ethernet::PacketReceiver,
                        private NetworkErrorRouter {
 public:
  explicit Ipv4Layer(sim::Boot& boot);
  ~Ipv4Layer() override;

  void SetReceiver(uint8_t protocol, SegmentReceiver* receiver) override;
  SendStatus Send(const SegmentInfo& info, uint8_t protocol, sim::FramePtr segment) override;
  IpAddress own_address() const override { return own_address_; }
  bool IsLocal(const IpAddress& address) const override;
  IpAddress SourceFor(const IpAddress& destination) const override;
  size_t MaxSegment(const IpAddress& destination) const override;
  size_t MaxReceivable(const IpAddress& destination) const override;
  bool LearnPathMtu(const IpAddress& destination, size_t mtu) override;

 private:
  void OnPacket(sim::Nic& nic, const sim::FramePtr& frame, wire::ByteSpan packet) override;
  void OnNetworkError(uint8_t protocol, const NetworkError& error) override;
  // `packet` is the whole one, `payload` what stands behind its header.
  void Deliver(const Ipv4Header& header, const sim::FramePtr& frame, wire::ByteSpan packet,
               wire::ByteSpan payload);
  void Forward(Ipv4Header header, wire::ByteSpan packet, wire::ByteSpan payload);
  // Null where no host has the address.
  const sim::Host* HostAt(const Ipv4Address& address) const;
  std::optional<sim::NextHop> Route(const Ipv4Address& destination) const;
  // Octets of a packet that `next` is known to take on the way to `destination`.
  size_t PathMtu(const sim::NextHop& next, const IpAddress& destination) const;
  void Drop(absl::string_view why, absl::string_view clause);

  sim::Boot& boot_;
  ethernet::Station& station_;
  const Ipv4Address own_address_;
  uint16_t next_identification_ = 1;
  absl::btree_map<uint8_t, SegmentReceiver*> receivers_;
  PathMtus path_mtus_;
  IcmpService icmp_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_IPV4_IPV4_LAYER_H_
