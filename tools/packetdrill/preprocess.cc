#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/packetdrill/lexer.h"

namespace wsim::packetdrill {
namespace {

constexpr size_t kDeepest = 64;  // conditions inside each other

class Conditions {
 public:
  explicit Conditions(const Definitions& names) : names_(names) {}

  bool is_left_out() const {
    for (const bool holds : holds_) {
      if (!holds) return true;
    }
    return false;
  }
  bool is_open() const { return !holds_.empty(); }

  // `directive`: the line behind its #. False: none that is known, or one out of place.
  bool Take(absl::string_view directive) {
    const absl::string_view name = FirstWord(directive);
    directive.remove_prefix(name.size());
    if (name == "ifdef") return Open(directive, true);
    if (name == "ifndef") return Open(directive, false);
    if (holds_.empty()) return false;
    if (name == "else") {
      holds_.back() = !holds_.back();
    } else if (name == "endif") {
      holds_.pop_back();
    } else {
      return false;
    }
    return true;
  }

 private:
  static absl::string_view FirstWord(absl::string_view text) {
    text = absl::StripAsciiWhitespace(text);
    return text.substr(0, text.find_first_of(" \t/"));
  }
  bool Open(absl::string_view rest, bool wanted) {
    const absl::string_view name = FirstWord(rest);
    if (name.empty() || holds_.size() >= kDeepest) return false;
    holds_.push_back(names_.contains(std::string(name)) == wanted);
    return true;
  }

  const Definitions& names_;
  std::vector<bool> holds_;
};

// Of the C preprocessor; anything else behind # is a remark.
bool IsDirective(absl::string_view line) {
  static constexpr absl::string_view kWords[] = {"ifdef", "ifndef", "else",    "endif", "if",
                                                 "elif",  "define", "include", "undef", "error"};
  const absl::string_view word = line.substr(0, line.find_first_of(" \t/\r"));
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

}  // namespace

absl::StatusOr<std::string> Preprocess(absl::string_view text, const Definitions& names) {
  Conditions conditions(names);
  std::string kept;
  kept.reserve(text.size());
  int line_number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++line_number;
    if (line_number > 1) kept.push_back('\n');
    absl::string_view stripped = absl::StripLeadingAsciiWhitespace(line);
    if (absl::ConsumePrefix(&stripped, "#") && IsDirective(stripped)) {
      if (!conditions.Take(stripped)) {
        return absl::InvalidArgumentError(absl::StrCat(
            line_number, ": out of place, or none of #ifdef NAME, #ifndef NAME, #else, #endif"));
      }
    } else if (!conditions.is_left_out()) {
      kept.append(line.data(), line.size());
    }
  }
  if (conditions.is_open()) {
    return absl::InvalidArgumentError(absl::StrCat(line_number, ": #endif is missing"));
  }
  return kept;
}

}  // namespace wsim::packetdrill
