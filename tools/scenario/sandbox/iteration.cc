// next and pairs in an order that depends on the keys alone.
//
// For a small table each step looks at all keys for the successor of the last one. For a larger one
// the first such step takes a snapshot: the keys in order, kept until the traversal ends or begins
// anew. A field that is added meanwhile may thus be missed, which Lua permits; one that is cleared
// is skipped.
#include <algorithm>
#include <new>
#include <vector>

#include "tools/scenario/sandbox/key_order.h"
#include "tools/scenario/sandbox/libraries.h"
#include "tools/scenario/sandbox/native_function.h"

namespace wsim {
namespace {

// Tables of up to this many keys need no snapshot.
constexpr size_t kSmallTable = 16;
// Keys that are looked at in the time of an instruction.
constexpr int64_t kKeysPerInstruction = 2;

// Stack of `next`: the table, the last key or nil, then what a step needs.
constexpr int kTable = 1;
constexpr int kLastKey = 2;
constexpr int kBestKey = 3;
// Upvalue of `next`: from a table to the snapshot of its traversal, with weak keys.
constexpr int kSnapshots = lua_upvalueindex(1);

// The keys of a table at one moment. A userdata, whose user value is the table of keys in the order
// in which Lua stores them; `order`, behind this header, says which of them comes first, second and
// so on.
struct Snapshot {
  uint32_t count;
  uint32_t position;  // in `order`: the key that is expected to be asked for next
  uint32_t* order() { return reinterpret_cast<uint32_t*>(this + 1); }
};

struct OrderedKey {
  Key key;
  uint32_t index;  // in the table of keys, from 1
};

void RefuseUnordered(lua_State* L, size_t unordered) {
  if (unordered <= 1) return;
  RaiseError(
      L,
      "this table cannot be traversed: more than one of its keys is a table, a function or a "
      "coroutine, and these have no order; use numbers, strings, booleans or wsim's objects");
}

// Pushes the value that the table has for the key on top of the stack; pops the key when it has
// none.
bool PushFieldOfTop(lua_State* L) {
  lua_pushvalue(L, -1);
  if (lua_rawget(L, kTable) != LUA_TNIL) return true;
  lua_pop(L, 2);
  return false;
}

void DropSnapshot(lua_State* L) {
  lua_pushvalue(L, kTable);
  if (lua_rawget(L, kSnapshots) != LUA_TNIL) {
    lua_pushvalue(L, kTable);
    lua_pushnil(L);
    lua_rawset(L, kSnapshots);
  }
  lua_pop(L, 1);
}

// Looks at all keys for the least one after the last key, or of all when that is nil, and leaves it
// in kBestKey (nil: there is none). The number of keys.
size_t FindSuccessor(lua_State* L) {
  const bool is_first = lua_isnil(L, kLastKey);
  const Key last = Key::At(L, kLastKey);
  Key best = last;
  size_t count = 0;
  size_t unordered = 0;
  lua_pushnil(L);
  while (lua_next(L, kTable) != 0) {
    lua_pop(L, 1);
    const Key key = Key::At(L, -1);
    ++count;
    if (!key.has_order()) ++unordered;
    if (!is_first && !(last < key)) continue;
    if (!lua_isnil(L, kBestKey) && !(key < best)) continue;
    best = key;
    lua_copy(L, -1, kBestKey);
  }
  Charge(L, static_cast<int64_t>(count) / kKeysPerInstruction);
  RefuseUnordered(L, unordered);
  return count;
}

// Collects the keys of the table, of which there are `count`, into the table on top of the stack.
std::vector<OrderedKey> CollectKeys(lua_State* L, size_t count) {
  std::vector<OrderedKey> keys;
  keys.reserve(count);
  const int stored = lua_gettop(L);
  size_t unordered = 0;
  lua_pushnil(L);
  while (lua_next(L, kTable) != 0) {
    lua_pop(L, 1);
    keys.push_back({Key::At(L, -1), static_cast<uint32_t>(keys.size() + 1)});
    if (!keys.back().key.has_order()) ++unordered;
    lua_pushvalue(L, -1);
    lua_rawseti(L, stored, keys.back().index);
  }
  RefuseUnordered(L, unordered);
  return keys;
}

// Pushes a new snapshot of the table.
Snapshot* TakeSnapshot(lua_State* L, size_t count) {
  Charge(L, static_cast<int64_t>(count));
  lua_createtable(L, static_cast<int>(count), 0);
  std::vector<OrderedKey> keys = CollectKeys(L, count);
  std::sort(keys.begin(), keys.end(),
            [](const OrderedKey& a, const OrderedKey& b) { return a.key < b.key; });
  void* memory = lua_newuserdatauv(L, sizeof(Snapshot) + keys.size() * sizeof(uint32_t), 1);
  auto* snapshot = new (memory) Snapshot{static_cast<uint32_t>(keys.size()), 0};
  for (size_t i = 0; i < keys.size(); ++i) snapshot->order()[i] = keys[i].index;
  lua_insert(L, -2);
  lua_setiuservalue(L, -2, 1);
  lua_pushvalue(L, kTable);
  lua_pushvalue(L, -2);
  lua_rawset(L, kSnapshots);
  return snapshot;
}

// The place in the snapshot's order behind the last key. The table of keys is on top of the stack.
uint32_t PositionAfterLast(lua_State* L, Snapshot* snapshot) {
  const auto key_at = [&](uint32_t place) { lua_rawgeti(L, -1, snapshot->order()[place]); };
  if (snapshot->position > 0) {
    key_at(snapshot->position - 1);
    const bool is_expected = lua_rawequal(L, -1, kLastKey) != 0;
    lua_pop(L, 1);
    if (is_expected) return snapshot->position;
  }
  const Key last = Key::At(L, kLastKey);
  uint32_t low = 0;
  uint32_t high = snapshot->count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    key_at(middle);
    if (last < Key::At(L, -1)) {
      high = middle;
    } else {
      low = middle + 1;
    }
    lua_pop(L, 1);
  }
  return low;
}

// The step of a traversal whose snapshot is on top of the stack.
int NextInSnapshot(lua_State* L, Snapshot* snapshot) {
  lua_getiuservalue(L, -1, 1);
  const int keys = lua_gettop(L);
  const uint32_t start = PositionAfterLast(L, snapshot);
  for (uint32_t place = start; place < snapshot->count; ++place) {
    lua_rawgeti(L, keys, snapshot->order()[place]);
    if (!PushFieldOfTop(L)) continue;
    snapshot->position = place + 1;
    if (place > start) Charge(L, (place - start) / kKeysPerInstruction);
    return 2;
  }
  Charge(L, (snapshot->count - start) / kKeysPerInstruction);
  DropSnapshot(L);
  lua_pushnil(L);
  return 1;
}

int Next(lua_State* L) {
  luaL_checktype(L, kTable, LUA_TTABLE);
  lua_settop(L, kLastKey);
  if (lua_isnil(L, kLastKey)) {
    DropSnapshot(L);
  } else {
    lua_pushvalue(L, kTable);
    lua_rawget(L, kSnapshots);
    if (auto* snapshot = static_cast<Snapshot*>(lua_touserdata(L, -1))) {
      return NextInSnapshot(L, snapshot);
    }
  }
  lua_settop(L, kLastKey);
  lua_pushnil(L);  // kBestKey
  const size_t count = FindSuccessor(L);
  if (lua_isnil(L, kBestKey)) return 1;
  if (count > kSmallTable && !lua_isnil(L, kLastKey)) {
    return NextInSnapshot(L, TakeSnapshot(L, count));
  }
  PushFieldOfTop(L);
  return 2;
}

// pairs(t): __pairs where there is one, else `next`, its upvalue.
int Pairs(lua_State* L) {
  luaL_checkany(L, 1);
  if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
    lua_pushvalue(L, 1);
    lua_callk(L, 1, 3, 0, [](lua_State*, int, lua_KContext) { return 3; });
    return 3;
  }
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

}  // namespace

void AddIteration(lua_State* L) {
  lua_newtable(L);
  PushWeakKeys(L);
  lua_setmetatable(L, -2);
  lua_pushcclosure(L, Next, 1);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "next");
  lua_pushcclosure(L, Pairs, 1);
  lua_setfield(L, -2, "pairs");
}

}  // namespace wsim
