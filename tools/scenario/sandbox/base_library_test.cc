// load, metatables, tostring, math.random, coroutines, protected calls: as Lua has them, or
// refused.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/scenario/sandbox/sandbox_testing.h"

namespace wsim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Load : public SandboxTest {};

TEST_F(Load, CompilesText) {
  EXPECT_EQ(Printed("print(load('return 1 + 1')())"), "2");
  EXPECT_EQ(Printed("local i, p = 0, {'return ', '4', '2'}\n"
                    "print(load(function() i = i + 1 return p[i] end)())"),
            "42");
  EXPECT_EQ(
      Printed("print(load('return x', 'chunk', 't', {x = 5})(), load('x = 1', 'c', 'bt', {})())"),
      "5");
  EXPECT_EQ(Printed("print(load('return ...')(7), load('')())"), "7");
}

TEST_F(Load, AnswersWithTheErrorOfTheText) {
  EXPECT_EQ(Printed("print(load('x ='))"), "nil\t[string \"x =\"]:1: unexpected symbol near <eof>");
  EXPECT_EQ(Printed("print(load('x =', '@part.lua'))"),
            "nil\tpart.lua:1: unexpected symbol near <eof>");
  EXPECT_EQ(Printed("pcall(function() print(load(function() error('reader', 0) end)) end)"),
            "nil\treader");
  EXPECT_EQ(Printed("pcall(function() print(load(function() return {} end)) end)"),
            "nil\ttest.lua:1: reader function must return a string");
}

TEST_F(Load, RefusesBinaryChunks) {
  EXPECT_THAT(Printed("print(load('\\27Lua'))"), HasSubstr("attempt to load a binary chunk"));
  EXPECT_THAT(Printed("print(load('\\27Lua', 'x', 'b'))"), HasSubstr("nil"));
  EXPECT_THAT(Printed("local sent print(load(function() if not sent then sent = 1 return '\\27Lua' "
                      "end end))"),
              HasSubstr("attempt to load a binary chunk"));
  EXPECT_EQ(Printed("print(load('return 1', 'x', 'b'))"),
            "nil\tattempt to load a text chunk (mode is 'b')");
}

class Metatables : public SandboxTest {};

TEST_F(Metatables, WorkAsInLua) {
  EXPECT_EQ(Printed("local t = setmetatable({}, {__index = function(_, k) return k .. '!' end})\n"
                    "print(t.x, getmetatable(t).__index ~= nil)\n"
                    "print(getmetatable(setmetatable({}, {__metatable = 'locked'})))"),
            "x!\ttrue\nlocked");
  EXPECT_EQ(Failure("setmetatable(setmetatable({}, {__metatable = 1}), {})"),
            "test.lua:1: cannot change a protected metatable");
  EXPECT_EQ(Failure("setmetatable({})"),
            "test.lua:1: bad argument #2 to 'setmetatable' (nil or table expected, got no value)");
}

TEST_F(Metatables, RefuseToShowWhenMemoryIsCollected) {
  EXPECT_EQ(Failure("setmetatable({}, {__gc = print})"),
            "test.lua:1: setmetatable: __gc is refused: a scenario must not see when memory is "
            "collected");
  EXPECT_THAT(Failure("setmetatable({}, {__mode = 'k'})"), HasSubstr("__mode is refused"));
  EXPECT_THAT(Failure("setmetatable({}, {['__' .. 'mode'] = 'v'})"),
              HasSubstr("__mode is refused"));
  EXPECT_THAT(Failure("setmetatable({}, {__gc = false})"), HasSubstr("__gc is refused"));
}

TEST_F(Metatables, StayStrongWhenTheFieldComesLater) {
  // The garbage is several times what fits, so it is collected, and none of the entries with it.
  EXPECT_EQ(
      Printed("local mt = {} local t = setmetatable({}, mt) mt.__mode = 'kv' mt.__gc = print\n"
              "for i = 1, 100 do t[i] = {} end\n"
              "for i = 1, 200 do local s = ('x'):rep(1000000 + i) block() end\n"
              "local n = 0 for i = 1, 100 do if t[i] then n = n + 1 end end print(n, mt.__mode)"),
      "100\tkv");
}

class ToString : public SandboxTest {};

TEST_F(ToString, GivesTheTypeOfWhatHasNoText) {
  EXPECT_EQ(Printed("print(tostring({}), tostring(print), tostring(function() end), "
                    "tostring(coroutine.create(print)))"),
            "table\tfunction\tfunction\tthread");
  EXPECT_EQ(Printed("print(1, 1.0, -0.0, 1e100, 2^53, 'x', nil, true, math.huge, math.mininteger)"),
            "1\t1.0\t-0.0\t1e+100\t9.007199254741e+15\tx\tnil\ttrue\tinf\t-9223372036854775808");
}

TEST_F(ToString, FollowsMetamethods) {
  EXPECT_EQ(Printed("print(setmetatable({}, {__tostring = function() return 'mine' end}), "
                    "setmetatable({}, {__name = 'point'}))"),
            "mine\tpoint");
  EXPECT_EQ(Failure("tostring(setmetatable({}, {__tostring = function() return {} end}))"),
            "test.lua:1: '__tostring' must return a string");
  EXPECT_EQ(Failure("tostring()"), "test.lua:1: bad argument #1 to 'tostring' (value expected)");
}

class Random : public SandboxTest {};

TEST_F(Random, DrawsFromTheHost) {
  host_.draws = {0, uint64_t{1} << 52, (uint64_t{1} << 53) - 1};
  EXPECT_EQ(Printed("print(math.random(), math.random(), math.random() < 1)"), "0.0\t0.5\ttrue");
  EXPECT_THAT(host_.asked, ElementsAre((uint64_t{1} << 53) - 1, (uint64_t{1} << 53) - 1,
                                       (uint64_t{1} << 53) - 1));
}

TEST_F(Random, DrawsFromRanges) {
  host_.draws = {0, 5, 3, 20, UINT64_MAX, 7};
  EXPECT_EQ(Printed("print(math.random(6), math.random(6), math.random(10, 13), math.random(-10, "
                    "10), math.random(0), math.random(math.mininteger, math.maxinteger))"),
            "1\t6\t13\t10\t-1\t-9223372036854775801");
  EXPECT_THAT(host_.asked, ElementsAre(5, 5, 3, 20, UINT64_MAX, UINT64_MAX));
}

TEST_F(Random, DoesNotDrawWhatIsCertain) {
  EXPECT_EQ(Printed("print(math.random(1), math.random(7, 7))"), "1\t7");
  EXPECT_TRUE(host_.asked.empty());
}

TEST_F(Random, RefusesEmptyIntervals) {
  EXPECT_EQ(Failure("math.random(-1)"),
            "test.lua:1: bad argument #1 to 'random' (interval is empty)");
  EXPECT_EQ(Failure("math.random(2, 1)"),
            "test.lua:1: bad argument #2 to 'random' (interval is empty)");
  EXPECT_EQ(Failure("math.random(1, 2, 3)"), "test.lua:1: wrong number of arguments");
}

TEST_F(Random, ASeedOfTheScriptChangesNothing) {
  EXPECT_EQ(Printed("math.randomseed(42) math.randomseed() print(math.random(9))"), "1");
  EXPECT_FALSE(Run("math.randomseed('x')").returned());
}

class Coroutines : public SandboxTest {};

TEST_F(Coroutines, PassValuesBothWays) {
  EXPECT_EQ(Printed("local co = coroutine.create(function(a, b)\n"
                    "  local c = coroutine.yield(a + b) local d, e = coroutine.yield(c * 2)\n"
                    "  return d, e end)\n"
                    "print(coroutine.resume(co, 1, 2)) print(coroutine.resume(co, 10))\n"
                    "print(coroutine.resume(co, 'd', nil)) print(coroutine.resume(co))"),
            "true\t3\ntrue\t20\ntrue\td\tnil\nfalse\tcannot resume dead coroutine");
}

TEST_F(Coroutines, KnowTheirState) {
  EXPECT_EQ(
      Printed("local outer\n"
              "local co = coroutine.create(function()\n"
              "  print(coroutine.status(outer), coroutine.isyieldable(), "
              "select(2, coroutine.running()))\n"
              "  coroutine.yield() end)\n"
              "outer = coroutine.create(function() coroutine.resume(co) "
              "print(coroutine.status(co)) coroutine.resume(co) print(coroutine.status(co)) end)\n"
              "print(coroutine.status(outer)) coroutine.resume(outer)\n"
              "print(coroutine.status(coroutine.running()), coroutine.isyieldable())"),
      "suspended\nnormal\ttrue\tfalse\nsuspended\ndead\nrunning\tfalse");
}

TEST_F(Coroutines, WrapPropagatesErrorsAndClosesVariables) {
  EXPECT_EQ(
      Printed("local f = coroutine.wrap(function()\n"
              "  local x <close> = setmetatable({}, {__close = function(_, e) print('closed', e) "
              "end})\n"
              "  error({code = 7}) end)\n"
              "local ok, e = pcall(f) print(ok, e.code) print(pcall(f))"),
      "closed\ttable\nfalse\t7\nfalse\tcannot resume dead coroutine");
}

TEST_F(Coroutines, YieldAcrossProtectedCallsAndMetamethods) {
  EXPECT_EQ(Printed("local t = setmetatable({}, {__index = function(_, k) return "
                    "coroutine.yield(k) end})\n"
                    "local co = coroutine.wrap(function()\n"
                    "  print(pcall(function() return t.x + 1 end))\n"
                    "  print(xpcall(function() coroutine.yield('in') error('late', 0) end, "
                    "function(e) return e .. '!' end))\n"
                    "  for k in pairs(setmetatable({}, {__pairs = function() coroutine.yield('p') "
                    "return next, {}, nil end})) do end\n"
                    "  return 'end' end)\n"
                    "print(co()) print(co(41)) print(co()) print(co())"),
            "x\ntrue\t42\nin\nfalse\tlate!\np\nend");
}

TEST_F(Coroutines, CannotYieldOutsideOrAcrossTheSort) {
  EXPECT_EQ(Failure("coroutine.yield()"), "test.lua:1: attempt to yield from outside a coroutine");
  EXPECT_EQ(Printed("print(coroutine.wrap(function() return pcall(table.sort, {2, 1}, "
                    "coroutine.yield) end)())"),
            "false\tattempt to yield across a C-call boundary");
}

TEST_F(Coroutines, CloseRunsPendingVariables) {
  EXPECT_EQ(
      Printed("local co = coroutine.create(function()\n"
              "  local a <close> = setmetatable({}, {__close = function(_, e) print('a', e) end})\n"
              "  local b <close> = setmetatable({}, {__close = function(_, e) print('b', e) "
              "error('worse', 0) end})\n"
              "  coroutine.yield() end)\n"
              "coroutine.resume(co) print(coroutine.close(co)) print(coroutine.status(co))\n"
              "print(coroutine.close(co), coroutine.close(coroutine.create(print)))"),
      "b\tnil\na\tworse\nfalse\tworse\ndead\ntrue\ttrue");
}

TEST_F(Coroutines, CloseOfAFailedOneGivesItsError) {
  EXPECT_EQ(
      Printed("local co = coroutine.create(function()\n"
              "  local a <close> = setmetatable({}, {__close = function(_, e) print('a', e) end})\n"
              "  error('first', 0) end)\n"
              "print(coroutine.resume(co)) print(coroutine.status(co))\n"
              "print(coroutine.close(co)) print(coroutine.status(co), coroutine.resume(co))"),
      "false\tfirst\ndead\na\tfirst\nfalse\tfirst\ndead\tfalse\tcannot resume dead coroutine");
}

TEST_F(Coroutines, CloseOfAFailedOneNeedsRoom) {
  EXPECT_EQ(Printed("local function deep(n, f)\n"
                    "  if n == 0 then return f() end\n"
                    "  return select(2, pcall(deep, n - 1, f)) end\n"
                    "local function close()\n"
                    "  local co = coroutine.create(function() error('first', 0) end)\n"
                    "  coroutine.resume(co) return select(2, coroutine.close(co)) end\n"
                    "print(deep(20, close)) print(deep(100, close))"),
            "first\nC stack overflow");
}

TEST_F(Coroutines, CloseMayNest) {
  EXPECT_EQ(Printed("local last = coroutine.create(print)\n"
                    "for i = 1, 20 do\n"
                    "  local inner = last\n"
                    "  last = coroutine.create(function()\n"
                    "    local x <close> = setmetatable({}, {__close = function() "
                    "assert(coroutine.close(inner)) n = (n or 0) + 1 end})\n"
                    "    coroutine.yield() end)\n"
                    "  coroutine.resume(last)\n"
                    "end\n"
                    "print(coroutine.close(last), n)"),
            "true\t20");
}

TEST_F(Coroutines, CannotBeClosedWhileTheyRun) {
  EXPECT_EQ(Failure("coroutine.close(coroutine.running())"),
            "test.lua:1: cannot close a running coroutine");
  EXPECT_EQ(Failure("local me = coroutine.running()\n"
                    "coroutine.wrap(function() coroutine.close(me) end)()"),
            "test.lua:2: test.lua:2: cannot close a normal coroutine");
  EXPECT_EQ(Failure("coroutine.resume(5)"),
            "test.lua:1: bad argument #1 to 'resume' (coroutine expected, got number)");
}

TEST_F(Coroutines, SurviveTheEndOfTheThreadThatRanOthers) {
  // A suspended coroutine belongs to nobody: when its maker was ended, another thread may go on
  // with it. The one that ran is lost.
  EXPECT_EQ(Run("function make() return coroutine.create(function() coroutine.yield() print('on') "
                "end) end\n"
                "mine = make() coroutine.resume(mine)\n"
                "lost = coroutine.create(function() local x <close> = setmetatable({}, {__close = "
                "print}) kill() end)\n"
                "coroutine.resume(lost)")
                .kind,
            CallResult::Kind::kEnded);
  EXPECT_EQ(Printed("coroutine.resume(mine) print(coroutine.resume(lost))\n"
                    "print(pcall(coroutine.close, lost))"),
            "on\nfalse\tcannot resume non-suspended coroutine\n"
            "false\tcannot close a normal coroutine");
}

class ProtectedCalls : public SandboxTest {};

TEST_F(ProtectedCalls, AnswerAsInLua) {
  EXPECT_EQ(
      Printed("print(pcall(error, 'x', 0)) print(pcall(function(...) return ... end, 1, nil))\n"
              "print(select('#', pcall(error))) print(pcall(error, {}))\n"
              "print(pcall(nil)) print(xpcall(error, function(e) return e .. '!' end, 'x', 0))\n"
              "print(xpcall(function(...) return ... end, print, 1, 2))"),
      "false\tx\ntrue\t1\tnil\n2\nfalse\ttable\nfalse\tattempt to call a nil value\n"
      "false\tx!\ntrue\t1\t2");
  EXPECT_EQ(Failure("xpcall(print)"),
            "test.lua:1: bad argument #2 to 'xpcall' (function expected, got no value)");
  EXPECT_EQ(Failure("pcall()"), "test.lua:1: bad argument #1 to 'pcall' (value expected)");
}

TEST_F(ProtectedCalls, CloseVariablesOnTheWay) {
  EXPECT_EQ(
      Printed("print(pcall(function()\n"
              "  local x <close> = setmetatable({}, {__close = function(_, e) print('closing', e) "
              "end})\n"
              "  error('e', 0) end))"),
      "closing\te\nfalse\te");
}

TEST_F(ProtectedCalls, SurviveAHandlerThatFails) {
  EXPECT_THAT(Printed("print(xpcall(error, function() error('again') end))"), HasSubstr("false"));
}

}  // namespace
}  // namespace wsim
