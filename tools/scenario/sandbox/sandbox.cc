#include "tools/scenario/sandbox/sandbox.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tools/scenario/sandbox/instruction_hook.h"
#include "tools/scenario/sandbox/libraries.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/new_state.h"
#include "tools/scenario/sandbox/value_text.h"

namespace wsim {
namespace {

// The registry key of the chunk that was loaded.
constexpr char kChunkKey = 0;

// The text of the value on top of `L`, which an error has left there.
std::string ErrorLine(lua_State* L) {
  size_t length = 0;
  const char* text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &length) : nullptr;
  if (text == nullptr) return absl::StrCat("the error is a ", luaL_typename(L, -1), " value");
  return OneLine(absl::string_view(text, length));
}

// A first line for the shell and a byte order mark are no Lua. The line's end stays, for the count.
absl::string_view WithoutPreamble(absl::string_view source) {
  if (absl::StartsWith(source, "\xEF\xBB\xBF")) source.remove_prefix(3);
  if (absl::StartsWith(source, "#")) {
    source.remove_prefix(std::min(source.find('\n'), source.size()));
  }
  return source;
}

std::string ChunkNameForLua(absl::string_view chunk_name) { return absl::StrCat("@", chunk_name); }

// Lua shortens long chunk names in its messages; this puts the whole name back in front of
// `message`.
std::string WithWholeChunkName(std::string message, absl::string_view chunk_name) {
  constexpr size_t kLongestName = LUA_IDSIZE - 1;
  if (chunk_name.size() <= kLongestName) return message;
  const std::string shortened =
      absl::StrCat("...", chunk_name.substr(chunk_name.size() - (kLongestName - 3)));
  if (!absl::StartsWith(message, shortened)) return message;
  return absl::StrCat(chunk_name, message.substr(shortened.size()));
}

int AppendCompiled(lua_State*, const void* piece, size_t size, void* compiled) {
  static_cast<std::string*>(compiled)->append(static_cast<const char*>(piece), size);
  return 0;
}

struct Chunk {
  absl::string_view compiled;
  std::string name;
};

// Takes a Chunk and puts its function into the registry. A lua_CFunction.
int KeepChunk(lua_State* L) {
  const auto* chunk = static_cast<const Chunk*>(lua_touserdata(L, 1));
  const int status =
      luaL_loadbufferx(L, chunk->compiled.data(), chunk->compiled.size(), chunk->name.c_str(), "b");
  if (status != LUA_OK) return lua_error(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &kChunkKey);
  return 0;
}

}  // namespace

Sandbox::Sandbox(SandboxHost& host, size_t memory_limit)
    : host_(host), memory_(SIZE_MAX), main_(NewState(MemoryLimit::Allocate, &memory_)) {
  // The machine itself is out of memory, or has another Lua than the one that was tested.
  if (main_ == nullptr) std::abort();
  *static_cast<Sandbox**>(lua_getextraspace(main_)) = this;
  lua_pushcfunction(main_, OpenLibraries);
  if (lua_pcall(main_, 0, 0, 0) != LUA_OK) std::abort();
  SetInstructionHook(main_);
  memory_.set_limit(memory_limit);
  memory_.TakeWork();
}

Sandbox::~Sandbox() { lua_close(main_); }

Sandbox& Sandbox::Of(lua_State* L) { return **static_cast<Sandbox**>(lua_getextraspace(L)); }

absl::Status Sandbox::Install(lua_CFunction add) {
  lua_pushcfunction(main_, add);
  if (lua_pcall(main_, 0, 0, 0) == LUA_OK) return absl::OkStatus();
  absl::Status failed = absl::InternalError(ErrorLine(main_));
  lua_pop(main_, 1);
  return failed;
}

absl::StatusOr<std::string> Sandbox::Compile(absl::string_view source,
                                             absl::string_view chunk_name) {
  const std::unique_ptr<lua_State, void (*)(lua_State*)> state(luaL_newstate(), lua_close);
  if (state == nullptr) return absl::ResourceExhaustedError("no memory to compile a script");
  lua_State* L = state.get();
  source = WithoutPreamble(source);
  const int status =
      luaL_loadbufferx(L, source.data(), source.size(), ChunkNameForLua(chunk_name).c_str(), "t");
  if (status != LUA_OK) {
    return absl::InvalidArgumentError(WithWholeChunkName(ErrorLine(L), chunk_name));
  }
  std::string compiled;
  if (lua_dump(L, AppendCompiled, &compiled, 0) != 0) {
    return absl::InternalError(absl::StrCat(chunk_name, ": cannot be compiled"));
  }
  return compiled;
}

absl::Status Sandbox::LoadCompiled(absl::string_view compiled, absl::string_view chunk_name) {
  Chunk chunk{compiled, ChunkNameForLua(chunk_name)};
  lua_pushcfunction(main_, KeepChunk);
  lua_pushlightuserdata(main_, &chunk);
  if (lua_pcall(main_, 1, 0, 0) == LUA_OK) return absl::OkStatus();
  absl::Status failed = absl::InvalidArgumentError(absl::StrCat(
      chunk_name, ": ",
      memory_.is_exhausted() ? std::string(LimitText(Limit::kMemory)) : ErrorLine(main_)));
  lua_pop(main_, 1);
  return failed;
}

absl::Status Sandbox::Load(absl::string_view source, absl::string_view chunk_name) {
  absl::StatusOr<std::string> compiled = Compile(source, chunk_name);
  if (!compiled.ok()) return compiled.status();
  return LoadCompiled(*compiled, chunk_name);
}

CallResult Sandbox::RunChunk() {
  lua_rawgetp(main_, LUA_REGISTRYINDEX, &kChunkKey);
  CallResult result = ProtectedCall(main_, 0, 0);
  lua_settop(main_, 0);
  return result;
}

}  // namespace wsim
