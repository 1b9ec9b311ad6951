#include "sim/net/network.h"

#include <algorithm>
#include <deque>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "sim/host.h"
#include "sim/net/link.h"
#include "sim/net/loopback.h"
#include "sim/net/switch.h"
#include "sim/world.h"

namespace sim {
namespace {

// Of the loopback interface: no more than a length in an IEEE 802.3 header can say.
constexpr size_t kLoopbackMtu = 1500;

MacAddress AddressOf(uint32_t nic_number) {
  constexpr uint64_t kZeroth = 0x02'00'5E'00'53'00;
  MacAddress address;
  for (size_t i = 0; i < address.size(); ++i) {
    address[i] = static_cast<uint8_t>((kZeroth + nic_number) >> (40 - 8 * i));
  }
  return address;
}

absl::Status ValidateName(absl::string_view name) {
  if (name.empty()) return absl::InvalidArgumentError("a name is empty");
  for (char c : name) {
    if (c == ':' || absl::ascii_isspace(static_cast<unsigned char>(c))) {
      return absl::InvalidArgumentError(
          absl::StrCat("the name '", name, "' has a colon or white space in it"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

struct Network::Node {
  std::string name;
  RouteTable::NodeKind kind;
  size_t index;  // in hosts_ or switches_
};

Network::Network(World& world) : world_(world) {}

Network::~Network() = default;

absl::Status Network::AddNode(absl::string_view name, RouteTable::NodeKind kind, size_t index) {
  if (absl::Status status = ValidateName(name); !status.ok()) return status;
  if (!by_name_.emplace(std::string(name), static_cast<uint32_t>(nodes_.size())).second) {
    return absl::InvalidArgumentError(absl::StrCat("two nodes are named '", name, "'"));
  }
  nodes_.push_back({std::string(name), kind, index});
  routes_.reset();
  return absl::OkStatus();
}

absl::StatusOr<Host*> Network::AddStation(absl::string_view name, bool is_router) {
  const uint32_t node = static_cast<uint32_t>(nodes_.size());
  const absl::Status status = AddNode(
      name, is_router ? RouteTable::NodeKind::kRouter : RouteTable::NodeKind::kHost, hosts_.size());
  if (!status.ok()) return status;
  nodes_of_hosts_.push_back(node);
  const uint32_t number = static_cast<uint32_t>(hosts_.size()) + 1;
  // The constructor is private to the two of us.
  hosts_.push_back(std::unique_ptr<Host>(new Host(world_, number, name, is_router)));
  Host& host = *hosts_.back();
  host.loopback_ = std::make_unique<Nic>(world_, &host, 0, MacAddress{}, kLoopbackMtu);
  loopbacks_.push_back(std::make_unique<Loopback>(*host.loopback_));
  host.loopback_->Connect(loopbacks_.back().get());
  return &host;
}

absl::StatusOr<Host*> Network::AddHost(absl::string_view name) { return AddStation(name, false); }

absl::StatusOr<Host*> Network::AddRouter(absl::string_view name) { return AddStation(name, true); }

absl::Status Network::AddSwitch(absl::string_view name) {
  absl::Status status = AddNode(name, RouteTable::NodeKind::kSwitch, switches_.size());
  if (status.ok()) switches_.push_back(std::make_unique<Switch>(world_));
  return status;
}

absl::StatusOr<uint32_t> Network::FindNode(absl::string_view name) const {
  if (auto found = by_name_.find(name); found != by_name_.end()) return found->second;
  return absl::InvalidArgumentError(
      absl::StrCat("no host, router or switch is named '", name, "'"));
}

// Everything about a new link but its parameters.
absl::Status Network::ValidateLink(uint32_t a, uint32_t b) const {
  const std::string& name_a = nodes_[a].name;
  const std::string& name_b = nodes_[b].name;
  if (a == b)
    return absl::InvalidArgumentError(absl::StrCat("a link from '", name_a, "' to itself"));
  if (links_by_nodes_.contains(std::minmax(a, b))) {
    return absl::InvalidArgumentError(
        absl::StrCat("a second link between '", name_a, "' and '", name_b, "'"));
  }
  const std::string there = DirectionName(name_a, name_b);
  const std::string back = DirectionName(name_b, name_a);
  if (there == back || directions_.contains(there) || directions_.contains(back)) {
    return absl::InvalidArgumentError(absl::StrCat("the link between '", name_a, "' and '", name_b,
                                                   "' cannot be told from another: both read '",
                                                   there, "'; rename a node"));
  }
  if (nodes_[a].kind == RouteTable::NodeKind::kSwitch &&
      nodes_[b].kind == RouteTable::NodeKind::kSwitch &&
      switches_[nodes_[a].index]->Reaches(*switches_[nodes_[b].index])) {
    return absl::InvalidArgumentError(absl::StrCat("the link between '", name_a, "' and '", name_b,
                                                   "' closes a loop of switches"));
  }
  return absl::OkStatus();
}

Nic& Network::AddNic(const Node& node) {
  const uint32_t number = ++last_nic_;
  if (node.kind == RouteTable::NodeKind::kSwitch) {
    return switches_[node.index]->AddPort(number, AddressOf(number));
  }
  Host& host = *hosts_[node.index];
  host.nics_.push_back(std::make_unique<Nic>(world_, &host, number, AddressOf(number), 0));
  return *host.nics_.back();
}

absl::Status Network::AddLink(absl::string_view a, absl::string_view b,
                              const LinkParameters& parameters) {
  const absl::StatusOr<uint32_t> index_a = FindNode(a);
  if (!index_a.ok()) return index_a.status();
  const absl::StatusOr<uint32_t> index_b = FindNode(b);
  if (!index_b.ok()) return index_b.status();
  if (absl::Status status = ValidateLink(*index_a, *index_b); !status.ok()) return status;
  if (absl::Status status = parameters.Validate(); !status.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the link between '", a, "' and '", b, "': ", status.message()));
  }
  const Node& node_a = nodes_[*index_a];
  const Node& node_b = nodes_[*index_b];
  Nic& nic_a = AddNic(node_a);
  Nic& nic_b = AddNic(node_b);
  const uint32_t number = static_cast<uint32_t>(links_.size()) + 1;
  links_by_nodes_[std::minmax(*index_a, *index_b)] = links_.size();
  links_.push_back(
      std::make_unique<Link>(*this, number, Link::End{a, nic_a}, Link::End{b, nic_b}, parameters));
  edges_.push_back({*index_a, *index_b, &nic_a, &nic_b, parameters.mtu});
  directions_.insert(DirectionName(a, b));
  directions_.insert(DirectionName(b, a));
  routes_.reset();

  const bool a_is_switch = node_a.kind == RouteTable::NodeKind::kSwitch;
  const bool b_is_switch = node_b.kind == RouteTable::NodeKind::kSwitch;
  if (a_is_switch && b_is_switch) {
    Switch::Connect(*switches_[node_a.index], nic_a, *switches_[node_b.index], nic_b);
  } else if (a_is_switch) {
    switches_[node_a.index]->ConnectStation(nic_a, nic_b.mac());
  } else if (b_is_switch) {
    switches_[node_b.index]->ConnectStation(nic_b, nic_a.mac());
  }
  return absl::OkStatus();
}

absl::StatusOr<size_t> Network::FindLink(absl::string_view a, absl::string_view b) const {
  const absl::StatusOr<uint32_t> index_a = FindNode(a);
  if (!index_a.ok()) return index_a.status();
  const absl::StatusOr<uint32_t> index_b = FindNode(b);
  if (!index_b.ok()) return index_b.status();
  const auto found = links_by_nodes_.find(std::minmax(*index_a, *index_b));
  if (found != links_by_nodes_.end()) return found->second;
  return absl::InvalidArgumentError(absl::StrCat("no link between '", a, "' and '", b, "'"));
}

absl::Status Network::Partition(absl::string_view a, absl::string_view b) {
  const absl::StatusOr<size_t> link = FindLink(a, b);
  if (!link.ok() || links_[*link]->Partition()) return link.status();
  return absl::FailedPreconditionError(
      absl::StrCat("the link between '", a, "' and '", b, "' is cut already"));
}

absl::Status Network::Heal(absl::string_view a, absl::string_view b) {
  const absl::StatusOr<size_t> link = FindLink(a, b);
  if (!link.ok() || links_[*link]->Heal()) return link.status();
  return absl::FailedPreconditionError(
      absl::StrCat("the link between '", a, "' and '", b, "' is not cut"));
}

absl::Status Network::ChangeLink(absl::string_view a, absl::string_view b,
                                 const LinkOverrides& overrides) {
  const absl::StatusOr<size_t> link = FindLink(a, b);
  if (!link.ok()) return link.status();
  if (absl::Status status = overrides.Validate(); !status.ok()) return status;
  links_[*link]->Change(overrides);
  const size_t mtu = links_[*link]->parameters().mtu;
  if (edges_[*link].mtu != mtu) {
    edges_[*link].mtu = mtu;
    routes_.reset();
  }
  return absl::OkStatus();
}

Host* Network::FindHost(absl::string_view name) const {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return nullptr;
  const Node& node = nodes_[found->second];
  return node.kind == RouteTable::NodeKind::kSwitch ? nullptr : hosts_[node.index].get();
}

Host* Network::host(uint32_t number) const {
  return number == 0 || number > hosts_.size() ? nullptr : hosts_[number - 1].get();
}

RouteTable& Network::routes() {
  if (routes_ == nullptr) {
    std::vector<RouteTable::NodeKind> kinds;
    for (const Node& node : nodes_) kinds.push_back(node.kind);
    routes_ = std::make_unique<RouteTable>(std::move(kinds), edges_);
  }
  return *routes_;
}

std::optional<RouteTable::Route> Network::FindRoute(const Host& from, const Host& to) {
  if (&from == &to) {
    Nic* loopback = &from.loopback();
    return RouteTable::Route{loopback, loopback, loopback->mtu(), loopback->mtu()};
  }
  return routes().Find(nodes_of_hosts_[from.number() - 1], nodes_of_hosts_[to.number() - 1]);
}

std::optional<NextHop> Network::Route(const Host& from, const Host& to) {
  const std::optional<RouteTable::Route> route = FindRoute(from, to);
  if (!route.has_value()) return std::nullopt;
  return NextHop{.nic = route->nic, .mac = route->next_hop->mac(), .mtu = route->hop_mtu};
}

std::optional<NextHop> Network::DefaultRouter(const Host& from) {
  const std::optional<RouteTable::Route> route =
      routes().FindRouter(nodes_of_hosts_[from.number() - 1]);
  if (!route.has_value()) return std::nullopt;
  return NextHop{.nic = route->nic, .mac = route->next_hop->mac(), .mtu = route->hop_mtu};
}

size_t Network::PathMtu(const Host& from, const Host& to) {
  const std::optional<RouteTable::Route> route = FindRoute(from, to);
  return route.has_value() ? route->mtu : 0;
}

std::optional<PathQuality> Network::QualityOfPath(const Host& from, const Host& to, size_t octets) {
  PathQuality quality;
  for (const Host* at = &from; at != &to;) {
    const std::optional<RouteTable::Route> route = FindRoute(*at, to);
    if (!route.has_value()) return std::nullopt;
    const Host* const next = route->next_hop->host();
    AddSegment(nodes_of_hosts_[at->number() - 1], nodes_of_hosts_[next->number() - 1], octets,
               quality);
    at = next;
  }
  return quality;
}

void Network::AddSegment(uint32_t from, uint32_t to, size_t octets, PathQuality& quality) const {
  std::vector<const RouteTable::Edge*> reached_by(nodes_.size());
  std::deque<uint32_t> open{from};
  const auto other_end = [](const RouteTable::Edge& edge, uint32_t node) {
    return edge.a == node ? edge.b : edge.a;
  };
  for (; !open.empty() && reached_by[to] == nullptr; open.pop_front()) {
    for (const RouteTable::Edge& edge : edges_) {
      if (edge.a != open.front() && edge.b != open.front()) continue;
      const uint32_t node = other_end(edge, open.front());
      if (node == from || reached_by[node] != nullptr) continue;
      reached_by[node] = &edge;
      if (nodes_[node].kind == RouteTable::NodeKind::kSwitch) open.push_back(node);
    }
  }
  for (uint32_t node = to; node != from;) {
    const RouteTable::Edge& edge = *reached_by[node];
    const LinkParameters& link = links_[static_cast<size_t>(&edge - edges_.data())]->parameters();
    quality.bandwidth = std::min(quality.bandwidth, link.bandwidth);
    quality.delay +=
        link.latency + link.jitter +
        absl::Seconds(static_cast<int64_t>(octets) * 8) / static_cast<int64_t>(link.bandwidth);
    node = other_end(edge, node);
  }
}

}  // namespace sim
