// An Ethernet switch.
#ifndef SIM_NET_SWITCH_H_
#define SIM_NET_SWITCH_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "sim/net/nic.h"

namespace sim {

// Forwards each frame, once it has arrived whole and without further delay, to the port behind
// which its destination is; frames to a group address to all ports but the one they came from.
// Where stations are it knows from the topology, not from the frames. Switches that are connected
// form a tree.
class Switch final : private FrameReceiver {
 public:
  explicit Switch(World& world) : world_(world) {}
  Switch(const Switch&) = delete;
  Switch& operator=(const Switch&) = delete;

  Nic& AddPort(uint32_t number, const MacAddress& mac);

  // A station is connected to that port: every switch of the tree learns the way to it.
  void ConnectStation(Nic& port, const MacAddress& station);
  // Another switch is: each side learns the other's stations. Not if either reaches the other
  // already.
  static void Connect(Switch& a, Nic& port_of_a, Switch& b, Nic& port_of_b);
  // Whether `other` is in the same tree, as a switch itself is.
  bool Reaches(const Switch& other) const;

 private:
  struct Trunk {
    Nic* port;
    Switch* other;
    Nic* port_of_other;
  };

  void OnFrame(Nic& port, const FramePtr& frame) override;
  void Flood(const Nic& from, const FramePtr& frame);
  void Learn(uint64_t station, Nic& port);
  bool ReachesBeyond(const Switch& other, const Nic* from) const;

  World& world_;
  std::vector<std::unique_ptr<Nic>> ports_;
  std::vector<Trunk> trunks_;
  std::vector<uint64_t> stations_;  // every key of `ports_by_station_`, in the order of learning
  absl::flat_hash_map<uint64_t, Nic*> ports_by_station_;
};

}  // namespace sim

#endif  // SIM_NET_SWITCH_H_
