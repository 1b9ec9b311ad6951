// The table library and its stable sort.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/scenario/sandbox/sandbox_testing.h"

namespace wsim {
namespace {

using ::testing::HasSubstr;

class Tables : public SandboxTest {};

TEST_F(Tables, InsertAndRemove) {
  EXPECT_EQ(
      Printed("local t = {} table.insert(t, 'b') table.insert(t, 1, 'a') table.insert(t, 3, 'c')\n"
              "print(table.concat(t), table.remove(t, 1), table.remove(t), table.concat(t))"),
      "abc\ta\tc\tb");
  EXPECT_EQ(Printed("print(table.remove({}), table.remove({}, 0), #{table.remove({}, #{})})"),
            "nil\tnil\t0");
  EXPECT_EQ(Printed("local t = {1, 2, n = 0} print(table.remove(t, 3), #t)"), "nil\t2");
  EXPECT_EQ(Failure("table.insert({1, 2}, 4, 'x')"),
            "test.lua:1: bad argument #2 to 'insert' (position out of bounds)");
  EXPECT_EQ(Failure("table.insert({}, 0, 'x')"),
            "test.lua:1: bad argument #2 to 'insert' (position out of bounds)");
  EXPECT_EQ(Failure("table.insert({}, 1, 2, 3)"),
            "test.lua:1: wrong number of arguments to 'insert'");
  EXPECT_EQ(Failure("table.remove({1, 2}, 7)"),
            "test.lua:1: bad argument #2 to 'remove' (position out of bounds)");
  EXPECT_EQ(Failure("table.insert(nil, 1)"),
            "test.lua:1: bad argument #1 to 'insert' (table expected, got nil)");
}

TEST_F(Tables, Move) {
  EXPECT_EQ(Printed("print(table.concat(table.move({1, 2, 3}, 2, 3, 1)))"), "233");
  EXPECT_EQ(Printed("print(table.concat(table.move({1, 2, 3}, 1, 3, 2)))"), "1123");
  EXPECT_EQ(Printed("print(table.concat(table.move({1, 2, 3}, 1, 3, 3, {9, 9})))"), "99123");
  EXPECT_EQ(Printed("print(#table.move({1, 2, 3}, 1, 0, 5))"), "3");
  EXPECT_EQ(Failure("table.move({}, math.mininteger, math.maxinteger, 1)"),
            "test.lua:1: bad argument #3 to 'move' (too many elements to move)");
  EXPECT_EQ(Failure("table.move({}, 1, 2, math.maxinteger)"),
            "test.lua:1: bad argument #4 to 'move' (destination wrap around)");
}

TEST_F(Tables, Concat) {
  EXPECT_EQ(Printed("print(table.concat({1, 'b', 2.5}, ', '), table.concat({}), "
                    "table.concat({1, 2, 3}, '-', 2, 3), table.concat({1, 2}, '', 3))"),
            "1, b, 2.5\t\t2-3\t");
  EXPECT_EQ(Failure("table.concat({1, {}, 3})"),
            "test.lua:1: invalid value (at index 2) in table for 'concat'");
  EXPECT_EQ(Printed("print(table.concat({[math.maxinteger] = 'end'}, '', math.maxinteger, "
                    "math.maxinteger))"),
            "end");
}

TEST_F(Tables, PackAndUnpack) {
  EXPECT_EQ(Printed("local t = table.pack('a', nil, 'c') print(t.n, t[1], t[2], t[3])"),
            "3\ta\tnil\tc");
  EXPECT_EQ(Printed("print(table.unpack({1, 2, 3})) print(table.unpack({1, 2, 3}, 2)) "
                    "print(table.unpack({}, 1, 2)) print((table.unpack({}, 2, 1)))"),
            "1\t2\t3\n2\t3\nnil\tnil\nnil");
  EXPECT_EQ(Failure("table.unpack({}, 1, 1 << 40)"), "test.lua:1: too many results to unpack");
  EXPECT_EQ(Failure("table.unpack({}, math.mininteger, math.maxinteger)"),
            "test.lua:1: too many results to unpack");
  EXPECT_EQ(Failure("table.unpack({}, 1, 2000000)"), "test.lua:1: too many results to unpack");
}

TEST_F(Tables, FollowMetamethods) {
  EXPECT_EQ(Printed("local log = {}\n"
                    "local t = setmetatable({}, {__len = function() return 2 end,\n"
                    "  __index = function(_, i) return 'v' .. i end,\n"
                    "  __newindex = function(_, i, v) log[#log + 1] = i .. '=' .. v end})\n"
                    "print(table.concat(t, ','), table.unpack(t)) table.insert(t, 1, 'x')\n"
                    "print(table.concat(log, ' '))"),
            "v1,v2\tv1\tv2\n3=v2 2=v1 1=x");
}

class Sort : public SandboxTest {};

TEST_F(Sort, OrdersNumbersAndStrings) {
  EXPECT_EQ(Printed("local t = {3, 1, 2.5, -7} table.sort(t) print(table.concat(t, ' '))\n"
                    "t = {'b', 'a', 'C'} table.sort(t) print(table.concat(t, ' '))\n"
                    "t = {} table.sort(t) print(#t)"),
            "-7 1 2.5 3\nC a b\n0");
}

TEST_F(Sort, OrdersByAFunction) {
  EXPECT_EQ(Printed("local t = {3, 1, 2} table.sort(t, function(a, b) return a > b end) "
                    "print(table.concat(t))"),
            "321");
}

TEST_F(Sort, KeepsTheOrderOfEquals) {
  EXPECT_EQ(Printed(R"lua(
    local t = {}
    for i = 1, 1000 do t[i] = { key = (i * 7) % 10, place = i } end
    table.sort(t, function(a, b) return a.key < b.key end)
    for i = 2, 1000 do
      assert(t[i - 1].key < t[i].key or
             (t[i - 1].key == t[i].key and t[i - 1].place < t[i].place))
    end
    print("stable")
  )lua"),
            "stable");
}

TEST_F(Sort, OrdersEveryLength) {
  EXPECT_EQ(Printed(R"lua(
    for n = 0, 130 do
      local t = {}
      for i = 1, n do t[i] = (i * 37) % 101 end
      table.sort(t)
      for i = 2, n do assert(t[i - 1] <= t[i]) end
      assert(#t == n)
    end
    print("sorted")
  )lua"),
            "sorted");
}

TEST_F(Sort, SurvivesAnOrderThatContradictsItself) {
  EXPECT_EQ(Printed("local t, n = {}, 0 for i = 1, 1000 do t[i] = i end\n"
                    "table.sort(t, function() return true end)\n"
                    "table.sort(t, function() n = n + 1 return n % 3 == 0 end)\n"
                    "local sum = 0 for i = 1, 1000 do sum = sum + t[i] end print(#t, sum)"),
            "1000\t500500");
}

TEST_F(Sort, LeavesTheTableAloneWhenTheOrderFails) {
  EXPECT_EQ(
      Printed("local t = {3, 1, 2}\n"
              "print(pcall(table.sort, t, function(a, b) if a == 2 then error('no', 0) end return "
              "a < b end))\n"
              "print(table.concat(t))"),
      "false\tno\n312");
}

TEST_F(Sort, SurvivesAnOrderThatChangesTheTable) {
  EXPECT_EQ(
      Printed("local t = {5, 4, 3, 2, 1}\n"
              "table.sort(t, function(a, b) t[1], t[6], t[3] = nil, 9, 'x' return a < b end)\n"
              "print(t[1], t[2], t[3], t[4], t[5], t[6])"),
      "1\t2\t3\t4\t5\t9");
}

TEST_F(Sort, RefusesWhatCannotBeCompared) {
  EXPECT_EQ(Failure("table.sort { 1, 'x' }"), "test.lua:1: attempt to compare string with number");
  EXPECT_EQ(Failure("table.sort { {}, {} }"), "test.lua:1: attempt to compare two table values");
  EXPECT_EQ(Failure("table.sort({}, 'x')"),
            "test.lua:1: bad argument #2 to 'sort' (function expected, got string)");
  EXPECT_THAT(Failure("table.sort(setmetatable({}, {__len = function() return 1 << 40 end}))"),
              HasSubstr("array too big"));
}

}  // namespace
}  // namespace wsim
