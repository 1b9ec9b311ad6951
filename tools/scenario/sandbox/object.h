// wsim's own objects as scripts see them: sockets, events. A table may have them as keys, and
// visits them in the order of their making.
#ifndef TOOLS_SCENARIO_SANDBOX_OBJECT_H_
#define TOOLS_SCENARIO_SANDBOX_OBJECT_H_

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

#include "tools/scenario/sandbox/lua.h"

namespace wsim {

// Declares a type of object: `name` is what error messages call it, `methods` (ended by a null
// entry) what its values answer to. Its metatable is out of the script's reach. In Install or a
// native function only.
void DefineObjectType(lua_State* L, const char* name, const luaL_Reg* methods);

// The parts of NewObject and FindObject that do not depend on the type.
void* NewObjectMemory(lua_State* L, const char* type_name, size_t size);
void* FindObjectMemory(lua_State* L, int index, const char* type_name);

// The place of the value in the order of making, from 1; 0 when it is no object.
uint64_t ObjectSerial(lua_State* L, int index);

// Pushes a new object that holds `value`. Lua collects it whenever it likes, so it owns nothing: T
// is an id or a pointer to what the host owns.
template <typename T>
T& NewObject(lua_State* L, const char* type_name, T value) {
  static_assert(std::is_trivially_destructible_v<T>);
  static_assert(alignof(T) <= alignof(std::max_align_t));
  return *new (NewObjectMemory(L, type_name, sizeof(T))) T(std::move(value));
}

// The object at `index`; null when the value is not one of this type.
template <typename T>
T* FindObject(lua_State* L, int index, const char* type_name) {
  return static_cast<T*>(FindObjectMemory(L, index, type_name));
}

// The object at `index`; raises "bad argument #1 to 'send' (socket expected, got nil)" otherwise.
template <typename T>
T& CheckObject(lua_State* L, int index, const char* type_name) {
  T* object = FindObject<T>(L, index, type_name);
  if (object == nullptr) luaL_typeerror(L, index, type_name);
  return *object;
}

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_OBJECT_H_
