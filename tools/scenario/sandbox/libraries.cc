#include "tools/scenario/sandbox/libraries.h"

#include <algorithm>

namespace wsim {
namespace {

using Names = absl::Span<const absl::string_view>;

constexpr absl::string_view kBase[] = {
    "_G",     "_VERSION", "assert", "error",  "getmetatable", "ipairs", "rawequal",
    "rawget", "rawlen",   "rawset", "select", "tonumber",     "type",   "setmetatable"};
constexpr absl::string_view kString[] = {"byte",     "char",    "format", "len",    "lower", "pack",
                                         "packsize", "reverse", "sub",    "unpack", "upper"};
constexpr absl::string_view kMath[] = {
    "abs",  "acos", "asin", "atan", "ceil",       "cos",  "deg",        "exp",  "floor",
    "fmod", "huge", "log",  "max",  "maxinteger", "min",  "mininteger", "modf", "pi",
    "rad",  "sin",  "sqrt", "tan",  "tointeger",  "type", "ult"};
constexpr absl::string_view kUtf8[] = {"char",  "charpattern", "codepoint",
                                       "codes", "len",         "offset"};

// Removes all but the named fields from the table on top of the stack.
void KeepOnly(lua_State* L, Names names) {
  lua_pushnil(L);
  while (lua_next(L, -2) != 0) {
    lua_pop(L, 1);
    const absl::string_view key = lua_tostring(L, -1);  // Libraries have text keys alone.
    if (std::find(names.begin(), names.end(), key) != names.end()) continue;
    lua_pushvalue(L, -1);
    lua_pushnil(L);
    lua_rawset(L, -4);
  }
}

// Pushes Lua's own library, reduced to `names`.
void PushLibrary(lua_State* L, lua_CFunction open, Names names) {
  lua_pushcfunction(L, open);
  lua_call(L, 0, 1);
  KeepOnly(L, names);
}

}  // namespace

int OpenLibraries(lua_State* L) {
  PushLibrary(L, luaopen_base, kBase);
  AddBaseFunctions(L);
  AddProtectedCalls(L);
  AddIteration(L);
  PushLibrary(L, luaopen_string, kString);
  AddStringFunctions(L);
  AddPatternFunctions(L);
  lua_setfield(L, -2, "string");
  PushLibrary(L, luaopen_math, kMath);
  AddRandom(L);
  lua_setfield(L, -2, "math");
  PushLibrary(L, luaopen_utf8, kUtf8);
  AddUtf8Functions(L);
  lua_setfield(L, -2, "utf8");
  lua_newtable(L);
  AddTableFunctions(L);
  AddSort(L);
  lua_setfield(L, -2, "table");
  lua_newtable(L);
  AddCoroutineFunctions(L);
  lua_setfield(L, -2, "coroutine");
  AddMetatableFunctions(L);
  DisableWeakTables(L);
  return 0;
}

void Wrap(lua_State* L, const char* name, lua_CFunction wrapper) {
  lua_getfield(L, -1, name);
  lua_pushcclosure(L, wrapper, 1);
  lua_setfield(L, -2, name);
}

int CallWrapped(lua_State* L) { return lua_tocfunction(L, lua_upvalueindex(1))(L); }

size_t StartPosition(lua_Integer position, size_t length) {
  if (position > 0) return static_cast<size_t>(position);
  if (position == 0 || position < -static_cast<lua_Integer>(length)) return 1;
  return length + static_cast<size_t>(position) + 1;
}

size_t EndPosition(lua_Integer position, size_t length) {
  if (position > static_cast<lua_Integer>(length)) return length;
  if (position >= 0) return static_cast<size_t>(position);
  if (position < -static_cast<lua_Integer>(length)) return 0;
  return length + static_cast<size_t>(position) + 1;
}

}  // namespace wsim
