#include "providers/engine/binding.h"

#include <algorithm>

#include "providers/engine/words.h"

namespace engine {
namespace {

constexpr int kOk = 0;
constexpr int kUse = WSAEADDRINUSE;
constexpr int kAcc = WSAEACCES;

// The table of the page, for one user. Rows: the first socket, columns: the second; each without an
// option, with SO_REUSEADDR, with SO_EXCLUSIVEADDRUSE, and in each pair the wildcard before the
// specific address.
constexpr int kConflicts[6][6] = {
    {kUse, kOk, kAcc, kOk, kUse, kOk},     // plain, wildcard
    {kOk, kUse, kOk, kAcc, kUse, kUse},    // plain, specific
    {kUse, kOk, kOk, kOk, kUse, kOk},      // SO_REUSEADDR, wildcard
    {kOk, kUse, kOk, kOk, kUse, kUse},     // SO_REUSEADDR, specific
    {kUse, kAcc, kAcc, kAcc, kUse, kAcc},  // SO_EXCLUSIVEADDRUSE, wildcard
    {kOk, kUse, kOk, kAcc, kUse, kUse},    // SO_EXCLUSIVEADDRUSE, specific
};

size_t RowOf(Claim claim) {
  return static_cast<size_t>(claim.sharing) * 2 + (claim.is_specific ? 1 : 0);
}

constexpr int kPorts = BindingTable::kLastEphemeralPort - BindingTable::kFirstEphemeralPort + 1;
constexpr size_t kPeerGroups = 256;  // a power of two

// Fowler-Noll-Vo 1a. Peers that share a group share a counter: that costs a few more steps.
size_t PeerGroup(const transport::Address& remote) {
  uint32_t hash = 2166136261u;
  for (uint8_t octet : remote) hash = (hash ^ octet) * 16777619u;
  return (hash ^ hash >> 16) & (kPeerGroups - 1);
}

uint16_t PortAfter(uint16_t port) {
  return port == BindingTable::kLastEphemeralPort ? BindingTable::kFirstEphemeralPort
                                                  : static_cast<uint16_t>(port + 1);
}

}  // namespace

int BindConflict(Claim first, Claim second) { return kConflicts[RowOf(first)][RowOf(second)]; }

int BindingTable::Bind(transport::Address& address, Sharing sharing) {
  if (!transport_.IsLocal(address)) return WSAEADDRNOTAVAIL;
  if (format_.Port(address) == 0) {
    const uint16_t port = ChooseEphemeralPort(address);
    if (port == 0) return WSAENOBUFS;
    address = format_.WithPort(address, port);
  } else if (const int error = CheckConflicts(address, sharing)) {
    return error;
  }
  by_port_[format_.Port(address)].bindings.push_back({address, sharing, /*has_owner=*/true});
  return 0;
}

int BindingTable::BindTowards(transport::Address& address, const transport::Address& remote) {
  if (next_towards_.empty()) next_towards_.assign(kPeerGroups, kFirstEphemeralPort);
  uint16_t& next = next_towards_[PeerGroup(remote)];
  for (int i = 0; i < kPorts; ++i) {
    const uint16_t port = next;
    next = PortAfter(port);
    ForgetFinished(port);
    const auto found = by_port_.find(port);
    if (found != by_port_.end() && !found->second.bindings.empty()) continue;
    const transport::Address candidate = format_.WithPort(address, port);
    if (transport_.IsInUseTowards(candidate, remote)) continue;
    address = candidate;
    ++by_port_[port].towards;
    return 0;
  }
  return WSAENOBUFS;
}

void BindingTable::Unbind(const transport::Address& address, Sharing sharing) {
  const uint16_t port = format_.Port(address);
  std::vector<Binding>& bindings = by_port_[port].bindings;
  const auto found = std::find_if(bindings.begin(), bindings.end(), [&](const Binding& binding) {
    return binding.has_owner && binding.sharing == sharing && binding.address == address;
  });
  if (found != bindings.end()) {
    if (sharing == Sharing::kExclusive) {
      found->has_owner = false;
    } else {
      bindings.erase(found);
    }
  }
  ForgetFinished(port);
}

void BindingTable::UnbindTowards(const transport::Address& address) {
  const uint16_t port = format_.Port(address);
  const auto found = by_port_.find(port);
  if (found == by_port_.end() || found->second.towards == 0) return;
  --found->second.towards;
  ForgetFinished(port);
}

int BindingTable::CheckConflicts(const transport::Address& address, Sharing sharing) {
  const uint16_t port = format_.Port(address);
  ForgetFinished(port);
  const auto found = by_port_.find(port);
  if (found == by_port_.end()) return 0;
  const Claim second{sharing, IsSpecific(address)};
  for (const Binding& binding : found->second.bindings) {
    const Claim first{binding.sharing, IsSpecific(binding.address)};
    if (first.is_specific && second.is_specific && binding.address != address) continue;
    if (const int error = BindConflict(first, second)) return error;
  }
  return found->second.towards == 0 ? 0 : BindConflict(Claim{}, second);
}

void BindingTable::ForgetFinished(uint16_t port) {
  const auto found = by_port_.find(port);
  if (found == by_port_.end()) return;
  std::vector<Binding>& bindings = found->second.bindings;
  bindings.erase(std::remove_if(bindings.begin(), bindings.end(),
                                [this](const Binding& binding) {
                                  return !binding.has_owner && !transport_.IsInUse(binding.address);
                                }),
                 bindings.end());
  if (found->second.is_free()) by_port_.erase(found);
}

uint16_t BindingTable::ChooseEphemeralPort(const transport::Address& address) {
  for (int i = 0; i < kPorts; ++i) {
    const uint16_t port = next_ephemeral_;
    next_ephemeral_ = PortAfter(port);
    ForgetFinished(port);
    if (!by_port_.contains(port) && !transport_.IsInUse(format_.WithPort(address, port))) {
      return port;
    }
  }
  return 0;
}

}  // namespace engine
