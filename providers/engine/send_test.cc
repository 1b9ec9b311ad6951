// send, WSASend.
#include <string>

#include "gtest/gtest.h"
#include "providers/engine/testing/engine_test_base.h"

namespace engine {
namespace {

class SendTestBase : public EngineTestBase {
 protected:
  using EngineTestBase::EngineTestBase;

  FakeConnection& connection() { return transport().last(); }
  void AcknowledgeAfter(int milliseconds, size_t octets) {
    After(absl::Milliseconds(milliseconds), [this, octets] { connection().Acknowledges(octets); });
  }
  // With WSASend's count and flags at the caller's choice.
  int SendBuffers(SOCKET s, WSABUF* buffers, DWORD count, DWORD* sent, DWORD flags = 0) {
    int error = 0;
    calls().lpWSPSend(s, buffers, count, sent, flags, nullptr, nullptr, nullptr, &error);
    return error;
  }
};

class SendStreamTest : public SendTestBase {
 protected:
  SendStreamTest() : SendTestBase(StreamWithRelease()) {}
};

TEST_F(SendStreamTest, ABlockingCallTakesEverything) {
  Run([&] {
    settings().send_room = 4;
    const SOCKET s = NewConnection();
    AcknowledgeAfter(10, 4);
    AcknowledgeAfter(20, 4);
    EXPECT_EQ(Send(s, "0123456789"), "10");
    EXPECT_EQ(now(), sim::Time::Zero() + absl::Milliseconds(21));
    EXPECT_EQ(connection().written(), "0123456789");
  });
}

TEST_F(SendStreamTest, SeveralBuffersAreOneStretch) {
  Run([&] {
    settings().send_room = 4;
    const SOCKET s = NewConnection();
    char hello[] = "hello";
    char world[] = "world";
    WSABUF buffers[] = {{5, hello}, {0, nullptr}, {5, world}};
    AcknowledgeAfter(1, 6);
    DWORD sent = 0;
    EXPECT_EQ(SendBuffers(s, buffers, 3, &sent), 0);
    EXPECT_EQ(sent, 10u);
    EXPECT_EQ(connection().written(), "helloworld");
  });
}

TEST_F(SendStreamTest, CallsOfTwoThreadsGoOneAfterTheOther) {
  Run([&] {
    settings().send_room = 2;
    const SOCKET s = NewConnection();
    Thread([&, s] { EXPECT_EQ(Send(s, "aaaa"), "4"); });
    Thread([&, s] { EXPECT_EQ(Send(s, "bbbb"), "4"); });
    AcknowledgeAfter(1, 1);
    AcknowledgeAfter(2, 100);
    Sleep(absl::Milliseconds(3));
    EXPECT_EQ(connection().written(), "aaaabbbb");
  });
}

TEST_F(SendStreamTest, ANonblockingCallTakesWhatThereIsRoomFor) {
  Run([&] {
    settings().send_room = 4;
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent()), 0);
    EXPECT_EQ(Events(s), "FD_WRITE FD_CONNECT");
    EXPECT_EQ(Send(s, "0123456789"), "4");
    EXPECT_EQ(Select(s), "");
    EXPECT_EQ(Send(s, "456789"), "WSAEWOULDBLOCK");
    EXPECT_EQ(Events(s), "");
    AcknowledgeAfter(1, 4);
    EXPECT_EQ(Select(s, absl::Seconds(1)), "w");
    EXPECT_EQ(Events(s), "FD_WRITE");
  });
}

// FD_WRITE comes again only after WSAEWOULDBLOCK.
TEST_F(SendStreamTest, RoomThatNobodyAskedForIsNoEvent) {
  Run([&] {
    settings().send_room = 4;
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent()), 0);
    EXPECT_EQ(Events(s), "FD_WRITE FD_CONNECT");
    EXPECT_EQ(Send(s, "0123"), "4");
    AcknowledgeAfter(1, 4);
    Sleep(absl::Milliseconds(2));
    EXPECT_EQ(Events(s), "");
  });
}

TEST_F(SendStreamTest, NothingIsSentWhereThereIsNothing) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Send(s, ""), "0");
    EXPECT_EQ(connection().written(), "");
  });
}

TEST_F(SendStreamTest, ASendTimeoutEndsTheCall) {
  Run([&] {
    settings().send_room = 0;
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetOption(s, winsock::SO_SNDTIMEO, 50), 0);
    EXPECT_EQ(Send(s, "x"), "WSAETIMEDOUT");
    EXPECT_EQ(now(), sim::Time::Zero() + absl::Milliseconds(51));
    AcknowledgeAfter(1, 10);
    EXPECT_EQ(Send(s, "y"), "1");
    EXPECT_EQ(connection().written(), "y");
  });
}

TEST_F(SendStreamTest, TheEndOfTheConnectionEndsABlockedCall) {
  Run([&] {
    settings().send_room = 0;
    const SOCKET s = NewConnection();
    After(absl::Milliseconds(5), [this] { connection().Disconnects(); });
    EXPECT_EQ(Send(s, "x"), "WSAECONNRESET");
    EXPECT_EQ(Send(s, "x"), "WSAECONNRESET");
  });
}

TEST_F(SendStreamTest, ClosingTheSocketEndsABlockedCall) {
  Run([&] {
    settings().send_room = 0;
    const SOCKET s = NewConnection();
    Thread([&, s] { EXPECT_EQ(Send(s, "x"), "WSAECONNABORTED"); });
    Sleep(absl::Milliseconds(1));
    EXPECT_EQ(Close(s), 0);
    Sleep(absl::Milliseconds(1));
  });
}

TEST_F(SendStreamTest, ASocketMustBeConnectedAndOpenForSending) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(Send(s, "x"), "WSAENOTCONN");
    EXPECT_EQ(Send(NewListener(5000), "x"), "WSAENOTCONN");
    const SOCKET connected = NewConnection();
    EXPECT_EQ(Shutdown(connected, SD_SEND), 0);
    EXPECT_EQ(Send(connected, "x"), "WSAESHUTDOWN");
  });
}

TEST_F(SendStreamTest, BadArgumentsAreRefused) {
  Run([&] {
    const SOCKET s = NewConnection();
    WSABUF nowhere = {1, nullptr};
    DWORD sent = 0;
    EXPECT_EQ(SendBuffers(s, nullptr, 1, &sent), WSAEFAULT);
    EXPECT_EQ(SendBuffers(s, &nowhere, 1, &sent), WSAEFAULT);
    EXPECT_EQ(SendBuffers(s, &nowhere, 0, &sent), WSAEINVAL);
    EXPECT_EQ(SendBuffers(s, &nowhere, 1, nullptr), WSAEFAULT);
    EXPECT_EQ(Send(s, "x", 0x400), "WSAEINVAL");
    EXPECT_EQ(Send(s, "x", MSG_PARTIAL), "WSAEOPNOTSUPP");
    EXPECT_EQ(Send(s, "x", MSG_DONTROUTE), "1");
    EXPECT_EQ(Send(s + 400, "x"), "WSAENOTSOCK");
  });
}

TEST_F(SendStreamTest, AnOverlappedSendIsNotSupportedOnAnOverlappedSocket) {
  Run([&] {
    const SOCKET s = NewConnection();
    WSABUF buffer = {0, nullptr};
    winsock::OVERLAPPED overlapped = {};
    DWORD sent = 0;
    int error = 0;
    calls().lpWSPSend(s, &buffer, 1, &sent, 0, &overlapped, nullptr, nullptr, &error);
    EXPECT_EQ(error, WSAEOPNOTSUPP);
    const SOCKET plain = NewSocket(/*flags=*/0);
    After(absl::Milliseconds(1), [this] { connection().Confirms(); });
    EXPECT_EQ(Connect(plain, "h2:5001"), 0);
    EXPECT_EQ(calls().lpWSPSend(plain, &buffer, 1, &sent, 0, &overlapped, nullptr, nullptr, &error),
              0);
  });
}

// Winsock page: WSASendTo. On a connection-oriented socket the address is ignored, however wrong.
TEST_F(SendStreamTest, SendtoIgnoresTheAddress) {
  Run([&] {
    const SOCKET s = NewConnection();
    char x[] = "x";
    WSABUF buffer = {1, x};
    const winsock::sockaddr wrong = {};
    DWORD sent = 0;
    int error = 0;
    EXPECT_EQ(
        calls().lpWSPSendTo(s, &buffer, 1, &sent, 0, &wrong, 1, nullptr, nullptr, nullptr, &error),
        0);
    EXPECT_EQ(connection().written(), "x");
  });
}

TEST_F(SendStreamTest, TheLastOctetOfAnUrgentSendIsExpedited) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Send(s, "abc", MSG_OOB), "3");
    EXPECT_EQ(connection().written(), "ab");
    EXPECT_EQ(Log(connection()), "expedited(c)");
    EXPECT_EQ(SetOption(s, winsock::SO_OOBINLINE, 1), 0);
    EXPECT_EQ(Send(s, "d", MSG_OOB), "WSAEINVAL");
  });
}

TEST_F(SendStreamTest, AnExpeditedUnitWaitsForTheOneUnderWay) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Send(s, "a", MSG_OOB), "1");
    AcknowledgeAfter(10, 0);
    EXPECT_EQ(Send(s, "b", MSG_OOB), "1");
    EXPECT_EQ(now(), sim::Time::Zero() + absl::Milliseconds(11));
    EXPECT_EQ(SetNonblocking(s), 0);
    EXPECT_EQ(Send(s, "c", MSG_OOB), "WSAEWOULDBLOCK");
    EXPECT_EQ(Log(connection()), "expedited(a) expedited(b)");
  });
}

class SendMessageTest : public SendTestBase {
 protected:
  SendMessageTest() : SendTestBase(MessagesWithRelease()) {}
};

TEST_F(SendMessageTest, EachSendIsAMessageAndAnEmptyOneToo) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Send(s, "one"), "3");
    EXPECT_EQ(Send(s, ""), "0");
    EXPECT_EQ(Send(s, "three"), "5");
    EXPECT_EQ(connection().written(), "one||three|");
  });
}

TEST_F(SendMessageTest, APartialMessageEndsWithTheFirstSendWithoutTheFlag) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Send(s, "one", MSG_PARTIAL), "3");
    EXPECT_EQ(Send(s, "", MSG_PARTIAL), "0");
    EXPECT_EQ(Send(s, " message"), "8");
    EXPECT_EQ(Send(s, "two", MSG_PARTIAL), "3");
    EXPECT_EQ(Send(s, ""), "0");
    EXPECT_EQ(connection().written(), "one message|two|");
  });
}

// Windows takes a nonblocking send whole while anything is free; only the next one meets
// WSAEWOULDBLOCK.
TEST_F(SendMessageTest, ANonblockingMessageIsTakenWhole) {
  Run([&] {
    settings().send_room = 4;
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent()), 0);
    EXPECT_EQ(Events(s), "FD_WRITE FD_CONNECT");
    EXPECT_EQ(Send(s, "0123456789"), "10");
    AcknowledgeAfter(1, 4);
    Sleep(absl::Milliseconds(2));
    EXPECT_EQ(Send(s, "next"), "WSAEWOULDBLOCK");
    EXPECT_EQ(Select(s), "");
    AcknowledgeAfter(1, 4);
    Sleep(absl::Milliseconds(2));
    EXPECT_EQ(connection().written(), "0123456789|");
    EXPECT_EQ(Events(s), "FD_WRITE");
    EXPECT_EQ(Send(s, "ok"), "2");
  });
}

TEST_F(SendMessageTest, ATakenMessageIsSentThoughTheSocketIsClosed) {
  Run([&] {
    settings().send_room = 4;
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetNonblocking(s), 0);
    EXPECT_EQ(Send(s, "0123456789"), "10");
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(Log(connection()), "");
    AcknowledgeAfter(1, 10);
    Sleep(absl::Milliseconds(2));
    EXPECT_EQ(connection().written(), "0123456789|");
    EXPECT_EQ(Log(connection()), "detach(graceful)");
  });
}

TEST_F(SendMessageTest, AReleaseWaitsForATakenMessage) {
  Run([&] {
    settings().send_room = 4;
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetNonblocking(s), 0);
    EXPECT_EQ(Send(s, "0123456789"), "10");
    EXPECT_EQ(SendDisconnect(s, "bye"), 0);
    EXPECT_EQ(Log(connection()), "");
    AcknowledgeAfter(1, 10);
    Sleep(absl::Milliseconds(2));
    EXPECT_EQ(connection().written(), "0123456789|");
    EXPECT_EQ(Log(connection()), "release(bye)");
  });
}

// What follows would be taken for the rest of it.
TEST_F(SendMessageTest, AMessageCutShortByATimeoutEndsTheConnection) {
  Run([&] {
    settings().send_room = 4;
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetOption(s, winsock::SO_SNDTIMEO, 50), 0);
    EXPECT_EQ(Send(s, "0123456789"), "WSAETIMEDOUT");
    EXPECT_EQ(Log(connection()), "disconnect() detach(abortive)");
    EXPECT_EQ(Receive(s), "WSAECONNABORTED");
  });
}

TEST_F(SendMessageTest, AMessageCutShortByClosingEndsTheConnection) {
  Run([&] {
    settings().send_room = 4;
    const SOCKET s = NewConnection();
    Thread([&, s] { EXPECT_EQ(Send(s, "0123456789"), "WSAECONNABORTED"); });
    Sleep(absl::Milliseconds(1));
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(Log(connection()), "detach(abortive)");
    Sleep(absl::Milliseconds(1));
  });
}

class SendAbortiveTest : public SendTestBase {
 protected:
  SendAbortiveTest() : SendTestBase(MessagesWithAbortOnly()) {}
};

TEST_F(SendAbortiveTest, AMessageCutShortLeavesNothingToShutDown) {
  Run([&] {
    settings().send_room = 4;
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetOption(s, winsock::SO_SNDTIMEO, 50), 0);
    EXPECT_EQ(Send(s, "0123456789"), "WSAETIMEDOUT");
    EXPECT_EQ(Shutdown(s, SD_SEND), WSAECONNABORTED);
    EXPECT_EQ(SendDisconnect(s, "bye"), WSAECONNABORTED);
    EXPECT_EQ(Log(connection()), "disconnect()");
  });
}

class SendLimitedTest : public SendTestBase {
 protected:
  SendLimitedTest() : SendTestBase(Limited()) {}
  static transport::Capabilities Limited() {
    transport::Capabilities capabilities = MessagesWithAbortOnly();
    capabilities.message_max = 10;
    return capabilities;
  }
};

TEST_F(SendLimitedTest, AMessageBeyondTheLimitIsNotSent) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(GetOption(s, winsock::SO_MAX_MSG_SIZE), 10);
    EXPECT_EQ(Send(s, "0123456789A"), "WSAEMSGSIZE");
    EXPECT_EQ(Send(s, "0123456789"), "10");
    EXPECT_EQ(Send(s, "01234567", MSG_PARTIAL), "8");
    EXPECT_EQ(Send(s, "89A"), "WSAEMSGSIZE");
    EXPECT_EQ(Send(s, "89"), "2");
    EXPECT_EQ(connection().written(), "0123456789|0123456789|");
  });
}

// ISO 8072: a TSDU has at least one octet.
TEST_F(SendLimitedTest, AnEmptyMessageIsNoMessage) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Send(s, ""), "WSAEMSGSIZE");
    EXPECT_EQ(Send(s, "x", MSG_PARTIAL), "1");
    EXPECT_EQ(Send(s, ""), "0");  // The end of one.
    EXPECT_EQ(connection().written(), "x|");
  });
}

TEST_F(SendLimitedTest, AnExpeditedUnitHasItsOwnLimit) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Send(s, std::string(17, 'x'), MSG_OOB), "WSAEMSGSIZE");
    EXPECT_EQ(Send(s, "", MSG_OOB), "WSAEMSGSIZE");
    EXPECT_EQ(Send(s, "now", MSG_OOB), "3");
    EXPECT_EQ(Log(connection()), "expedited(now)");
  });
}

TEST_F(SendMessageTest, ThereIsNoExpeditedDataWithoutTheCapability) {
  Run([&] { EXPECT_EQ(Send(NewConnection(), "x", MSG_OOB), "WSAEOPNOTSUPP"); });
}

}  // namespace
}  // namespace engine
