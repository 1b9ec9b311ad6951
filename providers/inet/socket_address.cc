#include "providers/inet/socket_address.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "providers/inet/host_address.h"

namespace inet {
namespace {

constexpr size_t kPortOffset = 2;
constexpr size_t kIpv4Offset = 4;
constexpr size_t kIpv6Offset = 8;

Ipv4Address Ipv4In(wire::ByteSpan octets) {
  Ipv4Address address;
  std::copy_n(octets.begin() + kIpv4Offset, Ipv4Address::kSize, address.octets.begin());
  return address;
}

Ipv6Address Ipv6In(wire::ByteSpan octets) {
  Ipv6Address address;
  std::copy_n(octets.begin() + kIpv6Offset, Ipv6Address::kSize, address.octets.begin());
  return address;
}

uint16_t PortIn(wire::ByteSpan octets) {
  return wire::ByteReader(octets.subspan(kPortOffset)).U16();
}

transport::Address Make(const Ipv4Address& address, uint16_t port) {
  transport::Address octets(Ipv4SocketAddressFormat::kSize, 0);
  octets[0] = Ipv4SocketAddressFormat::kFamily;
  wire::StoreU16(octets.data() + kPortOffset, port);
  std::copy(address.octets.begin(), address.octets.end(), octets.begin() + kIpv4Offset);
  return octets;
}

transport::Address Make(const Ipv6Address& address, uint16_t port) {
  transport::Address octets(Ipv6SocketAddressFormat::kSize, 0);
  octets[0] = Ipv6SocketAddressFormat::kFamily;
  wire::StoreU16(octets.data() + kPortOffset, port);
  std::copy(address.octets.begin(), address.octets.end(), octets.begin() + kIpv6Offset);
  return octets;
}

transport::AddressCheck CheckForm(wire::ByteSpan octets, size_t size, int family) {
  if (octets.size() < size) return transport::AddressCheck::kTooShort;
  if (octets[0] != family || octets[1] != 0) return transport::AddressCheck::kWrongFamily;
  return transport::AddressCheck::kGood;
}

transport::Address ChangePort(transport::Address address, uint16_t port) {
  wire::StoreU16(address.data() + kPortOffset, port);
  return address;
}

absl::StatusOr<uint16_t> ParsePort(absl::string_view digits) {
  uint32_t port = 0;
  const bool all_digits = !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
  if (!all_digits || !absl::SimpleAtoi(digits, &port) || port > UINT16_MAX) {
    return absl::InvalidArgumentError(absl::StrCat("not a port: \"", digits, "\""));
  }
  return static_cast<uint16_t>(port);
}

}  // namespace

transport::AddressCheck Ipv4SocketAddressFormat::Check(wire::ByteSpan octets) const {
  return CheckForm(octets, kSize, kFamily);
}

transport::Address Ipv4SocketAddressFormat::Canonical(wire::ByteSpan octets) const {
  return Make(Ipv4In(octets), PortIn(octets));
}

transport::Address Ipv4SocketAddressFormat::Wildcard(uint16_t port) const {
  return Make(Ipv4Address{}, port);
}

bool Ipv4SocketAddressFormat::IsWildcard(const transport::Address& address) const {
  return Ipv4In(address).is_unspecified();
}

uint16_t Ipv4SocketAddressFormat::Port(const transport::Address& address) const {
  return PortIn(address);
}

transport::Address Ipv4SocketAddressFormat::WithPort(const transport::Address& address,
                                                     uint16_t port) const {
  return ChangePort(address, port);
}

std::string Ipv4SocketAddressFormat::ToText(const transport::Address& address) const {
  const std::string host = Ipv4In(address).ToString();
  const uint16_t port = Port(address);
  return port == 0 ? host : absl::StrCat(host, ":", port);
}

absl::StatusOr<transport::Address> Ipv4SocketAddressFormat::FromText(absl::string_view text) const {
  absl::StatusOr<uint16_t> port = 0;
  absl::string_view host = text;
  if (const size_t colon = text.find(':'); colon != absl::string_view::npos) {
    host = text.substr(0, colon);
    port = ParsePort(text.substr(colon + 1));
    if (!port.ok()) return port.status();
  }
  absl::StatusOr<Ipv4Address> address = Ipv4Address::FromString(host);
  if (!address.ok()) return address.status();
  return Make(*address, *port);
}

transport::Address Ipv4SocketAddressFormat::OfHost(uint32_t host_number, uint16_t port) const {
  return Make(Ipv4AddressOfHost(host_number), port);
}

uint32_t Ipv4SocketAddressFormat::HostNumber(const transport::Address& address) const {
  return HostNumberOf(Ipv4In(address));
}

transport::AddressCheck Ipv6SocketAddressFormat::Check(wire::ByteSpan octets) const {
  return CheckForm(octets, kSize, kFamily);
}

transport::Address Ipv6SocketAddressFormat::Canonical(wire::ByteSpan octets) const {
  return Make(Ipv6In(octets), PortIn(octets));
}

transport::Address Ipv6SocketAddressFormat::Wildcard(uint16_t port) const {
  return Make(Ipv6Address{}, port);
}

bool Ipv6SocketAddressFormat::IsWildcard(const transport::Address& address) const {
  return Ipv6In(address).is_unspecified();
}

uint16_t Ipv6SocketAddressFormat::Port(const transport::Address& address) const {
  return PortIn(address);
}

transport::Address Ipv6SocketAddressFormat::WithPort(const transport::Address& address,
                                                     uint16_t port) const {
  return ChangePort(address, port);
}

std::string Ipv6SocketAddressFormat::ToText(const transport::Address& address) const {
  const std::string host = Ipv6In(address).ToString();
  const uint16_t port = Port(address);
  return port == 0 ? host : absl::StrCat("[", host, "]:", port);
}

absl::StatusOr<transport::Address> Ipv6SocketAddressFormat::FromText(absl::string_view text) const {
  absl::StatusOr<uint16_t> port = 0;
  absl::string_view host = text;
  if (absl::ConsumePrefix(&host, "[")) {
    const size_t end = host.find(']');
    if (end == absl::string_view::npos) {
      return absl::InvalidArgumentError(absl::StrCat("no ']' in \"", text, "\""));
    }
    absl::string_view rest = host.substr(end + 1);
    host = host.substr(0, end);
    if (absl::ConsumePrefix(&rest, ":")) {
      port = ParsePort(rest);
      if (!port.ok()) return port.status();
    } else if (!rest.empty()) {
      return absl::InvalidArgumentError(absl::StrCat("not a port: \"", rest, "\""));
    }
  }
  absl::StatusOr<Ipv6Address> address = Ipv6Address::FromString(host);
  if (!address.ok()) return address.status();
  return Make(*address, *port);
}

transport::Address Ipv6SocketAddressFormat::OfHost(uint32_t host_number, uint16_t port) const {
  return Make(Ipv6AddressOfHost(host_number), port);
}

uint32_t Ipv6SocketAddressFormat::HostNumber(const transport::Address& address) const {
  return HostNumberOf(Ipv6In(address));
}

const Ipv4SocketAddressFormat& Ipv4SocketAddresses() {
  static const Ipv4SocketAddressFormat kFormat;
  return kFormat;
}

const Ipv6SocketAddressFormat& Ipv6SocketAddresses() {
  static const Ipv6SocketAddressFormat kFormat;
  return kFormat;
}

Endpoint ToEndpoint(const transport::Address& address) {
  if (address[0] == Ipv6SocketAddressFormat::kFamily) return {Ipv6In(address), PortIn(address)};
  return {Ipv4In(address), PortIn(address)};
}

transport::Address ToSocketAddress(const Endpoint& endpoint) {
  return std::visit([&](const auto& address) { return Make(address, endpoint.port); },
                    endpoint.address);
}

}  // namespace inet
