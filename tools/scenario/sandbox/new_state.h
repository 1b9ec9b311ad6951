// A Lua state that is the same in every process.
#ifndef TOOLS_SCENARIO_SANDBOX_NEW_STATE_H_
#define TOOLS_SCENARIO_SANDBOX_NEW_STATE_H_

#include "tools/scenario/sandbox/lua.h"

namespace wsim {

// As lua_newstate, but for the seed of its string hashes, which Lua 5.4 makes of the time and of
// addresses: here it is always the same. (Lua 5.5 takes it as an argument.) The seed decides which
// strings collide, and so when a table from which keys are removed is laid out anew: scripts see
// that in the length of a table with holes and in the memory that it takes.
//
// Null: no memory, or a Lua whose state is not laid out as that of any 5.4.
lua_State* NewState(lua_Alloc allocate, void* user);

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_NEW_STATE_H_
