#include "tools/scenario/sandbox/object.h"

#include "tools/scenario/sandbox/sandbox.h"

namespace wsim {
namespace {

// Stands before the value in the userdata's memory.
struct alignas(std::max_align_t) ObjectHeader {
  uint64_t serial;
};

}  // namespace

void DefineObjectType(lua_State* L, const char* name, const luaL_Reg* methods) {
  luaL_newmetatable(L, name);  // Sets __name.
  lua_newtable(L);
  luaL_setfuncs(L, methods, 0);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
}

void* NewObjectMemory(lua_State* L, const char* type_name, size_t size) {
  auto* header = static_cast<ObjectHeader*>(lua_newuserdatauv(L, sizeof(ObjectHeader) + size, 0));
  header->serial = Sandbox::Of(L).NextSerial();
  luaL_setmetatable(L, type_name);
  return header + 1;
}

void* FindObjectMemory(lua_State* L, int index, const char* type_name) {
  auto* header = static_cast<ObjectHeader*>(luaL_testudata(L, index, type_name));
  return header == nullptr ? nullptr : header + 1;
}

uint64_t ObjectSerial(lua_State* L, int index) {
  // Every full userdata that a script can hold is an object.
  if (lua_type(L, index) != LUA_TUSERDATA) return 0;
  return static_cast<ObjectHeader*>(lua_touserdata(L, index))->serial;
}

}  // namespace wsim
