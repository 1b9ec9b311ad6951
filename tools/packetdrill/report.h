// What scripts came to, as text and as JSON.
#ifndef TOOLS_PACKETDRILL_REPORT_H_
#define TOOLS_PACKETDRILL_REPORT_H_

#include <cstddef>
#include <string>

#include "absl/types/span.h"
#include "tools/packetdrill/run.h"

namespace wsim::packetdrill {

struct Totals {
  size_t passed = 0;
  size_t failed = 0;
  size_t unsupported = 0;
};
Totals TotalsOf(absl::Span<const Result> results);

// The scripts that did not pass, each with its line and why; the last line is "N passed, N failed,
// N unsupported".
std::string ReportText(absl::Span<const Result> results);

// One object: `passed`, `failed`, `unsupported` (counts) and `scripts`, an array of objects with
// `script`, `verdict` ("passed", "failed", "unsupported"), `line` and `what` (null where it
// passed), `expected` and `sent` (packets; null where it was about none), and `differences`, an
// array of objects with `field`, `expected` and `sent`.
std::string ReportJson(absl::Span<const Result> results);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_REPORT_H_
