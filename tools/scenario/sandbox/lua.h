// Lua 5.4 as wsim links it: the C++ build, whose errors are C++ exceptions. The names therefore
// have C++ linkage, and the headers are included as they stand.
#ifndef TOOLS_SCENARIO_SANDBOX_LUA_H_
#define TOOLS_SCENARIO_SANDBOX_LUA_H_

#include <lua5.4/lua.h>
//
#include <lua5.4/lauxlib.h>
#include <lua5.4/lualib.h>

#endif  // TOOLS_SCENARIO_SANDBOX_LUA_H_
