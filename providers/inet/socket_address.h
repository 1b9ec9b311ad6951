// sockaddr_in and sockaddr_in6 as octets, and their codecs for the transport service ("Winsock
// page: SOCKADDR_IN", "Winsock page: SOCKADDR_IN6").
#ifndef PROVIDERS_INET_SOCKET_ADDRESS_H_
#define PROVIDERS_INET_SOCKET_ADDRESS_H_

#include <cstdint>

#include "providers/inet/endpoint.h"
#include "providers/transport/address.h"
#include "providers/wire/bytes.h"

namespace inet {

// AF_INET: family (2 octets, host order), port (2, network order), address (4), zero (8).
class Ipv4SocketAddressFormat final : public transport::AddressFormat {
 public:
  static constexpr int kFamily = 2;
  static constexpr size_t kSize = 16;  // octets

  int family() const override { return kFamily; }
  size_t min_size() const override { return kSize; }
  size_t max_size() const override { return kSize; }
  transport::AddressCheck Check(wire::ByteSpan octets) const override;
  transport::Address Canonical(wire::ByteSpan octets) const override;
  transport::Address Wildcard(uint16_t port) const override;
  bool IsWildcard(const transport::Address& address) const override;
  uint16_t Port(const transport::Address& address) const override;
  transport::Address WithPort(const transport::Address& address, uint16_t port) const override;
  // "10.0.0.1:5000", or without the colon for port 0.
  std::string ToText(const transport::Address& address) const override;
  absl::StatusOr<transport::Address> FromText(absl::string_view text) const override;
  transport::Address OfHost(uint32_t host_number, uint16_t port) const override;
  uint32_t HostNumber(const transport::Address& address) const override;
};

// AF_INET6: family (2 octets, host order), port (2, network order), flow information (4), address
// (16), scope (4). Flow information and scope say nothing about the addresses of wsim, none of
// which is link-local: they are ignored, and 0 in the canonical form.
class Ipv6SocketAddressFormat final : public transport::AddressFormat {
 public:
  static constexpr int kFamily = 23;
  static constexpr size_t kSize = 28;  // octets

  int family() const override { return kFamily; }
  size_t min_size() const override { return kSize; }
  size_t max_size() const override { return kSize; }
  transport::AddressCheck Check(wire::ByteSpan octets) const override;
  transport::Address Canonical(wire::ByteSpan octets) const override;
  transport::Address Wildcard(uint16_t port) const override;
  bool IsWildcard(const transport::Address& address) const override;
  uint16_t Port(const transport::Address& address) const override;
  transport::Address WithPort(const transport::Address& address, uint16_t port) const override;
  // "[2001:db8::1]:5000", or "2001:db8::1" for port 0 (RFC 5952 6).
  std::string ToText(const transport::Address& address) const override;
  absl::StatusOr<transport::Address> FromText(absl::string_view text) const override;
  transport::Address OfHost(uint32_t host_number, uint16_t port) const override;
  uint32_t HostNumber(const transport::Address& address) const override;
};

// The one object of each class.
const Ipv4SocketAddressFormat& Ipv4SocketAddresses();
const Ipv6SocketAddressFormat& Ipv6SocketAddresses();

// `address` has passed the Check of one of them.
Endpoint ToEndpoint(const transport::Address& address);
transport::Address ToSocketAddress(const Endpoint& endpoint);

}  // namespace inet

#endif  // PROVIDERS_INET_SOCKET_ADDRESS_H_
