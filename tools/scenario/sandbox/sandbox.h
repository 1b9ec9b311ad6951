// A deterministic Lua 5.4 for one run: the same script, the same draws and the same answers of the
// host make the same steps on every machine, and no script can run on when it is to end.
//
// Usage:
//   Sandbox sandbox(host);
//   sandbox.Install(AddMyFunctions);                    // globals of the host
//   RETURN_IF_ERROR(sandbox.Load(text, "lesson.lua"));  // "lesson.lua:3: '=' expected near 'x'"
//   CallResult loaded = sandbox.RunChunk();             // on the caller's stack
//   auto thread = ScriptThread::Create(sandbox);        // one for each simulated thread
//   CallResult result = thread->Run(function);          // on that thread's stack, 512 KB or more
//
// Functions of the host follow native_function.h; they read their arguments with argument.h.
#ifndef TOOLS_SCENARIO_SANDBOX_SANDBOX_H_
#define TOOLS_SCENARIO_SANDBOX_SANDBOX_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/scenario/sandbox/lua.h"
#include "tools/scenario/sandbox/memory_limit.h"
#include "tools/scenario/sandbox/sandbox_host.h"

namespace wsim {

// How a protected call of script code came back.
struct CallResult {
  enum class Kind {
    kReturned,  // normally
    kFailed,    // by an error that nothing in the script caught
    kEnded,     // its thread is being ended from outside
    kLimit,     // by a limit (Limits().met() of the thread)
  };
  Kind kind = Kind::kReturned;
  // kFailed, kLimit: what was wrong, one line. It begins with "file:line: ", except for a limit
  // that was met where no line of the script is known.
  std::string message;

  bool returned() const { return kind == Kind::kReturned; }
};

// One Lua state and all that it owns. Not movable; belongs to one OS thread at a time.
class Sandbox {
 public:
  // What the data of one run may take, in octets.
  static constexpr size_t kMemoryLimit = size_t{64} << 20;

  // `host` must outlive the sandbox.
  explicit Sandbox(SandboxHost& host, size_t memory_limit = kMemoryLimit);
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  // The sandbox that a state, or any coroutine of it, belongs to.
  static Sandbox& Of(lua_State* L);

  // Runs `add`, which may use the whole C API to add globals of the host; what it returns is
  // dropped.
  absl::Status Install(lua_CFunction add);

  // Compiles a script once, for LoadCompiled in any number of sandboxes. InvalidArgument is the one
  // line "chunk_name:line: message". `chunk_name` is how errors name the script, as a rule its
  // file.
  static absl::StatusOr<std::string> Compile(absl::string_view source,
                                             absl::string_view chunk_name);
  // Takes what Compile gave in this process; nothing else may be passed.
  absl::Status LoadCompiled(absl::string_view compiled, absl::string_view chunk_name);
  // Compile and LoadCompiled in one.
  absl::Status Load(absl::string_view source, absl::string_view chunk_name);

  // Runs what was loaded, once.
  CallResult RunChunk();

  SandboxHost& host() { return host_; }
  MemoryLimit& memory() { return memory_; }
  // The main state: for what the host keeps in the registry. Calls that can raise an error belong
  // in Install or in a native function.
  lua_State* main_state() { return main_; }

  // The order in which the host's objects were made: 1, 2, 3 (object.h).
  uint64_t NextSerial() { return ++last_serial_; }

  // Counts the intervals in which instructions are counted: 1, 2, 3.
  int64_t NextInterval() { return ++intervals_; }

  // Whether `L` is what a ScriptThread (or the chunk) runs on, as opposed to a coroutine of a
  // script.
  bool IsThreadBase(lua_State* L) const { return L == main_ || bases_.contains(L); }

 private:
  friend class ScriptThread;

  SandboxHost& host_;
  MemoryLimit memory_;
  lua_State* main_ = nullptr;
  uint64_t last_serial_ = 0;
  int64_t intervals_ = 0;
  // Looked up, never iterated.
  absl::flat_hash_set<lua_State*> bases_;
};

// Keeps a Lua value from being collected and finds it again. Movable; must not outlive its sandbox.
class Reference {
 public:
  Reference() = default;
  // Takes the value on top of `L` and pops it. Inside a native function only: it may raise an
  // error.
  static Reference Take(lua_State* L);
  ~Reference() { Release(); }
  Reference(Reference&& other) noexcept;
  Reference& operator=(Reference&& other) noexcept;

  // Pushes the value on any state of the sandbox; nil where there is none.
  void Push(lua_State* L) const;
  bool is_empty() const { return sandbox_ == nullptr; }

 private:
  Reference(Sandbox* sandbox, int key) : sandbox_(sandbox), key_(key) {}
  void Release();

  Sandbox* sandbox_ = nullptr;
  int key_ = LUA_NOREF;
};

// The Lua thread of one simulated thread. It must be made and destroyed on any stack of the
// sandbox's OS thread, outside Run; must not outlive its sandbox.
class ScriptThread {
 public:
  // ResourceExhausted when the run's memory is used up.
  static absl::StatusOr<ScriptThread> Create(Sandbox& sandbox);
  ~ScriptThread();
  ScriptThread(ScriptThread&& other) noexcept;
  ScriptThread& operator=(ScriptThread&&) = delete;

  // Calls the function that `function` refers to, without arguments, on the calling stack. The
  // host's Limits() and IsEnding() must speak of this simulated thread whenever its script runs.
  CallResult Run(const Reference& function);

  // For pushing values before, and reading results after ProtectedCall.
  lua_State* state() const { return state_; }

 private:
  ScriptThread(Sandbox& sandbox, lua_State* state, Reference anchor);

  Sandbox* sandbox_;  // null once moved from
  lua_State* state_;
  Reference anchor_;  // what keeps state_ alive
};

// Calls the function below `argument_count` arguments on top of `L`, as lua_pcall does, and says
// how it came back. Returned: its results are on the stack (`result_count` of them, or
// LUA_MULTRET). Failed: the message is on the stack, for a host that wants to raise it later
// (lua_error). Otherwise nothing is. A native function that gets kEnded or kLimit passes it on with
// RaiseIfEnding (native_function.h).
CallResult ProtectedCall(lua_State* L, int argument_count, int result_count);

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SANDBOX_SANDBOX_H_
