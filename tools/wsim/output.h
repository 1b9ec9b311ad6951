// What a command writes, and how it ends.
#ifndef TOOLS_WSIM_OUTPUT_H_
#define TOOLS_WSIM_OUTPUT_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "tools/scenario/run_report.h"

namespace wsim {

// The exit statuses of the command line's contract.
inline constexpr int kExitHeld = 0;
inline constexpr int kExitFailed = 1;  // the scenario failed
// Bad usage, unreadable input, or output that cannot be written.
inline constexpr int kExitBadUsage = 2;

// Writes to standard output. The error is one line.
absl::Status Print(absl::string_view text);

// One line "wsim: message" to standard error; returns kExitBadUsage.
int Complain(absl::string_view message);

// Why a run failed, in words that name the scenario's file; `context` ("over tp4: ") stands in
// front. Returns kExitFailed.
int ComplainOf(const RunReport& report, absl::string_view context);

}  // namespace wsim

#endif  // TOOLS_WSIM_OUTPUT_H_
