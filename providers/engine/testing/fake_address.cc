#include "providers/engine/testing/fake_address.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace engine {

using transport::Address;
using transport::AddressCheck;

AddressCheck FakeAddressFormat::Check(absl::Span<const uint8_t> octets) const {
  if (octets.size() < 2) return AddressCheck::kTooShort;
  if (octets[0] != kFakeFamily || octets[1] != 0) return AddressCheck::kWrongFamily;
  if (octets.size() < kSize) return AddressCheck::kTooShort;
  return octets[4] == 0xFF ? AddressCheck::kMalformed : AddressCheck::kGood;
}

Address FakeAddressFormat::Canonical(absl::Span<const uint8_t> octets) const {
  Address address(octets.begin(), octets.begin() + kSize);
  address[4] = address[5] = 0;
  return address;
}

bool FakeAddressFormat::IsWildcard(const Address& address) const {
  return HostNumber(address) == 0;
}

uint16_t FakeAddressFormat::Port(const Address& address) const {
  return static_cast<uint16_t>(address[2] << 8 | address[3]);
}

Address FakeAddressFormat::WithPort(const Address& address, uint16_t port) const {
  return Make(static_cast<uint16_t>(HostNumber(address)), port);
}

std::string FakeAddressFormat::ToText(const Address& address) const {
  if (IsWildcard(address)) return absl::StrCat("*:", Port(address));
  return absl::StrCat("h", HostNumber(address), ":", Port(address));
}

absl::StatusOr<Address> FakeAddressFormat::FromText(absl::string_view text) const {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(text, absl::MaxSplits(':', 1));
  uint32_t host = 0;
  uint32_t port = 0;
  absl::string_view number = parts.first;
  const bool is_host = number == "*" || (absl::ConsumePrefix(&number, "h") &&
                                         absl::SimpleAtoi(number, &host) && host <= 0xFFFF);
  const bool is_port =
      parts.second.empty() || (absl::SimpleAtoi(parts.second, &port) && port <= 0xFFFF);
  if (!is_host || !is_port) return absl::InvalidArgumentError("no address");
  return Make(static_cast<uint16_t>(host), static_cast<uint16_t>(port));
}

uint32_t FakeAddressFormat::HostNumber(const Address& address) const {
  return static_cast<uint32_t>(address[6] | address[7] << 8);
}

Address FakeAddressFormat::Make(uint16_t host, uint16_t port) {
  return {kFakeFamily, 0, static_cast<uint8_t>(port >> 8), static_cast<uint8_t>(port),
          0,           0, static_cast<uint8_t>(host),      static_cast<uint8_t>(host >> 8)};
}

const FakeAddressFormat& FakeAddresses() {
  static const FakeAddressFormat kFormat;
  return kFormat;
}

Address FakeAddress(absl::string_view text) { return FakeAddresses().FromText(text).value(); }

}  // namespace engine
