#include "providers/inet/host_address.h"

#include <algorithm>
#include <variant>

#include "providers/wire/bytes.h"

namespace inet {
namespace {

constexpr uint32_t kIpv4Network = 10u << 24;  // 10.0.0.0/8
constexpr uint32_t kIpv4HostMask = (1u << 24) - 1;
constexpr size_t kIpv6HostOffset = Ipv6Address::kSize - sizeof(uint32_t);

// 2001:db8::/96: what is left for the number of a host.
Ipv6Address Ipv6Network() {
  Ipv6Address prefix;
  wire::StoreU32(prefix.octets.data(), 0x20010DB8);
  return prefix;
}

bool IsIn(const Ipv4Address& address) {
  return (wire::ByteReader(address.octets).U32() & ~kIpv4HostMask) == kIpv4Network;
}

bool IsIn(const Ipv6Address& address) {
  const Ipv6Address prefix = Ipv6Network();
  return std::equal(prefix.octets.begin(), prefix.octets.begin() + kIpv6HostOffset,
                    address.octets.begin());
}

uint32_t NumberIn(const Ipv4Address& address) {
  return wire::ByteReader(address.octets).U32() & kIpv4HostMask;
}

uint32_t NumberIn(const Ipv6Address& address) {
  return wire::ByteReader(wire::ByteSpan(address.octets).subspan(kIpv6HostOffset)).U32();
}

}  // namespace

Ipv4Address Ipv4AddressOfHost(uint32_t host_number) {
  Ipv4Address address;
  wire::StoreU32(address.octets.data(), kIpv4Network | (host_number & kIpv4HostMask));
  return address;
}

Ipv6Address Ipv6AddressOfHost(uint32_t host_number) {
  Ipv6Address address = Ipv6Network();
  wire::StoreU32(address.octets.data() + kIpv6HostOffset, host_number);
  return address;
}

uint32_t HostNumberOf(const IpAddress& address) {
  if (!IsInNetworkOfHosts(address)) return 0;
  return std::visit([](const auto& octets) { return NumberIn(octets); }, address);
}

bool IsInNetworkOfHosts(const IpAddress& address) {
  return std::visit([](const auto& octets) { return IsIn(octets); }, address);
}

bool IsLoopback(const IpAddress& address) {
  return std::visit([](const auto& octets) { return octets.is_loopback(); }, address);
}

bool IsUnspecified(const IpAddress& address) {
  return std::visit([](const auto& octets) { return octets.is_unspecified(); }, address);
}

bool IsOfGroup(const IpAddress& address) {
  const auto* ipv4 = std::get_if<Ipv4Address>(&address);
  return std::visit([](const auto& octets) { return octets.is_multicast(); }, address) ||
         (ipv4 != nullptr && ipv4->is_limited_broadcast());
}

}  // namespace inet
