// How programs see the end of a TCP connection, over the whole stack: what was unread, what comes
// after a close, what lingers, and who is woken.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

std::vector<std::string> OverTcp() {
  std::vector<std::string> providers;
  for (const std::string& provider : ConnectionProviders()) {
    if (ProtocolOf(provider) == "tcp") providers.push_back(provider);
  }
  return providers;
}

class TcpEndings : public OverEachProvider {};

TEST_P(TcpEndings, DataNotReadAtTheCloseIsAReset) {  // RFC 9293 3.6.1 (SHLD-3)
  EXPECT_EQ(RunEnds(R"(
    sleep("1s")
    s:closesocket())",
                    R"(
    s:send("never read")
    outcome("the other hears", s:recv()))"),
            "\nthe other hears: WSAECONNRESET\n");
}

TEST_P(TcpEndings, WithAllReadItIsTheEndOfData) {
  EXPECT_EQ(RunEnds(R"(
    s:recv()
    s:closesocket())",
                    R"(
    s:send("read")
    outcome("the other hears", "'" .. s:recv() .. "'"))"),
            "\nthe other hears: ''\n");
}

TEST_P(TcpEndings, DataSentToWhoHasClosedIsAnsweredWithAReset) {
  EXPECT_EQ(RunEnds(R"(
    s:closesocket())",
                    R"(
    outcome("end", "'" .. s:recv() .. "'")
    outcome("first", s:send("hello?"))
    sleep("1s")
    outcome("then", s:send("hello?")))"),
            "\nend: ''\nfirst: 6\nthen: WSAECONNRESET\n");
}

TEST_P(TcpEndings, HalfClosedTheOtherHalfGoesOn) {
  EXPECT_EQ(RunEnds(R"(
    local question = s:recv()
    assert(s:recv() == "")
    sleep("1h")
    s:send("answer to " .. question)
    s:closesocket())",
                    R"(
    s:send("question")
    s:shutdown("SD_SEND")
    outcome("no more", s:send("x"))
    outcome("reads", s:recv())
    outcome("end", "'" .. s:recv() .. "'"))"),
            "\nno more: WSAESHUTDOWN\nreads: answer to question\nend: ''\n");
}

TEST_P(TcpEndings, LingerZeroResets) {
  EXPECT_EQ(RunEnds(R"(
    outcome("the other hears", s:recv()))",
                    R"(
    s:setsockopt("SO_LINGER", {onoff = 1, linger = 0})
    local before = now()
    s:closesocket()
    outcome("waited", now() - before))"),
            "\nwaited: 0.0\nthe other hears: WSAECONNRESET\n");
}

TEST_P(TcpEndings, LingeringWaitsForTheAcknowledgmentOfTheFin) {
  EXPECT_EQ(RunEnds(R"(
    outcome("reads", s:recv())
    outcome("end", "'" .. s:recv() .. "'"))",
                    R"(
    s:setsockopt("SO_LINGER", {onoff = 1, linger = 5})
    s:send("last words")
    local before = now()
    outcome("closed", s:closesocket())
    outcome("within a second", now() - before >= 20 and now() - before < 1000))"),
            "\nreads: last words\nend: ''\nclosed: true\nwithin a second: true\n");
}

TEST_P(TcpEndings, LingeringEndsWithAResetWhenItsTimeIsOver) {
  EXPECT_EQ(RunEnds(R"(
    sleep("60s")
    outcome("the other sends", s:send("x"))
    outcome("and hears", s:recv()))",
                    R"(
    s:setsockopt("SO_LINGER", {onoff = 1, linger = 5})
    sleep("1s")
    partition("client", "server")
    s:send("lost")
    local before = now()
    s:closesocket()
    outcome("waited", now() - before)
    heal("client", "server"))"),
            "\nwaited: 5000.0\nthe other sends: WSAECONNRESET\nand hears: WSAECONNRESET\n");
}

TEST_P(TcpEndings, ANonblockingSocketDoesNotLinger) {  // Winsock page: closesocket
  EXPECT_EQ(RunEnds(R"(
    outcome("reads", s:recv()))",
                    R"(
    s:setsockopt("SO_LINGER", {onoff = 1, linger = 5})
    s:ioctlsocket("FIONBIO", true)
    outcome("closed", s:closesocket())
    outcome("still open", s:send("x")))"),
            "\nclosed: WSAEWOULDBLOCK\nstill open: 1\nreads: x\n");
}

TEST_P(TcpEndings, ABlockedReceiveIsWokenByWhateverEndsIt) {
  const char* const kWaits = R"(
    outcome("wakes with", s:recv()))";
  EXPECT_EQ(RunEnds(kWaits, "sleep('1s') s:closesocket()"), "\nwakes with:\n");
  EXPECT_EQ(RunEnds(kWaits, "sleep('1s') s:shutdown('SD_SEND') sleep('1s')"), "\nwakes with:\n");
  EXPECT_EQ(RunEnds(kWaits, R"(
    s:setsockopt("SO_LINGER", {onoff = 1, linger = 0})
    s:closesocket())"),
            "\nwakes with: WSAECONNRESET\n");
  EXPECT_EQ(RunEnds(R"(
    thread(function() sleep("1s") s:closesocket() end)
    outcome("wakes with", s:recv()))",
                    "sleep('10s')"),
            "\nwakes with: WSAECONNABORTED\n");
}

TEST_P(TcpEndings, ASilentPeerIsFoundByKeepAlive) {  // RFC 9293 3.8.4
  EXPECT_EQ(RunEnds(R"(
    s:WSAIoctl("SIO_KEEPALIVE_VALS", {onoff = 1, keepalivetime = 10000, keepaliveinterval = 1000})
    local before = now()
    outcome("wakes with", s:recv())
    outcome("after", (now() - before) // 1000))",
                    R"(
    sleep("1s")
    partition("client", "server")
    sleep("1h"))"),
            "\nwakes with: WSAENETRESET\nafter: 20.0\n");
}

TEST_P(TcpEndings, TheQueueGivesAwayNoPlaceToTheDead) {
  EXPECT_EQ(RunPrograms(R"(
    sleep("2s")
    local s = listener:accept()
    outcome("the server reads", s:recv()))",
                        R"(
    assert(s:connect("server:5000"))
    s:setsockopt("SO_LINGER", {onoff = 1, linger = 0})
    s:closesocket()
    sleep("500ms")
    local again = assert(socket())
    outcome("the next", again:connect("server:5000"))
    again:send("alive")
    sleep("10s"))"),
            "\nthe next: true\nthe server reads: alive\n");
}

TEST_P(TcpEndings, ARequestFromAHostThatDiedDisablesNoListener) {
  EXPECT_EQ(Run(R"(
    network { hosts = { "server", "dying", "client" },
              links = { { "dying", "server" }, { "client", "server" } } }
    process("server", function()
      local listener = assert(socket())
      assert(listener:bind(5000))
      assert(listener:listen(1))
      local s = assert(listener:accept())
      outcome("the server reads", s:recv())
    end)
    process("dying", function()
      sleep("1ms")
      at("1.5ms", function() crash("dying") end)
      assert(socket()):connect("server:5000")
    end)
    process("client", function()
      sleep("1s")
      local s = assert(socket())
      outcome("connected", s:connect("server:5000"))
      s:send("alive")
      sleep("10s")
    end))"),
            "\nconnected: true\nthe server reads: alive\n");
}

TEST_P(TcpEndings, AHostThatForgotAConnectionResetsIt) {  // RFC 9293 3.5.1: half-open
  EXPECT_EQ(Run(R"(
    process("server", function()
      local listener = assert(socket())
      assert(listener:bind(5000))
      assert(listener:listen(1))
      if now() > 100 then return end
      assert(listener:accept())
      sleep("10h")
    end)
    process("client", function()
      sleep("1ms")
      local s = assert(socket())
      assert(s:connect("server:5000"))
      at("500ms", function() crash("server") end)
      at("600ms", function() restart("server") end)
      sleep("1s")
      outcome("sends", s:send("do you remember me?"))
      outcome("hears", s:recv())
    end))"),
            "\nsends: 19\nhears: WSAECONNRESET\n");
}

TEST_P(TcpEndings, ThePortIsFreeAgainForTheSameTwoPrograms) {
  EXPECT_EQ(RunPrograms(R"(
    for _ = 1, 3 do
      local s = assert(listener:accept())
      s:recv()
      s:closesocket()
    end)",
                        R"(
    s:closesocket()
    for i = 1, 3 do
      local s = assert(socket())
      assert(s:bind(7000 + i))
      outcome("time " .. i, s:connect("server:5000"))
      s:send("x")
      outcome("end " .. i, "'" .. s:recv() .. "'")
      s:closesocket()
    end)"),
            "\ntime 1: true\nend 1: ''\ntime 2: true\nend 2: ''\ntime 3: true\nend 3: ''\n");
}

// Urgent data: the octet beside the stream, in it, and where it stood.
TEST_P(TcpEndings, UrgentDataStandsBesideTheStreamOrInIt) {  // RFC 6093, Winsock page: ioctlsocket
  EXPECT_EQ(RunEnds(R"(
    sleep("1s")
    outcome("at the mark before", s:ioctlsocket("SIOCATMARK"))
    outcome("urgent", s:recv(10, "MSG_OOB"))
    outcome("normal", s:recv(100), s:recv(100)))",
                    R"(
    s:send("before")
    s:send("!", "MSG_OOB")
    s:send("after")
    sleep("5s"))"),
            "\nat the mark before: 0\nurgent: !\nnormal: before, after\n");
  EXPECT_EQ(RunEnds(R"(
    s:setsockopt("SO_OOBINLINE", true)
    sleep("1s")
    outcome("first", s:recv(100))
    outcome("at the mark", s:ioctlsocket("SIOCATMARK"))
    outcome("then", s:recv(100))
    outcome("not beside", s:recv(1, "MSG_OOB"))
    outcome("behind it", s:recv(100)))",
                    R"(
    s:send("before")
    s:send("!", "MSG_OOB")
    s:send("after")
    sleep("5s"))"),
            "\nfirst: before\nat the mark: 1\nthen: !\nnot beside: WSAEINVAL\nbehind it: after\n");
}

INSTANTIATE_TEST_SUITE_P(Over, TcpEndings, testing::ValuesIn(OverTcp()), ProviderOf);

}  // namespace
}  // namespace wsim
