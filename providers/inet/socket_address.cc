#include "providers/inet/socket_address.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "providers/inet/ipv4/ipv4_layer.h"

namespace inet {
namespace {

constexpr size_t kPortOffset = 2;
constexpr size_t kAddressOffset = 4;

Ipv4Address AddressIn(wire::ByteSpan octets) {
  Ipv4Address address;
  std::copy_n(octets.begin() + kAddressOffset, Ipv4Address::kSize, address.octets.begin());
  return address;
}

transport::Address Make(const Ipv4Address& address, uint16_t port) {
  transport::Address octets(Ipv4SocketAddressFormat::kSize, 0);
  octets[0] = Ipv4SocketAddressFormat::kFamily;
  wire::StoreU16(octets.data() + kPortOffset, port);
  std::copy(address.octets.begin(), address.octets.end(), octets.begin() + kAddressOffset);
  return octets;
}

}  // namespace

transport::AddressCheck Ipv4SocketAddressFormat::Check(wire::ByteSpan octets) const {
  if (octets.size() < kSize) return transport::AddressCheck::kTooShort;
  if (octets[0] != kFamily || octets[1] != 0) return transport::AddressCheck::kWrongFamily;
  return transport::AddressCheck::kGood;
}

transport::Address Ipv4SocketAddressFormat::Canonical(wire::ByteSpan octets) const {
  return Make(AddressIn(octets), wire::ByteReader(octets.subspan(kPortOffset)).U16());
}

transport::Address Ipv4SocketAddressFormat::Wildcard(uint16_t port) const {
  return Make(Ipv4Address{}, port);
}

bool Ipv4SocketAddressFormat::IsWildcard(const transport::Address& address) const {
  return AddressIn(address).is_unspecified();
}

uint16_t Ipv4SocketAddressFormat::Port(const transport::Address& address) const {
  return wire::ByteReader(wire::ByteSpan(address).subspan(kPortOffset)).U16();
}

transport::Address Ipv4SocketAddressFormat::WithPort(const transport::Address& address,
                                                     uint16_t port) const {
  transport::Address changed = address;
  wire::StoreU16(changed.data() + kPortOffset, port);
  return changed;
}

std::string Ipv4SocketAddressFormat::ToText(const transport::Address& address) const {
  const std::string host = AddressIn(address).ToString();
  const uint16_t port = Port(address);
  return port == 0 ? host : absl::StrCat(host, ":", port);
}

absl::StatusOr<transport::Address> Ipv4SocketAddressFormat::FromText(absl::string_view text) const {
  uint32_t port = 0;
  absl::string_view host = text;
  if (const size_t colon = text.find(':'); colon != absl::string_view::npos) {
    host = text.substr(0, colon);
    const absl::string_view digits = text.substr(colon + 1);
    const bool all_digits =
        !digits.empty() &&
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!all_digits || !absl::SimpleAtoi(digits, &port) || port > UINT16_MAX) {
      return absl::InvalidArgumentError(absl::StrCat("not a port: \"", digits, "\""));
    }
  }
  absl::StatusOr<Ipv4Address> address = Ipv4Address::FromString(host);
  if (!address.ok()) return address.status();
  return Make(*address, static_cast<uint16_t>(port));
}

transport::Address Ipv4SocketAddressFormat::OfHost(uint32_t host_number, uint16_t port) const {
  return Make(Ipv4AddressOfHost(host_number), port);
}

uint32_t Ipv4SocketAddressFormat::HostNumber(const transport::Address& address) const {
  return HostNumberOf(AddressIn(address));
}

const Ipv4SocketAddressFormat& Ipv4SocketAddresses() {
  static const Ipv4SocketAddressFormat kFormat;
  return kFormat;
}

Endpoint ToEndpoint(const transport::Address& address) {
  return {AddressIn(address), wire::ByteReader(wire::ByteSpan(address).subspan(kPortOffset)).U16()};
}

transport::Address ToSocketAddress(const Endpoint& endpoint) {
  return Make(std::get<Ipv4Address>(endpoint.address), endpoint.port);
}

}  // namespace inet
