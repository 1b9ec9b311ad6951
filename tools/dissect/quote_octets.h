// Octets for people.
#ifndef TOOLS_DISSECT_QUOTE_OCTETS_H_
#define TOOLS_DISSECT_QUOTE_OCTETS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wsim {

// How many octets are shown.
inline constexpr size_t kQuotedOctets = 24;

// "\"done\"" while printable and short, "\"the first of them…\" (100)" while printable, else
// "100 octets".
std::string QuoteOctets(absl::Span<const uint8_t> octets);

// The name of a PDU and the data that it carries, if any: "FN \"2\"".
std::string WithData(absl::string_view name, absl::Span<const uint8_t> data);

}  // namespace wsim

#endif  // TOOLS_DISSECT_QUOTE_OCTETS_H_
