// pcall and xpcall: as Lua's, but a thread that must end passes through them.
#include "tools/scenario/sandbox/instruction_hook.h"
#include "tools/scenario/sandbox/libraries.h"
#include "tools/scenario/sandbox/native_function.h"

namespace wsim {
namespace {

// Called when the protected call has come back, at once or, after a yield, as its continuation.
// Leaves out `below` values at the bottom of the frame.
int FinishProtectedCall(lua_State* L, int status, lua_KContext below) {
  if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - static_cast<int>(below);
  Charge(L, kUnwindingWork);
  lua_pushboolean(L, 0);
  lua_pushvalue(L, -2);
  return 2;
}

int ProtectedCallFunction(lua_State* L) {
  luaL_checkany(L, 1);
  lua_pushboolean(L, 1);
  lua_insert(L, 1);
  const int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, FinishProtectedCall);
  return FinishProtectedCall(L, status, 0);
}

// A message handler around that of the script, its upvalue: no script code runs once the thread
// must end, not even for an error that is on its way already.
int HandleMessage(lua_State* L) {
  if (MustEnd(L) || IsStackOverflow(L, 1)) return 1;
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 1);
  return 1;
}

int ProtectedCallWithHandler(lua_State* L) {
  luaL_checktype(L, 2, LUA_TFUNCTION);
  const int argument_count = lua_gettop(L) - 2;
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, HandleMessage, 1);
  lua_replace(L, 2);
  lua_pushboolean(L, 1);
  lua_pushvalue(L, 1);
  lua_rotate(L, 3, 2);  // function, handler, true, function, arguments
  const int status = lua_pcallk(L, argument_count, LUA_MULTRET, 2, 2, FinishProtectedCall);
  return FinishProtectedCall(L, status, 2);
}

constexpr luaL_Reg kFunctions[] = {{"pcall", Native<ProtectedCallFunction>},
                                   {"xpcall", Native<ProtectedCallWithHandler>},
                                   {nullptr, nullptr}};

}  // namespace

void AddProtectedCalls(lua_State* L) { luaL_setfuncs(L, kFunctions, 0); }

}  // namespace wsim
