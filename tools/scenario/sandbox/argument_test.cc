// How functions of the host read their arguments, and how their complaints read.
#include "tools/scenario/sandbox/argument.h"

#include <string>

#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tools/scenario/sandbox/native_function.h"
#include "tools/scenario/sandbox/object.h"
#include "tools/scenario/sandbox/sandbox_testing.h"

namespace wsim {
namespace {

constexpr absl::string_view kDirections[] = {"SD_RECEIVE", "SD_SEND", "SD_BOTH"};

int ReadInteger(lua_State* L) {
  lua_pushinteger(L, Argument(L, 1, "listen's backlog").Integer(0, 100));
  return 1;
}
int ReadOption(lua_State* L) {
  lua_pushinteger(L, Argument(L, 1, "option").IntegerOrBoolean(0, 65536));
  return 1;
}
int ReadBoolean(lua_State* L) {
  lua_pushboolean(L, Argument(L, 1, "all").Boolean());
  return 1;
}
int ReadText(lua_State* L) {
  const absl::string_view text = Argument(L, 1, "data").Text();
  lua_pushinteger(L, static_cast<lua_Integer>(text.size()));
  return 1;
}
int ReadDuration(lua_State* L) {
  lua_pushinteger(L, absl::ToInt64Nanoseconds(Argument(L, 1, "sleep").Duration()));
  return 1;
}
int ReadPort(lua_State* L) {
  lua_pushinteger(L, Argument(L, 1, "bind").Port());
  return 1;
}
int ReadProbability(lua_State* L) {
  lua_pushinteger(L, Argument(L, 1, "loss").Probability());
  return 1;
}
int ReadBandwidth(lua_State* L) {
  lua_pushinteger(L, Argument(L, 1, "bandwidth").BitsPerSecond());
  return 1;
}
int ReadDirection(lua_State* L) {
  lua_pushinteger(L, static_cast<lua_Integer>(Argument(L, 1, "shutdown").OneOf(kDirections)));
  return 1;
}
int ReadFunction(lua_State* L) {
  const Argument argument(L, 1, "at");
  argument.ExpectFunction();
  lua_pushboolean(L, argument.is_absent());
  return 1;
}
int ReadConnect(lua_State* L) {
  const Options options(L, 1, "WSAConnect", {"to", "caller_data", "callee_data_max"});
  const Argument data = options.Get("caller_data");
  lua_pushfstring(L, "%s, %s", std::string(options.Get("to").Text()).c_str(),
                  data.is_absent() ? "nothing" : std::string(data.Text()).c_str());
  return 1;
}
int ReadLink(lua_State* L) {
  const Options options(L, 1, "link", {"loss"}, /*allow_list=*/true);
  std::string hosts;
  for (lua_Integer i = 1; i <= options.item_count(); ++i) {
    absl::StrAppend(&hosts, options.Item(i).Text(), " ");
  }
  const int64_t loss = options.Get("loss").is_absent() ? 0 : options.Get("loss").Probability();
  lua_pushstring(L, absl::StrCat(hosts, loss).c_str());
  return 1;
}

class Arguments : public SandboxTest {
 protected:
  Arguments() {
    EXPECT_TRUE(sandbox_
                    .Install([](lua_State* L) {
                      lua_register(L, "integer", Native<ReadInteger>);
                      lua_register(L, "option", Native<ReadOption>);
                      lua_register(L, "boolean", Native<ReadBoolean>);
                      lua_register(L, "text", Native<ReadText>);
                      lua_register(L, "duration", Native<ReadDuration>);
                      lua_register(L, "port", Native<ReadPort>);
                      lua_register(L, "probability", Native<ReadProbability>);
                      lua_register(L, "bandwidth", Native<ReadBandwidth>);
                      lua_register(L, "direction", Native<ReadDirection>);
                      lua_register(L, "callback", Native<ReadFunction>);
                      lua_register(L, "connect", Native<ReadConnect>);
                      lua_register(L, "link", Native<ReadLink>);
                      return 0;
                    })
                    .ok());
  }
};

TEST_F(Arguments, Integers) {
  EXPECT_EQ(Printed("print(integer(0), integer(100), integer(3.0))"), "0\t100\t3");
  EXPECT_EQ(
      Failure("\ninteger(101)"),
      "test.lua:2: listen's backlog: 101 is out of range; it is a whole number from 0 to 100");
  EXPECT_EQ(
      Failure("integer(2.5)"),
      "test.lua:1: listen's backlog: 2.5 is out of range; it is a whole number from 0 to 100");
  EXPECT_EQ(Failure("integer('5')"), "test.lua:1: listen's backlog: number expected, got string");
  EXPECT_EQ(Failure("integer()"), "test.lua:1: listen's backlog: number expected, got no value");
}

TEST_F(Arguments, OptionsThatAreNumbersOrBooleans) {
  EXPECT_EQ(Printed("print(option(true), option(false), option(8192))"), "1\t0\t8192");
  EXPECT_EQ(Failure("option('on')"), "test.lua:1: option: number or boolean expected, got string");
}

TEST_F(Arguments, Booleans) {
  EXPECT_EQ(Printed("print(boolean(true), boolean(false))"), "true\tfalse");
  EXPECT_EQ(Failure("boolean(1)"), "test.lua:1: all: boolean expected, got number");
}

TEST_F(Arguments, Texts) {
  EXPECT_EQ(Printed("print(text('a\\0b'), text(''), text(42))"), "3\t0\t2");
  EXPECT_EQ(Failure("text({})"), "test.lua:1: data: string expected, got table");
  EXPECT_EQ(Failure("text(nil)"), "test.lua:1: data: string expected, got nil");
}

TEST_F(Arguments, Durations) {
  EXPECT_EQ(Printed("print(duration('10ms'), duration(10), duration(0.1), duration('1.5s'), "
                    "duration(0), duration('3ns'))"),
            "10000000\t10000000\t100000\t1500000000\t0\t3");
  EXPECT_EQ(Failure("duration('10')"),
            "test.lua:1: sleep: '10' is not a duration; write a number and its unit, such as 10ms");
  EXPECT_EQ(Failure("duration(-1)"),
            "test.lua:1: sleep: the duration '-1ms' is out of range; it is from 0 to 365 days");
  EXPECT_EQ(Failure("duration(0/0)"),
            "test.lua:1: sleep: the duration 'nanms' is out of range; it is from 0 to 365 days");
  EXPECT_EQ(Failure("duration({})"),
            "test.lua:1: sleep: a duration (text such as \"10ms\", or a number of milliseconds) "
            "expected, got table");
}

TEST_F(Arguments, Ports) {
  EXPECT_EQ(Printed("print(port(0), port(65535), port('5000'))"), "0\t65535\t5000");
  EXPECT_EQ(Failure("port(65536)"),
            "test.lua:1: bind: 65536 is out of range; it is a whole number from 0 to 65535");
  EXPECT_EQ(Failure("port('http')"),
            "test.lua:1: bind: 'http' is not a port; write a number from 0 to 65535");
}

TEST_F(Arguments, Probabilities) {
  EXPECT_EQ(Printed("print(probability(0.01), probability('0.000000001'), probability(1))"),
            "10000000\t1\t1000000000");
  EXPECT_EQ(Failure("probability(7)"),
            "test.lua:1: loss: '7' is not a probability; write a number from 0 to 1, such as 0.01");
}

TEST_F(Arguments, Bandwidths) {
  EXPECT_EQ(Printed("print(bandwidth('100Mbps'), bandwidth(9600))"), "100000000\t9600");
  EXPECT_EQ(
      Failure("bandwidth('fast')"),
      "test.lua:1: bandwidth: 'fast' is not a bandwidth; write a number and its unit, such as "
      "100Mbps");
}

TEST_F(Arguments, OneOfSeveralNames) {
  EXPECT_EQ(Printed("print(direction('SD_SEND'))"), "1");
  EXPECT_EQ(Failure("direction('SEND\\n')"),
            "test.lua:1: shutdown: 'SEND\\n' is none of SD_RECEIVE, SD_SEND, SD_BOTH");
}

TEST_F(Arguments, Functions) {
  EXPECT_EQ(Printed("print(callback(print))"), "false");
  EXPECT_EQ(Failure("callback('f')"), "test.lua:1: at: function expected, got string");
}

TEST_F(Arguments, TablesOfOptions) {
  EXPECT_EQ(Printed("print(connect{to = 'server:5000', caller_data = 'hello'})"),
            "server:5000, hello");
  EXPECT_EQ(Printed("print(connect{to = 'server:5000'})"), "server:5000, nothing");
  EXPECT_EQ(Failure("connect{}"), "test.lua:1: WSAConnect: to: string expected, got nil");
  EXPECT_EQ(Failure("connect('server:5000')"),
            "test.lua:1: WSAConnect: table expected, got string");
}

TEST_F(Arguments, RefuseUnknownOptions) {
  EXPECT_EQ(Failure("connect{to = 'x', zeta = 1, data = 2, omega = 3}"),
            "test.lua:1: WSAConnect: there is no option 'data'; the options are to, caller_data, "
            "callee_data_max");
  EXPECT_EQ(Failure("connect{'x'}"),
            "test.lua:1: WSAConnect: there is no option a number as a key; the options are to, "
            "caller_data, callee_data_max");
}

TEST_F(Arguments, TablesWithAListAndOptions) {
  EXPECT_EQ(Printed("print(link{'a', 'b', loss = 0.5})"), "a b 500000000");
  EXPECT_EQ(Failure("link{'a', {}}"), "test.lua:1: link: item 2: string expected, got table");
}

class Objects : public SandboxTest {
 protected:
  Objects() {
    EXPECT_TRUE(sandbox_
                    .Install([](lua_State* L) {
                      DefineObjectType(L, "socket", kMethods);
                      DefineObjectType(L, "event", kMethods);
                      lua_register(L, "socket", Native<MakeSocket>);
                      lua_register(L, "event", Native<MakeEvent>);
                      return 0;
                    })
                    .ok());
  }

 private:
  static int MakeSocket(lua_State* L) {
    NewObject<uint64_t>(L, "socket", 0xFEDCBA9876543210);
    return 1;
  }
  static int MakeEvent(lua_State* L) {
    NewObject<char>(L, "event", 'e');
    return 1;
  }
  static int Id(lua_State* L) {
    lua_pushfstring(L, "%d", static_cast<int>(CheckObject<uint64_t>(L, 1, "socket") & 0xFFFF));
    return 1;
  }
  static constexpr luaL_Reg kMethods[] = {{"id", Native<Id>}, {nullptr, nullptr}};
};

TEST_F(Objects, KeepTheirValue) { EXPECT_EQ(Printed("print(socket():id())"), "12816"); }

TEST_F(Objects, AreToldApart) {
  EXPECT_EQ(Failure("event():id()"),
            "test.lua:1: calling 'id' on bad self (socket expected, got event)");
  EXPECT_EQ(Failure("socket().id({})"),
            "test.lua:1: bad argument #1 to 'id' (socket expected, got table)");
}

TEST_F(Objects, HaveNoAddressAndNoMetatable) {
  EXPECT_EQ(Printed("print(socket(), getmetatable(socket()), type(socket()))"),
            "socket\tfalse\tuserdata");
}

}  // namespace
}  // namespace wsim
