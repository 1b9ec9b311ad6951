// Making, naming and ending sockets, over each provider.
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

class SocketCalls : public OverEachProvider {};

TEST_P(SocketCalls, BindTakesAPortOrAnAddressOrNeither) {
  EXPECT_EQ(Run(R"(process("client", function()
    local function bound(...) local s = assert(socket()) assert(s:bind(...)) return s:getsockname() end
    outcome("port", bound(5000))
    outcome("digits", bound("5001"))
    outcome("host and port", bound("client:5002"))
    outcome("any host", bound("*:5003"))
    outcome("host alone", bound("client") ~= "client:0")
    outcome("port 0", bound(0) ~= "*:0")
    outcome("nothing", bound() ~= "*:0")
  end))"),
            R"(
port: *:5000
digits: *:5001
host and port: client:5002
any host: *:5003
host alone: true
port 0: true
nothing: true
)");
}

TEST_P(SocketCalls, BindIsRefusedAsWinsockDoes) {
  EXPECT_EQ(Run(R"(process("client", function()
    local s, other = assert(socket()), assert(socket())
    outcome("another host's", s:bind("server:5000"))
    outcome("nobody's", s:bind("nobody:5000"))
    assert(s:bind(5000))
    outcome("twice", s:bind(5001))
    assert(s:listen(1))
    outcome("in use", other:bind(5000))
    outcome("no port", pcall(other.bind, other, "client:http"))
    outcome("no port either", pcall(other.bind, other, 65536))
  end))"),
            R"(
another host's: WSAEADDRNOTAVAIL
nobody's: WSAHOST_NOT_FOUND
twice: WSAEINVAL
in use: WSAEADDRINUSE
no port: false, not a port in "client:http"
no port either: false, bind: address: 65536 is out of range; it is a whole number from 0 to 65535
)");
}

TEST_P(SocketCalls, NamesAreHostAndPort) {
  EXPECT_EQ(RunEnds(R"(
    outcome("the listener's own", listener:getsockname())
    outcome("the listener's peer", listener:getpeername())
    outcome("the server's own", s:getsockname())
    outcome("the server's peer", s:getpeername() == "client:" .. (s:getpeername()):match("%d+$"))
  )",
                    R"(
    sleep("1s")
    outcome("the client's peer", s:getpeername())
    local unbound = assert(socket())
    outcome("unbound", unbound:getsockname())
    outcome("unconnected", unbound:getpeername())
  )"),
            R"(
the listener's own: *:5000
the listener's peer: WSAENOTCONN
the server's own: server:5000
the server's peer: true
the client's peer: server:5000
unbound: WSAEINVAL
unconnected: WSAENOTCONN
)");
}

TEST_P(SocketCalls, AClosedSocketIsNone) {
  EXPECT_EQ(Run(R"(process("client", function()
    local s = assert(socket())
    outcome("closesocket", s:closesocket())
    outcome("again", s:closesocket())
    outcome("bind", s:bind(5000))
    outcome("listen", s:listen(1))
    outcome("accept", s:accept())
    outcome("connect", s:connect("server:5000"))
    outcome("send", s:send("x"))
    outcome("recv", s:recv())
    outcome("shutdown", s:shutdown("SD_BOTH"))
    outcome("getsockopt", s:getsockopt("SO_TYPE"))
    outcome("ioctlsocket", s:ioctlsocket("FIONREAD"))
    outcome("getsockname", s:getsockname())
    outcome("WSARecvDisconnect", s:WSARecvDisconnect())
    outcome("WSAEnumNetworkEvents", s:WSAEnumNetworkEvents())
    outcome("select", select{read = {s}, timeout = 0})
  end))"),
            R"(
closesocket: true
again: WSAENOTSOCK
bind: WSAENOTSOCK
listen: WSAENOTSOCK
accept: WSAENOTSOCK
connect: WSAENOTSOCK
send: WSAENOTSOCK
recv: WSAENOTSOCK
shutdown: WSAENOTSOCK
getsockopt: WSAENOTSOCK
ioctlsocket: WSAENOTSOCK
getsockname: WSAENOTSOCK
WSARecvDisconnect: WSAENOTSOCK
WSAEnumNetworkEvents: WSAENOTSOCK
select: WSAENOTSOCK
)");
}

TEST_P(SocketCalls, ASocketOfAnotherProcessIsNone) {
  EXPECT_EQ(Run(R"(
    local shared
    process("client", "owner", function()
      shared = assert(socket())
      sleep("2ms")
      outcome("the owner's", shared:getsockopt("SO_ACCEPTCONN"))
    end)
    process("client", "other", function()
      local own = assert(socket())
      sleep("1ms")
      outcome("bind", shared:bind(5000))
      outcome("closesocket", shared:closesocket())
      outcome("select", select{read = {shared}, timeout = 0})
      outcome("own", own:bind(5000))
    end)
    process("server", function()
      sleep("1ms")
      outcome("on another host", shared:bind(5000))
    end))"),
            R"(
bind: WSAENOTSOCK
closesocket: WSAENOTSOCK
select: WSAENOTSOCK
own: true
on another host: WSAENOTSOCK
the owner's: 0
)");
}

TEST_P(SocketCalls, ASocketOfAProcessThatWasRestartedIsNone) {
  EXPECT_EQ(Run(R"(
    local before
    process("client", function()
      if before then
        outcome("after the restart", before:bind(5000))
      else
        before = assert(socket())
        sleep("1h")
      end
    end)
    at("1s", function() crash("client") restart("client") end))"),
            "\nafter the restart: WSAENOTSOCK\n");
}

TEST_P(SocketCalls, ThreadsOfAProcessShareItsSockets) {
  EXPECT_EQ(Run(R"(process("client", function()
    local s = assert(socket())
    thread(function() outcome("bind", s:bind(5000)) end)
    sleep("1ms")
    outcome("name", s:getsockname())
  end))"),
            "\nbind: true\nname: *:5000\n");
}

TEST_P(SocketCalls, ShutdownEndsOneDirectionOrBoth) {
  EXPECT_EQ(Run(R"(process("client", function()
    local s = assert(socket())
    for _, how in ipairs{"SD_RECEIVE", "SD_SEND", "SD_BOTH"} do outcome(how, s:shutdown(how)) end
    outcome("other", pcall(s.shutdown, s, "SD_NONE"))
  end))"),
            R"(
SD_RECEIVE: WSAENOTCONN
SD_SEND: WSAENOTCONN
SD_BOTH: WSAENOTCONN
other: false, shutdown: how: 'SD_NONE' is none of SD_RECEIVE, SD_SEND, SD_BOTH
)");
  EXPECT_EQ(RunEnds(R"( sleep("1s") )", R"(
    outcome("SD_SEND", s:shutdown("SD_SEND"))
    outcome("send", s:send("x"))
  )"),
            "\nSD_SEND: true\nsend: WSAESHUTDOWN\n");
  EXPECT_EQ(RunEnds(R"( sleep("1s") )", R"(
    outcome("SD_RECEIVE", s:shutdown("SD_RECEIVE"))
    outcome("recv", s:recv())
  )"),
            "\nSD_RECEIVE: true\nrecv: WSAESHUTDOWN\n");
}

// What each protocol carries when a connection ends, and how the other side sees it.
TEST_P(SocketCalls, DisconnectDataGoesAsFarAsTheProtocolCarriesIt) {
  const std::string seen = RunEnds(R"(
    outcome("the end", s:recv())
    outcome("the client's data", s:WSARecvDisconnect())
    outcome("too little room", s:WSARecvDisconnect(2))
    outcome("answer", s:WSASendDisconnect("back"))
    outcome("close", s:closesocket())
  )",
                                   R"(
    outcome("too much", s:WSASendDisconnect(("x"):rep(20000)))
    local sent, err = s:WSASendDisconnect("gone")
    outcome("with data", sent, err)
    if not sent then outcome("without", s:WSASendDisconnect()) end
    sleep("1s")
    outcome("the server's data", s:WSARecvDisconnect())
  )");
  if (is("tcp")) {
    EXPECT_EQ(seen, R"(
too much: WSAENOPROTOOPT
with data: WSAENOPROTOOPT
without: true
the end:
the client's data: WSAENOPROTOOPT
too little room: WSAENOPROTOOPT
answer: WSAENOPROTOOPT
close: true
the server's data: WSAENOPROTOOPT
)");
  } else if (is("tp4")) {
    EXPECT_EQ(seen, R"(
too much: WSAEFAULT
with data: true, nil
the end: WSAECONNRESET
the client's data: gone
too little room: WSAEFAULT
answer: WSAECONNRESET
close: true
the server's data:
)");
  } else if (is("session")) {
    EXPECT_EQ(seen, R"(
too much: WSAEFAULT
with data: true, nil
the end: WSAEDISCON
the client's data: gone
too little room: WSAEFAULT
answer: true
close: true
the server's data: back
)");
  }
}

TEST_P(SocketCalls, SocketTakesTheNameOfAnyProvider) {
  EXPECT_EQ(Run(R"(process("client", function()
    for _, name in ipairs{"tcp", "tp4", "session", "tcp6"} do
      outcome(name, assert(socket(name)):getsockopt("SO_TYPE"))
    end
    outcome("the run's", socket():getsockopt("SO_TYPE") == socket(provider().name):getsockopt("SO_TYPE"))
    outcome("unknown", pcall(socket, "netbios"))
  end))"),
            R"(
tcp: 1
tp4: 5
session: 5
tcp6: 1
the run's: true
unknown: false, socket: provider: no provider named "netbios"; there are tcp, tp4, session and tcp6
)");
}

INSTANTIATE_TEST_SUITE_P(Over, SocketCalls, testing::ValuesIn(ConnectionProviders()), ProviderOf);

TEST(SocketCalls, NeedAProcess) {
  EXPECT_EQ(LoadError("socket()"),
            "test.lua:1: only a process can do this: call it in a function given to process or "
            "thread");
}

TEST(SocketCalls, NeedASocket) {
  EXPECT_EQ(Outcomes(R"(process("client", function()
    local s = assert(socket())
    outcome("another value", pcall(s.bind, 5, 5000))
    outcome("an event", pcall(s.bind, WSACreateEvent(), 5000))
  end))",
                     {}),
            R"(
another value: false, bad argument #1 to '?' (socket expected, got number)
an event: false, bad argument #1 to '?' (socket expected, got event)
)");
}

}  // namespace
}  // namespace wsim
