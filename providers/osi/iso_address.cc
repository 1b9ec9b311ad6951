#include "providers/osi/iso_address.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "providers/osi/clnp/clnp_layer.h"

namespace osi {
namespace {

constexpr size_t kTypeOffset = 2;
constexpr size_t kBothLengthOffset = 4;
constexpr size_t kSelectorLengthOffset = 6;
constexpr size_t kAddressOffset = 8;
constexpr uint16_t kHierarchical = 0;
constexpr absl::string_view kNoNsap = "*";

uint16_t LoadLittleEndian(wire::ByteSpan octets, size_t offset) {
  return static_cast<uint16_t>(octets[offset] | octets[offset + 1] << 8);
}

void StoreLittleEndian(transport::Address& octets, size_t offset, size_t value) {
  octets[offset] = static_cast<uint8_t>(value);
  octets[offset + 1] = static_cast<uint8_t>(value >> 8);
}

// `octets` have passed Check.
TransportAddress Load(wire::ByteSpan octets) {
  const size_t selector_size = LoadLittleEndian(octets, kSelectorLengthOffset);
  const size_t nsap_size = LoadLittleEndian(octets, kBothLengthOffset) - selector_size;
  wire::ByteReader in(octets.subspan(kAddressOffset));
  TransportAddress address;
  if (selector_size != 0) address.selector = in.U16();
  const wire::ByteSpan nsap = in.Bytes(nsap_size);
  if (!nsap.empty()) address.nsap = *Nsap::FromOctets(nsap);
  if (HostNumberOf(address.nsap) != 0) {
    address.nsap = address.nsap.WithSelector(Nsap::kTransportSelector);
  }
  return address;
}

absl::StatusOr<uint16_t> SelectorFromText(absl::string_view digits) {
  uint32_t selector = 0;
  const bool all_digits = !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
  if (!all_digits || !absl::SimpleAtoi(digits, &selector) || selector > UINT16_MAX) {
    return absl::InvalidArgumentError(absl::StrCat("not a port: \"", digits, "\""));
  }
  return static_cast<uint16_t>(selector);
}

}  // namespace

transport::AddressCheck IsoAddressFormat::Check(wire::ByteSpan octets) const {
  if (octets.size() < kSize) return transport::AddressCheck::kTooShort;
  if (LoadLittleEndian(octets, 0) != kFamily) return transport::AddressCheck::kWrongFamily;
  const size_t both = LoadLittleEndian(octets, kBothLengthOffset);
  const size_t selector = LoadLittleEndian(octets, kSelectorLengthOffset);
  const bool is_good = LoadLittleEndian(octets, kTypeOffset) == kHierarchical &&
                       (selector == 0 || selector == kSelectorSize) && both >= selector &&
                       both - selector <= Nsap::kMaxSize;
  return is_good ? transport::AddressCheck::kGood : transport::AddressCheck::kMalformed;
}

transport::Address IsoAddressFormat::Canonical(wire::ByteSpan octets) const {
  return ToSocketAddress(Load(octets));
}

transport::Address IsoAddressFormat::Wildcard(uint16_t port) const {
  return ToSocketAddress({.selector = port});
}

bool IsoAddressFormat::IsWildcard(const transport::Address& address) const {
  return Load(address).nsap.empty();
}

uint16_t IsoAddressFormat::Port(const transport::Address& address) const {
  return Load(address).selector;
}

transport::Address IsoAddressFormat::WithPort(const transport::Address& address,
                                              uint16_t port) const {
  return ToSocketAddress({.nsap = Load(address).nsap, .selector = port});
}

std::string IsoAddressFormat::ToText(const transport::Address& address) const {
  const TransportAddress parts = Load(address);
  const std::string nsap = parts.nsap.empty() ? std::string(kNoNsap) : parts.nsap.ToText();
  return parts.selector == 0 ? nsap : absl::StrCat(nsap, ":", parts.selector);
}

absl::StatusOr<transport::Address> IsoAddressFormat::FromText(absl::string_view text) const {
  TransportAddress address;
  absl::string_view nsap_text = text;
  if (const size_t colon = text.find(':'); colon != absl::string_view::npos) {
    nsap_text = text.substr(0, colon);
    const absl::StatusOr<uint16_t> selector = SelectorFromText(text.substr(colon + 1));
    if (!selector.ok()) return selector.status();
    address.selector = *selector;
  }
  if (nsap_text != kNoNsap) {
    const absl::StatusOr<Nsap> nsap = Nsap::FromText(nsap_text);
    if (!nsap.ok()) return nsap.status();
    address.nsap = *nsap;
  }
  return Canonical(ToSocketAddress(address));
}

transport::Address IsoAddressFormat::OfHost(uint32_t host_number, uint16_t port) const {
  return ToSocketAddress(
      {.nsap = NsapOfHost(host_number, Nsap::kTransportSelector), .selector = port});
}

uint32_t IsoAddressFormat::HostNumber(const transport::Address& address) const {
  return HostNumberOf(Load(address).nsap);
}

const IsoAddressFormat& IsoAddresses() {
  static const IsoAddressFormat kFormat;
  return kFormat;
}

TransportAddress ToTransportAddress(const transport::Address& address) { return Load(address); }

transport::Address ToSocketAddress(const TransportAddress& address) {
  transport::Address octets(IsoAddressFormat::kSize, 0);
  StoreLittleEndian(octets, 0, IsoAddressFormat::kFamily);
  StoreLittleEndian(octets, kBothLengthOffset,
                    IsoAddressFormat::kSelectorSize + address.nsap.size());
  StoreLittleEndian(octets, kSelectorLengthOffset, IsoAddressFormat::kSelectorSize);
  wire::StoreU16(octets.data() + kAddressOffset, address.selector);
  const wire::ByteSpan nsap = address.nsap.octets();
  std::copy(nsap.begin(), nsap.end(),
            octets.begin() + kAddressOffset + IsoAddressFormat::kSelectorSize);
  return octets;
}

}  // namespace osi
