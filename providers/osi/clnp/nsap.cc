#include "providers/osi/clnp/nsap.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace osi {
namespace {

constexpr uint8_t kLocalBinaryAfi = 0x49;

uint8_t HexDigit(char digit) {
  if (absl::ascii_isdigit(static_cast<unsigned char>(digit))) {
    return static_cast<uint8_t>(digit - '0');
  }
  return static_cast<uint8_t>(absl::ascii_tolower(static_cast<unsigned char>(digit)) - 'a' + 10);
}

}  // namespace

Nsap Nsap::Local(uint16_t area, const SystemId& system_id, uint8_t selector) {
  Nsap nsap;
  nsap.octets_[0] = kLocalBinaryAfi;
  wire::StoreU16(&nsap.octets_[1], area);
  std::copy(system_id.begin(), system_id.end(), nsap.octets_.begin() + 3);
  nsap.octets_[9] = selector;
  nsap.size_ = 10;
  return nsap;
}

absl::StatusOr<Nsap> Nsap::FromOctets(wire::ByteSpan octets) {
  if (octets.empty() || octets.size() > kMaxSize) {
    return absl::InvalidArgumentError(
        absl::StrCat("a network address has 1 to 20 octets, not ", octets.size()));
  }
  Nsap nsap;
  std::copy(octets.begin(), octets.end(), nsap.octets_.begin());
  nsap.size_ = static_cast<uint8_t>(octets.size());
  return nsap;
}

absl::StatusOr<Nsap> Nsap::FromText(absl::string_view text) {
  std::vector<uint8_t> octets;
  absl::string_view rest = text;
  bool dot_may_follow = false;
  while (!rest.empty() && octets.size() <= kMaxSize) {
    if (rest[0] == '.' && dot_may_follow && rest.size() > 1) {
      rest.remove_prefix(1);
      dot_may_follow = false;
      continue;
    }
    if (rest.size() < 2 || !absl::ascii_isxdigit(static_cast<unsigned char>(rest[0])) ||
        !absl::ascii_isxdigit(static_cast<unsigned char>(rest[1]))) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", text, "\" is no network address: two hexadecimal digits per octet"));
    }
    octets.push_back(static_cast<uint8_t>(HexDigit(rest[0]) << 4 | HexDigit(rest[1])));
    rest.remove_prefix(2);
    dot_may_follow = true;
  }
  return FromOctets(octets);
}

std::string Nsap::ToText() const {
  std::string text;
  for (size_t i = 0; i < size_; ++i) {
    if (i % 2 == 1) text.push_back('.');
    absl::StrAppend(&text, absl::Hex(octets_[i], absl::kZeroPad2));
  }
  return text;
}

Nsap Nsap::WithSelector(uint8_t selector) const {
  Nsap nsap = *this;
  if (nsap.size_ > 0) nsap.octets_[nsap.size_ - 1] = selector;
  return nsap;
}

std::strong_ordering operator<=>(const Nsap& a, const Nsap& b) {
  if (const std::strong_ordering order = a.octets_ <=> b.octets_; order != 0) return order;
  return a.size_ <=> b.size_;
}

}  // namespace osi
