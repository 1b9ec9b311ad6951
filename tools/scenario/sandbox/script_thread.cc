// Reference, ScriptThread and ProtectedCall of sandbox.h.
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tools/scenario/sandbox/instruction_hook.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/position.h"
#include "tools/scenario/sandbox/sandbox.h"
#include "tools/scenario/sandbox/value_text.h"

namespace wsim {
namespace {

// Whether `message` begins with "name:", digits and ":".
bool BeginsWithPosition(absl::string_view message, absl::string_view name) {
  if (!absl::ConsumePrefix(&message, name) || !absl::ConsumePrefix(&message, ":")) return false;
  const size_t digits = message.find_first_not_of("0123456789");
  return digits != 0 && digits != absl::string_view::npos && message[digits] == ':';
}

// The message in front of which the script's position stands: the one it has, with the whole name
// of its chunk where Lua has shortened it, or else that of the innermost function of the script.
std::string WithPosition(lua_State* L, absl::string_view message) {
  lua_Debug frame;
  for (int level = 1; level <= kSearchedFrames && lua_getstack(L, level, &frame) != 0; ++level) {
    lua_getinfo(L, "Sl", &frame);
    if (frame.currentline <= 0 || !BeginsWithPosition(message, frame.short_src)) continue;
    absl::string_view chunk(frame.source, frame.srclen);
    if (!absl::ConsumePrefix(&chunk, "@")) chunk = frame.short_src;
    return absl::StrCat(chunk, absl::StripPrefix(message, frame.short_src));
  }
  return absl::StrCat(ScriptPosition(L, 1), message);
}

// What an error value says; leaves it, or its text, on top of the stack.
absl::string_view PushErrorText(lua_State* L, int index) {
  const bool has_text = lua_type(L, index) == LUA_TSTRING || lua_type(L, index) == LUA_TNUMBER ||
                        luaL_getmetafield(L, index, "__tostring") != LUA_TNIL;
  if (has_text) return PushText(L, index);
  lua_pushfstring(L, "the error is a %s value", luaL_typename(L, index));
  return lua_tostring(L, -1);
}

// The message handler of ProtectedCall: turns the error into its line of text, where it was raised.
int DescribeError(lua_State* L) {
  if (MustEnd(L)) return 1;
  const std::string message = WithPosition(L, PushErrorText(L, 1));
  lua_pushlstring(L, message.data(), message.size());
  return 1;
}

// Makes a Lua thread and the reference that keeps it. A lua_CFunction with one light userdata.
struct NewThread {
  lua_State* state = nullptr;
  Reference anchor;
};

int MakeThread(lua_State* L) {
  auto* made = static_cast<NewThread*>(lua_touserdata(L, 1));
  made->state = lua_newthread(L);
  SetInstructionHook(made->state);
  made->anchor = Reference::Take(L);
  return 0;
}

CallResult EndedResult(lua_State* L) {
  const ThreadLimits& limits = Sandbox::Of(L).host().Limits();
  if (limits.met() == Limit::kNone) return {CallResult::Kind::kEnded, ""};
  return {CallResult::Kind::kLimit, absl::StrCat(limits.position, LimitText(limits.met()))};
}

}  // namespace

Reference Reference::Take(lua_State* L) {
  return Reference(&Sandbox::Of(L), luaL_ref(L, LUA_REGISTRYINDEX));
}

Reference::Reference(Reference&& other) noexcept
    : sandbox_(std::exchange(other.sandbox_, nullptr)), key_(other.key_) {}

Reference& Reference::operator=(Reference&& other) noexcept {
  std::swap(sandbox_, other.sandbox_);
  std::swap(key_, other.key_);
  return *this;
}

void Reference::Release() {
  if (sandbox_ != nullptr) luaL_unref(sandbox_->main_state(), LUA_REGISTRYINDEX, key_);
  sandbox_ = nullptr;
}

void Reference::Push(lua_State* L) const {
  if (sandbox_ == nullptr) {
    lua_pushnil(L);
  } else {
    lua_rawgeti(L, LUA_REGISTRYINDEX, key_);
  }
}

ScriptThread::ScriptThread(Sandbox& sandbox, lua_State* state, Reference anchor)
    : sandbox_(&sandbox), state_(state), anchor_(std::move(anchor)) {
  sandbox.bases_.insert(state);
}

ScriptThread::ScriptThread(ScriptThread&& other) noexcept
    : sandbox_(std::exchange(other.sandbox_, nullptr)),
      state_(other.state_),
      anchor_(std::move(other.anchor_)) {}

ScriptThread::~ScriptThread() {
  if (sandbox_ != nullptr) sandbox_->bases_.erase(state_);
}

absl::StatusOr<ScriptThread> ScriptThread::Create(Sandbox& sandbox) {
  NewThread made;
  lua_State* L = sandbox.main_state();
  lua_pushcfunction(L, MakeThread);
  lua_pushlightuserdata(L, &made);
  if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
    lua_pop(L, 1);
    return absl::ResourceExhaustedError(LimitText(Limit::kMemory));
  }
  return ScriptThread(sandbox, made.state, std::move(made.anchor));
}

CallResult ScriptThread::Run(const Reference& function) {
  function.Push(state_);
  return ProtectedCall(state_, 0, 0);
}

CallResult ProtectedCall(lua_State* L, int argument_count, int result_count) {
  const int base = lua_gettop(L) - argument_count;
  lua_pushcfunction(L, DescribeError);
  lua_insert(L, base);
  const int status = lua_pcall(L, argument_count, result_count, base);
  if (MustEnd(L)) {
    lua_settop(L, base - 1);
    return EndedResult(L);
  }
  lua_remove(L, base);
  if (status == LUA_OK) return {};
  if (lua_type(L, -1) != LUA_TSTRING) {
    lua_pop(L, 1);
    lua_pushliteral(L, "error in error handling");
  }
  size_t length = 0;
  const char* message = lua_tolstring(L, -1, &length);
  return {CallResult::Kind::kFailed, OneLine(absl::string_view(message, length))};
}

}  // namespace wsim
