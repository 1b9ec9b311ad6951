// The coroutine library: as Lua's, but the end of a thread passes through every coroutine that it
// runs, and none of them runs script code on that way.
#include <optional>

#include "tools/scenario/sandbox/instruction_hook.h"
#include "tools/scenario/sandbox/libraries.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/sandbox.h"

namespace wsim {
namespace {

// What is passed to a coroutine that is resumed only to be counted (see CountFrom). Its address
// cannot come from a script.
constexpr char kCount = 0;

lua_State* CheckCoroutine(lua_State* L) {
  lua_State* coroutine = lua_tothread(L, 1);
  if (coroutine == nullptr) luaL_typeerror(L, 1, "coroutine");
  return coroutine;
}

int Create(lua_State* L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  // The new thread's own first interval, which it may end within.
  Charge(L, kHookInterval);
  lua_State* coroutine = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, coroutine, 1);
  return 1;
}

// Resumes with the arguments on top of `L`. The number of results, which replace them; or -1, with
// the error in their place.
int ResumeWithArguments(lua_State* L, lua_State* coroutine, int argument_count) {
  if (lua_checkstack(coroutine, argument_count) == 0) {
    lua_pushliteral(L, "too many arguments to resume");
    return -1;
  }
  lua_xmove(L, coroutine, argument_count);
  int result_count = 0;
  const int status = lua_resume(coroutine, L, argument_count, &result_count);
  Charge(L, kUnwindingWork);
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_xmove(coroutine, L, 1);
    return -1;
  }
  if (lua_checkstack(L, result_count + 1) == 0) {
    lua_pop(coroutine, result_count);
    lua_pushliteral(L, "too many results to resume");
    return -1;
  }
  lua_xmove(coroutine, L, result_count);
  return result_count;
}

int Resume(lua_State* L) {
  lua_State* coroutine = CheckCoroutine(L);
  const int result_count = ResumeWithArguments(L, coroutine, lua_gettop(L) - 1);
  lua_pushboolean(L, result_count >= 0);
  if (result_count < 0) {
    lua_insert(L, -2);
    return 2;
  }
  lua_insert(L, -(result_count + 1));
  return result_count + 1;
}

// What runs when a coroutine that yielded is resumed.
int ContinueAfterYield(lua_State* L, int, lua_KContext) {
  if (lua_gettop(L) == 1 && lua_touserdata(L, 1) == &kCount) {
    lua_settop(L, 0);
    return lua_yieldk(L, 0, 0, ContinueAfterYield);
  }
  return lua_gettop(L);
}

// Lua counts the C calls within each other, and a coroutine goes on from the count of whoever
// resumed it last; a closing does not carry the count over. Coroutines that close each other would
// exhaust the stack uncounted, so a suspended one is resumed first, to yield again at once.
void CountFrom(lua_State* L, lua_State* coroutine) {
  if (lua_status(coroutine) != LUA_YIELD || lua_checkstack(coroutine, 1) == 0) return;
  lua_pushlightuserdata(coroutine, const_cast<char*>(&kCount));
  int result_count = 0;
  if (lua_resume(coroutine, L, 1, &result_count) == LUA_YIELD) return;
  lua_xmove(coroutine, L, 1);
  lua_error(L);
}

// Calls itself as often as its argument says.
int Descend(lua_State* L) {
  const lua_Integer calls = lua_tointeger(L, 1);
  if (calls == 0) return 0;
  lua_pushcfunction(L, Descend);
  lua_pushinteger(L, calls - 1);
  lua_call(L, 1, 0);
  return 0;
}

// A coroutine that has failed can no longer be resumed to be counted. Its closing gets all of the C
// calls that a thread may nest (200), so it must itself be nested in few, and within no other such.
class FailedClosing {
 public:
  explicit FailedClosing(lua_State* L) : limits_(Sandbox::Of(L).host().Limits()) {
    constexpr lua_Integer kCallsLeft = 150;
    if (limits_.is_closing_failed) {
      RaiseError(L, "C stack overflow: coroutines that failed close each other");
    }
    lua_pushcfunction(L, Descend);
    lua_pushinteger(L, kCallsLeft);
    lua_call(L, 1, 0);  // An error where there are not so many left.
    limits_.is_closing_failed = true;
  }
  ~FailedClosing() { limits_.is_closing_failed = false; }
  FailedClosing(const FailedClosing&) = delete;
  FailedClosing& operator=(const FailedClosing&) = delete;

 private:
  ThreadLimits& limits_;
};

// Ends a coroutine that is suspended or has failed, and closes its variables. LUA_OK, or the status
// of the error that is then on top of the coroutine.
int CloseVariables(lua_State* L, lua_State* coroutine) {
  ThreadLimits& limits = Sandbox::Of(L).host().Limits();
  CountFrom(L, coroutine);
  ++limits.nested_closes;
  const int status = lua_resetthread(coroutine);
  --limits.nested_closes;
  RaiseIfEnding(L);
  return status;
}

// Passes on an error of a wrapped coroutine, which is on top of `L`.
[[noreturn]] void Propagate(lua_State* L, lua_State* coroutine) {
  const int status = lua_status(coroutine);
  if (status != LUA_OK && status != LUA_YIELD) {
    // The error is the coroutine's own, not one of resuming it.
    lua_xmove(L, coroutine, 1);
    CloseVariables(L, coroutine);
    lua_xmove(coroutine, L, 1);
  }
  if (lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  lua_error(L);
  RaiseEnding(L);  // Not reached.
}

int CallWrappedCoroutine(lua_State* L) {
  lua_State* coroutine = lua_tothread(L, lua_upvalueindex(1));
  const int result_count = ResumeWithArguments(L, coroutine, lua_gettop(L));
  if (result_count < 0) Propagate(L, coroutine);
  return result_count;
}

int WrapFunction(lua_State* L) {
  Create(L);
  lua_pushcclosure(L, Native<CallWrappedCoroutine>, 1);
  return 1;
}

int Yield(lua_State* L) {
  if (Sandbox::Of(L).IsThreadBase(L)) {
    RaiseError(L, "attempt to yield from outside a coroutine");
  }
  return lua_yieldk(L, lua_gettop(L), 0, ContinueAfterYield);
}

enum class State { kRunning, kSuspended, kNormal, kDead };

State StateOf(lua_State* L, lua_State* coroutine) {
  if (L == coroutine) return State::kRunning;
  const int status = lua_status(coroutine);
  if (status == LUA_YIELD) return State::kSuspended;
  if (status != LUA_OK) return State::kDead;
  lua_Debug frame;
  if (lua_getstack(coroutine, 0, &frame) != 0) return State::kNormal;
  // Not started yet, with its function waiting, or finished.
  return lua_gettop(coroutine) == 0 ? State::kDead : State::kSuspended;
}

const char* StateName(State state) {
  switch (state) {
    case State::kRunning:
      return "running";
    case State::kSuspended:
      return "suspended";
    case State::kNormal:
      return "normal";
    case State::kDead:
      break;
  }
  return "dead";
}

int Status(lua_State* L) {
  lua_pushstring(L, StateName(StateOf(L, CheckCoroutine(L))));
  return 1;
}

int Close(lua_State* L) {
  lua_State* coroutine = CheckCoroutine(L);
  const State state = StateOf(L, coroutine);
  if (state == State::kRunning || state == State::kNormal) {
    return luaL_error(L, "cannot close a %s coroutine", StateName(state));
  }
  std::optional<FailedClosing> failed;
  if (state == State::kDead && lua_gettop(coroutine) > 0) failed.emplace(L);
  const int status = CloseVariables(L, coroutine);
  lua_pushboolean(L, status == LUA_OK);
  if (status == LUA_OK) return 1;
  lua_xmove(coroutine, L, 1);
  return 2;
}

int Running(lua_State* L) {
  lua_pushthread(L);
  lua_pushboolean(L, Sandbox::Of(L).IsThreadBase(L));
  return 2;
}

int IsYieldable(lua_State* L) {
  lua_State* coroutine = lua_isthread(L, 1) ? lua_tothread(L, 1) : L;
  lua_pushboolean(L, lua_isyieldable(coroutine) && !Sandbox::Of(L).IsThreadBase(coroutine));
  return 1;
}

constexpr luaL_Reg kFunctions[] = {{"close", Native<Close>},
                                   {"create", Native<Create>},
                                   {"isyieldable", Native<IsYieldable>},
                                   {"resume", Native<Resume>},
                                   {"running", Native<Running>},
                                   {"status", Native<Status>},
                                   {"wrap", Native<WrapFunction>},
                                   {"yield", Native<Yield>},
                                   {nullptr, nullptr}};

}  // namespace

void AddCoroutineFunctions(lua_State* L) { luaL_setfuncs(L, kFunctions, 0); }

}  // namespace wsim
