// Which internet addresses the hosts of a network have.
#ifndef PROVIDERS_INET_HOST_ADDRESS_H_
#define PROVIDERS_INET_HOST_ADDRESS_H_

#include <cstdint>

#include "providers/inet/endpoint.h"

namespace inet {

// Host number n has the address 10.0.0.0 + n (RFC 1918), the same on all its interfaces.
Ipv4Address Ipv4AddressOfHost(uint32_t host_number);
// Host number n has the address 2001:db8::n (the prefix for documentation, RFC 3849), the same on
// all its interfaces.
Ipv6Address Ipv6AddressOfHost(uint32_t host_number);

// 0: no host number can have this address.
uint32_t HostNumberOf(const IpAddress& address);
// Whether the address is of the network in which hosts are numbered.
bool IsInNetworkOfHosts(const IpAddress& address);

bool IsLoopback(const IpAddress& address);
bool IsUnspecified(const IpAddress& address);
// Whether more hosts than one may have the address: multicast, or IPv4's limited broadcast.
bool IsOfGroup(const IpAddress& address);

}  // namespace inet

#endif  // PROVIDERS_INET_HOST_ADDRESS_H_
