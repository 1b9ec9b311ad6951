// One script, run in a world of its own.
#ifndef TOOLS_PACKETDRILL_RUN_H_
#define TOOLS_PACKETDRILL_RUN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sim/stack_pool.h"
#include "tools/packetdrill/compare.h"
#include "tools/packetdrill/lexer.h"
#include "tools/packetdrill/profile.h"
#include "tools/packetdrill/script.h"

namespace wsim::packetdrill {

struct RunOptions {
  Profile profile = Profile::kRfc;
  Definitions definitions;              // of the command line
  std::vector<ScriptOption> overrides;  // the same: options that go before the script's
  sim::StackPool* stacks = nullptr;     // shared by runs that follow one another; null: its own
};

enum class Verdict : uint8_t { kPassed, kFailed, kUnsupported };

struct Result {
  Verdict verdict = Verdict::kPassed;
  std::string script;  // the file's name
  int line = 0;        // of the event that failed or is not supported; 0: none of its own
  std::string what;    // why, in one line
  // Of a packet that is not as it should be: how it should be, how it was, and each field.
  std::string expected;
  std::string sent;
  std::vector<Difference> differences;
};

// The text of a script, which `name` stands for in messages. The error is what makes it no script:
// one line that begins with "NAME:LINE: ".
absl::StatusOr<Result> RunText(absl::string_view text, absl::string_view name,
                               const RunOptions& options);
// The same of a file; NotFound: it cannot be read.
absl::StatusOr<Result> RunFile(const std::string& path, const RunOptions& options);

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_RUN_H_
