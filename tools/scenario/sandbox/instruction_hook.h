// Counting instructions: the part that each Lua thread must have set. Private to the sandbox.
#ifndef TOOLS_SCENARIO_SANDBOX_INSTRUCTION_HOOK_H_
#define TOOLS_SCENARIO_SANDBOX_INSTRUCTION_HOOK_H_

#include "tools/scenario/sandbox/lua.h"

namespace wsim {

// Instructions are counted in steps of this many, by each Lua thread for itself.
inline constexpr int kHookInterval = 100;

// Makes `L` charge the running thread for its instructions. Coroutines inherit this.
void SetInstructionHook(lua_State* L);

// What an exception costs, by which Lua returns from a failed call or a coroutine that yields.
inline constexpr int kUnwindingWork = 30;

// Whether the value is the error that nested calls were too many. It is raised where instructions
// are counted, and until it is caught no others are: no function of the script may handle it
// before.
bool IsStackOverflow(lua_State* L, int index);

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_INSTRUCTION_HOOK_H_
