// send, recv, sendto and recvfrom, over each provider.
#include "gtest/gtest.h"
#include "tools/scenario/scenario_testing.h"

namespace wsim {
namespace {

class TransferCalls : public OverEachProvider {
 protected:
  bool is_stream() const { return is("tcp"); }
};

TEST_P(TransferCalls, SendReturnsTheCountAndRecvTheData) {
  EXPECT_EQ(RunEnds(R"(
    outcome("recv", s:recv())
    outcome("send", s:send("back"))
    sleep("1s")
  )",
                    R"(
    outcome("sent", s:send("a\0b\xFF"))
    outcome("received", s:recv())
  )"),
            std::string("\nsent: 4\nrecv: a") + '\0' + "b\\xFF\nsend: 4\nreceived: back\n");
}

TEST_P(TransferCalls, RecvTakesNoMoreThanItsMax) {
  EXPECT_EQ(RunEnds(R"(
    outcome("first", s:recv(3))
    outcome("rest", s:recv(100))
  )",
                    R"( s:send("hello") sleep("1s") )"),
            is_stream() ? "\nfirst: hel\nrest: lo\n" : "\nfirst: hel, MSG_PARTIAL\nrest: lo\n");
}

TEST_P(TransferCalls, MessagesKeepTheirBoundariesWhereTheProtocolDoes) {
  EXPECT_EQ(RunEnds(R"(
    sleep("1s")
    outcome("first", s:recv())
    outcome("second", s:recv())
  )",
                    R"( s:send("one") s:send("two") sleep("2s") s:closesocket() )"),
            is_stream() ? "\nfirst: onetwo\nsecond:\n" : "\nfirst: one\nsecond: two\n");
}

TEST_P(TransferCalls, MsgPartialSendsAMessageInPieces) {
  const std::string seen = RunEnds(R"(
    sleep("1s")
    outcome("recv", s:recv())
  )",
                                   R"(
    outcome("begin", s:send("one ", "MSG_PARTIAL"))
    outcome("end", s:send("message"))
    sleep("2s")
  )");
  EXPECT_EQ(seen, is_stream() ? "\nbegin: WSAEOPNOTSUPP\nend: 7\nrecv: message\n"
                              : "\nbegin: 4\nend: 7\nrecv: one message\n");
}

TEST_P(TransferCalls, MsgPeekLeavesTheData) {
  EXPECT_EQ(RunEnds(R"(
    outcome("peek", s:recv(100, "MSG_PEEK"))
    outcome("recv", s:recv())
  )",
                    R"( s:send("hello") sleep("1s") )"),
            "\npeek: hello\nrecv: hello\n");
}

TEST_P(TransferCalls, MsgWaitallWaitsForAllOfAStream) {
  const std::string seen = RunEnds(R"(
    outcome("recv", s:recv(6, "MSG_WAITALL"))
  )",
                                   R"( s:send("one") sleep("1s") s:send("two") sleep("1s") )");
  EXPECT_EQ(seen, is_stream() ? "\nrecv: onetwo\n" : "\nrecv: WSAEOPNOTSUPP\n");
}

TEST_P(TransferCalls, OutOfBandDataOvertakeWhereTheProtocolHasThem) {
  const std::string seen = RunEnds(R"(
    sleep("1s")
    outcome("out of band", s:recv(10, "MSG_OOB"))
    outcome("in band", s:recv())
  )",
                                   R"(
    outcome("send", s:send("before"))
    outcome("urgent", s:send("!", "MSG_OOB"))
    sleep("2s")
  )");
  EXPECT_EQ(seen,
            is("session")
                ? "\nsend: 6\nurgent: WSAEOPNOTSUPP\nout of band: WSAEOPNOTSUPP\nin band: before\n"
                : "\nsend: 6\nurgent: 1\nout of band: !\nin band: before\n");
}

TEST_P(TransferCalls, AnEmptyMessageIsSentWhereTheProtocolHasOne) {
  const std::string seen = RunEnds(R"(
    sleep("1s")
    outcome("recv", s:recv())
    outcome("next", s:recv())
  )",
                                   R"(
    outcome("empty", s:send(""))
    outcome("full", s:send("x"))
    sleep("2s")
    s:closesocket()
  )");
  if (is("tcp")) {
    EXPECT_EQ(seen, "\nempty: 0\nfull: 1\nrecv: x\nnext:\n");
  } else if (is("tp4")) {
    EXPECT_EQ(seen, "\nempty: WSAEMSGSIZE\nfull: 1\nrecv: x\nnext: WSAECONNRESET\n");
  } else {
    EXPECT_EQ(seen, "\nempty: 0\nfull: 1\nrecv:\nnext: x\n");
  }
}

TEST_P(TransferCalls, SeveralFlagsAreJoinedAndOthersRefused) {
  const std::string seen = RunEnds(R"(
    outcome("none", (s:recv(2, "0")))
    outcome("joined", s:recv(100, "MSG_PEEK+MSG_PARTIAL"))
    outcome("unknown", pcall(s.recv, s, 1, "MSG_FAST"))
  )",
                                   R"( s:send("hello") sleep("1s") )");
  EXPECT_EQ(seen.substr(0, seen.find("of")),
            std::string("\nnone: he\njoined: ") + (is_stream() ? "WSAEOPNOTSUPP" : "llo") +
                "\nunknown: false, recv: flags: expected names joined by \"+\", ");
}

TEST_P(TransferCalls, WhatIsNotConnectedTransfersNothing) {
  EXPECT_EQ(Run(R"(process("client", function()
    local s = assert(socket())
    outcome("send", s:send("x"))
    outcome("recv", s:recv())
    outcome("sendto", s:sendto("x", "server:5000"))
    outcome("sendto nobody", s:sendto("x", "nobody:5000"))
    outcome("recvfrom", s:recvfrom())
    outcome("too much", pcall(s.recv, s, 67108865))
    outcome("negative", pcall(s.recv, s, -1))
  end))"),
            R"(
send: WSAENOTCONN
recv: WSAENOTCONN
sendto: WSAENOTCONN
sendto nobody: WSAHOST_NOT_FOUND
recvfrom: WSAENOTCONN
too much: false, recv: max: 67108865 is out of range; it is a whole number from 0 to 67108864
negative: false, recv: max: -1 is out of range; it is a whole number from 0 to 67108864
)");
}

TEST_P(TransferCalls, ManyMegabytesArriveWhole) {
  EXPECT_EQ(RunEnds(R"(
    local count = 0
    while count < 3000000 do
      local data = assert(s:recv(1000000))
      count = count + #data
    end
    outcome("octets", count)
  )",
                    R"(
    assert(s:send(("0123456789"):rep(100000)))
    assert(s:send(("0123456789"):rep(200000)))
    sleep("1h")
  )"),
            "\noctets: 3000000\n");
}

INSTANTIATE_TEST_SUITE_P(Over, TransferCalls, testing::ValuesIn(ConnectionProviders()), ProviderOf);

}  // namespace
}  // namespace wsim
