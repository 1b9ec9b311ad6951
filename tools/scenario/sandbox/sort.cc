// table.sort: stable, so that its result does not depend on an algorithm that Lua leaves open. A
// merge sort of copies: the table changes only when the sort is done, and an order function that
// contradicts itself gives some order, no error.
#include <algorithm>
#include <climits>
#include <vector>

#include "tools/scenario/sandbox/libraries.h"
#include "tools/scenario/sandbox/native_function.h"

namespace wsim {
namespace {

// Stack: the table, the order function or nil, the table of copies.
constexpr int kTable = 1;
constexpr int kOrder = 2;
constexpr int kCopies = 3;

// Ranks are positions in the table of copies, from 1.
using Ranks = std::vector<int>;

// Copies the elements; their ranks in the order in which they stand.
Ranks CopyElements(lua_State* L, lua_Integer count) {
  Ranks ranks;
  for (lua_Integer i = 1; i <= count; ++i) {
    Charge(L, 1);
    lua_geti(L, kTable, i);
    lua_rawseti(L, kCopies, i);
    ranks.push_back(static_cast<int>(i));
  }
  return ranks;
}

bool Less(lua_State* L, int a, int b) {
  bool is_less;
  if (lua_isnil(L, kOrder)) {
    lua_rawgeti(L, kCopies, a);
    lua_rawgeti(L, kCopies, b);
    is_less = lua_compare(L, -2, -1, LUA_OPLT) != 0;
    lua_pop(L, 2);
  } else {
    lua_pushvalue(L, kOrder);
    lua_rawgeti(L, kCopies, a);
    lua_rawgeti(L, kCopies, b);
    lua_call(L, 2, 1);
    is_less = lua_toboolean(L, -1) != 0;
    lua_pop(L, 1);
  }
  return is_less;
}

// Merges the sorted runs [begin, middle) and [middle, end) of `from` into `to`.
void Merge(lua_State* L, const Ranks& from, Ranks& to, size_t begin, size_t middle, size_t end) {
  Charge(L, static_cast<int64_t>(end - begin) * 4);
  size_t left = begin;
  size_t right = middle;
  for (size_t i = begin; i < end; ++i) {
    const bool takes_right = right < end && (left == middle || Less(L, from[right], from[left]));
    to[i] = from[takes_right ? right++ : left++];
  }
}

int Sort(lua_State* L) {
  luaL_checktype(L, kTable, LUA_TTABLE);
  if (!lua_isnoneornil(L, kOrder)) luaL_checktype(L, kOrder, LUA_TFUNCTION);
  const lua_Integer count = luaL_len(L, kTable);
  luaL_argcheck(L, count < INT_MAX, kTable, "array too big");
  lua_settop(L, kOrder);
  lua_newtable(L);
  Ranks ranks = CopyElements(L, count);
  Ranks merged(ranks.size());
  for (size_t width = 1; width < ranks.size(); width *= 2) {
    for (size_t begin = 0; begin < ranks.size(); begin += 2 * width) {
      const size_t middle = std::min(begin + width, ranks.size());
      const size_t end = std::min(begin + 2 * width, ranks.size());
      Merge(L, ranks, merged, begin, middle, end);
    }
    ranks.swap(merged);
  }
  for (size_t i = 0; i < ranks.size(); ++i) {
    lua_rawgeti(L, kCopies, ranks[i]);
    lua_seti(L, kTable, static_cast<lua_Integer>(i) + 1);
  }
  return 0;
}

}  // namespace

void AddSort(lua_State* L) {
  lua_pushcfunction(L, Native<Sort>);
  lua_setfield(L, -2, "sort");
}

}  // namespace wsim
