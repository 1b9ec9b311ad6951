// What a scenario finds in its world, and how its errors read.
#include "tools/scenario/sandbox/sandbox.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/scenario/sandbox/sandbox_testing.h"

namespace wsim {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Libraries : public SandboxTest {};

TEST_F(Libraries, AreThoseOfTheContractAndNoOthers) {
  constexpr absl::string_view kListing = R"lua(
    local function names(t)
      local list = {}
      for name in pairs(t) do list[#list + 1] = name end
      return table.concat(list, " ")
    end
    kill, block = nil, nil
    print(names(_G))
    for _, name in ipairs { "coroutine", "math", "string", "table", "utf8" } do
      print(name .. ": " .. names(_G[name]))
    end
  )lua";
  EXPECT_EQ(
      Printed(kListing),
      "_G _VERSION assert coroutine error getmetatable ipairs load math next pairs pcall print "
      "rawequal rawget rawlen rawset select setmetatable string table tonumber tostring type "
      "utf8 xpcall\n"
      "coroutine: close create isyieldable resume running status wrap yield\n"
      "math: abs acos asin atan ceil cos deg exp floor fmod huge log max maxinteger min "
      "mininteger modf pi rad random randomseed sin sqrt tan tointeger type ult\n"
      "string: byte char find format gmatch gsub len lower match pack packsize rep reverse sub "
      "unpack upper\n"
      "table: concat insert move pack remove sort unpack\n"
      "utf8: char charpattern codepoint codes len offset");
}

TEST_F(Libraries, StringsHaveTheirMethods) {
  EXPECT_EQ(Printed("print(('abc'):upper(), #'abc', ('x'):rep(3))"), "ABC\t3\txxx");
  EXPECT_EQ(Printed("print(getmetatable(''))"), "false");
}

TEST_F(Libraries, PrintIsANoteOfTheHost) {
  EXPECT_EQ(Printed("print('a', 1, nil, true) print()"), "a\t1\tnil\ttrue\n");
}

class Loading : public SandboxTest {};

TEST_F(Loading, ReportsASyntaxErrorWithFileAndLine) {
  EXPECT_EQ(sandbox_.Load("local a = 1\nlocal b = = 2\n", "lesson.lua").message(),
            "lesson.lua:2: unexpected symbol near '='");
}

TEST_F(Loading, ReportsATruncatedScript) {
  EXPECT_EQ(sandbox_.Load("function f()\n  return 1\n", "lesson.lua").message(),
            "lesson.lua:3: 'end' expected (to close 'function' at line 1) near <eof>");
}

TEST_F(Loading, NamesAFileWithALongPathInFull) {
  const std::string path = "/home/somebody/" + std::string(100, 'p') + "/lesson.lua";
  EXPECT_EQ(sandbox_.Load("x = = 1", path).message(), path + ":1: unexpected symbol near '='");
  ASSERT_TRUE(sandbox_.Load("\nerror('no')", path).ok());
  EXPECT_EQ(sandbox_.RunChunk().message, path + ":2: no");
}

TEST_F(Loading, RefusesABinaryChunk) {
  EXPECT_THAT(std::string(sandbox_.Load("\x1bLua", "lesson.lua").message()),
              HasSubstr("attempt to load a binary chunk"));
}

TEST_F(Loading, KeepsToOneLineOfText) {
  EXPECT_EQ(sandbox_.Load("x = '\xff\x01\n", "lesson.lua").message(),
            "lesson.lua:1: unfinished string near ''\\xFF\\x01'");
}

TEST_F(Loading, SkipsALineForTheShellAndAByteOrderMark) {
  EXPECT_EQ(Failure("#!/usr/bin/wsim run\nerror('here')"), "test.lua:2: here");
  EXPECT_TRUE(Run("\xEF\xBB\xBFlocal x = 1").returned());
  EXPECT_TRUE(Run("# nothing else").returned());
}

TEST_F(Loading, NestsOnlySoDeep) {
  const std::string nested = std::string(100000, '(');
  EXPECT_THAT(std::string(sandbox_.Load("x = " + nested, "lesson.lua").message()),
              HasSubstr("C stack overflow"));
}

TEST_F(Loading, CompilesOnceForManySandboxes) {
  const absl::StatusOr<std::string> compiled =
      Sandbox::Compile("local n = ...\nprint(n, 2 ^ 10)\nerror('end')", "lesson.lua");
  ASSERT_TRUE(compiled.ok());
  for (int i = 0; i < 3; ++i) {
    TestHost host;
    Sandbox sandbox(host);
    ASSERT_TRUE(sandbox.LoadCompiled(*compiled, "lesson.lua").ok());
    EXPECT_EQ(sandbox.RunChunk().message, "lesson.lua:3: end");
    EXPECT_THAT(host.printed, ::testing::ElementsAre("nil\t1024.0"));
  }
}

class Failures : public SandboxTest {};

TEST_F(Failures, NameTheLineThatRaisedThem) {
  EXPECT_EQ(Failure("\n\nerror('broken')"), "test.lua:3: broken");
  EXPECT_EQ(Failure("local t\nreturn t.x"), "test.lua:2: attempt to index a nil value (local 't')");
}

TEST_F(Failures, NameTheLineOfAnAssertion) {
  EXPECT_EQ(Failure("local s\nlocal ok = assert(s, 'WSAECONNREFUSED')"),
            "test.lua:2: WSAECONNREFUSED");
  EXPECT_EQ(Failure("\nassert(false)"), "test.lua:2: assertion failed!");
}

TEST_F(Failures, OfAnAssertionAreNotChangedForTheScript) {
  EXPECT_EQ(Printed("print(pcall(assert, nil, 'WSAECONNREFUSED'))"), "false\tWSAECONNREFUSED");
}

TEST_F(Failures, NameALineEvenWhenTheErrorDoesNot) {
  EXPECT_EQ(Failure("\nerror('bare', 0)"), "test.lua:2: bare");
  EXPECT_EQ(Failure("error(42)"), "test.lua:1: 42");
  EXPECT_EQ(Failure("error()"), "test.lua:1: the error is a nil value");
  EXPECT_EQ(Failure("error({})"), "test.lua:1: the error is a table value");
  EXPECT_EQ(Failure("error(setmetatable({}, {__tostring = function() return 'mine' end}))"),
            "test.lua:1: mine");
}

TEST_F(Failures, KeepThePositionOfAnOuterLevel) {
  EXPECT_EQ(Failure("local function f() error('theirs', 2) end\n\nf()"), "test.lua:3: theirs");
}

TEST_F(Failures, InAToStringAreFailuresToo) {
  EXPECT_EQ(Failure("error(setmetatable({}, {__tostring = function() error('worse') end}))"),
            "test.lua:1: worse");
}

TEST_F(Failures, AreOneLineOfUtf8) {
  EXPECT_EQ(Failure("error('two\\nlines \\xff \\0 \\u{e9}')"),
            "test.lua:1: two\\nlines \\xFF \\x00 \xC3\xA9");
}

TEST_F(Failures, PassThroughACoroutineWithBothLines) {
  EXPECT_EQ(Failure("local f = coroutine.wrap(function()\n error('inner') end)\nf()"),
            "test.lua:3: test.lua:2: inner");
}

TEST_F(Failures, ShowNoAddresses) {
  for (absl::string_view script :
       {"error(tostring({}))", "error(tostring(print))", "error(string.format('%s', {}))",
        "error(coroutine.create(print))", "error(print)", "local t = {} ; t[{}] = 1 ; t() ",
        "return {} .. {}", "return {} < {}", "table.concat({{}})", "('x'):rep({})",
        "string.format('%d', {})", "setmetatable({}, {__index = error}).x()"}) {
    EXPECT_THAT(Failure(script), ::testing::Not(HasSubstr("0x"))) << script;
  }
}

class Threads : public SandboxTest {
 protected:
  // The value of a global as a reference, for a thread to call.
  Reference Global(const char* name) {
    static const char* wanted;
    static Reference* result;
    Reference reference;
    wanted = name;
    result = &reference;
    EXPECT_TRUE(sandbox_
                    .Install([](lua_State* L) {
                      lua_getglobal(L, wanted);
                      *result = Reference::Take(L);
                      return 0;
                    })
                    .ok());
    return reference;
  }
};

TEST_F(Threads, ShareGlobalsAndUpvalues) {
  ASSERT_TRUE(Run("local n = 0 function count() n = n + 1 print(n) end").returned());
  const Reference count = Global("count");
  for (int i = 0; i < 3; ++i) {
    absl::StatusOr<ScriptThread> thread = ScriptThread::Create(sandbox_);
    ASSERT_TRUE(thread.ok());
    EXPECT_TRUE(thread->Run(count).returned());
  }
  EXPECT_EQ(absl::StrJoin(host_.printed, " "), "1 2 3");
}

TEST_F(Threads, AreNoCoroutinesForTheScript) {
  ASSERT_TRUE(Run("function f() print(select(2, coroutine.running()), coroutine.isyieldable())\n"
                  "coroutine.yield() end")
                  .returned());
  absl::StatusOr<ScriptThread> thread = ScriptThread::Create(sandbox_);
  ASSERT_TRUE(thread.ok());
  EXPECT_EQ(thread->Run(Global("f")).message,
            "test.lua:2: attempt to yield from outside a coroutine");
  EXPECT_EQ(host_.printed[0], "true\tfalse");
}

TEST_F(Threads, CannotBeResumedOrClosedByOthers) {
  ASSERT_TRUE(Run("function f() other = coroutine.running() g() end\n"
                  "function g() end\n"
                  "function h() print(coroutine.status(other), coroutine.resume(other)) end")
                  .returned());
  absl::StatusOr<ScriptThread> first = ScriptThread::Create(sandbox_);
  absl::StatusOr<ScriptThread> second = ScriptThread::Create(sandbox_);
  ASSERT_TRUE(first->Run(Global("f")).returned());
  ASSERT_TRUE(second->Run(Global("h")).returned());
  EXPECT_EQ(host_.printed[0], "dead\tfalse\tcannot resume dead coroutine");
}

TEST_F(Threads, EndOneAndTheOthersGoOn) {
  ASSERT_TRUE(Run("function f() kill() end function g() print('alive') end").returned());
  absl::StatusOr<ScriptThread> first = ScriptThread::Create(sandbox_);
  absl::StatusOr<ScriptThread> second = ScriptThread::Create(sandbox_);
  EXPECT_EQ(first->Run(Global("f")).kind, CallResult::Kind::kEnded);
  host_.is_ending = false;
  EXPECT_TRUE(second->Run(Global("g")).returned());
  EXPECT_EQ(host_.printed[0], "alive");
}

}  // namespace
}  // namespace wsim
