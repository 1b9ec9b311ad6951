#include "tools/wsim/output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"

namespace wsim {

absl::Status Print(absl::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("standard output: ", std::strerror(errno)));
}

int Complain(absl::string_view message) {
  const std::string line = absl::StrCat("wsim: ", message, "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
  return kExitBadUsage;
}

}  // namespace wsim
