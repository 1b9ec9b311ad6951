// The utf8 library, charged for the octets that its functions pass over.
#include <algorithm>
#include <cstdlib>

#include "tools/scenario/sandbox/libraries.h"
#include "tools/scenario/sandbox/native_function.h"

namespace wsim {
namespace {

constexpr int64_t kOctetsPerInstruction = 2;

// Charges for the octets from the position in argument `first` to that in `last`.
void ChargeRange(lua_State* L, lua_Integer first, lua_Integer last) {
  const size_t length = lua_rawlen(L, 1);
  const size_t start = StartPosition(first, length);
  const size_t end = EndPosition(last, length);
  if (end > start) Charge(L, static_cast<int64_t>(end - start) / kOctetsPerInstruction);
}

int Length(lua_State* L) {
  luaL_checkstring(L, 1);
  ChargeRange(L, luaL_optinteger(L, 2, 1), luaL_optinteger(L, 3, -1));
  return CallWrapped(L);
}

int CodePoint(lua_State* L) {
  luaL_checkstring(L, 1);
  const lua_Integer first = luaL_optinteger(L, 2, 1);
  ChargeRange(L, first, luaL_optinteger(L, 3, first));
  return CallWrapped(L);
}

int Offset(lua_State* L) {
  luaL_checkstring(L, 1);
  const lua_Integer characters = luaL_checkinteger(L, 2);
  const auto length = static_cast<lua_Integer>(lua_rawlen(L, 1));
  const lua_Integer distance = std::clamp<lua_Integer>(characters, -length, length);
  Charge(L, std::abs(distance) / kOctetsPerInstruction);
  return CallWrapped(L);
}

}  // namespace

void AddUtf8Functions(lua_State* L) {
  Wrap(L, "len", Native<Length>);
  Wrap(L, "codepoint", Native<CodePoint>);
  Wrap(L, "offset", Native<Offset>);
}

}  // namespace wsim
