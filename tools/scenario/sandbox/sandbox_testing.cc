#include "tools/scenario/sandbox/sandbox_testing.h"

#include "tools/scenario/sandbox/native_function.h"

namespace wsim {
namespace {

TestHost& HostOf(lua_State* L) { return static_cast<TestHost&>(Sandbox::Of(L).host()); }

int Kill(lua_State* L) {
  HostOf(L).is_ending = true;
  return 0;
}

int Block(lua_State* L) {
  HostOf(L).limits.OnBlocked();
  return 0;
}

int AddTestFunctions(lua_State* L) {
  lua_register(L, "kill", Native<Kill>);
  lua_register(L, "block", Native<Block>);
  return 0;
}

}  // namespace

SandboxTest::SandboxTest(size_t memory_limit) : sandbox_(host_, memory_limit) {
  EXPECT_TRUE(sandbox_.Install(AddTestFunctions).ok());
}

CallResult SandboxTest::Run(absl::string_view script) {
  host_.limits = ThreadLimits(instructions_);
  host_.is_ending = false;
  host_.printed.clear();
  const absl::Status loaded = sandbox_.Load(script, "test.lua");
  EXPECT_TRUE(loaded.ok()) << loaded;
  return sandbox_.RunChunk();
}

std::string SandboxTest::Printed(absl::string_view script) {
  const CallResult result = Run(script);
  EXPECT_TRUE(result.returned()) << result.message;
  return absl::StrJoin(host_.printed, "\n");
}

std::string SandboxTest::Failure(absl::string_view script) {
  const CallResult result = Run(script);
  EXPECT_EQ(result.kind, CallResult::Kind::kFailed);
  return result.message;
}

}  // namespace wsim
