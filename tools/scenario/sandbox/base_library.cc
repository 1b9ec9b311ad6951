// load, print, tostring, tonumber.
#include <string>

#include "tools/scenario/sandbox/libraries.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/sandbox.h"
#include "tools/scenario/sandbox/value_text.h"

namespace wsim {
namespace {

// Index of the piece of text that the compiler works on: it must not be collected.
constexpr int kPieceIndex = 5;

// The pieces that a script's function gives, charged for compiling them.
const char* ReadPiece(lua_State* L, void*, size_t* size) {
  luaL_checkstack(L, 2, "too many nested functions");
  lua_pushvalue(L, 1);
  lua_call(L, 0, 1);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    *size = 0;
    return nullptr;
  }
  if (lua_isstring(L, -1) == 0) luaL_error(L, "reader function must return a string");
  lua_replace(L, kPieceIndex);
  const char* piece = lua_tolstring(L, kPieceIndex, size);
  Charge(L, static_cast<int64_t>(*size));
  return piece;
}

int LoadText(lua_State* L, const char* text, size_t size) {
  Charge(L, static_cast<int64_t>(size));
  return luaL_loadbufferx(L, text, size, luaL_optstring(L, 2, text), "t");
}

// load(chunk [, chunkname [, mode [, env]]]), of text alone.
int Load(lua_State* L) {
  const bool has_environment = !lua_isnone(L, 4);
  const absl::string_view mode = luaL_optstring(L, 3, "bt");
  if (mode.find('t') == absl::string_view::npos) {
    lua_pushnil(L);
    lua_pushfstring(L, "attempt to load a text chunk (mode is '%s')", mode.data());
    return 2;
  }
  lua_settop(L, kPieceIndex);
  int status;
  size_t size = 0;
  if (const char* text = lua_tolstring(L, 1, &size)) {
    status = LoadText(L, text, size);
  } else {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    status = lua_load(L, ReadPiece, nullptr, luaL_optstring(L, 2, "=(load)"), "t");
  }
  if (status != LUA_OK) {
    RaiseIfEnding(L);  // The end may have come while the reader ran.
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
  }
  if (has_environment) {
    lua_pushvalue(L, 4);
    if (lua_setupvalue(L, -2, 1) == nullptr) lua_pop(L, 1);
  }
  return 1;
}

int Print(lua_State* L) {
  std::string line;
  const int count = lua_gettop(L);
  for (int i = 1; i <= count; ++i) {
    if (i > 1) line += '\t';
    const absl::string_view text = PushText(L, i);
    line.append(text.data(), text.size());
    lua_pop(L, 1);
  }
  Charge(L, static_cast<int64_t>(line.size()) / 16);
  Sandbox::Of(L).host().Print(line);
  return 0;
}

int ToString(lua_State* L) {
  luaL_checkany(L, 1);
  PushText(L, 1);
  return 1;
}

int ToNumber(lua_State* L) {
  if (lua_type(L, 1) == LUA_TSTRING) Charge(L, static_cast<int64_t>(lua_rawlen(L, 1)) / 4);
  return CallWrapped(L);
}

constexpr luaL_Reg kFunctions[] = {{"load", Native<Load>},
                                   {"print", Native<Print>},
                                   {"tostring", Native<ToString>},
                                   {nullptr, nullptr}};

}  // namespace

void AddBaseFunctions(lua_State* L) {
  luaL_setfuncs(L, kFunctions, 0);
  Wrap(L, "tonumber", Native<ToNumber>);
}

}  // namespace wsim
