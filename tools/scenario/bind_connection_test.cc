// listen, connect and WSAConnect, over each provider.
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

class ConnectionCalls : public OverEachProvider {};

TEST_P(ConnectionCalls, ListenTakesABacklogOrNone) {
  EXPECT_EQ(Run(R"(process("client", function()
    local s, other = assert(socket()), assert(socket())
    outcome("unbound", s:listen(5))
    assert(s:bind(5000))
    outcome("bound", s:listen(5))
    outcome("again", s:listen())
    assert(other:bind(5001))
    outcome("without", other:listen())
    outcome("option", other:getsockopt("SO_ACCEPTCONN"))
  end))"),
            R"(
unbound: WSAEINVAL
bound: true
again: true
without: true
option: 1
)");
}

TEST_P(ConnectionCalls, ConnectReachesWhoListens) {
  EXPECT_EQ(RunPrograms(R"(
    local s, who = listener:accept()
    outcome("accepted", type(s), who == s:getpeername())
    sleep("1h")
  )",
                        R"(
    local connected = s:connect("server:5000")
    sleep("1s")
    outcome("connect", connected)
    outcome("again", s:connect("server:5000"))
    outcome("listen", s:listen(1))
  )"),
            R"(
accepted: userdata, true
connect: true
again: WSAEISCONN
listen: WSAEISCONN
)");
}

TEST_P(ConnectionCalls, ConnectIsRefusedWhereNobodyListens) {
  EXPECT_EQ(Run(R"(process("client", function()
    outcome("a port", socket():connect("server:77"))
    outcome("the own host", socket():connect("client:78"))
    outcome("an unknown host", socket():connect("nobody:77"))
    outcome("no text", pcall(socket().connect, socket(), nil))
  end))"),
            R"(
a port: WSAECONNREFUSED
the own host: WSAECONNREFUSED
an unknown host: WSAHOST_NOT_FOUND
no text: false, connect: address: string expected, got nil
)");
}

TEST_P(ConnectionCalls, ConnectTimesOutWhereNothingComesBack) {
  EXPECT_EQ(Run(R"(process("client", function()
    partition("client", "server")
    outcome("connect", socket():connect("server:5000"))
    check(now() > 1000, "it has tried for a while")
  end))"),
            "\nconnect: WSAETIMEDOUT\n");
}

TEST_P(ConnectionCalls, AProcessConnectsToItsOwnHost) {
  EXPECT_EQ(Run(R"(process("client", function()
    local listener = assert(socket())
    assert(listener:bind(5000))
    assert(listener:listen(1))
    thread(function()
      local s = assert(socket())
      assert(s:connect("client:5000"))
      outcome("send", s:send("hello"))
      sleep("1s")
    end)
    local s, who = assert(listener:accept())
    outcome("who", who == s:getpeername())
    outcome("recv", s:recv())
  end))"),
            "\nsend: 5\nwho: true\nrecv: hello\n");
}

TEST_P(ConnectionCalls, WSAConnectAsksForQualityOfServiceWhereTheProtocolHasIt) {
  if (!is("tp4") && !is("session")) {
    EXPECT_EQ(Run(R"(process("client", function()
      local sqos = { sending = { ServiceType = 3, TokenRate = 1000 } }
      outcome("guaranteed", socket():WSAConnect{to = "server:5000", sqos = sqos})
    end))"),
              "\nguaranteed: WSAEOPNOTSUPP\n");
    return;
  }
  const std::string seen = RunPrograms(R"(
    local s = assert(listener:WSAAccept(function(request)
      local flow = request.sqos and request.sqos.receiving
      outcome("asked", flow and flow.ServiceType, flow and flow.TokenRate, flow and flow.Latency)
      return "CF_ACCEPT"
    end))
    sleep("1h")
  )",
                                       R"(
    local GUARANTEED = 3
    local function flow(rate, latency)
      return { sending = { ServiceType = GUARANTEED, TokenRate = rate, Latency = latency } }
    end
    outcome("too fast", s:WSAConnect{to = "server:5000", sqos = flow(100000000)})
    outcome("too soon", s:WSAConnect{to = "server:5000", sqos = flow(1000, 1000)})
    outcome("no rate", s:WSAConnect{to = "server:5000", sqos = flow(nil, 50000)})
    outcome("possible", s:WSAConnect{to = "server:5000", sqos = flow(1000, 50000)})
  )");
  EXPECT_EQ(seen, R"(
too fast: WSAEOPNOTSUPP
too soon: WSAEOPNOTSUPP
no rate: WSAEINVAL
asked: 3, 1000, 50000
possible:
)");
}

TEST_P(ConnectionCalls, WSAConnectCarriesDataAsFarAsTheProtocolDoes) {
  const std::string seen = RunPrograms(R"(
    local s = assert(listener:WSAAccept(function(request)
      outcome("caller data", request.caller_data)
      return "CF_ACCEPT", "welcome"
    end))
    sleep("1h")
  )",
                                       R"(
    outcome("too much", s:WSAConnect{to = "server:5000", caller_data = ("x"):rep(20000)})
    local answer, err = s:WSAConnect{to = "server:5000", caller_data = "hi"}
    outcome("with data", answer, err)
    if err then outcome("without", s:WSAConnect{to = "server:5000"}) end
  )");
  if (is("tcp")) {
    EXPECT_EQ(seen, R"(
too much: WSAEPROTONOSUPPORT
with data: WSAEPROTONOSUPPORT
without:
caller data:
)");
  } else {
    EXPECT_EQ(seen, R"(
too much: WSAEFAULT
caller data: hi
with data: welcome, nil
)");
  }
}

TEST_P(ConnectionCalls, CalleeDataMaxMustHaveRoomForTheAnswer) {
  const std::string seen = RunPrograms(R"(
    local s = assert(listener:WSAAccept(function(request) return "CF_ACCEPT", "welcome" end))
    sleep("1h")
  )",
                                       R"(
    outcome("answer", s:WSAConnect{to = "server:5000", callee_data_max = 3})
  )");
  EXPECT_EQ(seen, is("tcp") ? "\nanswer:\n" : "\nanswer: WSAEFAULT\n");
}

TEST_P(ConnectionCalls, WSAConnectNamesWhatIsWrongWithItsOptions) {
  EXPECT_EQ(Run(R"(process("client", function()
    local s = assert(socket())
    outcome("no table", pcall(s.WSAConnect, s, "server:5000"))
    outcome("no address", pcall(s.WSAConnect, s, {}))
    outcome("unknown", pcall(s.WSAConnect, s, {to = "server:5000", data = "x"}))
    outcome("out of range", pcall(s.WSAConnect, s, {to = "server:5000", callee_data_max = -1}))
    outcome("sqos", pcall(s.WSAConnect, s, {to = "server:5000", sqos = {sending = {Rate = 1}}}))
  end))"),
            R"(
no table: false, WSAConnect: table expected, got string
no address: false, WSAConnect: to: string expected, got nil
unknown: false, WSAConnect: there is no option 'data'; the options are to, caller_data, sqos, callee_data_max
out of range: false, WSAConnect: callee_data_max: -1 is out of range; it is a whole number from 0 to 65536
sqos: false, sqos: sending: there is no option 'Rate'; the options are TokenRate, TokenBucketSize, PeakBandwidth, Latency, DelayVariation, ServiceType, MaxSduSize, MinimumPolicedSize
)");
}

INSTANTIATE_TEST_SUITE_P(Over, ConnectionCalls, testing::ValuesIn(ConnectionProviders()),
                         ProviderOf);

}  // namespace
}  // namespace wsim
