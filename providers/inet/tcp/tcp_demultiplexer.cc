#include "providers/inet/tcp/tcp_demultiplexer.h"

#include "providers/inet/host_address.h"
#include "sim/check.h"

namespace inet {
namespace {

// The unspecified address of the same family.
IpAddress AnyLike(const IpAddress& address) {
  if (std::holds_alternative<Ipv4Address>(address)) return Ipv4Address{};
  return Ipv6Address{};
}

}  // namespace

bool TcpDemultiplexer::Add(const FourTuple& tuple, TcpConnection& connection) {
  if (!connections_.emplace(Name{&tuple}, &connection).second) return false;
  ++in_use_[{tuple.local.port, tuple.local.address}];
  return true;
}

void TcpDemultiplexer::Remove(const FourTuple& tuple) {
  if (connections_.erase(Name{&tuple}) == 0) return;
  const auto count = in_use_.find({tuple.local.port, tuple.local.address});
  CHECK(count != in_use_.end());
  if (--count->second == 0) in_use_.erase(count);
}

TcpConnection* TcpDemultiplexer::Find(const FourTuple& tuple) const {
  const auto found = connections_.find(Name{&tuple});
  return found == connections_.end() ? nullptr : found->second;
}

bool TcpDemultiplexer::Add(const Endpoint& local, TcpListener& listener) {
  return listeners_.emplace(local, &listener).second;
}

void TcpDemultiplexer::Remove(const Endpoint& local) { listeners_.erase(local); }

TcpListener* TcpDemultiplexer::FindListener(const Endpoint& local) const {
  auto found = listeners_.find(local);
  if (found == listeners_.end()) found = listeners_.find({AnyLike(local.address), local.port});
  return found == listeners_.end() ? nullptr : found->second;
}

bool TcpDemultiplexer::IsInUse(const Endpoint& local) const {
  if (!IsUnspecified(local.address)) return in_use_.contains({local.port, local.address});
  const auto first = in_use_.lower_bound({local.port, Ipv4Address{}});
  return first != in_use_.end() && first->first.first == local.port;
}

}  // namespace inet
