// Network addresses of the OSI network layer (ISO 8348 addendum 2, RFC 941): 1 to 20 octets, of
// which the first is the AFI and, in the forms in use, the last is a selector within the system.
//
// Simulated systems have addresses of AFI 49, local and binary:
//
//     1     2 .. 3       4 .. 9        10
//    +----+--------+----------------+----------+
//    | 49 |  area  |   system id    | selector |
//    +----+--------+----------------+----------+
#ifndef PROVIDERS_OSI_CLNP_NSAP_H_
#define PROVIDERS_OSI_CLNP_NSAP_H_

#include <array>
#include <compare>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/wire/bytes.h"

namespace osi {

class Nsap {
 public:
  static constexpr size_t kMaxSize = 20;
  static constexpr uint8_t kTransportSelector = 0x21;  // the transport entity of the system
  static constexpr uint8_t kNetworkSelector = 0x00;    // the network entity itself

  using SystemId = std::array<uint8_t, 6>;

  // The address that is none: no octets.
  Nsap() = default;
  static Nsap Local(uint16_t area, const SystemId& system_id, uint8_t selector);

  // 1 to 20 octets, of any form; InvalidArgument otherwise.
  static absl::StatusOr<Nsap> FromOctets(wire::ByteSpan octets);
  // Octets as pairs of hexadecimal digits; a dot may stand between any two octets.
  static absl::StatusOr<Nsap> FromText(absl::string_view text);
  // "49.0001.0000.5e00.5301.21": the AFI, then two octets at a time.
  std::string ToText() const;

  // Valid as long as this object.
  wire::ByteSpan octets() const { return {octets_.data(), size_}; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // The last octet; 0 for the address that is none.
  uint8_t selector() const { return size_ == 0 ? 0 : octets_[size_ - 1]; }
  // The same system, another selector.
  Nsap WithSelector(uint8_t selector) const;

  friend bool operator==(const Nsap&, const Nsap&) = default;
  // Octet by octet, a shorter address before any that continues it.
  friend std::strong_ordering operator<=>(const Nsap& a, const Nsap& b);

  template <typename H>
  friend H AbslHashValue(H state, const Nsap& nsap) {
    return H::combine(std::move(state), nsap.octets_, nsap.size_);
  }

 private:
  std::array<uint8_t, kMaxSize> octets_ = {};  // zeros after the first size_
  uint8_t size_ = 0;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_CLNP_NSAP_H_
