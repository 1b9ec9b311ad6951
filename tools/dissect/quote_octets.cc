#include "tools/dissect/quote_octets.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace wsim {

std::string QuoteOctets(absl::Span<const uint8_t> octets) {
  const absl::Span<const uint8_t> shown = octets.subspan(0, kQuotedOctets);
  const bool is_printable = std::all_of(shown.begin(), shown.end(),
                                        [](uint8_t octet) { return octet >= ' ' && octet <= '~'; });
  if (!is_printable) return absl::StrCat(octets.size(), octets.size() == 1 ? " octet" : " octets");
  const absl::string_view text(reinterpret_cast<const char*>(shown.data()), shown.size());
  if (shown.size() == octets.size()) return absl::StrCat("\"", text, "\"");
  return absl::StrCat("\"", text, "…\" (", octets.size(), ")");
}

std::string WithData(absl::string_view name, absl::Span<const uint8_t> data) {
  return data.empty() ? std::string(name) : absl::StrCat(name, " ", QuoteOctets(data));
}

}  // namespace wsim
