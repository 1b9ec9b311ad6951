// The standard libraries as scenarios have them. Private to the sandbox.
#ifndef TOOLS_SCENARIO_SANDBOX_LIBRARIES_H_
#define TOOLS_SCENARIO_SANDBOX_LIBRARIES_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/scenario/sandbox/lua.h"

namespace wsim {

// Each adds its functions to the table on top of the stack, in place of any that are there. They
// are called once, by OpenLibraries, and may raise errors.
void AddBaseFunctions(lua_State* L);       // base_library.cc
void AddProtectedCalls(lua_State* L);      // protected_calls.cc: pcall, xpcall
void AddIteration(lua_State* L);           // iteration.cc: next, pairs
void AddMetatableFunctions(lua_State* L);  // metatables.cc: setmetatable; after strings
void AddStringFunctions(lua_State* L);     // string_library.cc
void AddPatternFunctions(lua_State* L);    // pattern_library.cc: find, match, gmatch, gsub
void AddTableFunctions(lua_State* L);      // table_library.cc
void AddSort(lua_State* L);                // sort.cc
void AddCoroutineFunctions(lua_State* L);  // coroutines.cc
void AddRandom(lua_State* L);              // random.cc: math.random, math.randomseed
void AddUtf8Functions(lua_State* L);       // utf8_library.cc

// Fills the globals with all of them. A lua_CFunction.
int OpenLibraries(lua_State* L);  // libraries.cc

// Makes every table strong for good, but those that have the metatable pushed by PushWeakKeys,
// which must have been called before (metatables.cc).
void PushWeakKeys(lua_State* L);
void DisableWeakTables(lua_State* L);

// Puts `wrapper` before the function `name` of the table on top of the stack. The wrapper ends with
// CallWrapped, in the same frame, so that errors name the function as the script called it.
void Wrap(lua_State* L, const char* name, lua_CFunction wrapper);
int CallWrapped(lua_State* L);

// A position in a sequence of `length` as Lua's string functions count it: from 1, or from the end
// when negative. At least 1 for a start; at most `length` for an end.
size_t StartPosition(lua_Integer position, size_t length);
size_t EndPosition(lua_Integer position, size_t length);

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_LIBRARIES_H_
