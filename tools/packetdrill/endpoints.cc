#include "tools/packetdrill/endpoints.h"

#include <utility>

#include "providers/inet/tcp/tcp_header.h"

namespace wsim::packetdrill {

using Role = Endpoint::Role;

Endpoint& Endpoints::Add(Role role) {
  all_.push_back(std::make_unique<Endpoint>());
  all_.back()->role = role;
  under_test_ = all_.back().get();
  return *under_test_;
}

Endpoint* Endpoints::Find(int64_t descriptor) {
  for (auto endpoint = all_.rbegin(); endpoint != all_.rend(); ++endpoint) {
    if ((*endpoint)->descriptor == descriptor) return endpoint->get();
  }
  return nullptr;
}

Endpoint* Endpoints::FindByPorts(uint16_t local, uint16_t remote) {
  for (auto endpoint = all_.rbegin(); endpoint != all_.rend(); ++endpoint) {
    if ((*endpoint)->local_port == local && (*endpoint)->remote_port == remote) {
      return endpoint->get();
    }
  }
  return nullptr;
}

void Endpoints::OnSocket(int64_t descriptor) { Add(Role::kUnknown).descriptor = descriptor; }

void Endpoints::OnBind(int64_t descriptor) {
  if (Endpoint* endpoint = Find(descriptor)) endpoint->local_port = bind_port_;
}

void Endpoints::OnListen(int64_t descriptor) {
  Endpoint* endpoint = Find(descriptor);
  if (endpoint != nullptr && endpoint->role == Role::kUnknown) endpoint->role = Role::kListener;
}

void Endpoints::OnConnect(int64_t descriptor) {
  Endpoint* endpoint = Find(descriptor);
  if (endpoint == nullptr || endpoint->role != Role::kUnknown) return;
  endpoint->role = Role::kActive;
  endpoint->remote_port = connect_port_;
  under_test_ = endpoint;
}

Endpoint* Endpoints::ForScriptPacket(bool is_inbound, const std::optional<Ports>& ports) {
  if (ports.has_value()) {
    const uint16_t local = is_inbound ? ports->destination : ports->source;
    const uint16_t remote = is_inbound ? ports->source : ports->destination;
    if (Endpoint* known = FindByPorts(local, remote)) return known;
    Endpoint* before = under_test_;
    Endpoint& made = Add(Role::kPassive);
    made.local_port = local;
    made.remote_port = remote;
    if (!is_inbound) under_test_ = before;
    return &made;
  }
  if (under_test_ == nullptr || !is_inbound) return under_test_;
  // A socket that is bound and not connected can be met by anybody.
  const bool can_be_met = under_test_->role == Role::kListener ||
                          (under_test_->role == Role::kUnknown && under_test_->local_port != 0);
  if (!can_be_met) return under_test_;
  Endpoint& made = Add(Role::kPassive);
  made.local_port = bind_port_;
  made.remote_port = next_remote_port_++;
  return &made;
}

void Endpoints::OnSent(const Packet& packet, sim::Time now) {
  Endpoint* endpoint = FindByPorts(packet.source.port, packet.destination.port);
  if (endpoint == nullptr && (packet.flags & inet::TcpHeader::kSyn) != 0) {
    // The SYN of a socket that connects says what its local port is.
    for (const auto& each : all_) {
      const bool fits = each->role == Role::kActive && !each->has_traffic &&
                        (each->local_port == 0 || each->local_port == packet.source.port) &&
                        each->remote_port == packet.destination.port;
      if (fits) endpoint = each.get();
    }
  }
  if (endpoint == nullptr) return;
  endpoint->local_port = packet.source.port;
  endpoint->has_traffic = true;
  endpoint->numbering.OnSent(packet);
  endpoint->sent.push_back({packet, now});
}

}  // namespace wsim::packetdrill
