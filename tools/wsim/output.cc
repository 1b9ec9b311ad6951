#include "tools/wsim/output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tools/scenario/sandbox/utf8_text.h"

namespace wsim {
namespace {

// What can be done about a failure, where a flag can.
absl::string_view RemedyOf(absl::string_view failure) {
  if (absl::StartsWith(failure, "limit: max_events:")) return "; --max-events allows more";
  if (absl::StartsWith(failure, "limit: max_time:")) return "; --max-time allows more";
  return "";
}

}  // namespace

absl::Status Print(absl::string_view text) {
  const bool is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (is_written && std::fflush(stdout) == 0) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat("cannot write standard output: ", std::strerror(errno)));
}

int Complain(absl::string_view message) {
  const std::string line = absl::StrCat("wsim: ", OneLine(message), "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
  return kExitBadUsage;
}

int ComplainOf(const RunReport& report, absl::string_view context) {
  const std::string position = absl::StrCat(report.scenario, ":");
  const bool names_it = absl::StartsWith(report.failure, position);
  Complain(absl::StrCat(context, names_it ? "" : absl::StrCat(position, " "), report.failure,
                        RemedyOf(report.failure)));
  return kExitFailed;
}

}  // namespace wsim
