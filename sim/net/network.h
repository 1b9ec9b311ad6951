// The network of a world: hosts, routers, switches and the links between them.
#ifndef SIM_NET_NETWORK_H_
#define SIM_NET_NETWORK_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sim/net/link_parameters.h"
#include "sim/net/nic.h"
#include "sim/net/route_table.h"

namespace sim {

class Host;
class Link;
class Loopback;
class Switch;
class World;

// How a host reaches another: the interface to send from and the station to send to.
struct NextHop {
  Nic* nic = nullptr;
  MacAddress mac{};
  // Octets of the largest packet that comes to that station: of a segment of several links, through
  // switches that know nothing of packets, all stations know it.
  size_t mtu = 0;
};

// What a path can do at its best.
struct PathQuality {
  uint64_t bandwidth = UINT64_MAX;  // bits per second, of the narrowest link
  absl::Duration delay =
      absl::ZeroDuration();  // the most that a frame takes if none is ahead of it
};

class Network {
 public:
  explicit Network(World& world);
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  // Before the run. Names are unique over hosts, routers and switches, not empty, without ':' or
  // white space; InvalidArgument otherwise. The objects live as long as the world.
  absl::StatusOr<Host*> AddHost(absl::string_view name);
  absl::StatusOr<Host*> AddRouter(absl::string_view name);
  absl::Status AddSwitch(absl::string_view name);
  // At most one link between two nodes, none from a node to itself, and no loop of switches. The
  // parameters are in range. InvalidArgument says what is wrong.
  absl::Status AddLink(absl::string_view a, absl::string_view b, const LinkParameters& parameters);

  // Faults, at any time of the run. InvalidArgument: no such link or host; overrides out of range.
  // FailedPrecondition: it is so already.
  absl::Status Partition(absl::string_view a, absl::string_view b);
  absl::Status Heal(absl::string_view a, absl::string_view b);
  absl::Status ChangeLink(absl::string_view a, absl::string_view b, const LinkOverrides& overrides);

  // Hosts and routers, by number - 1.
  const std::vector<std::unique_ptr<Host>>& hosts() const { return hosts_; }
  // Null where there is none.
  Host* FindHost(absl::string_view name) const;
  // By number, from 1; null where there is none.
  Host* host(uint32_t number) const;

  // The static neighbour and route tables, as the topology gives them: the first step of a shortest
  // path (over routers; switches do not count), the first declared among equals. Nullopt: no path.
  // To itself: the loopback.
  // A partition does not change them.
  std::optional<NextHop> Route(const Host& from, const Host& to);
  // The first router, in the order of declared links, that `from` reaches in one step: where a host
  // sends what it knows no way to. Nullopt: none.
  std::optional<NextHop> DefaultRouter(const Host& from);
  // The least MTU on that path as its links are now; 0 without one.
  size_t PathMtu(const Host& from, const Host& to);
  // How that path is as its links are now, for frames of so many octets; nullopt without one.
  std::optional<PathQuality> QualityOfPath(const Host& from, const Host& to, size_t octets);

  // Totals over all links and the whole run, for the summary of a run.
  uint64_t frames_sent() const { return frames_sent_; }
  uint64_t octets_sent() const { return octets_sent_; }

 private:
  friend class LinkDirection;
  struct Node;

  // The next transmission's number, from 1.
  uint64_t NextFrame() { return ++last_frame_; }
  void CountSent(size_t octets) {
    ++frames_sent_;
    octets_sent_ += octets;
  }

  // Adds the links between two stations that only switches lie between.
  void AddSegment(uint32_t from, uint32_t to, size_t octets, PathQuality& quality) const;
  absl::Status AddNode(absl::string_view name, RouteTable::NodeKind kind, size_t index);
  absl::StatusOr<Host*> AddStation(absl::string_view name, bool is_router);
  absl::StatusOr<uint32_t> FindNode(absl::string_view name) const;
  absl::Status ValidateLink(uint32_t a, uint32_t b) const;
  Nic& AddNic(const Node& node);
  // InvalidArgument: no such link or node.
  absl::StatusOr<size_t> FindLink(absl::string_view a, absl::string_view b) const;
  RouteTable& routes();
  // Null: no path.
  std::optional<RouteTable::Route> FindRoute(const Host& from, const Host& to);

  World& world_;
  uint64_t frames_sent_ = 0;
  uint64_t octets_sent_ = 0;
  uint64_t last_frame_ = 0;
  uint32_t last_nic_ = 0;
  std::vector<Node> nodes_;                         // in the order of declaration
  absl::btree_map<std::string, uint32_t> by_name_;  // indices of nodes
  std::vector<uint32_t> nodes_of_hosts_;            // by number - 1
  absl::btree_map<std::pair<uint32_t, uint32_t>, size_t> links_by_nodes_;  // the lesser index first
  absl::btree_set<std::string> directions_;  // names that decisions of links begin with
  std::vector<RouteTable::Edge> edges_;      // one for each link
  std::unique_ptr<RouteTable> routes_;       // null: not computed since the topology changed
  // Links, switches and loopbacks refer to interfaces of hosts, which are destroyed first of all:
  // while they are, their protocols may still send.
  std::vector<std::unique_ptr<Link>> links_;
  std::vector<std::unique_ptr<Switch>> switches_;
  std::vector<std::unique_ptr<Loopback>> loopbacks_;
  std::vector<std::unique_ptr<Host>> hosts_;
};

}  // namespace sim

#endif  // SIM_NET_NETWORK_H_
