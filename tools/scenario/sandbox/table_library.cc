// The table library but for sort. Elements are read and written with metamethods, as Lua does;
// every function charges for the elements that it goes over, before it does.
#include <algorithm>
#include <climits>

#include "absl/strings/str_cat.h"
#include "tools/scenario/sandbox/libraries.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/result_buffer.h"

namespace wsim {
namespace {

// Whether the value may stand for a table: it is one, or has the metamethods in `needed`.
void CheckTableLike(lua_State* L, int index, absl::Span<const char* const> needed) {
  if (lua_istable(L, index)) return;
  for (const char* metamethod : needed) {
    if (luaL_getmetafield(L, index, metamethod) == LUA_TNIL) {
      luaL_checktype(L, index, LUA_TTABLE);
    }
    lua_pop(L, 1);
  }
}

constexpr const char* kReadWriteLength[] = {"__index", "__newindex", "__len"};
constexpr const char* kReadLength[] = {"__index", "__len"};
constexpr const char* kRead[] = {"__index"};
constexpr const char* kWrite[] = {"__newindex"};

// What lies between two positions, as work.
void ChargeElements(lua_State* L, lua_Integer first, lua_Integer last) {
  if (first > last) return;
  const uint64_t count = static_cast<uint64_t>(last) - static_cast<uint64_t>(first);
  Charge(L, static_cast<int64_t>(std::min<uint64_t>(count, INT_MAX)) + 1);
}

// insert(list, [position,] value)
int Insert(lua_State* L) {
  CheckTableLike(L, 1, kReadWriteLength);
  const auto end = static_cast<lua_Integer>(static_cast<lua_Unsigned>(luaL_len(L, 1)) + 1);
  lua_Integer position = end;
  if (lua_gettop(L) == 3) {
    position = luaL_checkinteger(L, 2);
    luaL_argcheck(L, static_cast<lua_Unsigned>(position) - 1 < static_cast<lua_Unsigned>(end), 2,
                  "position out of bounds");
    ChargeElements(L, position, end - 1);
    for (lua_Integer i = end; i > position; --i) {
      lua_geti(L, 1, i - 1);
      lua_seti(L, 1, i);
    }
  } else if (lua_gettop(L) != 2) {
    return luaL_error(L, "wrong number of arguments to 'insert'");
  }
  lua_seti(L, 1, position);
  return 0;
}

// remove(list [, position])
int Remove(lua_State* L) {
  CheckTableLike(L, 1, kReadWriteLength);
  const lua_Integer size = luaL_len(L, 1);
  lua_Integer position = luaL_optinteger(L, 2, size);
  if (position != size) {
    luaL_argcheck(L, static_cast<lua_Unsigned>(position) - 1 <= static_cast<lua_Unsigned>(size), 2,
                  "position out of bounds");
  }
  ChargeElements(L, position, size - 1);
  lua_geti(L, 1, position);
  for (; position < size; ++position) {
    lua_geti(L, 1, position + 1);
    lua_seti(L, 1, position);
  }
  lua_pushnil(L);
  lua_seti(L, 1, position);
  return 1;
}

// move(a1, first, last, to [, a2])
int Move(lua_State* L) {
  const lua_Integer first = luaL_checkinteger(L, 2);
  const lua_Integer last = luaL_checkinteger(L, 3);
  const lua_Integer to = luaL_checkinteger(L, 4);
  const int target = lua_isnoneornil(L, 5) ? 1 : 5;
  CheckTableLike(L, 1, kRead);
  CheckTableLike(L, target, kWrite);
  if (first <= last) {
    luaL_argcheck(L, first > 0 || last < LUA_MAXINTEGER + first, 3, "too many elements to move");
    const lua_Integer count = last - first + 1;
    luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
    ChargeElements(L, first, last);
    const bool is_forward =
        to > last || to <= first || (target != 1 && lua_compare(L, 1, target, LUA_OPEQ) == 0);
    for (lua_Integer n = 0; n < count; ++n) {
      const lua_Integer i = is_forward ? n : count - 1 - n;
      lua_geti(L, 1, first + i);
      lua_seti(L, target, to + i);
    }
  }
  lua_pushvalue(L, target);
  return 1;
}

// concat(list [, separator [, first [, last]]])
int Concat(lua_State* L) {
  CheckTableLike(L, 1, kReadLength);
  size_t separator_size = 0;
  const char* separator_text = luaL_optlstring(L, 2, "", &separator_size);
  const absl::string_view separator(separator_text, separator_size);
  lua_Integer i = luaL_optinteger(L, 3, 1);
  const lua_Integer last = lua_isnoneornil(L, 4) ? luaL_len(L, 1) : luaL_checkinteger(L, 4);
  lua_settop(L, 2);
  ResultBuffer result(L);
  ChargeElements(L, i, last);
  for (bool goes_on = i <= last; goes_on; ++i) {
    lua_geti(L, 1, i);
    if (lua_isstring(L, -1) == 0) {
      RaiseError(L, absl::StrCat("invalid value (at index ", i, ") in table for 'concat'"));
    }
    size_t size = 0;
    const char* text = lua_tolstring(L, -1, &size);
    result.Append(absl::string_view(text, size));
    lua_pop(L, 1);
    goes_on = i < last;
    if (!goes_on) break;
    result.Append(separator);
  }
  result.Push();
  return 1;
}

// pack(...)
int Pack(lua_State* L) {
  const int count = lua_gettop(L);
  lua_createtable(L, count, 1);
  lua_insert(L, 1);
  for (int i = count; i >= 1; --i) lua_rawseti(L, 1, i);
  lua_pushinteger(L, count);
  lua_setfield(L, 1, "n");
  return 1;
}

// unpack(list [, first [, last]])
int Unpack(lua_State* L) {
  const lua_Integer first = luaL_optinteger(L, 2, 1);
  const lua_Integer last = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
  if (first > last) return 0;
  const uint64_t beyond_first = static_cast<uint64_t>(last) - static_cast<uint64_t>(first);
  if (beyond_first >= INT_MAX || lua_checkstack(L, static_cast<int>(beyond_first) + 1) == 0) {
    return luaL_error(L, "too many results to unpack");
  }
  const int count = static_cast<int>(beyond_first) + 1;
  Charge(L, count);
  for (int i = 0; i < count; ++i) lua_geti(L, 1, first + i);
  return count;
}

constexpr luaL_Reg kFunctions[] = {{"concat", Native<Concat>}, {"insert", Native<Insert>},
                                   {"move", Native<Move>},     {"pack", Native<Pack>},
                                   {"remove", Native<Remove>}, {"unpack", Native<Unpack>},
                                   {nullptr, nullptr}};

}  // namespace

void AddTableFunctions(lua_State* L) { luaL_setfuncs(L, kFunctions, 0); }

}  // namespace wsim
