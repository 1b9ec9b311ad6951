// A scenario: a Lua program that declares a network and the programs that run on it.
#ifndef TOOLS_SCENARIO_SCENARIO_H_
#define TOOLS_SCENARIO_SCENARIO_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wsim {

// Compiled once, run any number of times. Plain values.
class Scenario {
 public:
  // Scenario files may not be larger than this, in octets.
  static constexpr size_t kMaxSize = size_t{16} << 20;

  // Errors are one line and begin with the path: NotFound where it cannot be read, InvalidArgument
  // ("path:line: message") where it is no Lua.
  static absl::StatusOr<Scenario> Load(const std::string& path);
  static absl::StatusOr<Scenario> FromText(absl::string_view text, absl::string_view name);

  const std::string& name() const { return name_; }
  const std::string& compiled() const { return compiled_; }

 private:
  Scenario(std::string name, std::string compiled)
      : name_(std::move(name)), compiled_(std::move(compiled)) {}

  std::string name_;      // as errors name it: the path
  std::string compiled_;  // for Sandbox::LoadCompiled in this process
};

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SCENARIO_H_
