// What the internet layers of one boot, IPv4's and IPv6's, have in common.
#ifndef PROVIDERS_INET_IP_LAYER_H_
#define PROVIDERS_INET_IP_LAYER_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "providers/ethernet/station.h"
#include "providers/inet/fragment_reassembler.h"
#include "providers/inet/icmp/icmp_node.h"
#include "providers/inet/internet_layer.h"
#include "providers/inet/ip_drop.h"
#include "providers/inet/path_mtu.h"
#include "sim/event_queue.h"
#include "sim/host.h"
#include "sim/net/network.h"

namespace inet {

// What differs between the two that is no more than a number or a name.
struct IpVersion {
  absl::string_view name;  // in the trace
  uint16_t ether_type = 0;
  size_t header_size = 0;     // octets, of what a host sends
  size_t largest_packet = 0;  // octets
  // What every link carries, in octets of a packet (RFC 791 3.2, RFC 8200 5): there is no route
  // over a link that carries less.
  size_t least_mtu = 0;
  FragmentRules fragments;
};

// Packets go out whole, under the addresses of host_address.h; routes and neighbours are the
// topology's, and so is the MTU up to the next hop: a link drops what is longer without a word.
// What no host has goes from a host to the first router that it is linked to, which has the last
// word (RFC 1122 3.3.1.1).
class IpLayer : public InternetLayer,
                protected ethernet::PacketReceiver,
                protected NetworkErrorRouter {
 public:
  ~IpLayer() override;
  IpLayer(const IpLayer&) = delete;
  IpLayer& operator=(const IpLayer&) = delete;

  void SetReceiver(uint8_t protocol, SegmentReceiver* receiver) override;
  SendStatus Send(const SegmentInfo& info, uint8_t protocol, sim::FramePtr segment) override;
  IpAddress own_address() const override { return own_address_; }
  bool IsLocal(const IpAddress& address) const override;
  IpAddress SourceFor(const IpAddress& destination) const override;
  size_t MaxSegment(const IpAddress& destination) const override;
  size_t MaxReceivable(const IpAddress& destination) const override;
  bool LearnPathMtu(const IpAddress& destination, size_t mtu) override;

  // What was discarded here, by reason, with what ICMP discarded.
  const IpDrops& drops() const { return drops_; }

 protected:
  // `version` outlives it.
  IpLayer(sim::Boot& boot, const IpVersion& version, const IpAddress& own_address);

  // Puts the header of a packet that this host sends in front of `segment`.
  virtual void PrependHeader(const SegmentInfo& info, uint8_t protocol, sim::Frame& segment) = 0;

  void OnNetworkError(uint8_t protocol, const NetworkError& error) override;

  // Null: no path to the destination in this network.
  std::optional<sim::NextHop> Route(const IpAddress& destination) const;
  void SendTo(const sim::NextHop& next, const sim::FramePtr& packet);
  // The packet with its header changed on the way: what stands behind the header is copied.
  template <class Header>
  void ForwardTo(const sim::NextHop& next, const Header& header, wire::ByteSpan payload) {
    const sim::FramePtr copy = sim::Frame::Copy(payload);
    header.WriteTo(copy->Prepend(header.size()));
    SendTo(next, copy);
  }
  // Takes a fragment for this host. The packet, where it has become whole; what never will is
  // dropped, and its source told where its time was over (RFC 1122 3.3.2, RFC 8200 4.5).
  std::optional<FragmentReassembler::Whole> Reassemble(const Fragment& fragment);
  // `first` is a packet that has come, with a first fragment inside.
  virtual void TellReassemblyTimeExceeded(wire::ByteSpan first) = 0;

  // Null: nobody here speaks the protocol.
  SegmentReceiver* ReceiverOf(uint8_t protocol) const;
  // Whether one of the addresses of a packet from `nic` is one that never leaves a host.
  bool NamesLoopbackOnLink(const IpAddress& source, const IpAddress& destination,
                           const sim::Nic& nic) const;
  void Drop(IpDrop drop, absl::string_view why, absl::string_view clause);

  sim::Boot& boot() { return boot_; }
  IpDrops& drops_with_icmp() { return drops_; }

 private:
  // Octets of a packet that `next` is known to take on the way to `destination`.
  size_t PathMtu(const sim::NextHop& next, const IpAddress& destination) const;
  void OnReassemblyTime();
  void DropLostFragments();

  const IpVersion& version_;
  sim::Boot& boot_;
  ethernet::Station& station_;
  const IpAddress own_address_;
  IpDrops drops_;
  absl::btree_map<uint8_t, SegmentReceiver*> receivers_;
  PathMtus path_mtus_;
  FragmentReassembler reassembler_;
  sim::MemberEvent<IpLayer, &IpLayer::OnReassemblyTime> reassembly_time_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_IP_LAYER_H_
