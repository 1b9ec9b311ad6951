// Scripts run on the stacks of simulated threads. Whatever nests as deeply as Lua allows must fit.
#include <pthread.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>

#include "gtest/gtest.h"
#include "sim/stack_pool.h"
#include "tools/scenario/sandbox/sandbox_testing.h"

namespace wsim {
namespace {

// What scripts may take, with room left for what the host does below them.
constexpr size_t kMostStack = sim::Stack::kBytes - 64 * 1024;
// What they are given here, so that too much is measured instead of a crash.
constexpr size_t kMeasuredStack = 4 * 1024 * 1024;
constexpr char kUntouched = '\xA5';

void* CallFunction(void* function) {
  (*static_cast<std::function<void()>*>(function))();
  return nullptr;
}

// How many octets of stack the function takes.
size_t StackTakenBy(std::function<void()> function) {
  void* memory =
      mmap(nullptr, kMeasuredStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  EXPECT_NE(memory, MAP_FAILED);
  char* stack = static_cast<char*>(memory);
  std::memset(stack, kUntouched, kMeasuredStack);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, stack, kMeasuredStack);
  pthread_t thread;
  EXPECT_EQ(pthread_create(&thread, &attributes, CallFunction, &function), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  const char* touched =
      std::find_if(stack, stack + kMeasuredStack, [](char c) { return c != kUntouched; });
  const auto taken = static_cast<size_t>(stack + kMeasuredStack - touched);
  munmap(memory, kMeasuredStack);
  return taken;
}

struct Nesting {
  const char* name;
  const char* script;
};
void PrintTo(const Nesting& nesting, std::ostream* out) { *out << nesting.name; }

// `deep(n, f)` calls f below n nested substitutions, the hungriest of the library's functions.
constexpr char kDeep[] = R"lua(
  local function deep(n, f)
    if n == 0 then return f() end
    return (('x'):gsub('x', function() return deep(n - 1, f) end))
  end
)lua";

constexpr Nesting kNestings[] = {
    {"Protected", "local function f() local ok, e = pcall(f) error(e, 0) end f()"},
    {"Handled",
     "local function f() local ok, e = xpcall(f, function(e) return e end) error(e, 0) end f()"},
    {"Handlers", "local function f() xpcall(error, f) end f()"},
    {"Coroutines", "local function f() coroutine.wrap(f)() end f()"},
    {"Substitute", "local function f() return (('x'):gsub('x', f)) end f()"},
    {"SubstituteWithCaptures",
     "local function f() return (('x'):gsub(('()'):rep(31) .. 'x', f)) end f()"},
    {"SubstituteTable",
     "local t = setmetatable({}, {}) getmetatable(t).__index = function(t) return (('x'):gsub('x', "
     "t)) end return t.x"},
    {"DeepPattern",
     "deep(190, function() return ('x'):rep(300):match(('x?'):rep(190) .. ('x*'):rep(9)) end)"},
    {"Sort", "local function f() table.sort({2, 1}, f) end f()"},
    {"ToString",
     "local t = setmetatable({}, {}) getmetatable(t).__tostring = function(t) return tostring(t) "
     "end "
     "tostring(t)"},
    {"Format",
     "local t = setmetatable({}, {}) getmetatable(t).__tostring = function(t) return "
     "('%s'):format(t) "
     "end tostring(t)"},
    {"FormatAtTheBottom", "deep(195, function() return ('%99.99f'):format(1e308) end)"},
    {"Concat",
     "local t = setmetatable({}, {}) getmetatable(t).__index = function(t) return table.concat(t, "
     "'', "
     "1, 1) end table.concat(t, '', 1, 1)"},
    {"LoadReader", "local function f() local g, e = load(f) error(e, 0) end f()"},
    {"LoadAtTheBottom", "deep(150, function() return load(('local function f() '):rep(200)) end)"},
    {"Parentheses", "load(('('):rep(100000))"},
    {"Functions", "load(('local function f() '):rep(100000))"},
    {"Closing",
     "local function f() local x <close> = setmetatable({}, {__close = function() f() end}) end "
     "f()"},
    {"Index",
     "local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end "
     "return "
     "t.x"},
    {"CoroutinesThatCloseEachOther",
     "local last = coroutine.create(print)\n"
     "for i = 1, 1000 do\n"
     "  local next = last\n"
     "  last = coroutine.create(function()\n"
     "    local x <close> = setmetatable({}, {__close = function()\n"
     "      deep(20, function() local ok, e = coroutine.close(next) error(e, 0) end) end})\n"
     "    coroutine.yield()\n"
     "  end)\n"
     "  coroutine.resume(last)\n"
     "end\n"
     "coroutine.close(last)"},
    {"FailedCoroutinesThatCloseEachOther",
     "local last = coroutine.create(print)\n"
     "for i = 1, 1000 do\n"
     "  local next = last\n"
     "  last = coroutine.create(function()\n"
     "    local x <close> = setmetatable({}, {__close = function()\n"
     "      deep(190, function() local ok, e = coroutine.close(next) error(e, 0) end) end})\n"
     "    error('failed')\n"
     "  end)\n"
     "  coroutine.resume(last)\n"
     "end\n"
     "deep(45, function() coroutine.close(last) end)"},
};

class Stack : public SandboxTest, public ::testing::WithParamInterface<Nesting> {};

TEST_P(Stack, OfASimulatedThreadIsLargeEnough) {
  const std::string script = std::string(kDeep) + GetParam().script;
  CallResult result;
  const size_t taken = StackTakenBy([&] { result = Run(script); });
  EXPECT_LT(taken, kMostStack);
  EXPECT_TRUE(result.returned() || result.kind == CallResult::Kind::kFailed) << result.message;
}

INSTANTIATE_TEST_SUITE_P(Nestings, Stack, ::testing::ValuesIn(kNestings),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace wsim
