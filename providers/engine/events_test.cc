// WSAEventSelect, WSAEnumNetworkEvents, select, and what of them the trace shows.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/engine/testing/engine_test_base.h"

namespace engine {
namespace {

class EventsTest : public EngineTestBase {
 protected:
  EventsTest() : EngineTestBase(StreamWithRelease()) {}

  FakeConnection& connection() { return transport().last(); }
  void Peer(std::function<void(FakeConnection&)> act) {
    After(absl::Milliseconds(1), [this, act = std::move(act)] { act(connection()); });
    Sleep(absl::Milliseconds(1));
  }
};

TEST_F(EventsTest, ASocketConnectedBeforeSelectingTellsOfIt) {
  Run([&] {
    const SOCKET s = NewConnection();
    const WSAEVENT event = NewEvent();
    EXPECT_EQ(EventSelect(s, event), 0);
    EXPECT_TRUE(IsSet(event));
    EXPECT_EQ(Events(s), "FD_WRITE FD_CONNECT");
    EXPECT_TRUE(IsSet(event));  // Without a handle nothing is reset.
  });
}

TEST_F(EventsTest, ABoundSocketThatIsNotConnectedTellsNothing) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(Bind(s, "*:5000"), 0);
    EXPECT_EQ(EventSelect(s, NewEvent()), 0);
    EXPECT_EQ(Events(s), "");
    EXPECT_EQ(Select(s), "");
  });
}

TEST_F(EventsTest, ReadComesAgainWhenAReceiveLeavesData) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_READ), 0);
    Peer([](FakeConnection& peer) { peer.Sends("hello"); });
    EXPECT_EQ(Events(s), "FD_READ");
    EXPECT_EQ(Events(s), "");
    EXPECT_EQ(Receive(s, 2), "he");
    EXPECT_EQ(Events(s), "FD_READ");
    EXPECT_EQ(Receive(s, 2, MSG_PEEK), "ll");  // A peek is a receive, too.
    EXPECT_EQ(Events(s), "FD_READ");
    EXPECT_EQ(Receive(s), "llo");
    EXPECT_EQ(Events(s), "");
  });
}

TEST_F(EventsTest, EveryArrivalIsRecordedThoughTheFirstIsUnread) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_READ), 0);
    Peer([](FakeConnection& peer) { peer.Sends("a"); });
    EXPECT_EQ(Events(s), "FD_READ");
    Peer([](FakeConnection& peer) { peer.Sends("b"); });
    EXPECT_EQ(Events(s), "FD_READ");
  });
}

TEST_F(EventsTest, WhatAReceiveTakesBeforeAnybodyAskedIsNoEvent) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.Sends("hello"); });
    EXPECT_EQ(Receive(s), "hello");
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_READ), 0);
    EXPECT_EQ(Events(s), "");
  });
}

TEST_F(EventsTest, AReceiveThatWaitsTakesTheArrivalFromTheRecord) {
  Run([&] {
    const SOCKET s = NewConnection();
    Thread([&, s] { EXPECT_EQ(Receive(s), "hello"); });
    Peer([](FakeConnection& peer) { peer.Sends("hello"); });
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_READ), 0);
    EXPECT_EQ(Events(s), "");
    Sleep(absl::Milliseconds(1));
  });
}

// Windows records the release when it arrives; the page, when all data has been read.
TEST_F(EventsTest, CloseIsRecordedThoughDataIsUnread) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_READ | winsock::FD_CLOSE), 0);
    Peer([](FakeConnection& peer) {
      peer.Sends("hello");
      peer.Releases();
    });
    EXPECT_EQ(Events(s), "FD_READ FD_CLOSE");
    EXPECT_EQ(Receive(s, 2), "he");
    EXPECT_EQ(Events(s), "FD_READ");
    EXPECT_EQ(Receive(s), "llo");
    EXPECT_EQ(Receive(s), "");
    EXPECT_EQ(Events(s), "");
  });
}

TEST_F(EventsTest, SelectingMakesNonblockingUntilNothingIsSelected) {
  Run([&] {
    const SOCKET s = NewConnection();
    EXPECT_EQ(EventSelect(s, NewEvent(), winsock::FD_READ), 0);
    EXPECT_EQ(Receive(s), "WSAEWOULDBLOCK");
    EXPECT_EQ(SetNonblocking(s, false), WSAEINVAL);
    EXPECT_EQ(EventSelect(s, nullptr, 0), 0);
    EXPECT_EQ(Receive(s), "WSAEWOULDBLOCK");
    EXPECT_EQ(SetNonblocking(s, false), 0);
    Peer([](FakeConnection& peer) { peer.Sends("x"); });
    EXPECT_EQ(Receive(s), "x");
  });
}

TEST_F(EventsTest, BadArgumentsChangeNothing) {
  Run([&] {
    const SOCKET s = NewConnection();
    const WSAEVENT event = NewEvent();
    EXPECT_EQ(EventSelect(s, nullptr, winsock::FD_READ), WSAEINVAL);
    EXPECT_EQ(EventSelect(s, event, 1 << 10), WSAEINVAL);
    EXPECT_EQ(EventSelect(s, event), 0);
    int error = 0;
    EXPECT_EQ(calls().lpWSPEnumNetworkEvents(s, event, nullptr, &error), SOCKET_ERROR);
    EXPECT_EQ(error, WSAEFAULT);
    EXPECT_EQ(Events(s, reinterpret_cast<WSAEVENT>(0x4444)), "WSAEINVAL");
    EXPECT_EQ(Events(s, event), "FD_WRITE FD_CONNECT");  // None of these has cleared it.
    EXPECT_EQ(calls().lpWSPAsyncSelect(s, nullptr, 0, 0, &error), SOCKET_ERROR);
    EXPECT_EQ(error, WSAEOPNOTSUPP);
  });
}

TEST_F(EventsTest, SelectWaitsForTheFirstChange) {
  Run([&] {
    const SOCKET s = NewConnection();
    settings().send_room = 0;
    const SOCKET full = NewConnection();
    EXPECT_EQ(Select(full), "");
    After(absl::Milliseconds(10), [this] { connection().Sends("x"); });
    EXPECT_EQ(Select(full, absl::Seconds(1)), "r");
    EXPECT_EQ(now(), sim::Time::Zero() + absl::Milliseconds(12));
    EXPECT_EQ(Select(s), "w");
  });
}

TEST_F(EventsTest, SelectGivesUpInTime) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    EXPECT_EQ(Select(listener, absl::Microseconds(1'500'000)), "");
    EXPECT_EQ(now(), sim::Time::Zero() + absl::Microseconds(1'500'000));
  });
}

TEST_F(EventsTest, AfterAResetReadAndWriteAreReady) {
  Run([&] {
    const SOCKET s = NewConnection();
    Peer([](FakeConnection& peer) { peer.Disconnects(); });
    EXPECT_EQ(Select(s), "rw");
  });
}

TEST_F(EventsTest, AHandleClosedMeanwhileEndsTheWait) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    Thread([&, listener] {
      Sleep(absl::Milliseconds(5));
      EXPECT_EQ(Close(listener), 0);
    });
    EXPECT_EQ(Select(listener, absl::Seconds(1)), "rw");
  });
}

TEST_F(EventsTest, SelectJudgesItsArguments) {
  Run([&] {
    const SOCKET s = NewConnection();
    int error = 0;
    const auto select = [&](winsock::fd_set* read, winsock::fd_set* write,
                            const winsock::timeval* timeout) {
      error = 0;
      return calls().lpWSPSelect(0, read, write, nullptr, timeout, &error);
    };
    EXPECT_EQ(select(nullptr, nullptr, nullptr), SOCKET_ERROR);
    EXPECT_EQ(error, WSAEINVAL);
    winsock::fd_set empty = {};
    EXPECT_EQ(select(&empty, &empty, nullptr), SOCKET_ERROR);
    EXPECT_EQ(error, WSAEINVAL);
    winsock::fd_set with_stranger = {2, {s, s + 400}};
    EXPECT_EQ(select(nullptr, &with_stranger, nullptr), SOCKET_ERROR);
    EXPECT_EQ(error, WSAENOTSOCK);
    EXPECT_EQ(with_stranger.fd_count, 2u);
    winsock::fd_set good = {1, {s}};
    for (const winsock::timeval& timeout :
         {winsock::timeval{-1, 0}, winsock::timeval{0, -1}, winsock::timeval{0, 1'000'000}}) {
      EXPECT_EQ(select(nullptr, &good, &timeout), SOCKET_ERROR);
      EXPECT_EQ(error, WSAEINVAL);
    }
  });
}

TEST_F(EventsTest, DuplicatesInASetCountOnceAndOneSetMayBePassedTwice) {
  Run([&] {
    const SOCKET s = NewConnection();
    const SOCKET idle = NewSocket();
    winsock::fd_set set = {3, {s, idle, s}};
    const winsock::timeval now = {0, 0};
    int error = 0;
    EXPECT_EQ(calls().lpWSPSelect(0, nullptr, &set, nullptr, &now, &error), 1);
    EXPECT_EQ(set.fd_count, 1u);
    EXPECT_EQ(set.fd_array[0], s);
    Peer([](FakeConnection& peer) { peer.Sends("x"); });
    EXPECT_EQ(calls().lpWSPSelect(0, &set, &set, nullptr, &now, &error), 2);
    EXPECT_EQ(set.fd_count, 1u);
  });
}

// What the trace shows of sockets, one line an event.
class TraceLines final : public sim::TraceListener {
 public:
  void OnTraceEvent(const sim::TraceEvent& event) override {
    if (event.kind == sim::TraceKind::kState) {
      lines.push_back(absl::StrCat(event.subject, " ", event.name));
    } else if (event.kind == sim::TraceKind::kNetworkEvent) {
      lines.push_back(absl::StrCat(event.subject, " ", event.name, " ", event.numbers[0]));
    }
  }
  std::vector<std::string> lines;
};

TEST_F(EventsTest, TheTraceShowsStatesAndEvents) {
  TraceLines trace;
  world().trace().AddListener(trace, /*wants_text=*/false);
  Run([&] {
    const SOCKET client = NewConnection();
    Peer([](FakeConnection& peer) { peer.Sends("a"); });
    Peer([](FakeConnection& peer) { peer.Sends("b"); });  // Recorded already: no second line.
    Peer([](FakeConnection& peer) { peer.Disconnects(); });
    EXPECT_EQ(Close(client), 0);
    const SOCKET listener = NewListener(5000);
    After(absl::Milliseconds(1), [this] { transport().Request(5000, "h2:1")->Sends("early"); });
    Accept(listener);
  });
  EXPECT_THAT(trace.lines,
              ::testing::ElementsAre(
                  "4 unbound", "4 connecting", "4 connected", "4 FD_CONNECT 0", "4 FD_WRITE 0",
                  "4 FD_READ 0", "4 aborted", "4 FD_CLOSE 10054", "4 closed",  // the client
                  "8 unbound", "8 bound", "8 listening",                       // the listener
                  "12 connected", "12 FD_READ 0", "12 FD_WRITE 0",             // as accept returns
                  "8 closed", "12 closed"));                                   // the process ends
}

}  // namespace
}  // namespace engine
