// sockaddr_tp as octets, and its codec for the transport service ("Winsock header: wsiso.h").
//
//      0 .. 1       2 .. 3          4 .. 5            6 .. 7          8 .. 71
//    +--------+--------------+-----------------+-----------------+-------------------------+
//    | AF_ISO | address type | octets of both, | octets of the   | selector, then NSAP;    |
//    |   (7)  |     (0)      | selector + NSAP | selector (0, 2) | zeros up to 64 octets   |
//    +--------+--------------+-----------------+-----------------+-------------------------+
//
// The numbers are in the host's order, little-endian. The selector is the TSAP-ID: here always the
// two octets, big-endian, of what other families call a port.
#ifndef PROVIDERS_OSI_ISO_ADDRESS_H_
#define PROVIDERS_OSI_ISO_ADDRESS_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>

#include "providers/osi/clnp/nsap.h"
#include "providers/transport/address.h"
#include "providers/wire/bytes.h"

namespace osi {

// A transport address (ISO 8348 addendum 2): where a network address leads, and a selector there.
struct TransportAddress {
  Nsap nsap;              // empty: any of this system's
  uint16_t selector = 0;  // 0: none
  friend auto operator<=>(const TransportAddress&, const TransportAddress&) = default;
  friend bool operator==(const TransportAddress&, const TransportAddress&) = default;
};

// AF_ISO with ISO_HIERARCHICAL. Canonical: selector of two octets, an address of a simulated system
// with the NSAP selector of its transport entity, zeros behind.
class IsoAddressFormat final : public transport::AddressFormat {
 public:
  static constexpr int kFamily = 7;
  static constexpr size_t kSize = 72;        // octets
  static constexpr size_t kMaxAddress = 64;  // of selector and NSAP together
  static constexpr size_t kSelectorSize = 2;

  int family() const override { return kFamily; }
  size_t min_size() const override { return kSize; }
  size_t max_size() const override { return kSize; }
  // kMalformed: another address type, lengths that do not fit, a selector that is neither absent
  // nor of two octets.
  transport::AddressCheck Check(wire::ByteSpan octets) const override;
  transport::Address Canonical(wire::ByteSpan octets) const override;
  transport::Address Wildcard(uint16_t port) const override;
  bool IsWildcard(const transport::Address& address) const override;
  uint16_t Port(const transport::Address& address) const override;
  transport::Address WithPort(const transport::Address& address, uint16_t port) const override;
  // "49.0001.0000.5e00.5301.21:5000", or without the colon for selector 0; "*" stands for no NSAP.
  std::string ToText(const transport::Address& address) const override;
  absl::StatusOr<transport::Address> FromText(absl::string_view text) const override;
  transport::Address OfHost(uint32_t host_number, uint16_t port) const override;
  uint32_t HostNumber(const transport::Address& address) const override;
};

// The one object of that class.
const IsoAddressFormat& IsoAddresses();

// `address` has passed Check.
TransportAddress ToTransportAddress(const transport::Address& address);
// In canonical form.
transport::Address ToSocketAddress(const TransportAddress& address);

}  // namespace osi

#endif  // PROVIDERS_OSI_ISO_ADDRESS_H_
