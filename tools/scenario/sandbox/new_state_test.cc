#include "tools/scenario/sandbox/new_state.h"

#include <cstddef>
#include <cstdlib>
#include <set>
#include <vector>

#include "gtest/gtest.h"

namespace wsim {
namespace {

void* Allocate(void*, void* block, size_t, size_t new_size) {
  if (new_size != 0) return std::realloc(block, new_size);
  std::free(block);
  return nullptr;
}

// The lengths, as one number, of a table with holes to which keys are added and from which they are
// removed. Lua may give any border of such a table; which one it is depends on how the keys
// collide.
constexpr char kLengths[] = R"(
  local x, all = 12345, 0
  local function random(n)
    x = (x * 1103515245 + 12345) % 2147483648
    return (x // 65536) % n + 1
  end
  for round = 1, 30 do
    local t = {}
    for i = 1, 400 do
      if random(3) > 1 then
        t["k" .. random(60)] = random(2) == 1 and i or nil
      else
        t[random(40)] = random(4) > 1 and i or nil
      end
      all = (all * 31 + #t) % 1000000007
    end
  end
  return all)";

lua_Integer Lengths(lua_State* L) {
  luaL_openlibs(L);
  EXPECT_EQ(luaL_dostring(L, kLengths), LUA_OK);
  return lua_tointeger(L, -1);
}

TEST(NewState, LaysOutTablesTheSameWhereverItIs) {
  std::vector<lua_State*> states;  // all at once, so that each has addresses of its own
  std::set<lua_Integer> lengths;
  for (int i = 0; i < 8; ++i) {
    states.push_back(NewState(Allocate, nullptr));
    ASSERT_NE(states.back(), nullptr);
    lengths.insert(Lengths(states.back()));
  }
  for (lua_State* L : states) lua_close(L);
  EXPECT_EQ(lengths.size(), 1u);
}

// What there would be no need for otherwise.
TEST(NewState, DoesWhatLuaDoesNot) {
  std::vector<lua_State*> states;
  std::set<lua_Integer> lengths;
  for (int i = 0; i < 8; ++i) {
    states.push_back(lua_newstate(Allocate, nullptr));
    ASSERT_NE(states.back(), nullptr);
    lengths.insert(Lengths(states.back()));
  }
  for (lua_State* L : states) lua_close(L);
  EXPECT_GT(lengths.size(), 1u);
}

TEST(NewState, GivesTheCallersAllocatorBack) {
  int user = 0;
  lua_State* L = NewState(Allocate, &user);
  ASSERT_NE(L, nullptr);
  void* seen = nullptr;
  EXPECT_EQ(lua_getallocf(L, &seen), &Allocate);
  EXPECT_EQ(seen, &user);
  lua_close(L);
}

TEST(NewState, IsNullWithoutMemory) {
  const lua_Alloc refuse = [](void*, void*, size_t, size_t) -> void* { return nullptr; };
  EXPECT_EQ(NewState(refuse, nullptr), nullptr);
}

}  // namespace
}  // namespace wsim
