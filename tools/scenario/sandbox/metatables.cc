// Metatables without __gc and __mode: when memory is collected must not show, because it depends on
// the addresses by which Lua spreads its keys.
#include <cstring>

#include "tools/scenario/sandbox/libraries.h"
#include "tools/scenario/sandbox/native_function.h"

namespace wsim {
namespace {

void RefuseField(lua_State* L, const char* field) {
  lua_pushstring(L, field);
  lua_rawget(L, 2);
  if (!lua_isnil(L, -1)) {
    luaL_error(L, "setmetatable: %s is refused: a scenario must not see when memory is collected",
               field);
  }
  lua_pop(L, 1);
}

int SetMetatable(lua_State* L) {
  if (lua_istable(L, 2)) {
    RefuseField(L, "__gc");
    RefuseField(L, "__mode");
  }
  return CallWrapped(L);
}

}  // namespace

void AddMetatableFunctions(lua_State* L) {
  Wrap(L, "setmetatable", SetMetatable);
  // What setmetatable refuses must not come in through the one metatable that it does not set.
  lua_pushliteral(L, "");
  if (lua_getmetatable(L, -1) != 0) {
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

void PushWeakKeys(lua_State* L) {
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
}

// A script can add __mode to a metatable after it was set, and Lua gives no chance to refuse that.
// Lua recognizes the field by the one string object that it made for this name when the state
// began. That object gets another text here, which nobody uses, so that from now on "__mode" is a
// string like any other, while the metatables of PushWeakKeys still hold the object itself.
void DisableWeakTables(lua_State* L) {
  constexpr char kUnusedText[] = "\x7F\x01mode";
  static_assert(sizeof(kUnusedText) == sizeof("__mode"));
  lua_pushliteral(L, "__mode");
  std::memcpy(const_cast<char*>(lua_tostring(L, -1)), kUnusedText, sizeof(kUnusedText));
  lua_pop(L, 1);
}

}  // namespace wsim
