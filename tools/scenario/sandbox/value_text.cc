#include "tools/scenario/sandbox/value_text.h"

namespace wsim {
namespace {

absl::string_view TextAtTop(lua_State* L) {
  size_t length = 0;
  const char* text = lua_tolstring(L, -1, &length);
  return absl::string_view(text, length);
}

// The kind of a value that has no text of its own.
void PushTypeName(lua_State* L, int index) {
  const int type = luaL_getmetafield(L, index, "__name");
  if (type == LUA_TSTRING) return;
  if (type != LUA_TNIL) lua_pop(L, 1);
  lua_pushstring(L, luaL_typename(L, index));
}

}  // namespace

absl::string_view PushText(lua_State* L, int index) {
  index = lua_absindex(L, index);
  luaL_checkstack(L, LUA_MINSTACK, nullptr);
  if (luaL_callmeta(L, index, "__tostring") != 0) {
    if (lua_isstring(L, -1) == 0) luaL_error(L, "'__tostring' must return a string");
    return TextAtTop(L);
  }
  switch (lua_type(L, index)) {
    case LUA_TNUMBER:
    case LUA_TSTRING:
      lua_pushvalue(L, index);
      break;
    case LUA_TBOOLEAN:
      lua_pushstring(L, lua_toboolean(L, index) != 0 ? "true" : "false");
      break;
    case LUA_TNIL:
    case LUA_TNONE:
      lua_pushliteral(L, "nil");
      break;
    default:
      PushTypeName(L, index);
      break;
  }
  return TextAtTop(L);
}

std::string OutcomeText(lua_State* L, int first) {
  std::string octets;
  const int last = lua_gettop(L);
  for (int i = lua_absindex(L, first); i <= last; ++i) {
    if (!octets.empty() || i > first) octets += ", ";
    const absl::string_view text = PushText(L, i);
    octets.append(text.data(), text.size());
    lua_pop(L, 1);
  }
  return EscapeInvalidUtf8(octets);
}

}  // namespace wsim
