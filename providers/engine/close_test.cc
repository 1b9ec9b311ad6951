// closesocket, and the end of a process.
#include "gtest/gtest.h"
#include "providers/engine/testing/engine_test_base.h"
#include "sim/process.h"
#include "sim/thread.h"

namespace engine {
namespace {

class CloseTestBase : public EngineTestBase {
 protected:
  using EngineTestBase::EngineTestBase;

  FakeConnection& connection() { return transport().last(); }
  void AcknowledgeAllAfter(int milliseconds) {
    After(absl::Milliseconds(milliseconds), [this] { connection().AcknowledgesAll(); });
  }
  void Peer(std::function<void(FakeConnection&)> act) {
    After(absl::Milliseconds(1), [this, act = std::move(act)] { act(connection()); });
    Sleep(absl::Milliseconds(1));
  }
  sim::Time Milliseconds(int milliseconds) {
    return sim::Time::Zero() + absl::Milliseconds(milliseconds);
  }
};

class CloseStreamTest : public CloseTestBase {
 protected:
  CloseStreamTest() : CloseTestBase(StreamWithRelease()) {}
};

TEST_F(CloseStreamTest, TheDefaultReturnsAtOnceAndSendsTheRest) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Send(s, "in flight"), "9");
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(now(), Milliseconds(1));
    EXPECT_EQ(Log(connection()), "detach(graceful)");
    EXPECT_EQ(Close(s), WSAENOTSOCK);
    EXPECT_EQ(Send(s, "x"), "WSAENOTSOCK");
    EXPECT_EQ(library().open_sockets(), 0u);
  });
}

TEST_F(CloseStreamTest, LingerZeroResets) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetLinger(s, 1, 0), 0);
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(Log(connection()), "detach(abortive)");
  });
}

// RFC 1122 4.2.2.13.
TEST_F(CloseStreamTest, UnreadDataResets) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.Sends("unread"); });
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(Log(connection()), "detach(abortive)");
  });
}

TEST_F(CloseStreamTest, AnUnreadEndDoesNot) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.Releases(); });
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(Log(connection()), "detach(graceful)");
  });
}

TEST_F(CloseStreamTest, LingeringWaitsForTheRelease) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetLinger(s, 1, 5), 0);
    EXPECT_EQ(Send(s, "in flight"), "9");
    AcknowledgeAllAfter(200);
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(now(), Milliseconds(201));
    EXPECT_EQ(Log(connection()), "release() detach(graceful)");
  });
}

TEST_F(CloseStreamTest, LingeringEndsWithAReset) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetLinger(s, 1, 5), 0);
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(now(), Milliseconds(5001));
    EXPECT_EQ(Log(connection()), "release() detach(abortive)");
  });
}

TEST_F(CloseStreamTest, LingeringEndsWhenThePeerDoes) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetLinger(s, 1, 5), 0);
    After(absl::Milliseconds(10), [this] { connection().Disconnects(); });
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(now(), Milliseconds(11));
  });
}

TEST_F(CloseStreamTest, TheHandleOfALingeringSocketIsGone) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetLinger(s, 1, 5), 0);
    AcknowledgeAllAfter(10);
    Thread([&, s] { EXPECT_EQ(Close(s), 0); });
    Sleep(absl::Milliseconds(1));
    EXPECT_EQ(Receive(s), "WSAENOTSOCK");
    EXPECT_EQ(library().open_sockets(), 0u);
    Sleep(absl::Milliseconds(20));
  });
}

// Winsock page: closesocket. The handle stays good and nothing has begun.
TEST_F(CloseStreamTest, ANonblockingSocketDoesNotLinger) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetLinger(s, 1, 5), 0);
    EXPECT_EQ(SetNonblocking(s), 0);
    EXPECT_EQ(Close(s), WSAEWOULDBLOCK);
    EXPECT_EQ(Log(connection()), "");
    EXPECT_EQ(Send(s, "x"), "1");
    EXPECT_EQ(Shutdown(s, SD_SEND), 0);
    EXPECT_EQ(Close(s), WSAEWOULDBLOCK);
    AcknowledgeAllAfter(1);
    Sleep(absl::Milliseconds(2));
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(Log(connection()), "release() detach(graceful)");
  });
}

TEST_F(CloseStreamTest, ANonblockingSocketThatDoesNotWaitCloses) {
  Run([&] {
    const SOCKET idle = NewSocket();
    EXPECT_EQ(SetLinger(idle, 1, 5), 0);
    EXPECT_EQ(SetNonblocking(idle), 0);
    EXPECT_EQ(Close(idle), 0);
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetNonblocking(s), 0);
    EXPECT_EQ(SetLinger(s, 1, 0), 0);
    EXPECT_EQ(Close(s), 0);
  });
}

TEST_F(CloseStreamTest, APortIsFreeForAnotherSocket) {
  Run([&] {
    const SOCKET s = NewListener(5000);
    EXPECT_EQ(Bind(NewSocket(), "*:5000"), WSAEADDRINUSE);
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(Bind(NewSocket(), "*:5000"), 0);
  });
}

TEST_F(CloseStreamTest, AnEventObjectIsNotSetBySocketsThatAreClosed) {
  Run([&] {
    const SOCKET s = NewConnection();
    const WSAEVENT event = NewEvent();
    EXPECT_EQ(EventSelect(s, event, winsock::FD_CLOSE), 0);
    EXPECT_EQ(Close(s), 0);
    EXPECT_FALSE(IsSet(event));
  });
}

// Winsock page: WSPCleanup.
TEST_F(CloseStreamTest, TheLastCleanupResetsWhatIsOpen) {
  Run([&] {
    NewConnection();
    NewListener(5000);
    winsock::WSPDATA data;
    winsock::WSPPROC_TABLE again;
    int error = 0;
    ASSERT_EQ(Startup(data, again), 0);
    EXPECT_EQ(calls().lpWSPCleanup(&error), 0);
    EXPECT_EQ(Log(connection()), "");  // One of two.
    EXPECT_EQ(calls().lpWSPCleanup(&error), 0);
    EXPECT_EQ(Log(connection()), "detach(abortive)");
    EXPECT_FALSE(transport().is_listening(5000));
    EXPECT_EQ(calls().lpWSPCleanup(&error), SOCKET_ERROR);
    EXPECT_EQ(error, WSANOTINITIALISED);
    ASSERT_EQ(Startup(data, again), 0);
    NewConnection();
  });
}

TEST_F(CloseStreamTest, CleanupWakesThreadsThatAreBlocked) {
  Run([&] {
    const SOCKET s = NewConnection();
    const SOCKET listener = NewListener(5000);
    Thread([&, s] { EXPECT_EQ(Receive(s), "WSAECONNABORTED"); });
    Thread([&, listener] {
      EXPECT_EQ(Accept(listener), INVALID_SOCKET);
      EXPECT_EQ(error(), WSAEINTR);
    });
    Thread([&] { EXPECT_EQ(Connect(NewSocket()), WSAEINTR); });
    Sleep(absl::Milliseconds(1));
    int error = 0;
    EXPECT_EQ(calls().lpWSPCleanup(&error), 0);
    Sleep(absl::Milliseconds(1));
  });
}

TEST_F(CloseStreamTest, TheEndOfTheProcessResetsWhatIsOpen) {
  Run([&] {
    NewConnection();
    NewListener(5000);
  });
  EXPECT_EQ(Log(connection()), "detach(abortive)");
  EXPECT_FALSE(transport().is_listening(5000));
}

TEST_F(CloseStreamTest, AThreadThatIsEndedLeavesItsCall) {
  Run([&] {
    const SOCKET s = NewConnection();
    std::string received = "nothing";
    sim::Thread& thread = Thread([&, s] { received = Receive(s); });
    Sleep(absl::Milliseconds(1));
    thread.End();
    Sleep(absl::Milliseconds(1));
    EXPECT_EQ(received, "WSAEINTR");
    After(absl::Milliseconds(1), [this] { connection().Sends("for somebody else"); });
    EXPECT_EQ(Receive(s), "for somebody else");
  });
}

TEST_F(CloseStreamTest, KillingAProcessEndsEveryKindOfWait) {
  Run([&] {
    settings().send_room = 0;
    const SOCKET s = NewConnection();
    const SOCKET listener = NewListener(5000);
    const SOCKET lingering = NewConnection();
    EXPECT_EQ(SetLinger(lingering, 1, 1000), 0);
    Thread([&, s] { EXPECT_EQ(Receive(s), "WSAEINTR"); });
    Thread([&, s] { EXPECT_EQ(Send(s, "x"), "WSAEINTR"); });
    Thread([&, listener] { EXPECT_EQ(Accept(listener), INVALID_SOCKET); });
    Thread([&] { EXPECT_EQ(Connect(NewSocket()), WSAEINTR); });
    Thread([&, s] { EXPECT_EQ(Select(s, absl::Hours(1)), "WSAEINTR"); });
    Thread([&, lingering] { EXPECT_EQ(Close(lingering), 0); });
    Sleep(absl::Milliseconds(1));
    sim::Thread::Current()->process().Kill();
  });
  for (size_t i = 0; i < transport().connections(); ++i) {
    const std::string log = Log(transport().connection(i));
    EXPECT_TRUE(log == "detach(abortive)" || log == "release() detach(abortive)") << i << log;
  }
}

// Where close is not graceful.
class CloseAbortiveTest : public CloseTestBase {
 protected:
  CloseAbortiveTest() : CloseTestBase(MessagesWithAbortOnly()) {}
};

TEST_F(CloseAbortiveTest, TheDefaultLeavesTheQueueToTheTransport) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Send(s, "in flight"), "9");
    Peer([](FakeConnection& peer) { peer.Sends("unread"); });
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(Log(connection()), "detach(graceful)");
  });
}

TEST_F(CloseAbortiveTest, LingerZeroDisconnectsAtOnce) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetLinger(s, 1, 0), 0);
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(Log(connection()), "detach(abortive)");
  });
}

TEST_F(CloseAbortiveTest, LingeringWaitsUntilAllIsAcknowledged) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetLinger(s, 1, 5), 0);
    EXPECT_EQ(Send(s, "in flight"), "9");
    AcknowledgeAllAfter(200);
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(now(), Milliseconds(201));
    EXPECT_EQ(Log(connection()), "detach(graceful)");
  });
}

TEST_F(CloseAbortiveTest, LingeringEndsWithAnAbort) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetLinger(s, 1, 5), 0);
    EXPECT_EQ(Send(s, "in flight"), "9");
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(now(), Milliseconds(5001));
    EXPECT_EQ(Log(connection()), "detach(abortive)");
  });
}

TEST_F(CloseAbortiveTest, WithNothingInFlightThereIsNothingToWaitFor) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetLinger(s, 1, 5), 0);
    EXPECT_EQ(SetNonblocking(s), 0);
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(now(), Milliseconds(1));
    EXPECT_EQ(Log(connection()), "detach(graceful)");
  });
}

}  // namespace
}  // namespace engine
