// Options and ioctls, over each provider.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

class OptionCalls : public OverEachProvider {};

TEST_P(OptionCalls, TakeNumbersAndBooleans) {
  EXPECT_EQ(Run(R"(process("client", function()
    local s = assert(socket())
    outcome("at first", s:getsockopt("SO_REUSEADDR"))
    outcome("true", s:setsockopt("SO_REUSEADDR", true))
    outcome("is on", s:getsockopt("SO_REUSEADDR"))
    outcome("0", s:setsockopt("SO_REUSEADDR", 0))
    outcome("is off", s:getsockopt("SO_REUSEADDR"))
  end))"),
            "\nat first: 0\ntrue: true\nis on: 1\n0: true\nis off: 0\n");
}

TEST_P(OptionCalls, LingerIsATable) {
  EXPECT_EQ(Run(R"(process("client", function()
    local s = assert(socket())
    local function linger() local l = s:getsockopt("SO_LINGER") return l.onoff .. ", " .. l.linger end
    outcome("at first", linger())
    outcome("set", s:setsockopt("SO_LINGER", {onoff = 1, linger = 5}))
    outcome("then", linger())
    outcome("don't", s:setsockopt("SO_DONTLINGER", true))
    outcome("in the end", linger())
    outcome("boolean", s:setsockopt("SO_LINGER", {onoff = true}))
    outcome("on", linger())
    outcome("no table", pcall(s.setsockopt, s, "SO_LINGER", 5))
    outcome("unknown member", pcall(s.setsockopt, s, "SO_LINGER", {seconds = 5}))
  end))"),
            R"(
at first: 0, 0
set: true
then: 1, 5
don't: true
in the end: 0, 5
boolean: true
on: 1, 0
no table: false, setsockopt: SO_LINGER: table expected, got number
unknown member: false, setsockopt: SO_LINGER: there is no option 'seconds'; the options are onoff, linger
)");
}

TEST_P(OptionCalls, StateIsATableWithTheNamesThatTheSocketHas) {
  EXPECT_EQ(Run(R"(
process("server", function()
  local s = assert(socket())
  assert(s:bind(5000))
  assert(s:listen(1))
  s:accept()
end)
process("client", function()
  sleep("1ms")
  local s = assert(socket())
  local function state()
    local b = s:getsockopt("SO_BSP_STATE")
    return tostring(b.LocalAddr) .. " " .. tostring(b.RemoteAddr)
  end
  outcome("at first", state())
  assert(s:bind(1000))
  outcome("bound", state())
  assert(s:connect("server:5000"))
  outcome("connected", state())
  outcome("type", s:getsockopt("SO_BSP_STATE").iSocketType == s:getsockopt("SO_TYPE"))
end))"),
            R"(
at first: nil nil
bound: *:1000 nil
connected: client:1000 server:5000
type: true
)");
}

TEST_P(OptionCalls, ProviderOfSessionHasItsOwn) {
  if (!is("session")) return;
  EXPECT_EQ(Run(R"(process("client", function()
    local s = assert(socket())
    outcome("both versions", s:getsockopt("SO_SESSION_VERSIONS"))
    outcome("version 1", s:setsockopt("SO_SESSION_VERSIONS", 1))
    outcome("then", s:getsockopt("SO_SESSION_VERSIONS"))
    outcome("version 3", s:setsockopt("SO_SESSION_VERSIONS", 4))
    outcome("reference", s:setsockopt("SO_SESSION_USER_REFERENCE", "me"))
    outcome("is", s:getsockopt("SO_SESSION_USER_REFERENCE"))
  end))"),
            R"(
both versions: 3
version 1: true
then: 1
version 3: WSAEINVAL
reference: true
is: me
)");
}

TEST_P(OptionCalls, NamesAreWinsocks) {
  EXPECT_EQ(
      Run(R"(process("client", function()
    local s = assert(socket())
    outcome("type", s:getsockopt("SO_TYPE"))
    outcome("read only", s:setsockopt("SO_TYPE", 1))
    outcome("listens", s:getsockopt("SO_ACCEPTCONN"))
    outcome("error", s:getsockopt("SO_ERROR"))
    outcome("unknown", pcall(s.getsockopt, s, "SO_FAST"))
    outcome("no value", pcall(s.setsockopt, s, "SO_REUSEADDR"))
  end))"),
      std::string("\ntype: ") + (is("tcp") ? "1" : "5") +
          "\nread only: WSAENOPROTOOPT\nlistens: 0\nerror: 0\n"
          "unknown: false, getsockopt: name: no option named \"SO_FAST\"; names are Winsock's, "
          "such as SO_LINGER or TCP_NODELAY\n"
          "no value: false, setsockopt: value: number or boolean expected, got no value\n");
}

TEST_P(OptionCalls, TcpsOwnAreUnknownElsewhere) {
  const std::string seen = Run(R"(process("client", function()
    local s = assert(socket())
    outcome("set", s:setsockopt("TCP_NODELAY", true))
    outcome("get", s:getsockopt("TCP_NODELAY"))
  end))");
  EXPECT_EQ(seen, is("tcp") ? "\nset: true\nget: 1\n" : "\nset: WSAEINVAL\nget: WSAEINVAL\n");
}

TEST_P(OptionCalls, WhatTransportClass4MayBeAskedFor) {
  const std::string seen = Run(R"(
    local NAMES = { "TP_EXTENDED_FORMATS", "TP_CHECKSUM", "TP_EXPEDITED", "TP_TPDU_SIZE" }
    local function values(s)
      local list = {}
      for i, name in ipairs(NAMES) do list[i] = tostring(select(1, s:getsockopt(name))) end
      return table.concat(list, " ")
    end
    process("server", function()
      local listener = assert(socket())
      assert(listener:bind(5000))
      listener:setsockopt("TP_EXTENDED_FORMATS", true)
      listener:setsockopt("TP_CHECKSUM", false)
      assert(listener:listen(1))
      local s = assert(listener:accept())
      outcome("accepted", values(s))
    end)
    process("client", function()
      sleep("1ms")
      local s = assert(socket())
      outcome("at first", values(s))
      s:setsockopt("TP_EXTENDED_FORMATS", true)
      s:setsockopt("TP_CHECKSUM", false)
      outcome("a size", s:setsockopt("TP_TPDU_SIZE", 100))
      s:setsockopt("TP_TPDU_SIZE", 1400)
      assert(s:connect("server:5000"))
      outcome("connected", values(s))
      outcome("too late", s:setsockopt("TP_CHECKSUM", true))
    end)
  )");
  if (is("tp4")) {
    EXPECT_EQ(seen,
              "\nat first: 0 1 1 0\na size: WSAEINVAL\nconnected: 1 0 1 1280\n"
              "too late: WSAEINVAL\naccepted: 1 0 1 1280\n");
  } else if (is("session")) {  // which hands them to the class 4 under it, but wants no expedited
    EXPECT_NE(seen.find("\nat first: 0 1 0 0\n"), std::string::npos) << seen;
  } else {
    EXPECT_NE(seen.find("\nat first: nil nil nil nil\n"), std::string::npos);
  }
}

TEST_P(OptionCalls, KeepAliveHasAnIoctlOfItsOwn) {
  const std::string seen = Run(R"(process("client", function()
    local s = assert(socket())
    outcome("set", s:WSAIoctl("SIO_KEEPALIVE_VALS",
                              {onoff = 1, keepalivetime = 5000, keepaliveinterval = 2000}))
    outcome("on", s:getsockopt("SO_KEEPALIVE"))
    outcome("idle", s:getsockopt("TCP_KEEPIDLE"))
    outcome("interval", s:getsockopt("TCP_KEEPINTVL"))
    outcome("no time", s:WSAIoctl("SIO_KEEPALIVE_VALS", {onoff = 1}))
  end))");
  EXPECT_EQ(seen, is("tcp") ? "\nset: true\non: 1\nidle: 5\ninterval: 2\nno time: WSAEINVAL\n"
                            : "\nset: WSAEOPNOTSUPP\non: 0\nidle: WSAEINVAL\n"
                              "interval: WSAEINVAL\nno time: WSAEOPNOTSUPP\n");
}

TEST_P(OptionCalls, QualityOfServiceIsAskedForBeforeAndReadAfterwards) {
  const std::string seen =
      Run(absl::StrCat("network {hosts = {'client', 'server'}, links = {{'client', 'server', "
                       "bandwidth = '1Mbps'}}}\n",
                       TwoPrograms(R"(
    local s = assert(listener:WSAAccept(function(request)
      outcome("would send", request.sqos and request.sqos.sending.TokenRate)
      outcome("would receive", request.sqos and request.sqos.receiving.TokenRate)
      return "CF_ACCEPT"
    end))
    sleep("1s")
  )",
                                   R"(
    local wanted = {sending = {TokenRate = 5000, ServiceType = 3},
                    receiving = {TokenRate = 200000, ServiceType = 2}}
    outcome("not bound", s:WSAIoctl("SIO_GET_QOS"))
    outcome("no rate", s:WSAIoctl("SIO_SET_QOS", {sending = {ServiceType = 3}}))
    outcome("set", s:WSAIoctl("SIO_SET_QOS", wanted))
    assert(s:bind(4000))
    local function rate(direction)
      local qos, err = s:WSAIoctl("SIO_GET_QOS")
      return qos and qos[direction].TokenRate or err
    end
    outcome("asked for", rate("receiving"))
    assert(s:connect("server:5000"))
    outcome("agreed for sending", rate("sending"))
    outcome("agreed for receiving", rate("receiving"))
    outcome("too late", s:WSAIoctl("SIO_SET_QOS", wanted))
  )")));
  if (is("tp4") || is("session")) {
    EXPECT_EQ(seen, R"(
not bound: WSAEINVAL
no rate: WSAEINVAL
set: true
asked for: 200000
would send: 125000
would receive: 5000
agreed for sending: 5000
agreed for receiving: 125000
too late: WSAEOPNOTSUPP
)");
  } else {
    EXPECT_EQ(seen, R"(
not bound: WSAENOPROTOOPT
no rate: WSAENOPROTOOPT
set: WSAENOPROTOOPT
asked for: WSAENOPROTOOPT
agreed for sending: WSAENOPROTOOPT
agreed for receiving: WSAENOPROTOOPT
too late: WSAENOPROTOOPT
would send: nil
would receive: nil
)");
  }
}

TEST_P(OptionCalls, TheInternetsOwnAreItsOwn) {
  const bool is_6 = GetParam() == "tcp6";
  const std::string seen = Run(absl::StrReplaceAll(
      R"(process("client", function()
    local s = assert(socket())
    outcome("set", s:setsockopt("HOPS", 3))
    outcome("get", s:getsockopt("HOPS"))
    outcome("none of it", s:setsockopt("OTHER", 1))
  end))",
      {{"HOPS", is_6 ? "IPV6_UNICAST_HOPS" : "IP_TTL"},
       {"OTHER", is_6 ? "IPV6_V6ONLY" : "IP_HDRINCL"}}));
  EXPECT_EQ(seen, is("tcp") ? "\nset: true\nget: 3\nnone of it: WSAENOPROTOOPT\n"
                            : "\nset: WSAEINVAL\nget: WSAEINVAL\nnone of it: WSAEINVAL\n");
}

TEST_P(OptionCalls, SoConditionalAcceptIsOnWhereTheProtocolAlwaysWaits) {
  const std::string seen = Run(R"(process("client", function()
    local s = assert(socket())
    outcome("at first", s:getsockopt("SO_CONDITIONAL_ACCEPT"))
    outcome("set", s:setsockopt("SO_CONDITIONAL_ACCEPT", true))
    outcome("then", s:getsockopt("SO_CONDITIONAL_ACCEPT"))
  end))");
  EXPECT_EQ(seen, is("tcp") ? "\nat first: 0\nset: true\nthen: 1\n"
                            : "\nat first: 1\nset: true\nthen: 1\n");
}

TEST_P(OptionCalls, FionbioMakesCallsReturnAtOnce) {
  EXPECT_EQ(RunPrograms(R"(
    outcome("on", listener:ioctlsocket("FIONBIO", true))
    outcome("accept", listener:accept())
    outcome("off", listener:ioctlsocket("FIONBIO", 0))
    local s = assert(listener:accept())
    sleep("1s")
    outcome("waits", s:recv())
  )",
                        R"(
    assert(s:ioctlsocket("FIONBIO", 1))
    outcome("connect", s:connect("server:5000"))
    outcome("send too early", s:send("x"))
    sleep("500ms")
    outcome("recv", s:recv())
    outcome("send", s:send("hello"))
    sleep("1s")
  )"),
            R"(
on: true
accept: WSAEWOULDBLOCK
off: true
connect: WSAEWOULDBLOCK
send too early: WSAENOTCONN
recv: WSAEWOULDBLOCK
send: 5
waits: hello
)");
}

TEST_P(OptionCalls, FionreadCountsAndSiocatmarkTells) {
  EXPECT_EQ(RunEnds(R"(
    outcome("nothing", s:ioctlsocket("FIONREAD"))
    sleep("1s")
    outcome("octets", s:ioctlsocket("FIONREAD"))
    outcome("mark", s:ioctlsocket("SIOCATMARK"))
    outcome("unknown", pcall(s.ioctlsocket, s, "FIOASYNC"))
  )",
                    R"( sleep("100ms") s:send("hello") sleep("2s") )"),
            R"(
nothing: 0
octets: 5
mark: 1
unknown: false, ioctlsocket: name: 'FIOASYNC' is none of FIONBIO, FIONREAD, SIOCATMARK
)");
}

TEST_P(OptionCalls, FionreadCountsAllMessagesOfWhichAReceiveGetsOne) {
  const std::string seen = RunEnds(R"(
    sleep("1s")
    outcome("all", s:ioctlsocket("FIONREAD"))
    outcome("recv", s:recv())
    outcome("the rest", s:ioctlsocket("FIONREAD"))
  )",
                                   R"( s:send("hello") s:send("world!") sleep("2s") )");
  EXPECT_EQ(seen, is("tcp") || is("tcp6") ? "\nall: 11\nrecv: helloworld!\nthe rest: 0\n"
                                          : "\nall: 11\nrecv: hello\nthe rest: 6\n");
}

TEST_P(OptionCalls, ASendBufferBoundsWhatIsNotAcknowledged) {
  const std::string seen = RunEnds("sleep('1s')", R"(
    outcome("set", s:setsockopt("SO_SNDBUF", 5000))
    outcome("get", s:getsockopt("SO_SNDBUF"))
    s:ioctlsocket("FIONBIO", true)
    local sent = 0
    while true do
      local count = s:send(("x"):rep(100))
      if not count then break end
      sent = sent + count
    end
    check(sent >= 2000 and sent < 10000, "about as much as the buffer holds, " .. sent)
  )");
  EXPECT_EQ(seen, "\nset: true\nget: 5000\n");
}

TEST_P(OptionCalls, AReceiveBufferBoundsWhatIsNotRead) {
  const std::string seen = RunPrograms(R"(
    listener:setsockopt("SO_RCVBUF", 3000)
    local s = listener:accept()
    outcome("taken over", s:getsockopt("SO_RCVBUF"))
    sleep("10s")
    outcome("arrived", s:ioctlsocket("FIONREAD") < 40000)
    s:closesocket()
  )",
                                       R"(
    assert(s:setsockopt("SO_SNDBUF", 2000))
    assert(s:connect("server:5000"))
    s:ioctlsocket("FIONBIO", true)
    local sent = 0
    for i = 1, 1000 do
      sent = sent + (s:send(("x"):rep(1000)) or 0)
      sleep("1ms")
    end
    outcome("sent", sent < 50000)
  )");
  EXPECT_EQ(seen, "\ntaken over: 3000\nsent: true\narrived: true\n");
}

INSTANTIATE_TEST_SUITE_P(Over, OptionCalls, testing::ValuesIn(ConnectionProviders()), ProviderOf);

}  // namespace
}  // namespace wsim
