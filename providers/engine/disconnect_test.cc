// shutdown, WSASendDisconnect, WSARecvDisconnect.
#include <string>

#include "gtest/gtest.h"
#include "providers/engine/testing/engine_test_base.h"

namespace engine {
namespace {

class DisconnectTestBase : public EngineTestBase {
 protected:
  using EngineTestBase::EngineTestBase;

  FakeConnection& connection() { return transport().last(); }
  void Peer(std::function<void(FakeConnection&)> act) {
    After(absl::Milliseconds(1), [this, act = std::move(act)] { act(connection()); });
    Sleep(absl::Milliseconds(1));
  }
  int SendDisconnectNowhere(SOCKET s) {
    WSABUF nowhere = {3, nullptr};
    int error = 0;
    calls().lpWSPSendDisconnect(s, &nowhere, &error);
    return error;
  }
};

// Graceful release with data both ways, as in session.
class DisconnectTest : public DisconnectTestBase {
 protected:
  DisconnectTest() : DisconnectTestBase(MessagesWithRelease()) {}
};

// Winsock page: Graceful Shutdown, Linger Options, and Socket Closure; the table with disconnect
// data.
TEST_F(DisconnectTest, TheServersSideOfTheExchange) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_CLOSE), 0);
    Peer([](FakeConnection& peer) { peer.Releases("3 transactions"); });
    EXPECT_EQ(Events(s), "FD_CLOSE");
    EXPECT_EQ(Receive(s), "WSAEDISCON");
    EXPECT_EQ(ReceiveDisconnect(s), "3 transactions");
    EXPECT_EQ(SendDisconnect(s, "12 in all"), 0);
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(Log(connection()), "release(12 in all) detach(graceful)");
  });
}

TEST_F(DisconnectTest, TheClientsSideOfTheExchange) {
  Run([&] {
    const SOCKET s = NewConnection();
    const WSAEVENT event = NewEvent();
    EXPECT_EQ(EventSelect(s, event, winsock::FD_CLOSE), 0);
    EXPECT_EQ(SendDisconnect(s, "3 transactions"), 0);
    EXPECT_EQ(Events(s), "");  // Our own release is no event.
    EXPECT_EQ(Send(s, "x"), "WSAESHUTDOWN");
    Peer([](FakeConnection& peer) { peer.Releases("12 in all"); });
    EXPECT_TRUE(IsSet(event));
    EXPECT_EQ(Events(s), "FD_CLOSE");
    EXPECT_EQ(ReceiveDisconnect(s), "12 in all");
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(Log(connection()), "release(3 transactions) detach(graceful)");
  });
}

TEST_F(DisconnectTest, UnreadDataComesBeforeTheEnd) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) {
      peer.Sends("one more thing");
      peer.Releases("bye");
    });
    EXPECT_EQ(Receive(s), "one more thing");
    EXPECT_EQ(Receive(s), "WSAEDISCON");
    EXPECT_EQ(ReceiveDisconnect(s), "bye");
  });
}

TEST_F(DisconnectTest, BothMayReleaseAtOnce) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SendDisconnect(s, "mine"), 0);
    Peer([](FakeConnection& peer) { peer.Releases("yours"); });
    EXPECT_EQ(Receive(s), "WSAEDISCON");
    EXPECT_EQ(ReceiveDisconnect(s), "yours");
  });
}

TEST_F(DisconnectTest, ASecondReleaseWithoutDataIsNoError) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SendDisconnect(s, "first"), 0);
    EXPECT_EQ(SendDisconnect(s), 0);
    EXPECT_EQ(SendDisconnect(s, ""), 0);
    EXPECT_EQ(Shutdown(s, SD_SEND), 0);
    EXPECT_EQ(SendDisconnect(s, "second"), WSAESHUTDOWN);
    EXPECT_EQ(Log(connection()), "release(first)");
  });
}

TEST_F(DisconnectTest, WithoutDataItIsShutdown) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SendDisconnect(s), 0);
    EXPECT_EQ(Log(connection()), "release()");
    const SOCKET other = NewConnection();
    EXPECT_EQ(Shutdown(other, SD_SEND), 0);
    EXPECT_EQ(Log(connection()), "release()");
    EXPECT_EQ(SendDisconnect(other, "late"), WSAESHUTDOWN);
  });
}

TEST_F(DisconnectTest, DataThatIsTooLongIsAFaultBeforeAnythingIsSent) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SendDisconnect(s, std::string(21, 'x')), WSAEFAULT);
    EXPECT_EQ(SendDisconnectNowhere(s), WSAEFAULT);
    EXPECT_EQ(Log(connection()), "");
    EXPECT_EQ(Send(s, "still open"), "10");
    EXPECT_EQ(SendDisconnect(s, std::string(20, 'x')), 0);
  });
}

TEST_F(DisconnectTest, ThePeersDataCanBeReadAnyNumberOfTimes) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.Releases("bye"); });
    EXPECT_EQ(ReceiveDisconnect(s, 2), "WSAEFAULT");
    EXPECT_EQ(ReceiveDisconnect(s, 3), "bye");
    EXPECT_EQ(ReceiveDisconnect(s), "bye");
    EXPECT_EQ(Receive(s), "WSAESHUTDOWN");  // It shuts down receiving.
  });
}

TEST_F(DisconnectTest, CalledTooEarlyItReportsNoData) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(ReceiveDisconnect(s), "");
    EXPECT_EQ(Receive(s), "WSAESHUTDOWN");
    Peer([](FakeConnection& peer) { peer.Releases("bye"); });
    EXPECT_EQ(ReceiveDisconnect(s), "bye");
  });
}

TEST_F(DisconnectTest, NothingToDisconnect) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(SendDisconnect(s, "x"), WSAENOTCONN);
    EXPECT_EQ(ReceiveDisconnect(s), "WSAENOTCONN");
    EXPECT_EQ(Shutdown(s, SD_BOTH), WSAENOTCONN);
    const SOCKET listener = NewListener(5000);
    EXPECT_EQ(Shutdown(listener, SD_SEND), WSAENOTCONN);
    EXPECT_EQ(Shutdown(NewConnection(), 3), WSAEINVAL);
  });
}

TEST_F(DisconnectTest, AnAbortsDataIsKept) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_CLOSE), 0);
    Peer([](FakeConnection& peer) { peer.Disconnects(transport::Cause::kPeerUser, "gone"); });
    EXPECT_EQ(Events(s), "FD_CLOSE:10054");
    EXPECT_EQ(Receive(s), "WSAECONNRESET");
    EXPECT_EQ(ReceiveDisconnect(s), "gone");
    EXPECT_EQ(SendDisconnect(s, "answer"), WSAECONNRESET);
    EXPECT_EQ(Shutdown(s, SD_SEND), WSAECONNRESET);
  });
}

TEST_F(DisconnectTest, AResetAfterTheReleaseLeavesItsDataAndRecordsNothing) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_CLOSE), 0);
    Peer([](FakeConnection& peer) { peer.Releases("bye"); });
    EXPECT_EQ(Events(s), "FD_CLOSE");
    Peer([](FakeConnection& peer) { peer.Disconnects(); });
    EXPECT_EQ(Events(s), "");  // Once in the life of a socket.
    EXPECT_EQ(Receive(s), "WSAECONNRESET");
    EXPECT_EQ(ReceiveDisconnect(s), "bye");
  });
}

TEST_F(DisconnectTest, WhatComesAfterShuttingDownReceivingIsDropped) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.Sends("unread"); });
    EXPECT_EQ(Shutdown(s, SD_RECEIVE), 0);
    EXPECT_EQ(connection().readable_octets(), 0u);
    Peer([](FakeConnection& peer) { peer.Sends("more"); });
    EXPECT_EQ(connection().readable_octets(), 0u);
    EXPECT_EQ(Log(connection()), "");  // The peer notices nothing.
    EXPECT_EQ(Send(s, "x"), "1");
  });
}

TEST_F(DisconnectTest, AReceiveThatWaitsAlreadyStillTakesData) {
  Run([&] {
    const SOCKET s = NewConnection();
    Thread([&, s] { EXPECT_EQ(Receive(s), "late"); });
    Sleep(absl::Milliseconds(1));
    EXPECT_EQ(Shutdown(s, SD_RECEIVE), 0);
    Peer([](FakeConnection& peer) { peer.Sends("late"); });
    Sleep(absl::Milliseconds(1));
  });
}

TEST_F(DisconnectTest, AReleaseWaitsForSendsThatWait) {
  Run([&] {
    settings().send_room = 2;
    const SOCKET s = NewConnection();
    Thread([&, s] { EXPECT_EQ(Send(s, "data"), "4"); });
    Sleep(absl::Milliseconds(1));
    EXPECT_EQ(SendDisconnect(s, "bye"), 0);
    EXPECT_EQ(Send(s, "x"), "WSAESHUTDOWN");
    EXPECT_EQ(Log(connection()), "");
    Peer([](FakeConnection& peer) { peer.Acknowledges(2); });
    EXPECT_EQ(connection().written(), "data|");
    EXPECT_EQ(Log(connection()), "release(bye)");
    Sleep(absl::Milliseconds(1));
  });
}

// Data one way and abortive, as in tp4.
class DisconnectAbortiveTest : public DisconnectTestBase {
 protected:
  DisconnectAbortiveTest() : DisconnectTestBase(MessagesWithAbortOnly()) {}
};

TEST_F(DisconnectAbortiveTest, TheClientsDataGoesAtOnceAndTheConnectionWithIt) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SendDisconnect(s, "3"), 0);
    EXPECT_EQ(Log(connection()), "disconnect(3)");
    EXPECT_EQ(Receive(s), "WSAECONNABORTED");
    EXPECT_EQ(Send(s, "x"), "WSAESHUTDOWN");
    EXPECT_EQ(ReceiveDisconnect(s), "");
    EXPECT_EQ(SendDisconnect(s), 0);
    EXPECT_EQ(SendDisconnect(s, "4"), WSAESHUTDOWN);
    EXPECT_EQ(Shutdown(s, SD_BOTH), 0);
    EXPECT_EQ(Close(s), 0);
    EXPECT_EQ(Log(connection()), "disconnect(3) detach(abortive)");
  });
}

TEST_F(DisconnectAbortiveTest, TheConfirmationOfOurDisconnectIsTheEvent) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_CLOSE), 0);
    EXPECT_EQ(SendDisconnect(s, "3"), 0);
    EXPECT_EQ(Events(s), "");
    Peer([](FakeConnection& peer) { peer.ConfirmsDisconnect(); });
    EXPECT_EQ(Events(s), "FD_CLOSE");
    EXPECT_EQ(Log(connection()), "disconnect(3) detach(abortive)");
    EXPECT_EQ(PeerName(s), "h2:5000");
    EXPECT_EQ(Close(s), 0);
  });
}

TEST_F(DisconnectAbortiveTest, TheServerReadsTheDataAndHasNoConnectionToAnswerOn) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_CLOSE), 0);
    Peer([](FakeConnection& peer) { peer.Disconnects(transport::Cause::kPeerUser, "3"); });
    EXPECT_EQ(Events(s), "FD_CLOSE:10054");
    EXPECT_EQ(Receive(s), "WSAECONNRESET");
    EXPECT_EQ(ReceiveDisconnect(s), "3");
    EXPECT_EQ(SendDisconnect(s, "12"), WSAECONNRESET);
    EXPECT_EQ(Close(s), 0);
  });
}

TEST_F(DisconnectAbortiveTest, ShuttingDownSendingDisconnects) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(Shutdown(s, SD_SEND), 0);
    EXPECT_EQ(Log(connection()), "disconnect()");
    const SOCKET other = NewConnection();
    EXPECT_EQ(Shutdown(other, SD_RECEIVE), 0);
    EXPECT_EQ(Log(connection()), "");
  });
}

// No data at all, as in tcp.
class DisconnectStreamTest : public DisconnectTestBase {
 protected:
  DisconnectStreamTest() : DisconnectTestBase(StreamWithRelease()) {}
};

TEST_F(DisconnectStreamTest, DataIsRefusedAndTheProgramEndsWithout) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(SendDisconnect(s, "3"), WSAENOPROTOOPT);
    EXPECT_EQ(Log(connection()), "");
    EXPECT_EQ(SendDisconnect(s), 0);
    EXPECT_EQ(Log(connection()), "release()");
    Peer([](FakeConnection& peer) { peer.Releases(); });
    EXPECT_EQ(Receive(s), "");
    EXPECT_EQ(ReceiveDisconnect(s), "WSAENOPROTOOPT");
    EXPECT_EQ(Receive(s), "");  // It has shut down nothing.
    int error = 0;
    EXPECT_EQ(calls().lpWSPRecvDisconnect(s, nullptr, &error), 0);
    EXPECT_EQ(Receive(s), "WSAESHUTDOWN");
  });
}

// An answer with less room than a first release has.
class DisconnectReplyTest : public DisconnectTestBase {
 protected:
  DisconnectReplyTest() : DisconnectTestBase(ShortReplies()) {}
  static transport::Capabilities ShortReplies() {
    transport::Capabilities capabilities = MessagesWithRelease();
    capabilities.disconnect_reply_data_max = 2;
    return capabilities;
  }
};

TEST_F(DisconnectReplyTest, TheRoomDependsOnWhoReleasesFirst) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.Releases(); });
    EXPECT_EQ(SendDisconnect(s, "123"), WSAEFAULT);
    EXPECT_EQ(SendDisconnect(s, "12"), 0);
  });
}

TEST_F(DisconnectReplyTest, WhatTheTwoEndsAgreedOnCounts) {
  Run([&] {
    settings().agreed = settings().capabilities;
    settings().agreed->disconnect_data_max = 4;
    const SOCKET s = NewConnection();
    EXPECT_EQ(SendDisconnect(s, "12345"), WSAEFAULT);
    EXPECT_EQ(SendDisconnect(s, "1234"), 0);
  });
}

TEST_F(DisconnectReplyTest, DataThatWaitedIsCutWhenThePeerReleasesFirst) {
  Run([&] {
    settings().send_room = 2;
    const SOCKET s = NewConnection();
    EXPECT_EQ(SetNonblocking(s), 0);
    EXPECT_EQ(Send(s, "data"), "4");
    EXPECT_EQ(SendDisconnect(s, "123"), 0);
    Peer([](FakeConnection& peer) { peer.Releases(); });
    Peer([](FakeConnection& peer) { peer.Acknowledges(2); });
    EXPECT_EQ(Log(connection()), "release(12)");
  });
}

}  // namespace
}  // namespace engine
