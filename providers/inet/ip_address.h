// Internet addresses as values, and their text.
#ifndef PROVIDERS_INET_IP_ADDRESS_H_
#define PROVIDERS_INET_IP_ADDRESS_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace inet {

// An IPv4 address, octets in the order of the wire.
struct Ipv4Address {
  static constexpr size_t kSize = 4;
  std::array<uint8_t, kSize> octets{};

  // The all-zero address: "this host", and "any address" in a bind.
  bool is_unspecified() const { return octets == std::array<uint8_t, kSize>{}; }
  // 127.0.0.0/8, RFC 1122 3.2.1.3 (g).
  bool is_loopback() const { return octets[0] == 127; }
  // 224.0.0.0/4, RFC 1112 4.
  bool is_multicast() const { return octets[0] >> 4 == 0xE; }
  // 255.255.255.255, RFC 919 7.
  bool is_limited_broadcast() const {
    return octets == std::array<uint8_t, kSize>{0xFF, 0xFF, 0xFF, 0xFF};
  }

  // "192.0.2.1".
  std::string ToString() const;
  // Four decimal numbers without leading zeros, nothing else.
  static absl::StatusOr<Ipv4Address> FromString(absl::string_view text);
  friend auto operator<=>(const Ipv4Address&, const Ipv4Address&) = default;
};

// An IPv6 address, octets in the order of the wire.
struct Ipv6Address {
  static constexpr size_t kSize = 16;
  std::array<uint8_t, kSize> octets{};

  // "::", RFC 4291 2.5.2.
  bool is_unspecified() const { return *this == Ipv6Address{}; }
  // "::1", RFC 4291 2.5.3.
  bool is_loopback() const;
  // ff00::/8, RFC 4291 2.7.
  bool is_multicast() const { return octets[0] == 0xFF; }

  // The one recommended form, RFC 5952 4: "2001:db8::1".
  std::string ToString() const;
  // The forms of RFC 4291 2.2, without a zone.
  static absl::StatusOr<Ipv6Address> FromString(absl::string_view text);
  friend auto operator<=>(const Ipv6Address&, const Ipv6Address&) = default;
};

}  // namespace inet

#endif  // PROVIDERS_INET_IP_ADDRESS_H_
