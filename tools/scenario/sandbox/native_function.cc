#include "tools/scenario/sandbox/native_function.h"

#include "absl/strings/match.h"
#include "tools/scenario/sandbox/instruction_hook.h"
#include "tools/scenario/sandbox/position.h"
#include "tools/scenario/sandbox/sandbox.h"

namespace wsim {
namespace {

// What leaves a script that must end. It is no Lua error: Lua's protected calls let it through as a
// status of its own kind, for which they look up no message handler, and no value of it is ever
// seen.
struct ThreadEnding {};

// Calls of Lua functions within each other. Lua's own limit counts slots of its stack, and calls
// that need few of them would meet the memory limit first, which is no error that a script can
// handle.
constexpr int kMostNestedCalls = 200'000;
constexpr absl::string_view kStackOverflow = "stack overflow: more than 200000 nested calls";
// Finding the frame takes long where the calls are nested deeply, so not every interval looks.
constexpr int64_t kIntervalsPerDepthCheck = 64;

void OnInstructions(lua_State* L, lua_Debug*) {
  Charge(L, kHookInterval);
  Sandbox& sandbox = Sandbox::Of(L);
  if (sandbox.NextInterval() % kIntervalsPerDepthCheck != 0) return;
  lua_Debug frame;
  // While a coroutine is closed Lua may still hold the message handler of a call that is gone, and
  // it would run that without counting.
  if (sandbox.host().Limits().nested_closes == 0 &&
      lua_getstack(L, kMostNestedCalls, &frame) != 0) {
    RaiseError(L, kStackOverflow);
  }
}

}  // namespace

void SetInstructionHook(lua_State* L) {
  lua_sethook(L, OnInstructions, LUA_MASKCOUNT, kHookInterval);
}

bool IsStackOverflow(lua_State* L, int index) {
  if (lua_type(L, index) != LUA_TSTRING) return false;
  size_t length = 0;
  const char* message = lua_tolstring(L, index, &length);
  return absl::EndsWith(absl::string_view(message, length), kStackOverflow);
}

bool MustEnd(lua_State* L) {
  Sandbox& sandbox = Sandbox::Of(L);
  ThreadLimits& limits = sandbox.host().Limits();
  if (sandbox.memory().is_exhausted()) limits.Meet(Limit::kMemory);
  return limits.met() != Limit::kNone || sandbox.host().IsEnding();
}

void RaiseEnding(lua_State* L) {
  MustEnd(L);  // A limit that was met just now is noted, and with it the place.
  ThreadLimits& limits = Sandbox::Of(L).host().Limits();
  if (limits.met() != Limit::kNone && limits.position.empty()) {
    limits.position = ScriptPosition(L, 0);
  }
  // Whatever script code still gets its turn on the way out (a to-be-closed variable's) ends at its
  // first instruction.
  lua_sethook(L, OnInstructions, LUA_MASKCOUNT, 1);
  throw ThreadEnding();
}

void Charge(lua_State* L, int64_t work) {
  Sandbox& sandbox = Sandbox::Of(L);
  sandbox.host().Limits().Charge(work + sandbox.memory().TakeWork());
  RaiseIfEnding(L);
}

void RaiseError(lua_State* L, absl::string_view message) {
  luaL_where(L, 1);
  lua_pushlstring(L, message.data(), message.size());
  lua_concat(L, 2);
  lua_error(L);
  throw ThreadEnding();  // Not reached: lua_error does not return, but does not say so.
}

}  // namespace wsim
