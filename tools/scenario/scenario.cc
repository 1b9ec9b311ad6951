#include "tools/scenario/scenario.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tools/scenario/sandbox/sandbox.h"

namespace wsim {
namespace {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  const auto problem = [&path] {
    return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno),
                                            "; give the path of a readable scenario file"));
  };
  const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return problem();
  std::string text;
  char buffer[1 << 16];
  while (const size_t count = std::fread(buffer, 1, sizeof(buffer), file.get())) {
    text.append(buffer, count);
    if (text.size() > Scenario::kMaxSize) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": larger than ", Scenario::kMaxSize, " octets; no scenario is"));
    }
  }
  if (std::ferror(file.get()) != 0) return problem();
  return text;
}

}  // namespace

absl::StatusOr<Scenario> Scenario::Load(const std::string& path) {
  absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  return FromText(*text, path);
}

absl::StatusOr<Scenario> Scenario::FromText(absl::string_view text, absl::string_view name) {
  absl::StatusOr<std::string> compiled = Sandbox::Compile(text, name);
  if (!compiled.ok()) {
    const absl::string_view why = compiled.status().message();
    if (absl::StartsWith(why, absl::StrCat(name, ":"))) return compiled.status();
    return absl::InvalidArgumentError(absl::StrCat(name, ": ", why));  // no text at all
  }
  return Scenario(std::string(name), *std::move(compiled));
}

}  // namespace wsim
