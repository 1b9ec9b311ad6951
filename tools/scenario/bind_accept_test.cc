// accept and WSAAccept, over each provider.
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

class AcceptCalls : public OverEachProvider {};

TEST_P(AcceptCalls, AcceptNeedsAListener) {
  EXPECT_EQ(Run(R"(process("client", function()
    local s = assert(socket())
    outcome("accept", s:accept())
    outcome("WSAAccept", s:WSAAccept(function() return "CF_ACCEPT" end))
  end))"),
            "\naccept: WSAEINVAL\nWSAAccept: WSAEINVAL\n");
}

TEST_P(AcceptCalls, AcceptsInTheOrderOfArrival) {
  EXPECT_EQ(RunPrograms(R"(
    for number = 1, 3 do
      local s, who = assert(listener:accept())
      outcome("request " .. number, s:recv())
    end
  )",
                        R"(
    local connections = {}
    for number = 1, 3 do
      connections[number] = assert(socket())
      assert(connections[number]:connect("server:5000"))
      assert(connections[number]:send("number " .. number))
    end
    sleep("1s")
  )"),
            "\nrequest 1: number 1\nrequest 2: number 2\nrequest 3: number 3\n");
}

TEST_P(AcceptCalls, TheConditionFunctionIsAskedWhatTheContractSays) {
  const std::string seen = RunPrograms(R"(
    local s = assert(listener:WSAAccept(function(request)
      outcome("caller", request.caller_id)
      outcome("callee", request.callee_id)
      outcome("data", request.caller_data)
      outcome("sqos", request.sqos)
      outcome("callee data max", request.callee_data_max == provider().accept_data_max)
      return "CF_ACCEPT"
    end))
    outcome("same caller", s:getpeername())
  )",
                                       R"(
    assert(s:bind(4000))
    assert(s:connect("server:5000"))
    sleep("1s")
  )");
  EXPECT_EQ(seen, R"(
caller: client:4000
callee: server:5000
data:
sqos: nil
callee data max: true
same caller: client:4000
)");
}

TEST_P(AcceptCalls, ARejectedCallerIsRefusedOrCutOff) {
  const std::string seen = RunPrograms(R"(
    outcome("WSAAccept", listener:WSAAccept(function() return "CF_REJECT" end))
  )",
                                       R"(
    local connected, err = s:connect("server:5000")
    if connected then
      outcome("at first", connected)
      outcome("then", s:recv())
    else
      outcome("refused", err)
    end
  )");
  // TCP has answered by itself, before anybody was asked.
  if (is("tcp")) {
    EXPECT_EQ(seen, "\nat first: true\nWSAAccept: WSAECONNREFUSED\nthen: WSAECONNRESET\n");
  } else {
    EXPECT_EQ(seen, "\nWSAAccept: WSAECONNREFUSED\nrefused: WSAECONNREFUSED\n");
  }
}

TEST_P(AcceptCalls, AConditionalAcceptAlwaysRefuses) {
  EXPECT_EQ(Run(R"(
    process("server", function()
      local listener = assert(socket())
      assert(listener:setsockopt("SO_CONDITIONAL_ACCEPT", true))
      outcome("option", listener:getsockopt("SO_CONDITIONAL_ACCEPT"))
      assert(listener:bind(5000))
      assert(listener:listen(5))
      outcome("WSAAccept", listener:WSAAccept(function() return "CF_REJECT" end))
    end)
    process("client", function()
      sleep("1ms")
      outcome("connect", socket():connect("server:5000"))
    end))"),
            "\noption: 1\nWSAAccept: WSAECONNREFUSED\nconnect: WSAECONNREFUSED\n");
}

TEST_P(AcceptCalls, ADeferredRequestStaysAndIsAskedAboutAgain) {
  EXPECT_EQ(RunPrograms(R"(
    outcome("first", listener:WSAAccept(function() return "CF_DEFER" end))
    outcome("second", listener:WSAAccept(function() return "CF_DEFER" end))
    local s, who = listener:accept()
    outcome("accept", who)
    sleep("1s")
  )",
                        R"(
    assert(s:bind(4000))
    local connected = assert(s:connect("server:5000"))
    sleep("500ms")
    outcome("connect", connected)
  )"),
            R"(
first: WSATRY_AGAIN
second: WSATRY_AGAIN
accept: client:4000
connect: true
)");
}

TEST_P(AcceptCalls, AConditionFunctionMayNotBlock) {
  EXPECT_EQ(RunPrograms(R"(
    local event = assert(WSACreateEvent())
    assert(listener:WSAAccept(function()
      outcome("sleep", sleep("1ms"))
      outcome("accept", listener:accept())
      outcome("recv", listener:recv())
      outcome("select", select{read = {listener}})
      outcome("WSAWaitForMultipleEvents", WSAWaitForMultipleEvents({event}))
      outcome("getsockname", listener:getsockname())
      outcome("event", event:set())
      return "CF_ACCEPT"
    end))
    outcome("afterwards", sleep("1ms"))
  )",
                        R"( assert(s:connect("server:5000")) sleep("1s") )"),
            R"(
sleep: WSAEINPROGRESS
accept: WSAEINPROGRESS
recv: WSAEINPROGRESS
select: WSAEINPROGRESS
WSAWaitForMultipleEvents: WSAEINPROGRESS
getsockname: *:5000
event: true
afterwards: true
)");
}

TEST_P(AcceptCalls, AnErrorInTheConditionFunctionIsRaisedWhenWSAAcceptReturns) {
  const std::string seen = RunPrograms(R"(
    outcome("caught", pcall(function()
      listener:WSAAccept(function() error("oops") end)
    end))
    outcome("a table", pcall(listener.WSAAccept, listener, function() error({}) end))
    outcome("no answer", pcall(listener.WSAAccept, listener, function() end))
    outcome("no such answer", pcall(listener.WSAAccept, listener, function() return "CF_MAYBE" end))
    outcome("yield", pcall(listener.WSAAccept, listener, coroutine.yield))
    outcome("it goes on", type(listener:WSAAccept(function() return "CF_ACCEPT" end)))
  )",
                                       R"(
    for attempt = 1, 6 do
      local s = assert(socket())
      s:connect("server:5000")
      sleep("1s")
    end
  )");
  EXPECT_EQ(seen, R"(
caught: false, test.lua:3: oops
a table: false, test.lua:5: the error is a table value
no answer: false, test.lua:6: WSAAccept: the condition function's answer: string expected, got nil
no such answer: false, test.lua:7: WSAAccept: the condition function's answer: 'CF_MAYBE' is none of CF_ACCEPT, CF_REJECT, CF_DEFER
yield: false, test.lua:8: attempt to yield from outside a coroutine
it goes on: userdata
)");
}

TEST_P(AcceptCalls, AnErrorInTheConditionFunctionRefusesTheCaller) {
  const std::string seen = RunPrograms(R"(
    pcall(listener.WSAAccept, listener, function() error("oops") end)
    sleep("1s")
  )",
                                       R"(
    local connected, err = s:connect("server:5000")
    outcome("in the end", select(2, s:recv()), err)
  )");
  EXPECT_EQ(seen, is("tcp") ? "\nin the end: WSAECONNRESET, nil\n"
                            : "\nin the end: WSAENOTCONN, WSAECONNREFUSED\n");
}

// Finds warnings.
class Warnings final : public RunListener {
 public:
  void OnStart(const Cast&) override {}
  bool wants_text() const override { return true; }
  void OnTraceEvent(const sim::TraceEvent& event) override {
    if (event.kind == sim::TraceKind::kWarning) texts.emplace_back(event.text);
  }
  std::vector<std::string> texts;
};

TEST_P(AcceptCalls, CalleeDataBeyondTheRoomIsCutAndNoted) {
  const std::string scenario = TwoPrograms(R"(
    assert(listener:WSAAccept(function(request)
      return "CF_ACCEPT", ("x"):rep(request.callee_data_max + 1)
    end))
    sleep("1s")
  )",
                                           R"(
    local answer = assert(s:WSAConnect{to = "server:5000"})
    outcome("answer", #answer == provider().accept_data_max)
  )");
  Warnings warnings;
  RunOptions options{.provider = GetParam()};
  options.listeners = {&warnings};
  EXPECT_EQ(Outcomes(scenario, options), "\nanswer: true\n");
  ASSERT_EQ(warnings.texts.size(), 1u);
  EXPECT_NE(warnings.texts[0].find("callee data"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Over, AcceptCalls, testing::ValuesIn(ConnectionProviders()), ProviderOf);

}  // namespace
}  // namespace wsim
