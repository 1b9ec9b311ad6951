// An address and a port, as the internet's transports use them.
#ifndef PROVIDERS_INET_ENDPOINT_H_
#define PROVIDERS_INET_ENDPOINT_H_

#include <cstdint>
#include <variant>

#include "providers/inet/ip_address.h"

namespace inet {

using IpAddress = std::variant<Ipv4Address, Ipv6Address>;

struct Endpoint {
  IpAddress address;
  uint16_t port = 0;
  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

}  // namespace inet

#endif  // PROVIDERS_INET_ENDPOINT_H_
