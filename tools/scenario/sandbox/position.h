// Where in the script something happens. Private to the sandbox.
#ifndef TOOLS_SCENARIO_SANDBOX_POSITION_H_
#define TOOLS_SCENARIO_SANDBOX_POSITION_H_

#include <string>

#include "tools/scenario/sandbox/lua.h"

namespace wsim {

// How many frames are searched. Enough for what raises an error; finding a frame takes the longer
// the deeper it lies.
inline constexpr int kSearchedFrames = 32;

// "file:line: " of the innermost function of the script, from `level` of the stack on; empty where
// none is near.
std::string ScriptPosition(lua_State* L, int level);

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_POSITION_H_
