// Who reaches whom, and how.
#ifndef SIM_NET_ROUTE_TABLE_H_
#define SIM_NET_ROUTE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace sim {

class Nic;

// Shortest paths through a topology. Stations (hosts and routers) that are on one link or one tree
// of switches share a segment, and reach each other in one step; routers lead from segment to
// segment. Each path is computed when it is first asked for, and costs nothing that grows with the
// hosts beside it.
class RouteTable {
 public:
  enum class NodeKind : uint8_t { kHost, kRouter, kSwitch };
  struct Edge {
    uint32_t a = 0;  // index of a node
    uint32_t b = 0;
    Nic* nic_a = nullptr;
    Nic* nic_b = nullptr;
    size_t mtu = 0;
  };
  struct Route {
    Nic* nic = nullptr;       // to send from
    Nic* next_hop = nullptr;  // to send to
    size_t hop_mtu = 0;       // the least up to there, that of links between switches included
    size_t mtu = 0;           // the least on the whole path
  };

  // The switches form trees: there is one path between two of them at most.
  RouteTable(std::vector<NodeKind> nodes, const std::vector<Edge>& edges);

  // The path over the fewest routers between two different stations; among equals the one whose
  // links were declared first, from the first step on. Nullopt: no path.
  std::optional<Route> Find(uint32_t from, uint32_t to);
  // The first router, in the order of declaration, that shares a segment with `from`.
  std::optional<Route> FindRouter(uint32_t from) const;

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  // An interface of a station.
  struct Attachment {
    uint32_t node;
    Nic* nic;
    uint32_t segment;
    uint32_t at_switch;  // kNone: the segment is one link
    size_t mtu;
  };
  // A place in a tree of switches.
  struct SwitchPlace {
    uint32_t segment = kNone;
    uint32_t parent = kNone;
    uint32_t depth = 0;
    size_t mtu_to_parent = 0;
  };
  struct Step;

  void PlaceSwitches(const std::vector<Edge>& edges);
  void Attach(uint32_t node, Nic* nic, uint32_t segment, uint32_t at_switch, size_t mtu);
  std::optional<Route> Compute(uint32_t from, uint32_t to) const;
  size_t MtuBetween(const Attachment& a, const Attachment& b) const;

  const std::vector<NodeKind> nodes_;
  std::vector<SwitchPlace> switches_;              // by node
  std::vector<Attachment> attachments_;            // in the order of declaration
  std::vector<std::vector<uint32_t>> by_node_;     // indices of attachments
  std::vector<std::vector<uint32_t>> routers_on_;  // indices of attachments of routers, by segment
  absl::flat_hash_map<uint64_t, std::optional<Route>> found_;
};

}  // namespace sim

#endif  // SIM_NET_ROUTE_TABLE_H_
