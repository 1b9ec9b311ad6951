#include "providers/inet/ip_address.h"

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace inet {
namespace {

constexpr size_t kGroups = 8;  // 16-bit groups of an IPv6 address

absl::Status NotAnAddress(absl::string_view family, absl::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("not an ", family, " address: \"", absl::CHexEscape(text), "\""));
}

// One decimal number of an IPv4 address.
bool ParseOctet(absl::string_view text, uint8_t& octet) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return false;
  unsigned value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  octet = static_cast<uint8_t>(value);
  return value <= 0xFF;
}

// One group of an IPv6 address: one to four hexadecimal digits.
bool ParseGroup(absl::string_view text, uint16_t& group) {
  if (text.empty() || text.size() > 4) return false;
  for (char c : text) {
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return false;
  }
  uint32_t value = 0;
  if (!absl::SimpleHexAtoi(text, &value)) return false;
  group = static_cast<uint16_t>(value);
  return true;
}

// Appends the groups of one side of "::", the last of which may be an IPv4 address when
// `ipv4_allowed`. An empty text has none.
bool ParseGroups(absl::string_view text, bool ipv4_allowed, std::vector<uint16_t>& groups) {
  if (text.empty()) return true;
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ':');
  if (parts.size() > kGroups) return false;
  for (size_t i = 0; i < parts.size(); ++i) {
    uint16_t group = 0;
    if (ParseGroup(parts[i], group)) {
      groups.push_back(group);
      continue;
    }
    if (!ipv4_allowed || i + 1 != parts.size()) return false;
    const absl::StatusOr<Ipv4Address> tail = Ipv4Address::FromString(parts[i]);
    if (!tail.ok()) return false;
    groups.push_back(static_cast<uint16_t>(tail->octets[0] << 8 | tail->octets[1]));
    groups.push_back(static_cast<uint16_t>(tail->octets[2] << 8 | tail->octets[3]));
  }
  return true;
}

struct ZeroRun {
  size_t first = kGroups;
  size_t count = 0;
};

// The run of zero groups that "::" replaces: the longest, the first of equals, and never a single
// group (RFC 5952 4.2).
ZeroRun LongestZeroRun(const std::array<uint16_t, kGroups>& groups) {
  ZeroRun longest;
  for (size_t i = 0; i < kGroups;) {
    size_t end = i;
    while (end < kGroups && groups[end] == 0) ++end;
    if (end - i >= 2 && end - i > longest.count) longest = {i, end - i};
    i = end == i ? i + 1 : end;
  }
  return longest;
}

}  // namespace

std::string Ipv4Address::ToString() const {
  return absl::StrCat(octets[0], ".", octets[1], ".", octets[2], ".", octets[3]);
}

absl::StatusOr<Ipv4Address> Ipv4Address::FromString(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
  if (parts.size() != kSize) return NotAnAddress("IPv4", text);
  Ipv4Address address;
  for (size_t i = 0; i < kSize; ++i) {
    if (!ParseOctet(parts[i], address.octets[i])) return NotAnAddress("IPv4", text);
  }
  return address;
}

bool Ipv6Address::is_loopback() const {
  Ipv6Address loopback;
  loopback.octets[kSize - 1] = 1;
  return *this == loopback;
}

std::string Ipv6Address::ToString() const {
  std::array<uint16_t, kGroups> groups;
  for (size_t i = 0; i < kGroups; ++i) {
    groups[i] = static_cast<uint16_t>(octets[2 * i] << 8 | octets[2 * i + 1]);
  }
  const ZeroRun zeros = LongestZeroRun(groups);
  std::string text;
  for (size_t i = 0; i < kGroups;) {
    if (i == zeros.first) {
      text += "::";
      i += zeros.count;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    absl::StrAppend(&text, absl::Hex(groups[i]));
    ++i;
  }
  return text;
}

absl::StatusOr<Ipv6Address> Ipv6Address::FromString(absl::string_view text) {
  std::vector<uint16_t> head, tail;
  const size_t gap = text.find("::");
  const bool has_gap = gap != absl::string_view::npos;
  if (has_gap) {
    if (!ParseGroups(text.substr(0, gap), false, head) ||
        !ParseGroups(text.substr(gap + 2), true, tail) || head.size() + tail.size() >= kGroups) {
      return NotAnAddress("IPv6", text);
    }
  } else if (!ParseGroups(text, true, head) || head.size() != kGroups) {
    return NotAnAddress("IPv6", text);
  }
  head.resize(kGroups - tail.size(), 0);
  head.insert(head.end(), tail.begin(), tail.end());
  Ipv6Address address;
  for (size_t i = 0; i < kGroups; ++i) {
    address.octets[2 * i] = static_cast<uint8_t>(head[i] >> 8);
    address.octets[2 * i + 1] = static_cast<uint8_t>(head[i]);
  }
  return address;
}

}  // namespace inet
