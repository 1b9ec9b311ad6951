// Event objects and network events, over each provider.
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

class EventCalls : public OverEachProvider {};

// Turns the table that WSAEnumNetworkEvents gives into text.
constexpr char kShow[] = R"( local function show(events)
    local texts = {}
    for name, code in pairs(events) do texts[#texts + 1] = name .. " " .. code end
    return table.concat(texts, ", ")
  end )";

TEST_P(EventCalls, EventsAreSetResetAndClosed) {
  EXPECT_EQ(Run(R"(process("client", function()
    local e = assert(WSACreateEvent())
    outcome("unset", WSAWaitForMultipleEvents({e}, {timeout = 0}))
    outcome("set", e:set())
    outcome("is set", WSAWaitForMultipleEvents({e}))
    outcome("stays set", WSAWaitForMultipleEvents({e}))
    outcome("reset", e:reset())
    outcome("is reset", WSAWaitForMultipleEvents({e}, {timeout = "1ms"}))
    outcome("close", e:close())
    outcome("closed", e:set())
    outcome("wait", WSAWaitForMultipleEvents({e}))
  end))"),
            R"(
unset: WSA_WAIT_TIMEOUT
set: true
is set: 1
stays set: 1
reset: true
is reset: WSA_WAIT_TIMEOUT
close: true
closed: WSA_INVALID_HANDLE
wait: WSA_INVALID_HANDLE
)");
}

TEST_P(EventCalls, AnEventOfAnotherProcessIsNone) {
  EXPECT_EQ(Run(R"(
    local event
    process("client", "owner", function()
      event = assert(WSACreateEvent())
      sleep("2ms")
      outcome("the owner's wait", WSAWaitForMultipleEvents({event}, {timeout = 0}))
    end)
    process("client", "other", function()
      sleep("1ms")
      local s = assert(socket())
      outcome("set", event:set())
      outcome("reset", event:reset())
      outcome("close", event:close())
      outcome("wait", WSAWaitForMultipleEvents({WSACreateEvent(), event}))
      outcome("WSAEventSelect", s:WSAEventSelect(event, "FD_READ"))
      outcome("WSAEnumNetworkEvents", s:WSAEnumNetworkEvents(event))
    end))"),
            R"(
set: WSAENOTSOCK
reset: WSAENOTSOCK
close: WSAENOTSOCK
wait: WSAENOTSOCK
WSAEventSelect: WSAENOTSOCK
WSAEnumNetworkEvents: WSAENOTSOCK
the owner's wait: WSA_WAIT_TIMEOUT
)");
}

TEST_P(EventCalls, WaitingEndsWithTheFirstThatIsSetOrWithAll) {
  EXPECT_EQ(Run(R"(process("client", function()
    local a, b = assert(WSACreateEvent()), assert(WSACreateEvent())
    thread(function()
      sleep("1ms") b:set()
      sleep("1ms") a:set()
    end)
    outcome("any", WSAWaitForMultipleEvents({a, b}), now())
    outcome("all, too short", WSAWaitForMultipleEvents({a, b}, {all = true, timeout = 0}))
    outcome("all", WSAWaitForMultipleEvents({a, b}, {all = true, timeout = "10s"}), now())
    outcome("the lowest", WSAWaitForMultipleEvents({b, a}))
    outcome("alertable", WSAWaitForMultipleEvents({a}, {alertable = true}))
  end))"),
            R"(
any: 2, 1
all, too short: WSA_WAIT_TIMEOUT
all: 1, 2
the lowest: 1
alertable: 1
)");
}

TEST_P(EventCalls, WaitingRefusesWhatItCannotWaitFor) {
  EXPECT_EQ(Run(R"(process("client", function()
    local e = assert(WSACreateEvent())
    local many = {}
    for i = 1, 65 do many[i] = assert(WSACreateEvent()) end
    outcome("none", WSAWaitForMultipleEvents({}))
    outcome("65", WSAWaitForMultipleEvents(many))
    outcome("twice, for all", WSAWaitForMultipleEvents({e, e}, {all = true}))
    outcome("no event", pcall(WSAWaitForMultipleEvents, {e, 5}))
    outcome("no list", pcall(WSAWaitForMultipleEvents, e))
    outcome("unknown", pcall(WSAWaitForMultipleEvents, {e}, {forever = true}))
    outcome("too long", pcall(WSAWaitForMultipleEvents, {e}, {timeout = "2000h"}))
  end))"),
            R"(
none: WSA_INVALID_PARAMETER
65: WSA_INVALID_PARAMETER
twice, for all: WSA_INVALID_PARAMETER
no event: false, WSAWaitForMultipleEvents: events: item 2: event expected, got number
no list: false, WSAWaitForMultipleEvents: events: table expected, got userdata
unknown: false, WSAWaitForMultipleEvents: there is no option 'forever'; the options are all, timeout, alertable
too long: false, WSAWaitForMultipleEvents: timeout: longer than 49 days; leave it out to wait for ever
)");
}

TEST_P(EventCalls, NetworkEventsTellOfDataAndOfTheEnd) {
  const std::string seen = RunEnds(std::string(kShow) + R"(
    local e = assert(WSACreateEvent())
    outcome("select", s:WSAEventSelect(e, "FD_READ+FD_CLOSE"))
    outcome("nonblocking now", s:recv())
    outcome("data", WSAWaitForMultipleEvents({e}))
    outcome("events", show(s:WSAEnumNetworkEvents(e)))
    outcome("taken", show(s:WSAEnumNetworkEvents()))
    outcome("recv", s:recv())
    outcome("end", WSAWaitForMultipleEvents({e}))
    outcome("then", show(s:WSAEnumNetworkEvents(e)))
    outcome("deselect", s:WSAEventSelect(nil, "0"))
  )",
                                   R"( sleep("1s") s:send("hello") sleep("1s") s:closesocket() )");
  const std::string close = is("tcp")   ? "FD_CLOSE 0"
                            : is("tp4") ? "FD_CLOSE WSAECONNRESET"
                                        : "FD_CLOSE 0";
  EXPECT_EQ(seen,
            "\nselect: true\nnonblocking now: WSAEWOULDBLOCK\ndata: 1\nevents: FD_READ 0\n"
            "taken:\nrecv: hello\nend: 1\nthen: " +
                close + "\ndeselect: true\n");
}

TEST_P(EventCalls, FdAcceptTellsOfARequestThatCanBeTaken) {
  EXPECT_EQ(RunPrograms(std::string(kShow) + R"(
    local e = assert(WSACreateEvent())
    assert(listener:WSAEventSelect(e, "FD_ACCEPT"))
    local s, err
    repeat
      assert(WSAWaitForMultipleEvents({e}))
      local events = show(listener:WSAEnumNetworkEvents(e))
      check(events == "FD_ACCEPT 0", events)
      s, err = listener:accept()
    until s or err ~= "WSAEWOULDBLOCK"
    outcome("accepted", type(s))
    outcome("inherits", s:recv())
  )",
                        R"( assert(s:connect("server:5000")) sleep("1s") )"),
            "\naccepted: userdata\ninherits: WSAEWOULDBLOCK\n");
}

TEST_P(EventCalls, FdConnectTellsHowItWent) {
  EXPECT_EQ(RunPrograms(R"( sleep("1s") )", std::string(kShow) + R"(
    local e = assert(WSACreateEvent())
    assert(s:WSAEventSelect(e, "FD_CONNECT"))
    outcome("connect", s:connect("server:77"))
    outcome("wait", WSAWaitForMultipleEvents({e}))
    outcome("events", show(s:WSAEnumNetworkEvents(e)))
  )"),
            "\nconnect: WSAEWOULDBLOCK\nwait: 1\nevents: FD_CONNECT WSAECONNREFUSED\n");
}

TEST_P(EventCalls, NamesOfNetworkEventsAreWinsocks) {
  const std::string seen = Run(R"(process("client", function()
    local s, e = assert(socket()), assert(WSACreateEvent())
    outcome("unknown", pcall(s.WSAEventSelect, s, e, "FD_DATA"))
    outcome("no event", s:WSAEventSelect(nil, "FD_READ"))
    outcome("another value", pcall(s.WSAEventSelect, s, 5, "FD_READ"))
  end))");
  EXPECT_NE(
      seen.find("WSAEventSelect: network events: expected names joined by \"+\", of FD_READ, "),
      std::string::npos)
      << seen;
  EXPECT_NE(seen.find("\nno event: WSAEINVAL\n"), std::string::npos) << seen;
  EXPECT_NE(seen.find("(event expected, got number)"), std::string::npos) << seen;
}

INSTANTIATE_TEST_SUITE_P(Over, EventCalls, testing::ValuesIn(ConnectionProviders()), ProviderOf);

}  // namespace
}  // namespace wsim
