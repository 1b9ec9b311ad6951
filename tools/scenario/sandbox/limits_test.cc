// No script outruns its limits or survives its end: each way to try is a test.
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/scenario/sandbox/sandbox_testing.h"

namespace wsim {
namespace {

using ::testing::HasSubstr;

struct Attempt {
  const char* name;
  const char* script;
};
void PrintTo(const Attempt& attempt, std::ostream* out) { *out << attempt.name; }

std::string NameOf(const ::testing::TestParamInfo<Attempt>& info) { return info.param.name; }

// Scripts that use up instructions and try to survive that. `print` would tell.
constexpr Attempt kEndless[] = {
    {"Loop", "while true do end"},
    {"Goto", "::again:: goto again"},
    {"TailCall", "local function f() return f() end f()"},
    {"ProtectedLoop", "pcall(function() while true do end end) print('survived')"},
    {"ProtectedAgainAndAgain",
     "while true do pcall(function() while true do end end) print('survived') end"},
    {"DeeplyProtected",
     "local function f(n) if n == 0 then while true do end end pcall(f, n - 1) print('survived') "
     "end "
     "f(50)"},
    {"MessageHandler", "xpcall(error, function() while true do end end) print('survived')"},
    {"LoopUnderAHandler",
     "xpcall(function() while true do end end, function() print('survived') end) "
     "print('survived')"},
    {"HandlerThatLoopsToo",
     "local function loop() while true do end end xpcall(loop, loop) print('survived')"},
    {"ToBeClosed",
     "pcall(function() local x <close> = setmetatable({}, {__close = function() print('survived') "
     "while true do end end}) while true do end end) print('survived')"},
    {"ClosedBetween",
     "local function loop() while true do end end\n"
     "do local x <close> = setmetatable({}, {__close = loop}) end print('survived')"},
    {"ClosedByPcall",
     "pcall(function() local x <close> = setmetatable({}, {__close = pcall, __call = function() "
     "print('survived') end}) while true do end end) print('survived')"},
    {"ClosedByYield",
     "local co = coroutine.wrap(function() local x <close> = setmetatable({}, {__close = "
     "coroutine.yield}) while true do end end) co() print('survived')"},
    {"ClosedByPrint", "local x <close> = setmetatable({}, {__close = print}) while true do end"},
    {"ClosedByInsert",
     "seen = setmetatable({}, {__close = table.insert, __len = function() print('survived') end}) "
     "local x <close> = seen while true do end"},
    {"Coroutine",
     "local co = coroutine.create(function() while true do end end) coroutine.resume(co) "
     "print('survived')"},
    {"WrappedCoroutine",
     "pcall(coroutine.wrap(function() while true do end end)) print('survived')"},
    {"ProtectedInCoroutine",
     "local co = coroutine.create(function() pcall(function() coroutine.yield() while true do end "
     "end) print('survived') end) coroutine.resume(co) coroutine.resume(co) print('survived')"},
    {"CoroutineClosed",
     "local co = coroutine.create(function() local x <close> = setmetatable({}, {__close = "
     "function() while true do end end}) coroutine.yield() end)\n"
     "coroutine.resume(co) coroutine.close(co) print('survived')"},
    {"CoroutineClosedUnderStaleHandler",
     "local function loop() while true do end end\n"
     "local co = coroutine.create(function()\n"
     "  local x <close> = setmetatable({}, {__close = function()\n"
     "    local a, b, c, d, e, f, g, h = loop, loop, loop, loop, loop, loop, loop, loop\n"
     "    while true do end end})\n"
     "  xpcall(function() coroutine.yield() end, loop)\n"
     "end)\n"
     "coroutine.resume(co) coroutine.close(co) print('survived')"},
    {"ManyShortCoroutines",
     "while true do coroutine.wrap(function() local n = 0 for i = 1, 10 do n = n + i end end)() "
     "end"},
    {"CaughtErrors", "while true do pcall(error) end"},
    {"WrapIterator",
     "for i in coroutine.wrap(function() local i = 0 while true do i = i + 1 coroutine.yield(i) "
     "end "
     "end) do end"},
    {"IndexFunction",
     "local t = setmetatable({}, {__index = function() while true do end end}) "
     "pcall(function() return t.x end) print('survived')"},
    {"ToStringFunction",
     "pcall(tostring, setmetatable({}, {__tostring = function() while true do end end})) "
     "print('survived')"},
    {"ErrorWithEndlessText",
     "error(setmetatable({}, {__tostring = function() while true do end end}))"},
    {"SortComparator",
     "pcall(table.sort, {3, 2, 1}, function() while true do end end) print('survived')"},
    {"SubstituteCallback",
     "pcall(string.gsub, 'abc', '.', function() while true do end end) print('survived')"},
    {"SubstituteTable",
     "local t = setmetatable({}, {__index = function() while true do end end}) "
     "pcall(string.gsub, 'abc', '.', t) print('survived')"},
    {"PairsMetamethod",
     "pcall(pairs, setmetatable({}, {__pairs = function() while true do end end})) "
     "print('survived')"},
    {"LoadReader", "print('survived', load(function() while true do end end))"},
    {"LoadPieces", "print('survived', load(function() return ' ' end))"},
    {"LoadNested", "local text = 'return load(...)' while true do load(text)(text) end"},
    {"LoadedLoop", "pcall(load('while true do end')) print('survived')"},
    {"LoadLongText", "local s = ('x = 1 '):rep(100000) while true do load(s) end"},
    {"Backtracking",
     "pcall(string.find, ('a'):rep(1000), ('.-'):rep(10) .. 'b') print('survived')"},
    {"BacktrackingMatch", "(('a'):rep(100000)):match(('a*'):rep(100) .. 'b')"},
    {"Balanced", "local s = ('('):rep(100000) pcall(string.gsub, s, '%b()', '') print('survived')"},
    {"LongMatches", "local s = ('a'):rep(1000000) while true do s:find('[^b]*b') end"},
    {"PlainSearch", "local s = ('a'):rep(10000000) while true do s:find('b', 1, true) end"},
    {"Repeated", "while true do local s = ('a'):rep(1000000) end"},
    {"Concatenated", "local s = ('a'):rep(1000000) while true do local t = s .. 'b' end"},
    {"UpperCased", "local s = ('a'):rep(1000000) while true do s:upper() end"},
    {"ByteForByte", "local s = ('a'):rep(100000) while true do s:byte(1, -1) end"},
    {"Utf8Length", "local s = ('a'):rep(1000000) while true do utf8.len(s) end"},
    {"Utf8Offset", "local s = ('a'):rep(1000000) while true do utf8.offset(s, 1000000) end"},
    {"ToNumber", "local s = (' '):rep(1000000) while true do tonumber(s) end"},
    {"PackFormat", "local s = ('b'):rep(1000000) while true do string.packsize(s) end"},
    {"UnpackText", "local s = ('a'):rep(1000000) .. '\\0' while true do string.unpack('z', s) end"},
    {"ListOfManyByLength",
     "local t = setmetatable({}, {__len = function() return 1 << 30 end}) "
     "pcall(table.sort, t) print('survived')"},
    {"InsertIntoEndless",
     "local t = setmetatable({}, {__len = function() return 1 << 60 end}) "
     "pcall(table.insert, t, 1, 'x') print('survived')"},
    {"RemoveFromEndless",
     "local t = setmetatable({}, {__len = function() return 1 << 60 end}) "
     "pcall(table.remove, t, 1) print('survived')"},
    {"MoveEndless", "pcall(table.move, {}, 1, 1 << 60, 2) print('survived')"},
    {"ConcatEndless",
     "pcall(table.concat, setmetatable({}, {__index = function() return '' end}), '', 1, 1 << 60) "
     "print('survived')"},
    {"UnpackMuch", "while true do table.unpack({}, 1, 100000) end"},
    {"NextOfMany", "local t = {} for i = 1, 100000 do t[i] = i end while true do next(t) end"},
};

class Endless : public SandboxTest, public ::testing::WithParamInterface<Attempt> {};

TEST_P(Endless, EndsByTheInstructionLimit) {
  instructions_ = 2'000'000;
  const CallResult result = Run(GetParam().script);
  EXPECT_EQ(result.kind, CallResult::Kind::kLimit);
  EXPECT_THAT(result.message, HasSubstr("instruction limit"));
  EXPECT_THAT(host_.printed, ::testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Attempts, Endless, ::testing::ValuesIn(kEndless), NameOf);

constexpr Attempt kHungry[] = {
    {"GibibyteString", "pcall(string.rep, 'x', 1 << 30) print('survived')"},
    {"HugeString", "pcall(string.rep, 'x', math.maxinteger) print('survived')"},
    {"HugeSeparators", "pcall(string.rep, '', 1 << 40, 'xy') print('survived')"},
    {"Doubling",
     "pcall(function() local s = 'x' while true do s = s .. s end end) print('survived')"},
    {"ManyOperands",
     "local s = ('x'):rep(8000000) pcall(function() return s .. s .. s .. s .. s .. s .. s .. s .. "
     "s "
     "end) print('survived')"},
    {"EndlessList",
     "local t = {} pcall(function() for i = 1, math.huge do t[i] = {} end end) print('survived')"},
    {"EndlessListInCoroutine",
     "local t = {} coroutine.resume(coroutine.create(function() for i = 1, math.huge do t[i] = {} "
     "end end)) print('survived')"},
    {"UnderAHandler",
     "local t = {} xpcall(function() for i = 1, math.huge do t[i] = {} end end, print) "
     "print('survived')"},
    {"ReplacedWhileClosing",
     "pcall(function() local x <close> = setmetatable({}, {__close = function() error('mine') "
     "end}) "
     "local t = {} for i = 1, math.huge do t[i] = {} end end) print('survived')"},
    {"ReplacedByNativeClose",
     "pcall(function() local x <close> = setmetatable({}, {__close = error}) "
     "local t = {} for i = 1, math.huge do t[i] = {} end end) print('survived')"},
    {"Concat",
     "local s = ('x'):rep(1000000) local t = {} for i = 1, 100 do t[i] = s end "
     "pcall(table.concat, t) print('survived')"},
    {"Substitute",
     "local s = ('x'):rep(1000) local r = ('y'):rep(100000) pcall(string.gsub, s, 'x', r) "
     "print('survived')"},
    {"Format",
     "local s = ('x'):rep(10000000) pcall(string.format, ('%s'):rep(9), s, s, s, s, s, s, s, s, s) "
     "print('survived')"},
    {"UpperCase",
     "local s = ('x'):rep(20000000) local t = s .. 'y' pcall(string.upper, s) print('survived')"},
    {"PackPadding", "pcall(string.pack, 'c1000000000', 'x') print('survived')"},
    {"LoadManyConstants", "pcall(load, ('x()'):rep(5000000)) print('survived')"},
    {"LoadTextWithinLoadedText",
     "local s = 'local s = ... load(s)(s)' pcall(load(s), s) print('survived')"},
    {"Coroutines",
     "local t = {} pcall(function() for i = 1, math.huge do t[i] = coroutine.create(print) end "
     "end) "
     "print('survived')"},
};

class Hungry : public SandboxTest, public ::testing::WithParamInterface<Attempt> {};

TEST_P(Hungry, EndsByTheMemoryLimit) {
  const CallResult result = Run(GetParam().script);
  EXPECT_EQ(result.kind, CallResult::Kind::kLimit);
  EXPECT_THAT(result.message, HasSubstr("memory limit"));
  EXPECT_THAT(host_.printed, ::testing::IsEmpty());
  EXPECT_LE(sandbox_.memory().used(), Sandbox::kMemoryLimit);
}

INSTANTIATE_TEST_SUITE_P(Attempts, Hungry, ::testing::ValuesIn(kHungry), NameOf);

// Scripts that are ended from outside and try to go on.
constexpr Attempt kKilled[] = {
    {"Plainly", "kill() print('survived')"},
    {"Protected", "pcall(kill) print('survived')"},
    {"ProtectedDeeply", "pcall(pcall, pcall, kill) print('survived')"},
    {"UnderAHandler", "xpcall(kill, print) print('survived')"},
    {"ToBeClosed",
     "local x <close> = setmetatable({}, {__close = function() print('survived') end}) kill()"},
    {"ToBeClosedByNative", "local x <close> = setmetatable({}, {__close = print}) kill()"},
    {"InCoroutine", "coroutine.resume(coroutine.create(kill)) print('survived')"},
    {"InWrappedCoroutine", "pcall(coroutine.wrap(kill)) print('survived')"},
    {"InCoroutineProtected",
     "local co = coroutine.wrap(function() pcall(function() coroutine.yield() kill() end) "
     "print('survived') end) co() co() print('survived')"},
    {"InCoroutineClosing",
     "local co = coroutine.create(function() local x <close> = setmetatable({}, {__close = kill}) "
     "coroutine.yield() end) coroutine.resume(co) coroutine.close(co) print('survived')"},
    {"InSort", "pcall(table.sort, {3, 2, 1}, function() kill() end) print('survived')"},
    {"InSubstitute", "pcall(string.gsub, 'abc', '.', kill) print('survived')"},
    {"InToString", "pcall(tostring, setmetatable({}, {__tostring = kill})) print('survived')"},
    {"InIndex",
     "pcall(function() return setmetatable({}, {__index = kill}).x end) print('survived')"},
    {"InHandler", "xpcall(error, kill) print('survived')"},
    {"InLoadReader", "print('survived', load(kill))"},
    {"InPairs", "pcall(pairs, setmetatable({}, {__pairs = kill})) print('survived')"},
    {"InForLoop", "for i in kill do print('survived') end print('survived')"},
};

class Killed : public SandboxTest, public ::testing::WithParamInterface<Attempt> {};

TEST_P(Killed, Ends) {
  EXPECT_EQ(Run(GetParam().script).kind, CallResult::Kind::kEnded);
  EXPECT_THAT(host_.printed, ::testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Attempts, Killed, ::testing::ValuesIn(kKilled), NameOf);

// Recursion without end is an ordinary error, which the script may catch.
constexpr Attempt kRecursive[] = {
    {"Function", "local function f() return 1 + f() end f()"},
    {"FunctionOfMinimalFrame", "local function f() return f() + 1 end f()"},
    {"FunctionWithLargeFrame",
     "local function f(n) local a, b, c, d, e, f1, g, h, i, j = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 "
     "return f(a) + f(b) end f()"},
    {"UnderAHandlerThatLoops",
     "local function f() return f() + 1 end\n"
     "local ok, e = xpcall(f, function() while true do end end) error(e, 0)"},
    {"FunctionInCoroutine",
     "local function f() return f() + 1 end\n"
     "local ok, e = coroutine.resume(coroutine.create(f)) error(e, 0)"},
    {"FunctionInCoroutineProtected",
     "local function f() return f() + 1 end\n"
     "coroutine.wrap(function() local ok, e = pcall(f) error(e, 0) end)()"},
    {"IndexMetamethod",
     "local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end "
     "return t.x"},
    {"IndexLoop",
     "local t = {} setmetatable(t, {__index = t}) t = setmetatable({}, {__index = t}) "
     "getmetatable(t).__index = t return t.x"},
    {"Protected",
     "local function f() local ok, e = pcall(f) if not ok then error(e, 0) end end f()"},
    {"Coroutines",
     "local function f() local ok, e = coroutine.resume(coroutine.create(f)) if not ok then "
     "error(e, "
     "0) end end f()"},
    {"WrappedCoroutines", "local function f() coroutine.wrap(f)() end f()"},
    {"Substitute", "local function f() return (('x'):gsub('x', f)) end f()"},
    {"Sort", "local function f() table.sort({2, 1}, f) end f()"},
    {"ToString",
     "local t = setmetatable({}, {}) getmetatable(t).__tostring = tostring tostring(t)"},
    {"Format",
     "local t = setmetatable({}, {}) getmetatable(t).__tostring = function(t) return "
     "('%s'):format(t) "
     "end tostring(t)"},
    {"Concat",
     "local t = setmetatable({}, {}) getmetatable(t).__index = function(t) return table.concat(t, "
     "'', "
     "1, 1) end table.concat(t, '', 1, 1)"},
    {"LoadReader", "local function f() local g, e = load(f) error(e, 0) end f()"},
    {"Closing",
     "local function f() local x <close> = setmetatable({}, {__close = function() f() end}) end "
     "f()"},
    {"Insert",
     "local t = setmetatable({}, {__len = function() return 1 end}) getmetatable(t).__newindex = "
     "function(t) table.insert(t, 'x') end table.insert(t, 'x')"},
    {"CoroutinesThatCloseEachOther",
     "local last = coroutine.create(print)\n"
     "for i = 1, 1000 do\n"
     "  local next = last\n"
     "  last = coroutine.create(function()\n"
     "    local x <close> = setmetatable({}, {__close = function()\n"
     "      local ok, e = coroutine.close(next) if not ok then error(e, 0) end end})\n"
     "    coroutine.yield()\n"
     "  end)\n"
     "  coroutine.resume(last)\n"
     "end\n"
     "local ok, e = coroutine.close(last) error(e, 0)"},
};

class Recursive : public SandboxTest, public ::testing::WithParamInterface<Attempt> {};

TEST_P(Recursive, IsAnOrdinaryError) {
  const std::string message = Failure(GetParam().script);
  EXPECT_TRUE(absl::StrContains(message, "overflow") || absl::StrContains(message, "loop"))
      << message;
}

TEST_P(Recursive, CanBeCaughtAndLeavesTheThreadWhole) {
  const std::string script =
      absl::StrCat("local ok = pcall(function() ", GetParam().script, "\nend) print(ok)\n",
                   "local n = 0 for i = 1, 1000 do n = n + i end print(n)");
  EXPECT_EQ(Printed(script), "false\n500500");
}

INSTANTIATE_TEST_SUITE_P(Attempts, Recursive, ::testing::ValuesIn(kRecursive), NameOf);

class InstructionLimit : public SandboxTest {};

TEST_F(InstructionLimit, LetsALongComputationFinish) {
  EXPECT_EQ(Printed("local n = 0 for i = 1, 4000000 do n = n + 1 end print(n)"), "4000000");
}

TEST_F(InstructionLimit, CountsTwentyMillion) {
  // The loop's one instruction is all that runs.
  EXPECT_TRUE(Run("for i = 1, 19990000 do end").returned());
  EXPECT_EQ(Run("for i = 1, 20010000 do end").kind, CallResult::Kind::kLimit);
}

TEST_F(InstructionLimit, BeginsAnewWhenTheThreadBlocks) {
  EXPECT_TRUE(Run("for i = 1, 10 do for j = 1, 15000000 do end block() end").returned());
}

TEST_F(InstructionLimit, CountsCoroutinesTogetherWithTheirThread) {
  EXPECT_EQ(Run("local function half() for i = 1, 10010000 do end end\n"
                "coroutine.wrap(half)() coroutine.wrap(half)()")
                .kind,
            CallResult::Kind::kLimit);
}

TEST_F(InstructionLimit, LetsALongCoroutineYieldOften) {
  EXPECT_TRUE(Run("local f = coroutine.wrap(function() while true do coroutine.yield() end end)\n"
                  "for i = 1, 100000 do f() end")
                  .returned());
}

TEST_F(InstructionLimit, NamesItself) {
  EXPECT_EQ(
      Run("while true do end").message,
      "test.lua:1: instruction limit: a thread ran 20,000,000 instructions since it last blocked");
}

class MemoryLimitOfRun : public SandboxTest {};

TEST_F(MemoryLimitOfRun, DoesNotCountGarbage) {
  EXPECT_TRUE(Run("for i = 1, 100 do local s = ('x'):rep(1000000 + i) block() end").returned());
  EXPECT_TRUE(Run("for i = 1, 300 do local t = {} for j = 1, 10000 do t[j] = {} end block() end")
                  .returned());
}

TEST_F(MemoryLimitOfRun, MakesRoomBeforeItRefuses) {
  // 30 MB live, and every string needs as much again while it is made.
  EXPECT_TRUE(Run("local keep = ('x'):rep(15000000) for i = 1, 50 do local s = "
                  "('y'):rep(10000000 + i) block() end")
                  .returned());
}

TEST_F(MemoryLimitOfRun, NamesItself) {
  EXPECT_EQ(Run("return ('x'):rep(1 << 30)").message,
            "test.lua:1: memory limit: the script's data exceeds 64 MiB");
}

TEST_F(MemoryLimitOfRun, AnErrorOfTheSameTextIsOrdinary) {
  EXPECT_EQ(Printed("print(pcall(error, 'not enough memory'))"), "false\tnot enough memory");
}

TEST(ThreadLimits, KeepsTheFirstLimitThatIsMet) {
  ThreadLimits limits(1000);
  EXPECT_TRUE(limits.Charge(1000));
  EXPECT_EQ(limits.remaining(), 0);
  EXPECT_FALSE(limits.Charge(1));
  limits.Meet(Limit::kMemory);
  EXPECT_EQ(limits.met(), Limit::kInstructions);
  limits.OnBlocked();
  EXPECT_FALSE(limits.Charge(1));
}

}  // namespace
}  // namespace wsim
