// An address family for tests: "h1:5000" is port 5000 of host 1, "*:0" the wildcard without a port.
#ifndef PROVIDERS_ENGINE_TESTING_FAKE_ADDRESS_H_
#define PROVIDERS_ENGINE_TESTING_FAKE_ADDRESS_H_

#include <cstdint>
#include <string>

#include "providers/transport/address.h"

namespace engine {

constexpr int kFakeFamily = 77;

// Eight octets: the family, the port in network order, two of no meaning, and the host's number, 0
// for the wildcard.
class FakeAddressFormat final : public transport::AddressFormat {
 public:
  int family() const override { return kFakeFamily; }
  size_t min_size() const override { return kSize; }
  size_t max_size() const override { return kSize; }
  transport::AddressCheck Check(absl::Span<const uint8_t> octets) const override;
  transport::Address Canonical(absl::Span<const uint8_t> octets) const override;
  transport::Address Wildcard(uint16_t port) const override { return Make(0, port); }
  bool IsWildcard(const transport::Address& address) const override;
  uint16_t Port(const transport::Address& address) const override;
  transport::Address WithPort(const transport::Address& address, uint16_t port) const override;
  std::string ToText(const transport::Address& address) const override;
  absl::StatusOr<transport::Address> FromText(absl::string_view text) const override;
  transport::Address OfHost(uint32_t host_number, uint16_t port) const override {
    return Make(static_cast<uint16_t>(host_number), port);
  }
  uint32_t HostNumber(const transport::Address& address) const override;

 private:
  static constexpr size_t kSize = 8;
  static transport::Address Make(uint16_t host, uint16_t port);
};

const FakeAddressFormat& FakeAddresses();

// The address that `text` says, which is well formed.
transport::Address FakeAddress(absl::string_view text);

}  // namespace engine

#endif  // PROVIDERS_ENGINE_TESTING_FAKE_ADDRESS_H_
