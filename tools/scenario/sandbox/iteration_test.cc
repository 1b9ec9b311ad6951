// The order in which pairs and next visit a table.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/object.h"
#include "tools/scenario/sandbox/sandbox_testing.h"

namespace wsim {
namespace {

using ::testing::HasSubstr;

class Iteration : public SandboxTest {
 protected:
  Iteration() {
    EXPECT_TRUE(sandbox_
                    .Install([](lua_State* L) {
                      DefineObjectType(L, "thing", kMethods);
                      lua_register(L, "thing", Native<MakeThing>);
                      return 0;
                    })
                    .ok());
  }

  // The keys in the order of visiting, as `pairs` and a loop over `next` both give them.
  std::string Keys(absl::string_view table) {
    const std::string script = absl::StrCat(R"lua(
      local function keys(f, s, v)
        local list = {}
        for key, value in f, s, v do
          assert(rawequal(s[key], value))
          list[#list + 1] = type(key) == "userdata" and key:name() or tostring(key)
        end
        return table.concat(list, " ")
      end
      local t = )lua",
                                            table, R"lua(
      local by_pairs = keys(pairs(t))
      assert(by_pairs == keys(next, t))
      print(by_pairs)
    )lua");
    return Printed(script);
  }

 private:
  static int MakeThing(lua_State* L) {
    NewObject<const char*>(L, "thing", "thing");
    return 1;
  }
  static int Name(lua_State* L) {
    lua_pushfstring(L, "thing%d", static_cast<int>(ObjectSerial(L, 1)));
    return 1;
  }
  static constexpr luaL_Reg kMethods[] = {{"name", Native<Name>}, {nullptr, nullptr}};
};

TEST_F(Iteration, VisitsNumbersByValue) {
  EXPECT_EQ(Keys("{[3] = 1, [-1] = 1, [2.5] = 1, [1] = 1, [-1.5] = 1, [1e300] = 1, [0] = 1}"),
            "-1.5 -1 0 1 2.5 3 1e+300");
  EXPECT_EQ(Keys("{[math.huge] = 1, [-math.huge] = 1, [math.maxinteger] = 1, "
                 "[math.mininteger] = 1, [2^62 + 0.0] = 1}"),
            "-inf -9223372036854775808 4611686018427387904 9223372036854775807 inf");
}

TEST_F(Iteration, ComparesIntegersAndFloatsExactly) {
  EXPECT_EQ(Keys("{[9007199254740993] = 1, [9007199254740992.0] = 1, [9007199254740994] = 1}"),
            "9007199254740992 9007199254740993 9007199254740994");
  EXPECT_EQ(Keys("{[1 << 62] = 1, [2^63] = 1, [math.maxinteger] = 1, [0.5] = 1, [0] = 1, [1] = 1}"),
            "0 0.5 1 4611686018427387904 9223372036854775807 9.2233720368548e+18");
}

TEST_F(Iteration, VisitsStringsByOctets) {
  EXPECT_EQ(Keys("{b = 1, a = 1, B = 1, ['10'] = 1, ['9'] = 1, ab = 1, [''] = 1}"),
            " 10 9 B a ab b");
  EXPECT_EQ(Keys("{['\\xff'] = 1, ['\\x7f'] = 1, ['a\\0b'] = 1, ['a'] = 1}"),
            std::string("a a\0b \x7f \xff", 9));
}

TEST_F(Iteration, VisitsKindsInTheOrderOfTheContract) {
  EXPECT_EQ(Keys("{[thing()] = 1, [true] = 1, x = 1, [1] = 1, [thing()] = 1, [false] = 1}"),
            "1 x false true thing1 thing2");
}

TEST_F(Iteration, VisitsObjectsInTheOrderOfTheirMaking) {
  EXPECT_EQ(Keys("(function() local list, t = {}, {} for i = 1, 40 do list[i] = thing() end\n"
                 "for i = 40, 30, -1 do t[list[i]] = i end return t end)()"),
            "thing30 thing31 thing32 thing33 thing34 thing35 thing36 thing37 thing38 thing39 "
            "thing40");
}

TEST_F(Iteration, VisitsASingleKeyWithoutOrderLast) {
  EXPECT_EQ(Keys("{[print] = 1, [true] = 1}"), "true function");
  EXPECT_EQ(Keys("{[{}] = 1}"), "table");
}

TEST_F(Iteration, RefusesSeveralKeysWithoutOrder) {
  EXPECT_THAT(Failure("\nfor k in pairs { [{}] = 1, [{}] = 2 } do end"),
              HasSubstr("test.lua:2: this table cannot be traversed: more than one of its keys"));
  EXPECT_THAT(Failure("next { [print] = 1, [{}] = 2, x = 3 }"), HasSubstr("cannot be traversed"));
  EXPECT_EQ(Printed("print(pcall(next, {[{}] = 1, [print] = 1}))").substr(0, 5), "false");
}

TEST_F(Iteration, VisitsLargeTablesInOrder) {
  EXPECT_EQ(Printed(R"lua(
    local t = {}
    for i = 1, 20000 do t[(i * 7919) % 20011] = i t["k" .. (i * 7919) % 20011] = i end
    local last, count = nil, 0
    for key in pairs(t) do
      assert(last == nil or (type(last) == type(key) and last < key) or
             (type(last) == "number" and type(key) == "string"))
      last = key
      count = count + 1
    end
    print(count)
  )lua"),
            "40000");
}

TEST_F(Iteration, TakesTimeInProportion) {
  // Three passes over 100,000 keys fit into the instructions of a thread only if no step is a
  // search.
  EXPECT_TRUE(Run(R"lua(
    local t = {}
    for i = 1, 100000 do t["k" .. i] = i end
    for round = 1, 3 do for key in pairs(t) do end end
  )lua")
                  .returned());
}

TEST_F(Iteration, MayAssignToFieldsThatAreThere) {
  EXPECT_EQ(Printed("local t = {} for i = 1, 100 do t[i] = i end\n"
                    "for k, v in pairs(t) do t[k] = -v end print(t[1], t[100])"),
            "-1\t-100");
}

TEST_F(Iteration, MayClearFieldsOnTheWay) {
  for (absl::string_view size : {"10", "1000"}) {
    EXPECT_EQ(
        Printed(absl::StrCat("local t, n = {}, 0 for i = 1, ", size,
                             " do t[i] = i end\n"
                             "for k in pairs(t) do t[k] = nil n = n + 1 end print(n, next(t))")),
        absl::StrCat(size, "\tnil"));
    EXPECT_EQ(Printed(absl::StrCat("local t, n = {}, 0 for i = 1, ", size,
                                   " do t['k' .. i] = i end\n"
                                   "for k in pairs(t) do for i = 1, ",
                                   size, " do t['k' .. i] = nil end n = n + 1 end print(n)")),
              "1");
  }
}

TEST_F(Iteration, SkipsWhatWasClearedAhead) {
  EXPECT_EQ(Printed("local t, sum = {}, 0 for i = 1, 100 do t[i] = i end\n"
                    "for k in pairs(t) do if k % 2 == 1 then t[k + 1] = nil end sum = sum + k end\n"
                    "print(sum)"),
            "2500");
}

TEST_F(Iteration, OfOneTableMayNest) {
  EXPECT_EQ(Printed("local t, n = {}, 0 for i = 1, 50 do t[i] = i end\n"
                    "for a in pairs(t) do for b in pairs(t) do n = n + 1 end end print(n)"),
            "2500");
}

TEST_F(Iteration, BeginsAnewWithWhatWasAdded) {
  EXPECT_EQ(Printed("local t = {} for i = 1, 50 do t[i] = i end\n"
                    "for k in pairs(t) do if k == 20 then break end end\n"
                    "t[0.5] = true\n"
                    "local n = 0 for k in pairs(t) do n = n + 1 end print(n, (next(t)))"),
            "51\t0.5");
}

TEST_F(Iteration, GoesOnFromAnyKey) {
  EXPECT_EQ(
      Printed("local t = {10, 20, 30} print(next(t, 1)) print(next(t, 2.0)) print(next(t, 3))\n"
              "print(next(t, 1.5)) print(next(t, 0/0)) print(next(t, 'x')) print(next({}))"),
      "2\t20\n3\t30\nnil\n2\t20\nnil\nnil\nnil");
}

TEST_F(Iteration, FollowsThePairsMetamethod) {
  EXPECT_EQ(
      Printed("local t = setmetatable({}, {__pairs = function(t) return function(_, k) if not k "
              "then return 1, 'one' end end, t, nil end})\n"
              "for k, v in pairs(t) do print(k, v) end"),
      "1\tone");
}

TEST_F(Iteration, OfWhatIsNoTableIsAnError) {
  EXPECT_EQ(Failure("for k in pairs(nil) do end"),
            "test.lua:1: bad argument #1 to 'for iterator' (table expected, got nil)");
  EXPECT_EQ(Failure("pairs()"), "test.lua:1: bad argument #1 to 'pairs' (value expected)");
}

TEST_F(Iteration, KeepsNoTableAlive) {
  // Each traversal is left early, with a snapshot; the snapshots go with their tables.
  EXPECT_TRUE(Run("for i = 1, 150 do\n"
                  "  local t = {} for j = 1, 5000 do t[j] = j end\n"
                  "  for k in pairs(t) do if k == 2 then break end end\n"
                  "  block()\n"
                  "end")
                  .returned());
}

}  // namespace
}  // namespace wsim
