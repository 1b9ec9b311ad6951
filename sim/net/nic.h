// A network interface of a simulated host or switch.
#ifndef SIM_NET_NIC_H_
#define SIM_NET_NIC_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/net/frame.h"
#include "sim/net/frame_trace.h"

namespace sim {

class Host;
class World;

// An IEEE 802 address. Those of wsim's stations are 02-00-5E-00-53-xx (the block for documentation
// of RFC 7042 2.1.1, locally administered) and follow from the interface's number; beyond 255
// interfaces it carries over to the left.
using MacAddress = std::array<uint8_t, 6>;

class Nic;

// Whoever takes frames off an interface.
class FrameReceiver {
 public:
  virtual ~FrameReceiver() = default;
  // An arrival, as an event of the host: the trace's context and cause are set.
  virtual void OnFrame(Nic& nic, const FramePtr& frame) = 0;
};

// Where frames go from an interface: a link's direction, or back for loopback.
class FrameSink {
 public:
  virtual ~FrameSink() = default;
  virtual void Transmit(FramePtr frame) = 0;
};

class Nic {
 public:
  // `host` is null for a switch's port.
  Nic(World& world, Host* host, uint32_t number, const MacAddress& mac, size_t mtu);
  Nic(const Nic&) = delete;
  Nic& operator=(const Nic&) = delete;

  World& world() const { return world_; }
  Host* host() const { return host_; }
  // In the world, from 1, in the order of making; 0: a loopback.
  uint32_t number() const { return number_; }
  const MacAddress& mac() const { return mac_; }
  // Largest payload of an Ethernet frame in octets: what follows the 14 octets of header.
  size_t mtu() const { return mtu_; }
  void set_mtu(size_t mtu) { mtu_ = mtu; }

  // Hands a whole Ethernet frame (without frame check sequence) to the link. It must not be changed
  // afterwards. Dropped, with the reason in the trace, where it is longer than the MTU allows or
  // nothing is connected, or the host is down.
  void Send(FramePtr frame);

  // The protocols' side; null: frames are dropped. A boot's receiver takes itself off when it is
  // destroyed.
  void SetReceiver(FrameReceiver* receiver) { receiver_ = receiver; }

  // The link's side.
  void Connect(FrameSink* sink) { sink_ = sink; }
  // A frame has arrived, from where `hop` says. Dropped, with the reason in the trace, when the
  // host is down or nobody receives.
  void Deliver(const FramePtr& frame, const FrameHop& hop = {});

 private:
  World& world_;
  Host* const host_;
  const uint32_t number_;
  const MacAddress mac_;
  size_t mtu_;
  FrameSink* sink_ = nullptr;
  FrameReceiver* receiver_ = nullptr;
};

}  // namespace sim

#endif  // SIM_NET_NIC_H_
