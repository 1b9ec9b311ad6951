// The string library: what Lua's does, without addresses.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/scenario/sandbox/sandbox_testing.h"

namespace wsim {
namespace {

using ::testing::HasSubstr;

class Strings : public SandboxTest {};

TEST_F(Strings, Find) {
  EXPECT_EQ(Printed("print(('hello world'):find('o w'))"), "5\t7");
  EXPECT_EQ(Printed("print(('hello world'):find('l+'))"), "3\t4");
  EXPECT_EQ(Printed("print(('hello world'):find('(o)(r?)', 6))"), "8\t9\to\tr");
  EXPECT_EQ(Printed("print(('hello'):find('xyz'), ('hello'):find('', 10))"), "nil\tnil");
  EXPECT_EQ(Printed("print(('hello'):find(''), ('hello'):find('', 6))"), "1\t6\t5");
  EXPECT_EQ(Printed("print(('a.b'):find('.', 1, true), ('a.b'):find('.', -1))"), "2\t3\t3");
  EXPECT_EQ(Printed("print(('a\\0b'):find('\\0b'), ('ab'):find('^b'), ('ab'):find('b', -1, true))"),
            "2\tnil\t2\t2");
}

TEST_F(Strings, Match) {
  EXPECT_EQ(Printed("print(('key = value'):match('^(%w+)%s*=%s*(%w+)$'))"), "key\tvalue");
  EXPECT_EQ(Printed("print(('2026-11-22'):match('%d+-%d+'), ('x'):match('()'))"), "2026-11\t1");
  EXPECT_EQ(Printed("print(('abc'):match('b', 3), ('abc'):match('b', -2))"), "nil\tb");
}

TEST_F(Strings, GlobalMatch) {
  EXPECT_EQ(Printed("for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do print(k, v) end"),
            "a\t1\nb\t2");
  EXPECT_EQ(Printed("for w in ('one two'):gmatch('%a+', 2) do print(w) end"), "ne\ntwo");
  EXPECT_EQ(Printed("local n = 0 for w in ('abc'):gmatch('') do n = n + 1 end print(n)"), "4");
  EXPECT_EQ(Printed("for w in ('abc'):gmatch('x*', 10) do print('never') end"), "");
}

TEST_F(Strings, GlobalSubstitute) {
  EXPECT_EQ(Printed("print(('hello'):gsub('l', 'L'))"), "heLLo\t2");
  EXPECT_EQ(Printed("print(('hello'):gsub('l', 'L', 1))"), "heLlo\t1");
  EXPECT_EQ(Printed("print(('abc'):gsub('%w', '%0%0'))"), "aabbcc\t3");
  EXPECT_EQ(Printed("print(('a b'):gsub('(%w) (%w)', '%2 %1 %%'))"), "b a %\t1");
  EXPECT_EQ(Printed("print(('abc'):gsub('', '-'))"), "-a-b-c-\t4");
  EXPECT_EQ(Printed("print(('aXb'):gsub('%u', {X = 'y'}), (('ab'):gsub('%w', {a = false})))"),
            "ayb\tab");
  EXPECT_EQ(Printed("print(('abc'):gsub('%w', function(c) if c == 'b' then return 42 end end))"),
            "a42c\t3");
  EXPECT_EQ(Printed("print(('abc'):gsub('^a', 'x'), ('aaa'):gsub('^a', 'x'))"), "xbc\txaa\t1");
  EXPECT_EQ(Printed("print(('abc'):gsub('b', 7), ('abc'):gsub('()', '%1', 2))"), "a7c\t1a2bc\t2");
  EXPECT_EQ(Printed("print(('abc def'):gsub('%f[%w]%w+', string.upper))"), "ABC DEF\t2");
}

TEST_F(Strings, SubstituteRefusesWhatMakesNoSense) {
  EXPECT_EQ(Failure("('x'):gsub('x', '%2')"), "test.lua:1: invalid capture index %2");
  EXPECT_EQ(Failure("('x'):gsub('x', '%a')"),
            "test.lua:1: invalid use of '%' in replacement string");
  EXPECT_EQ(Failure("('x'):gsub('x', '%')"),
            "test.lua:1: invalid use of '%' in replacement string");
  EXPECT_EQ(Failure("('x'):gsub('x', function() return {} end)"),
            "test.lua:1: invalid replacement value (a table)");
  EXPECT_EQ(Failure("('x'):gsub('x')"),
            "test.lua:1: bad argument #2 to 'gsub' (string/function/table expected, got no value)");
  EXPECT_EQ(Failure("('x'):find('(')"), "test.lua:1: unfinished capture");
  EXPECT_EQ(Failure("\n('x'):match('[a')"), "test.lua:2: malformed pattern (missing ']')");
}

TEST_F(Strings, SubstituteLetsErrorsThrough) {
  EXPECT_EQ(Failure("('x'):gsub('x', function() error('mine') end)"), "test.lua:1: mine");
}

TEST_F(Strings, Repeat) {
  EXPECT_EQ(
      Printed("print(('ab'):rep(3), ('ab'):rep(3, ', '), ('ab'):rep(0) == '', ('x'):rep(-1))"),
      "ababab\tab, ab, ab\ttrue\t");
  EXPECT_EQ(Printed("print((''):rep(1 << 60) == '', (''):rep(4, '-'), ('ab'):rep(1, ','))"),
            "true\t---\tab");
  EXPECT_EQ(Printed("for n = 0, 200 do local s = ('abc'):rep(n, '-+')\n"
                    "  local t = {} for i = 1, n do t[i] = 'abc' end\n"
                    "  assert(s == table.concat(t, '-+')) end print('same')"),
            "same");
}

TEST_F(Strings, FormatShowsNoAddresses) {
  EXPECT_EQ(Printed("print(('%s %s %s'):format({}, print, coroutine.create(print)))"),
            "table function thread");
  EXPECT_EQ(Printed("print(('%5s|%-7s|%.2s'):format('a', {}, 'abc'))"), "    a|table  |ab");
  EXPECT_EQ(Printed("print(('%s'):format(setmetatable({}, {__tostring = function() return 'mine' "
                    "end})))"),
            "mine");
}

TEST_F(Strings, FormatRefusesPointersInEveryForm) {
  for (absl::string_view format : {"%p", "%10p", "%-20p", "%s %p", "%%%p", "%+ #0-5p", "%5.3p"}) {
    EXPECT_THAT(Failure(absl::StrCat("string.format('", format, "', {}, {})")),
                HasSubstr("'%p' is refused"))
        << format;
  }
  EXPECT_EQ(Printed("print(('%%p %d%%'):format(5))"), "%p 5%");
}

TEST_F(Strings, FormatIsOtherwiseLuas) {
  EXPECT_EQ(Printed("print(('%d %5.1f %x %q %c %i %g'):format(3, 2.55, 255, 'a\\nb', 65, 7, 0.1))"),
            "3   2.5 ff \"a\\\nb\" A 7 0.1");
  EXPECT_EQ(Failure("('%d'):format('x')"),
            "test.lua:1: bad argument #1 to 'format' (number expected, got string)");
  EXPECT_EQ(Failure("('%s'):format()"), "test.lua:1: bad argument #1 to 'format' (no value)");
  EXPECT_THAT(Failure("('%y'):format(1)"), HasSubstr("invalid conversion '%y' to 'format'"));
  EXPECT_THAT(Failure("('%'):format(1)"), HasSubstr("invalid conversion '%' to 'format'"));
}

TEST_F(Strings, TheRestIsLuas) {
  EXPECT_EQ(Printed("print(('abc'):byte(1, 1), ('abc'):sub(-2), ('aBc'):upper(), ('aBc'):lower(), "
                    "('abc'):reverse(), #'abc', string.char(65, 66))"),
            "97\tbc\tABC\tabc\tcba\t3\tAB");
  EXPECT_EQ(
      Printed("print((string.unpack('>I2', string.pack('>I2', 513))), string.packsize('i4'))"),
      "513\t4");
  EXPECT_EQ(Printed("print(utf8.char(233, 8364), utf8.len('h\\u{e9}'), utf8.codepoint('\\u{e9}'), "
                    "utf8.offset('a\\u{e9}b', 3))"),
            "\xC3\xA9\xE2\x82\xAC\t2\t233\t4");
  EXPECT_EQ(Printed("for p, c in utf8.codes('a\\u{e9}') do print(p, c) end"), "1\t97\n2\t233");
}

}  // namespace
}  // namespace wsim
