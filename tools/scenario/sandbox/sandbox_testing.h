// A host for tests of scripts: draws what the test says, and remembers what was printed.
#ifndef TOOLS_SCENARIO_SANDBOX_SANDBOX_TESTING_H_
#define TOOLS_SCENARIO_SANDBOX_SANDBOX_TESTING_H_

#include <deque>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tools/scenario/sandbox/sandbox.h"

namespace wsim {

class TestHost : public SandboxHost {
 public:
  ThreadLimits& Limits() override { return limits; }
  bool IsEnding() const override { return is_ending; }
  uint64_t Random(uint64_t largest) override {
    asked.push_back(largest);
    if (draws.empty()) return 0;
    const uint64_t draw = draws.front();
    draws.pop_front();
    return draw;
  }
  void Print(absl::string_view text) override { printed.emplace_back(text); }

  ThreadLimits limits;
  bool is_ending = false;
  std::deque<uint64_t> draws;  // answers to come; 0 after the last
  std::vector<uint64_t> asked;
  std::vector<std::string> printed;
};

// Runs scripts, called "test.lua", in one sandbox. Beside the libraries they have `kill()`, which
// makes the running thread end as from outside, and `block()`, as if it had waited.
class SandboxTest : public ::testing::Test {
 protected:
  SandboxTest() : SandboxTest(Sandbox::kMemoryLimit) {}
  explicit SandboxTest(size_t memory_limit);

  // Runs a script in a thread that is not ending and has used nothing.
  CallResult Run(absl::string_view script);

  // What the script prints, one line each. It must return normally.
  std::string Printed(absl::string_view script);

  // The message with which the script fails, by an error of its own.
  std::string Failure(absl::string_view script);

  // What a thread may use up; tests of endless scripts take less, to be quick.
  int64_t instructions_ = ThreadLimits::kInstructions;
  TestHost host_;
  Sandbox sandbox_;
};

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_SANDBOX_TESTING_H_
