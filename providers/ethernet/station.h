// A host's Ethernet interfaces, as the network layers of one boot see them.
#ifndef PROVIDERS_ETHERNET_STATION_H_
#define PROVIDERS_ETHERNET_STATION_H_

#include <cstdint>

#include "absl/container/btree_map.h"
#include "providers/ethernet/ethernet_header.h"
#include "providers/wire/bytes.h"
#include "sim/host.h"
#include "sim/net/frame.h"
#include "sim/net/nic.h"

namespace ethernet {

// A network layer.
class PacketReceiver {
 public:
  virtual ~PacketReceiver() = default;
  // A packet for this station: octets of `frame`, which whoever wants to keep them keeps. Under
  // Ethernet II padding may follow the packet.
  virtual void OnPacket(sim::Nic& nic, const sim::FramePtr& frame, wire::ByteSpan packet) = 0;
};

// Takes frames off all interfaces of a boot, loopback included, and gives their packets to the
// network layer that the type (Ethernet II) or the service access point (LLC) names. Lives in the
// boot's slots: `boot.slots().Get<ethernet::Station>()`. Frames for other stations are ignored,
// malformed ones and those of unknown protocols are dropped with the reason in the trace.
class Station final : private sim::FrameReceiver {
 public:
  explicit Station(sim::Boot& boot);
  ~Station() override;
  Station(const Station&) = delete;
  Station& operator=(const Station&) = delete;

  // A layer takes itself off with null before it goes.
  void SetReceiverOfType(uint16_t type, PacketReceiver* receiver);
  void SetReceiverOfSap(uint8_t sap, PacketReceiver* receiver);

  // Puts an Ethernet II header in front of the packet, pads it, and sends it from `nic`. Who keeps
  // `packet` may read what it holds now, and write to it no more.
  void Send(sim::Nic& nic, const Address& destination, uint16_t type, const sim::FramePtr& packet);
  // The same with IEEE 802.3 and LLC headers (unnumbered information between equal service access
  // points).
  void SendToSap(sim::Nic& nic, const Address& destination, uint8_t sap,
                 const sim::FramePtr& packet);

 private:
  void OnFrame(sim::Nic& nic, const sim::FramePtr& frame) override;
  void Drop(absl::string_view why);

  sim::Boot& boot_;
  absl::btree_map<uint16_t, PacketReceiver*> by_type_;
  absl::btree_map<uint8_t, PacketReceiver*> by_sap_;
};

}  // namespace ethernet

#endif  // PROVIDERS_ETHERNET_STATION_H_
