// How C++ functions join the sandbox, so that no script outruns its limits or survives its end.
#ifndef TOOLS_SCENARIO_SANDBOX_NATIVE_FUNCTION_H_
#define TOOLS_SCENARIO_SANDBOX_NATIVE_FUNCTION_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "tools/scenario/sandbox/lua.h"

namespace wsim {

// Whether the running thread is to end: from outside, or by a limit. No script code may run then.
bool MustEnd(lua_State* L);

// Leaves the script by a way that nothing in it can stop: not pcall, a message handler, a
// to-be-closed variable or a coroutine. It ends at ProtectedCall. Frames of C++ are unwound with
// their destructors.
[[noreturn]] void RaiseEnding(lua_State* L);
inline void RaiseIfEnding(lua_State* L) {
  if (MustEnd(L)) RaiseEnding(L);
}

// Counts work that runs no instructions, about one for each 5 ns, before it is done. Does not
// return when the thread must end.
void Charge(lua_State* L, int64_t work);

// Raises an ordinary error, which the script may catch: "file:line: message".
[[noreturn]] void RaiseError(lua_State* L, absl::string_view message);

// The form in which every function of the host is given to Lua: a thread that must end calls
// nothing, and one that was ended while it waited gets no answer. `F` may use C++ objects with
// destructors, raise errors, and block; it must not throw otherwise.
template <int (*F)(lua_State*)>
int Native(lua_State* L) {
  RaiseIfEnding(L);
  const int results = F(L);
  RaiseIfEnding(L);
  return results;
}

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_NATIVE_FUNCTION_H_
