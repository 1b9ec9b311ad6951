// The connections of a script, and what was sent on each.
#ifndef TOOLS_PACKETDRILL_ENDPOINTS_H_
#define TOOLS_PACKETDRILL_ENDPOINTS_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/time.h"
#include "tools/packetdrill/numbering.h"
#include "tools/packetdrill/packet.h"
#include "tools/packetdrill/script.h"

namespace wsim::packetdrill {

struct SentPacket {
  Packet packet;
  sim::Time time;
};

// One connection, or what may become one. Ports are 0 until they are known.
struct Endpoint {
  enum class Role : uint8_t { kUnknown, kListener, kActive, kPassive };
  Role role = Role::kUnknown;
  int64_t descriptor = -1;
  uint16_t local_port = 0;
  uint16_t remote_port = 0;
  Numbering numbering;
  std::deque<SentPacket> sent;  // not compared yet
  bool has_traffic = false;
};

class Endpoints {
 public:
  // `bind_port`: where a script's bind binds to, `connect_port`: where its connect goes.
  Endpoints(uint16_t bind_port, uint16_t connect_port)
      : bind_port_(bind_port), connect_port_(connect_port) {}

  // The calls that make and name connections.
  void OnSocket(int64_t descriptor);
  void OnBind(int64_t descriptor);
  void OnListen(int64_t descriptor);
  void OnConnect(int64_t descriptor);

  // The connection that a packet of the script is about. An injected one makes a listener's next
  // connection. Null: there is no socket yet.
  Endpoint* ForScriptPacket(bool is_inbound, const std::optional<Ports>& ports);

  // A segment that the host sent: kept with its connection; one of no connection is left aside.
  void OnSent(const Packet& packet, sim::Time now);

 private:
  Endpoint* Find(int64_t descriptor);
  Endpoint* FindByPorts(uint16_t local, uint16_t remote);
  Endpoint& Add(Endpoint::Role role);

  const uint16_t bind_port_;
  const uint16_t connect_port_;
  uint16_t next_remote_port_ = 32768;
  std::vector<std::unique_ptr<Endpoint>> all_;
  Endpoint* under_test_ = nullptr;
};

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_ENDPOINTS_H_
