// Addresses as the transport service passes them: the octets of a sockaddr, which only the
// transport that they belong to understands.
#ifndef PROVIDERS_TRANSPORT_ADDRESS_H_
#define PROVIDERS_TRANSPORT_ADDRESS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace sim {
class Network;
}

namespace transport {

// A sockaddr: two octets of family in little-endian order (as the API's programs store it on every
// machine that wsim runs on), then what the family says. Empty: none.
using Address = absl::InlinedVector<uint8_t, 32>;

enum class AddressCheck : uint8_t { kGood, kTooShort, kWrongFamily, kMalformed };

// The codec of one address family. Stateless, and lives as long as the program.
class AddressFormat {
 public:
  virtual ~AddressFormat() = default;

  virtual int family() const = 0;
  // Octets of the shortest and longest address.
  virtual size_t min_size() const = 0;
  virtual size_t max_size() const = 0;

  // Whether `octets`, of which a program claims that they are an address, are one. Octets behind it
  // are not looked at.
  virtual AddressCheck Check(absl::Span<const uint8_t> octets) const = 0;
  // The address at the front of octets that passed Check, in its one canonical form: two addresses
  // are the same if and only if their octets are.
  virtual Address Canonical(absl::Span<const uint8_t> octets) const = 0;

  // An address is a host part and a port (a selector of two octets, where the family has
  // selectors).
  virtual Address Wildcard(uint16_t port) const = 0;
  virtual bool IsWildcard(const Address& address) const = 0;  // its host part
  virtual uint16_t Port(const Address& address) const = 0;
  virtual Address WithPort(const Address& address, uint16_t port) const = 0;
  // The host part as a key: equal for two addresses that differ in the port alone.
  Address HostPart(const Address& address) const { return WithPort(address, 0); }

  // The standard text form, with the port ("10.0.0.1:5000").
  virtual std::string ToText(const Address& address) const = 0;
  virtual absl::StatusOr<Address> FromText(absl::string_view text) const = 0;

  // The addresses of simulated hosts, by the host's number (sim::Host::number).
  virtual Address OfHost(uint32_t host_number, uint16_t port) const = 0;
  // 0: no simulated host has this address.
  virtual uint32_t HostNumber(const Address& address) const = 0;
};

}  // namespace transport

#endif  // PROVIDERS_TRANSPORT_ADDRESS_H_
