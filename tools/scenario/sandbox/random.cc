// math.random over the run's decisions.
#include "tools/scenario/sandbox/libraries.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/sandbox.h"

namespace wsim {
namespace {

// A double holds 53 bits exactly.
constexpr uint64_t kFractions = uint64_t{1} << 53;

uint64_t Draw(lua_State* L, uint64_t largest) {
  return largest == 0 ? 0 : Sandbox::Of(L).host().Random(largest);
}

int RandomInRange(lua_State* L, lua_Integer low, lua_Integer high, int high_argument) {
  luaL_argcheck(L, low <= high, high_argument, "interval is empty");
  const uint64_t offset = Draw(L, static_cast<uint64_t>(high) - static_cast<uint64_t>(low));
  lua_pushinteger(L, static_cast<lua_Integer>(static_cast<uint64_t>(low) + offset));
  return 1;
}

// random(): a float in [0, 1); random(0): any integer; random(m): 1 to m; random(m, n): m to n.
int Random(lua_State* L) {
  switch (lua_gettop(L)) {
    case 0:
      lua_pushnumber(L, static_cast<lua_Number>(Draw(L, kFractions - 1)) /
                            static_cast<lua_Number>(kFractions));
      return 1;
    case 1: {
      const lua_Integer high = luaL_checkinteger(L, 1);
      if (high != 0) return RandomInRange(L, 1, high, 1);
      lua_pushinteger(L, static_cast<lua_Integer>(Draw(L, UINT64_MAX)));
      return 1;
    }
    case 2:
      return RandomInRange(L, luaL_checkinteger(L, 1), luaL_checkinteger(L, 2), 2);
    default:
      return luaL_error(L, "wrong number of arguments");
  }
}

// The run has one seed, its own; a script's changes nothing, so that a replayed run stays the same.
int RandomSeed(lua_State* L) {
  for (int i = 1; i <= lua_gettop(L) && i <= 2; ++i) luaL_checknumber(L, i);
  return 0;
}

constexpr luaL_Reg kFunctions[] = {
    {"random", Native<Random>}, {"randomseed", Native<RandomSeed>}, {nullptr, nullptr}};

}  // namespace

void AddRandom(lua_State* L) { luaL_setfuncs(L, kFunctions, 0); }

}  // namespace wsim
