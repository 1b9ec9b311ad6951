// select: Winsock's with a table first, Lua's otherwise; over each provider.
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

class SelectCalls : public OverEachProvider {};

TEST_P(SelectCalls, GivesThoseThatAreReadyInTheOrderOfTheLists) {
  EXPECT_EQ(RunPrograms(R"(
    local a = assert(listener:accept())
    local b = assert(listener:accept())
    local read, write, except = select{read = {listener, b, a}, write = {a, b}, timeout = "1s"}
    outcome("no data yet", #read, #write, #except, write[1] == a, write[2] == b)
    sleep("1s")
    read, write, except = select{read = {listener, b, a}}
    outcome("data", #read, read[1] == b, read[2] == a, #write, #except)
  )",
                        R"(
    local other = assert(socket())
    assert(s:connect("server:5000"))
    assert(other:connect("server:5000"))
    sleep("500ms")
    s:send("x")
    other:send("y")
    sleep("2s")
  )"),
            "\nno data yet: 0, 2, 0, true, true\ndata: 2, true, true, 0, 0\n");
}

TEST_P(SelectCalls, WaitsUntilOneIsReady) {
  EXPECT_EQ(RunPrograms(R"(
    outcome("request", #select{read = {listener}} == 1, now() > 1000)
    sleep("1h")
  )",
                        R"( sleep("1s") s:connect("server:5000") )"),
            "\nrequest: true, true\n");
}

TEST_P(SelectCalls, TimesOutWithThreeEmptyLists) {
  EXPECT_EQ(RunPrograms(R"(
    local read, write, except = select{read = {listener}, timeout = "250ms"}
    outcome("none", #read, #write, #except, now())
    read = select{read = {listener}, timeout = 0}
    outcome("at once", #read, now())
  )",
                        ""),
            "\nnone: 0, 0, 0, 250\nat once: 0, 250\n");
}

TEST_P(SelectCalls, TellsThatAConnectHasFailedAmongTheExceptions) {
  EXPECT_EQ(Run(R"(process("client", function()
    local s = assert(socket())
    assert(s:ioctlsocket("FIONBIO", true))
    outcome("connect", s:connect("server:77"))
    local read, write, except = select{write = {s}, except = {s}, timeout = "1h"}
    outcome("then", #read, #write, #except)
    outcome("error", s:getsockopt("SO_ERROR"))
  end))"),
            "\nconnect: WSAEWOULDBLOCK\nthen: 0, 0, 1\nerror: 10061\n");
}

TEST_P(SelectCalls, TakesMoreSocketsThanAnFdSetOfUsualSize) {
  EXPECT_EQ(RunEnds("", R"(
    local many = {}
    for i = 1, 200 do many[i] = s end
    local read, write = select{write = many}
    outcome("ready", #write)
  )"),
            "\nready: 200\n");
}

TEST_P(SelectCalls, RefusesWhatItCannotWaitFor) {
  EXPECT_EQ(Run(R"(process("client", function()
    outcome("nothing", select{})
    outcome("empty lists", select{read = {}, write = {}})
    outcome("no socket", pcall(select, {except = {socket(), 5}}))
    outcome("no list", pcall(select, {read = 5}))
    outcome("unknown", pcall(select, {reed = {}}))
  end))"),
            R"(
nothing: WSAEINVAL
empty lists: WSAEINVAL
no socket: false, select: except: item 2: socket expected, got number
no list: false, select: read: table expected, got number
unknown: false, select: there is no option 'reed'; the options are read, write, except, timeout
)");
}

TEST_P(SelectCalls, IsLuasOwnWithoutATable) {
  EXPECT_EQ(Run(R"(process("client", function()
    outcome("count", select("#", 1, nil, 3))
    outcome("from", select(2, "a", "b", "c"))
    outcome("from behind", select(-1, "a", "b"))
    outcome("wrong", pcall(select, 0))
  end))"),
            R"(
count: 3
from: b, c
from behind: b
wrong: false, bad argument #1 to '?' (index out of range)
)");
}

INSTANTIATE_TEST_SUITE_P(Over, SelectCalls, testing::ValuesIn(ConnectionProviders()), ProviderOf);

}  // namespace
}  // namespace wsim
