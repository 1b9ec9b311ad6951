#include "sim/net/route_table.h"

#include <algorithm>
#include <limits>

namespace sim {

RouteTable::RouteTable(std::vector<NodeKind> nodes, const std::vector<Edge>& edges)
    : nodes_(std::move(nodes)), switches_(nodes_.size()), by_node_(nodes_.size()) {
  PlaceSwitches(edges);
  for (const Edge& edge : edges) {
    const bool a_is_switch = nodes_[edge.a] == NodeKind::kSwitch;
    const bool b_is_switch = nodes_[edge.b] == NodeKind::kSwitch;
    if (a_is_switch && b_is_switch) continue;
    if (a_is_switch) {
      Attach(edge.b, edge.nic_b, switches_[edge.a].segment, edge.a, edge.mtu);
    } else if (b_is_switch) {
      Attach(edge.a, edge.nic_a, switches_[edge.b].segment, edge.b, edge.mtu);
    } else {
      const uint32_t segment = static_cast<uint32_t>(routers_on_.size());
      routers_on_.emplace_back();
      Attach(edge.a, edge.nic_a, segment, kNone, edge.mtu);
      Attach(edge.b, edge.nic_b, segment, kNone, edge.mtu);
    }
  }
}

// Each tree of switches becomes one segment, its first switch the root.
void RouteTable::PlaceSwitches(const std::vector<Edge>& edges) {
  std::vector<std::vector<std::pair<uint32_t, size_t>>> trunks(nodes_.size());  // other, mtu
  for (const Edge& edge : edges) {
    if (nodes_[edge.a] != NodeKind::kSwitch || nodes_[edge.b] != NodeKind::kSwitch) continue;
    trunks[edge.a].emplace_back(edge.b, edge.mtu);
    trunks[edge.b].emplace_back(edge.a, edge.mtu);
  }
  for (uint32_t root = 0; root < nodes_.size(); ++root) {
    if (nodes_[root] != NodeKind::kSwitch || switches_[root].segment != kNone) continue;
    const uint32_t segment = static_cast<uint32_t>(routers_on_.size());
    routers_on_.emplace_back();
    switches_[root].segment = segment;
    std::vector<uint32_t> tree = {root};
    for (size_t i = 0; i < tree.size(); ++i) {
      const uint32_t parent = tree[i];
      for (const auto& [child, mtu] : trunks[parent]) {
        if (switches_[child].segment != kNone) continue;
        switches_[child] = {segment, parent, switches_[parent].depth + 1, mtu};
        tree.push_back(child);
      }
    }
  }
}

void RouteTable::Attach(uint32_t node, Nic* nic, uint32_t segment, uint32_t at_switch, size_t mtu) {
  const uint32_t index = static_cast<uint32_t>(attachments_.size());
  attachments_.push_back({node, nic, segment, at_switch, mtu});
  by_node_[node].push_back(index);
  if (nodes_[node] == NodeKind::kRouter) routers_on_[segment].push_back(index);
}

std::optional<RouteTable::Route> RouteTable::Find(uint32_t from, uint32_t to) {
  const uint64_t key = uint64_t{from} << 32 | to;
  if (const auto found = found_.find(key); found != found_.end()) return found->second;
  return found_[key] = Compute(from, to);
}

std::optional<RouteTable::Route> RouteTable::FindRouter(uint32_t from) const {
  for (uint32_t own : by_node_[from]) {
    const Attachment& start = attachments_[own];
    for (uint32_t index : routers_on_[start.segment]) {
      const Attachment& router = attachments_[index];
      if (router.node != from) {
        const size_t mtu = MtuBetween(start, router);
        return Route{start.nic, router.nic, mtu, mtu};
      }
    }
  }
  return std::nullopt;
}

// A segment that a search has come to.
struct RouteTable::Step {
  const Attachment* entrance;   // on this segment
  const Attachment* start;      // of the sender
  const Attachment* first_hop;  // null: the search has not left the sender's segment
  size_t hop_mtu;               // up to there
  size_t mtu;                   // the least so far
};

// Breadth first over segments, so that the first segment found to hold `to` is among the nearest.
std::optional<RouteTable::Route> RouteTable::Compute(uint32_t from, uint32_t to) const {
  std::vector<bool> is_segment_seen(routers_on_.size());
  std::vector<Step> steps;
  const auto enter = [&](const Step& step) {
    if (is_segment_seen[step.entrance->segment]) return;
    is_segment_seen[step.entrance->segment] = true;
    steps.push_back(step);
  };
  for (uint32_t own : by_node_[from]) {
    const Attachment* start = &attachments_[own];
    enter({start, start, nullptr, std::numeric_limits<size_t>::max(),
           std::numeric_limits<size_t>::max()});
  }
  for (size_t i = 0; i < steps.size(); ++i) {
    const Step step = steps[i];
    const uint32_t segment = step.entrance->segment;
    for (uint32_t index : by_node_[to]) {
      const Attachment& target = attachments_[index];
      if (target.segment != segment) continue;
      const Attachment* next_hop = step.first_hop != nullptr ? step.first_hop : &target;
      const size_t mtu = std::min(step.mtu, MtuBetween(*step.entrance, target));
      return Route{step.start->nic, next_hop->nic, step.first_hop != nullptr ? step.hop_mtu : mtu,
                   mtu};
    }
    for (uint32_t index : routers_on_[segment]) {
      const Attachment& router = attachments_[index];
      const size_t mtu = std::min(step.mtu, MtuBetween(*step.entrance, router));
      const Attachment* first_hop = step.first_hop != nullptr ? step.first_hop : &router;
      for (uint32_t exit : by_node_[router.node]) {
        enter({&attachments_[exit], step.start, first_hop,
               step.first_hop != nullptr ? step.hop_mtu : mtu, mtu});
      }
    }
  }
  return std::nullopt;
}

// Of two attachments to one segment: through the tree of switches, from both sides up to where they
// meet.
size_t RouteTable::MtuBetween(const Attachment& a, const Attachment& b) const {
  size_t mtu = std::min(a.mtu, b.mtu);
  uint32_t x = a.at_switch;
  uint32_t y = b.at_switch;
  while (x != y) {
    uint32_t& deeper = switches_[x].depth >= switches_[y].depth ? x : y;
    mtu = std::min(mtu, switches_[deeper].mtu_to_parent);
    deeper = switches_[deeper].parent;
  }
  return mtu;
}

}  // namespace sim
