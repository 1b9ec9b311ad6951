#include "tools/scenario/sandbox/value_text.h"

#include <string>

#include "gtest/gtest.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/sandbox_testing.h"

namespace wsim {
namespace {

class Outcome : public SandboxTest {
 protected:
  Outcome() {
    EXPECT_TRUE(sandbox_
                    .Install([](lua_State* L) {
                      lua_register(L, "outcome", Native<ShowOutcome>);
                      return 0;
                    })
                    .ok());
  }

 private:
  // outcome(name, value, ...)
  static int ShowOutcome(lua_State* L) {
    Sandbox::Of(L).host().Print(OutcomeText(L, 2));
    return 0;
  }
};

TEST_F(Outcome, ShowsValuesAsTextJoinedByCommas) {
  EXPECT_EQ(Printed("outcome('n', 'text')"), "text");
  EXPECT_EQ(Printed("outcome('n', nil, 'WSAEDISCON')"), "nil, WSAEDISCON");
  EXPECT_EQ(Printed("outcome('n', 1, 2.5, true, {}, print)"), "1, 2.5, true, table, function");
  EXPECT_EQ(Printed("outcome('n', '', 'x')"), ", x");
  EXPECT_EQ(Printed("outcome('n')"), "");
}

TEST_F(Outcome, EscapesOctetsThatAreNotUtf8) {
  EXPECT_EQ(Printed("outcome('n', '\\xff\\0', '\\u{e9}')"), std::string("\\xFF\0, \u00e9", 9));
}

}  // namespace
}  // namespace wsim
