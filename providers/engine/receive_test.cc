// recv, WSARecv.
#include <string>

#include "gtest/gtest.h"
#include "providers/engine/testing/engine_test_base.h"

namespace engine {
namespace {

class ReceiveTestBase : public EngineTestBase {
 protected:
  using EngineTestBase::EngineTestBase;

  FakeConnection& connection() { return transport().last(); }
  void PeerAfter(int milliseconds, std::function<void(FakeConnection&)> act) {
    After(absl::Milliseconds(milliseconds), [this, act = std::move(act)] { act(connection()); });
  }
  // The same, and waits until it has happened.
  void Peer(std::function<void(FakeConnection&)> act) {
    PeerAfter(1, std::move(act));
    Sleep(absl::Milliseconds(1));
  }
};

class ReceiveStreamTest : public ReceiveTestBase {
 protected:
  ReceiveStreamTest() : ReceiveTestBase(StreamWithRelease()) {}
};

TEST_F(ReceiveStreamTest, ACallGivesWhatIsThere) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.Sends("hello world"); });
    EXPECT_EQ(Available(s), 11);
    EXPECT_EQ(Receive(s, 5), "hello");
    EXPECT_EQ(Receive(s, 100), " world");
    EXPECT_EQ(Available(s), 0);
  });
}

TEST_F(ReceiveStreamTest, ABlockingCallWaitsForTheFirstOctets) {
  Run([&] {
    const SOCKET s = NewConnection();
    PeerAfter(10, [](FakeConnection& peer) { peer.Sends("late"); });
    EXPECT_EQ(Receive(s), "late");
    EXPECT_EQ(now(), sim::Time::Zero() + absl::Milliseconds(11));
  });
}

TEST_F(ReceiveStreamTest, SeveralBuffersAreFilledInTurn) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.Sends("helloworld"); });
    EXPECT_EQ(ReceiveInto(s, {3, 0, 4, 10}), "hel//lowo/rld");
  });
}

TEST_F(ReceiveStreamTest, NothingIsWouldBlockForANonblockingCall) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetNonblocking(s), 0);
    EXPECT_EQ(Receive(s), "WSAEWOULDBLOCK");
  });
}

TEST_F(ReceiveStreamTest, TheEndIsZeroAgainAndAgainOnceAllIsRead) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) {
      peer.Sends("last words");
      peer.Releases();
    });
    EXPECT_EQ(Receive(s), "last words");
    EXPECT_EQ(Receive(s), "");
    EXPECT_EQ(Receive(s), "");
    EXPECT_EQ(Send(s, "I can still speak"), "17");
  });
}

TEST_F(ReceiveStreamTest, AReleaseEndsABlockedCall) {
  Run([&] {
    const SOCKET s = NewConnection();
    PeerAfter(5, [](FakeConnection& peer) { peer.Releases(); });
    EXPECT_EQ(Receive(s), "");
  });
}

TEST_F(ReceiveStreamTest, AResetIsToldAtOnceAndUnreadDataIsGone) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) {
      peer.Sends("unread");
      peer.Disconnects();
    });
    EXPECT_EQ(Receive(s), "WSAECONNRESET");
    EXPECT_EQ(Receive(s), "WSAECONNRESET");
    EXPECT_EQ(Send(s, "x"), "WSAECONNRESET");
    EXPECT_EQ(Available(s), 0);
    EXPECT_EQ(GetOption(s, winsock::SO_ERROR), 0);  // A reset does not set it.
  });
}

TEST_F(ReceiveStreamTest, EveryEndHasItsError) {
  Run([&] {
    const struct {
      transport::Cause cause;
      const char* error;
    } kCases[] = {{transport::Cause::kNoAnswer, "WSAETIMEDOUT"},
                  {transport::Cause::kPeerLost, "WSAENETRESET"},
                  {transport::Cause::kProtocolError, "WSAECONNABORTED"}};
    for (const auto& test : kCases) {
      const SOCKET s = NewConnection();
      PeerAfter(1, [&test](FakeConnection& peer) { peer.Disconnects(test.cause); });
      EXPECT_EQ(Receive(s), test.error);
    }
  });
}

TEST_F(ReceiveStreamTest, AShutDownReceiveFails) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Shutdown(s, SD_RECEIVE), 0);
    EXPECT_EQ(Receive(s), "WSAESHUTDOWN");
    EXPECT_EQ(Receive(NewSocket()), "WSAENOTCONN");
  });
}

// Where the page has WSAEINVAL, Windows gives 0 and takes nothing.
TEST_F(ReceiveStreamTest, ARoomOfZeroWaitsForDataAndTakesNone) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Receive(s, 0, winsock::MSG_PUSH_IMMEDIATE), "");
    PeerAfter(5, [](FakeConnection& peer) { peer.Sends("x"); });
    EXPECT_EQ(Receive(s, 0), "");
    EXPECT_EQ(now(), sim::Time::Zero() + absl::Milliseconds(6));
    EXPECT_EQ(SetNonblocking(s), 0);
    EXPECT_EQ(Receive(s, 0), "");
    EXPECT_EQ(Receive(s, 1), "x");
    EXPECT_EQ(Receive(s, 0), "WSAEWOULDBLOCK");
    EXPECT_EQ(Receive(s, 0, winsock::MSG_PUSH_IMMEDIATE), "");
    Peer([](FakeConnection& peer) { peer.Releases(); });
    EXPECT_EQ(Receive(s, 0), "");
  });
}

TEST_F(ReceiveStreamTest, APeekTakesNothing) {
  Run([&] {
    const SOCKET s = NewConnection();
    PeerAfter(5, [](FakeConnection& peer) { peer.Sends("hello"); });
    EXPECT_EQ(ReceiveInto(s, {2, 10}, MSG_PEEK), "he/llo");
    EXPECT_EQ(Receive(s, 3, MSG_PEEK), "hel");
    EXPECT_EQ(Receive(s), "hello");
    Peer([](FakeConnection& peer) { peer.Releases(); });
    EXPECT_EQ(Receive(s, 3, MSG_PEEK), "");
  });
}

TEST_F(ReceiveStreamTest, WaitAllFillsTheBuffer) {
  Run([&] {
    const SOCKET s = NewConnection();
    PeerAfter(1, [](FakeConnection& peer) { peer.Sends("abc"); });
    PeerAfter(2, [](FakeConnection& peer) { peer.Sends("defgh"); });
    EXPECT_EQ(Receive(s, 6, MSG_WAITALL), "abcdef");
    EXPECT_EQ(Receive(s), "gh");
  });
}

TEST_F(ReceiveStreamTest, WaitAllEndsWithTheConnectionAndKeepsWhatCame) {
  Run([&] {
    const SOCKET s = NewConnection();
    PeerAfter(1, [](FakeConnection& peer) { peer.Sends("abc"); });
    PeerAfter(2, [](FakeConnection& peer) { peer.Releases(); });
    EXPECT_EQ(Receive(s, 6, MSG_WAITALL), "abc");
    EXPECT_EQ(Receive(s, 6, MSG_WAITALL), "");
  });
}

TEST_F(ReceiveStreamTest, WaitAllKeepsWhatCameBeforeAReset) {
  Run([&] {
    const SOCKET s = NewConnection();
    PeerAfter(1, [](FakeConnection& peer) { peer.Sends("abc"); });
    PeerAfter(2, [](FakeConnection& peer) { peer.Disconnects(); });
    EXPECT_EQ(Receive(s, 6, MSG_WAITALL), "abc");
    EXPECT_EQ(Receive(s, 6, MSG_WAITALL), "WSAECONNRESET");
  });
}

TEST_F(ReceiveStreamTest, WaitAllGoesWithNothingElse) {
  Run([&] {
    const SOCKET s = NewConnection();
    for (const int flag : {MSG_OOB, MSG_PEEK}) {
      EXPECT_EQ(Receive(s, 6, static_cast<DWORD>(MSG_WAITALL | flag)), "WSAEOPNOTSUPP") << flag;
    }
    EXPECT_EQ(Receive(s, 6, MSG_PARTIAL), "WSAEOPNOTSUPP");
    EXPECT_EQ(Receive(s, 6, 0x4000), "WSAEINVAL");
    EXPECT_EQ(SetNonblocking(s), 0);
    EXPECT_EQ(Receive(s, 6, MSG_WAITALL), "WSAEOPNOTSUPP");
  });
}

TEST_F(ReceiveStreamTest, AReceiveTimeoutEndsTheCall) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetOption(s, winsock::SO_RCVTIMEO, 50), 0);
    EXPECT_EQ(Receive(s), "WSAETIMEDOUT");
    EXPECT_EQ(now(), sim::Time::Zero() + absl::Milliseconds(51));
    PeerAfter(10, [](FakeConnection& peer) { peer.Sends("in time"); });
    EXPECT_EQ(Receive(s), "in time");
  });
}

TEST_F(ReceiveStreamTest, ThreadsAreServedInTheOrderOfTheirCalls) {
  Run([&] {
    const SOCKET s = NewConnection();
    std::string first;
    std::string second;
    Thread([&, s] { first = Receive(s, 3); });
    Thread([&, s] { second = Receive(s, 3); });
    PeerAfter(1, [](FakeConnection& peer) { peer.Sends("aaabbb"); });
    Sleep(absl::Milliseconds(2));
    EXPECT_EQ(first, "aaa");
    EXPECT_EQ(second, "bbb");
  });
}

TEST_F(ReceiveStreamTest, ClosingTheSocketEndsABlockedCall) {
  Run([&] {
    const SOCKET s = NewConnection();
    Thread([&, s] { EXPECT_EQ(Receive(s), "WSAECONNABORTED"); });
    Sleep(absl::Milliseconds(1));
    EXPECT_EQ(Close(s), 0);
    Sleep(absl::Milliseconds(1));
  });
}

TEST_F(ReceiveStreamTest, BadArgumentsAreRefused) {
  Run([&] {
    const SOCKET s = NewConnection();
    char room[4];
    WSABUF buffer = {4, room};
    WSABUF nowhere = {4, nullptr};
    DWORD received = 0;
    DWORD flags = 0;
    const auto receive = [&](WSABUF* buffers, DWORD count, DWORD* octets, DWORD* in_flags) {
      int error = 0;
      calls().lpWSPRecv(s, buffers, count, octets, in_flags, nullptr, nullptr, nullptr, &error);
      return error;
    };
    EXPECT_EQ(receive(nullptr, 1, &received, &flags), WSAEFAULT);
    EXPECT_EQ(receive(&nowhere, 1, &received, &flags), WSAEFAULT);
    EXPECT_EQ(receive(&buffer, 0, &received, &flags), WSAEINVAL);
    EXPECT_EQ(receive(&buffer, 1, nullptr, &flags), WSAEFAULT);
    EXPECT_EQ(receive(&buffer, 1, &received, nullptr), WSAEFAULT);
  });
}

// Winsock page: WSARecvFrom. Nothing is written to the address.
TEST_F(ReceiveStreamTest, RecvfromLeavesTheAddressAsItIs) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.Sends("x"); });
    char room[4];
    WSABUF buffer = {4, room};
    DWORD received = 0;
    DWORD flags = 0;
    int length = -5;
    int error = 0;
    EXPECT_EQ(calls().lpWSPRecvFrom(s, &buffer, 1, &received, &flags, nullptr, &length, nullptr,
                                    nullptr, nullptr, &error),
              0);
    EXPECT_EQ(received, 1u);
    EXPECT_EQ(length, -5);
  });
}

TEST_F(ReceiveStreamTest, ABlockAsideIsAnnouncedAndReadWithItsFlag) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Receive(s, 1, MSG_OOB), "WSAEWOULDBLOCK");
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_OOB | winsock::FD_READ), 0);
    Peer([](FakeConnection& peer) {
      peer.Sends("before");
      peer.SendsExpedited("!");
      peer.SendsExpedited("?");
      peer.Sends("after");
    });
    EXPECT_EQ(Events(s), "FD_READ FD_OOB");
    EXPECT_EQ(Select(s), "rwx");
    EXPECT_EQ(Available(s), 6);
    EXPECT_EQ(Receive(s), "before");  // Not beyond the block's place.
    EXPECT_EQ(Receive(s, 1, MSG_OOB | MSG_PEEK), "!");
    EXPECT_EQ(Receive(s, 1, MSG_OOB), "!");
    EXPECT_EQ(Events(s), "FD_READ FD_OOB");
    EXPECT_EQ(Receive(s, 1, MSG_OOB), "?");
    EXPECT_EQ(Receive(s), "after");
    EXPECT_EQ(Select(s), "w");
    EXPECT_EQ(Events(s), "");
  });
}

TEST_F(ReceiveStreamTest, NoReceiveReachesAcrossABlockThatWasTakenBefore) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) {
      peer.Sends("first");
      peer.SendsExpedited("!");
      peer.SendsExpedited("?");
      peer.Sends("second");
      peer.SendsExpedited("*");
      peer.Sends("third");
    });
    EXPECT_EQ(Receive(s, 1, MSG_OOB), "!");
    EXPECT_EQ(Receive(s, 1, MSG_OOB), "?");
    EXPECT_EQ(Available(s), 5);
    EXPECT_EQ(Receive(s, 3), "fir");
    EXPECT_EQ(Receive(s, 1, MSG_OOB | MSG_PEEK), "*");
    EXPECT_EQ(Receive(s, 100, MSG_PEEK), "st");
    EXPECT_EQ(Receive(s), "st");
    EXPECT_EQ(SetOption(s, winsock::SO_OOBINLINE, 1), 0);
    EXPECT_EQ(Receive(s), "second");
    EXPECT_EQ(Receive(s), "*");  // Peeked at before, and still in its place.
    EXPECT_EQ(Receive(s), "third");
  });
}

TEST_F(ReceiveStreamTest, ABlockInlineIsAReceiveOfItsOwn) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetOption(s, winsock::SO_OOBINLINE, 1), 0);
    Peer([](FakeConnection& peer) {
      peer.Sends("before");
      peer.SendsExpedited("!");
      peer.Sends("after");
    });
    EXPECT_EQ(Receive(s, 1, MSG_OOB), "WSAEINVAL");
    EXPECT_EQ(Receive(s), "before");
    EXPECT_EQ(Available(s), 1);
    EXPECT_EQ(Receive(s), "!");
    EXPECT_EQ(Receive(s), "after");
  });
}

TEST_F(ReceiveStreamTest, SwitchingInlineOnMakesAWaitingBlockReadable) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_READ), 0);
    Peer([](FakeConnection& peer) { peer.SendsExpedited("!"); });
    EXPECT_EQ(Receive(s), "WSAEWOULDBLOCK");
    EXPECT_EQ(SetOption(s, winsock::SO_OOBINLINE, 1), 0);
    EXPECT_EQ(Events(s), "FD_READ");
    EXPECT_EQ(Receive(s), "!");
  });
}

TEST_F(ReceiveStreamTest, AtMarkMeansThatNoBlockWaitsAside) {
  Run([&] {
    const SOCKET s = NewConnection();
    const auto is_at_mark = [&] {
      BOOL answer = 7;
      DWORD returned = 0;
      int error = 0;
      calls().lpWSPIoctl(s, winsock::SIOCATMARK, nullptr, 0, &answer, sizeof answer, &returned,
                         nullptr, nullptr, nullptr, &error);
      return answer;
    };
    EXPECT_EQ(is_at_mark(), TRUE);
    Peer([](FakeConnection& peer) { peer.SendsExpedited("!"); });
    EXPECT_EQ(is_at_mark(), FALSE);
    EXPECT_EQ(SetOption(s, winsock::SO_OOBINLINE, 1), 0);
    EXPECT_EQ(is_at_mark(), TRUE);
  });
}

// Messages that may come in parts.
class ReceiveMessageTest : public ReceiveTestBase {
 protected:
  ReceiveMessageTest() : ReceiveTestBase(MessagesWithRelease()) {}
};

TEST_F(ReceiveMessageTest, EachCallGivesAtMostOneMessage) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) {
      peer.Sends("one");
      peer.Sends("");
      peer.Sends("three");
    });
    EXPECT_EQ(Receive(s), "one");
    EXPECT_EQ(Receive(s), "");
    EXPECT_EQ(ReceiveInto(s, {2, 10}), "th/ree");
  });
}

TEST_F(ReceiveMessageTest, ALongMessageComesInParts) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.Sends("0123456789"); });
    EXPECT_EQ(Receive(s, 4), "0123 MSG_PARTIAL");
    EXPECT_EQ(Receive(s, 4), "4567 MSG_PARTIAL");
    EXPECT_EQ(Receive(s, 4), "89");
  });
}

TEST_F(ReceiveMessageTest, ABlockingCallWaitsForTheWholeOfAMessage) {
  Run([&] {
    const SOCKET s = NewConnection();
    PeerAfter(1, [](FakeConnection& peer) { peer.SendsPart("01234", false); });
    PeerAfter(5, [](FakeConnection& peer) { peer.SendsPart("56789", true); });
    EXPECT_EQ(Receive(s), "0123456789");
  });
}

TEST_F(ReceiveMessageTest, AFullBufferEndsTheWait) {
  Run([&] {
    const SOCKET s = NewConnection();
    PeerAfter(1, [](FakeConnection& peer) { peer.SendsPart("01234", false); });
    EXPECT_EQ(Receive(s, 4), "0123 MSG_PARTIAL");
    PeerAfter(1, [](FakeConnection& peer) { peer.SendsPart("", true); });
    EXPECT_EQ(Receive(s, 4), "4");
  });
}

TEST_F(ReceiveMessageTest, PartialTakesTheBeginningAsItComes) {
  Run([&] {
    const SOCKET s = NewConnection();
    PeerAfter(1, [](FakeConnection& peer) { peer.SendsPart("01234", false); });
    PeerAfter(5, [](FakeConnection& peer) { peer.SendsPart("56789", true); });
    EXPECT_EQ(Receive(s, 100, MSG_PARTIAL), "01234 MSG_PARTIAL");
    EXPECT_EQ(Receive(s, 100, MSG_PARTIAL), "56789");
  });
}

TEST_F(ReceiveMessageTest, ANonblockingCallGivesThePartThatIsThere) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetNonblocking(s), 0);
    Peer([](FakeConnection& peer) { peer.SendsPart("01234", false); });
    EXPECT_EQ(Receive(s), "01234 MSG_PARTIAL");
    EXPECT_EQ(Receive(s), "WSAEWOULDBLOCK");
    Peer([](FakeConnection& peer) { peer.SendsPart("", true); });
    EXPECT_EQ(Receive(s), "");
  });
}

TEST_F(ReceiveMessageTest, TheEndIsDisconAfterAllMessages) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) {
      peer.Sends("last words");
      peer.Releases("bye");
    });
    EXPECT_EQ(Receive(s, 4, MSG_PEEK), "last MSG_PARTIAL");
    EXPECT_EQ(Receive(s), "last words");
    EXPECT_EQ(Receive(s), "WSAEDISCON");
    EXPECT_EQ(Receive(s, 4, MSG_PEEK), "WSAEDISCON");
    EXPECT_EQ(Receive(s, 0), "WSAEDISCON");
  });
}

TEST_F(ReceiveMessageTest, WaitAllIsForStreams) {
  Run([&] { EXPECT_EQ(Receive(NewConnection(), 6, MSG_WAITALL), "WSAEOPNOTSUPP"); });
}

// Messages that come as a whole or not at all.
class ReceiveWholeTest : public ReceiveTestBase {
 protected:
  ReceiveWholeTest() : ReceiveTestBase(Whole()) {}
  static transport::Capabilities Whole() {
    transport::Capabilities capabilities = MessagesWithRelease();
    capabilities.partial_messages = false;
    return capabilities;
  }
};

TEST_F(ReceiveWholeTest, AMessageTooLongStaysUntilABufferTakesItAll) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.Sends("0123456789"); });
    char room[4];
    WSABUF buffer = {4, room};
    DWORD received = 0;
    DWORD flags = 0;
    int error = 0;
    EXPECT_EQ(
        calls().lpWSPRecv(s, &buffer, 1, &received, &flags, nullptr, nullptr, nullptr, &error),
        SOCKET_ERROR);
    EXPECT_EQ(error, WSAEMSGSIZE);
    EXPECT_EQ(std::string(room, received), "0123");
    EXPECT_EQ(Receive(s, 9), "WSAEMSGSIZE");
    EXPECT_EQ(Receive(s, 9, MSG_PEEK), "WSAEMSGSIZE");
    EXPECT_EQ(Receive(s, 10, MSG_PEEK), "0123456789");
    EXPECT_EQ(ReceiveInto(s, {4, 6}), "0123/456789");
  });
}

class ReceiveExpeditedMessageTest : public ReceiveTestBase {
 protected:
  ReceiveExpeditedMessageTest() : ReceiveTestBase(MessagesWithAbortOnly()) {}
};

TEST_F(ReceiveExpeditedMessageTest, AMessageIsNotTornByABlockInline) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetOption(s, winsock::SO_OOBINLINE, 1), 0);
    PeerAfter(1, [](FakeConnection& peer) { peer.SendsPart("01234", false); });
    PeerAfter(2, [](FakeConnection& peer) { peer.SendsExpedited("!"); });
    PeerAfter(3, [](FakeConnection& peer) { peer.SendsPart("56789", true); });
    EXPECT_EQ(Receive(s), "0123456789");
    EXPECT_EQ(Receive(s), "!");
  });
}

TEST_F(ReceiveExpeditedMessageTest, ALongBlockInlineComesInPartsAsAMessageDoes) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetOption(s, winsock::SO_OOBINLINE, 1), 0);
    Peer([](FakeConnection& peer) { peer.SendsExpedited("urgent"); });
    EXPECT_EQ(Receive(s, 4), "urge MSG_PARTIAL");
    EXPECT_EQ(Receive(s, 4), "nt");
  });
}

TEST_F(ReceiveExpeditedMessageTest, ABlockInlineComesBehindTheMessageThatIsReadInParts) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetOption(s, winsock::SO_OOBINLINE, 1), 0);
    Peer([](FakeConnection& peer) { peer.SendsPart("01234", false); });
    EXPECT_EQ(Receive(s, 5), "01234 MSG_PARTIAL");
    Peer([](FakeConnection& peer) { peer.SendsExpedited("!"); });
    EXPECT_EQ(Select(s), "w");  // Not before the message's end.
    Peer([](FakeConnection& peer) { peer.SendsPart("56789", true); });
    EXPECT_EQ(Receive(s), "56789");
    EXPECT_EQ(Select(s), "rw");
    EXPECT_EQ(Receive(s), "!");
  });
}

TEST_F(ReceiveWholeTest, TheBeginningOfAMessageIsNothingYet) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.SendsPart("01234", false); });
    EXPECT_EQ(Select(s), "w");
    PeerAfter(5, [](FakeConnection& peer) { peer.SendsPart("56789", true); });
    EXPECT_EQ(Receive(s), "0123456789");
    Peer([](FakeConnection& peer) { peer.Releases(); });
    EXPECT_EQ(Select(s), "rw");
    EXPECT_EQ(Receive(s), "WSAEDISCON");
    EXPECT_EQ(Receive(s, 6, MSG_PARTIAL), "WSAEOPNOTSUPP");
  });
}

}  // namespace
}  // namespace engine
