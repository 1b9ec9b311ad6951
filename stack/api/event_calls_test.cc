// Event objects, waiting for them, and which event objects may be selected.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/testing/program_test.h"

namespace winsock {
namespace {

using ::testing::ElementsAre;

class EventTest : public ProgramTest {
 protected:
  // Another thread of the process does something after so many milliseconds.
  static void Later(int64_t milliseconds, std::function<void()> action) {
    sim::Thread::Current()->process().StartThread([milliseconds, action] {
      TestWorld::Sleep(milliseconds);
      action();
    });
  }
  static DWORD WaitAny(std::vector<WSAEVENT> events, DWORD timeout = WSA_INFINITE) {
    return WSAWaitForMultipleEvents(static_cast<DWORD>(events.size()), events.data(), FALSE,
                                    timeout, FALSE);
  }
  static DWORD WaitAll(std::vector<WSAEVENT> events, DWORD timeout = WSA_INFINITE) {
    return WSAWaitForMultipleEvents(static_cast<DWORD>(events.size()), events.data(), TRUE, timeout,
                                    FALSE);
  }
};

TEST_F(EventTest, AnEventIsMadeUnsetAndStaysSetUntilReset) {
  RunStarted([] {
    WSAEVENT event = WSACreateEvent();
    EXPECT_EQ(WaitAny({event}, 0), WSA_WAIT_TIMEOUT);
    EXPECT_TRUE(WSASetEvent(event));
    EXPECT_EQ(WaitAny({event}, 0), WSA_WAIT_EVENT_0);
    EXPECT_EQ(WaitAny({event}, 0), WSA_WAIT_EVENT_0);
    EXPECT_TRUE(WSAResetEvent(event));
    EXPECT_EQ(WaitAny({event}, 0), WSA_WAIT_TIMEOUT);
  });
}

TEST_F(EventTest, WhatIsNoEventOfTheProcessIsAnInvalidHandle) {
  WSAEVENT theirs = WSA_INVALID_EVENT;
  world_.Declare("other", [&] {
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
    theirs = WSACreateEvent();
    TestWorld::Sleep(10);
  });
  RunStarted([&] {
    TestWorld::Sleep(5);
    WSAEVENT closed = WSACreateEvent();
    EXPECT_TRUE(WSACloseEvent(closed));
    WSAEVENT socket_handle = reinterpret_cast<WSAEVENT>(socket(AF_INET, SOCK_STREAM, 0));
    for (WSAEVENT none : {WSA_INVALID_EVENT, closed, socket_handle, theirs}) {
      for (auto call : {WSASetEvent, WSAResetEvent, WSACloseEvent}) {
        WSASetLastError(0);
        EXPECT_FALSE(call(none));
        EXPECT_EQ(WSAGetLastError(), WSA_INVALID_HANDLE);
      }
      EXPECT_EQ(WaitAny({none}, 0), WSA_WAIT_FAILED);
      EXPECT_EQ(WSAGetLastError(), WSA_INVALID_HANDLE);
    }
  });
}

TEST_F(EventTest, AWaitEndsWhenAnotherThreadSetsTheEvent) {
  RunStarted([this] {
    WSAEVENT event = WSACreateEvent();
    Later(10, [=] { WSASetEvent(event); });
    EXPECT_EQ(WaitAny({event}), WSA_WAIT_EVENT_0);
    EXPECT_EQ(world_.milliseconds(), 10);
  });
}

TEST_F(EventTest, AWaitEndsAtItsTimeOut) {
  RunStarted([this] {
    WSAEVENT event = WSACreateEvent();
    EXPECT_EQ(WaitAny({event}, 250), WSA_WAIT_TIMEOUT);
    EXPECT_EQ(world_.milliseconds(), 250);
  });
}

TEST_F(EventTest, TheLowestIndexOfThoseSetIsTold) {
  RunStarted([] {
    WSAEVENT events[] = {WSACreateEvent(), WSACreateEvent(), WSACreateEvent()};
    WSASetEvent(events[2]);
    WSASetEvent(events[1]);
    EXPECT_EQ(WaitAny({events[0], events[1], events[2]}), WSA_WAIT_EVENT_0 + 1);
  });
}

TEST_F(EventTest, OneEventMayStandTwiceInAWaitForAny) {
  RunStarted([] {
    WSAEVENT unset = WSACreateEvent();
    WSAEVENT event = WSACreateEvent();
    Later(1, [=] { WSASetEvent(event); });
    EXPECT_EQ(WaitAny({unset, event, event}), WSA_WAIT_EVENT_0 + 1);
  });
}

TEST_F(EventTest, OneEventMayNotStandTwiceInAWaitForAll) {
  RunStarted([] {
    WSAEVENT event = WSACreateEvent();
    WSASetEvent(event);
    EXPECT_EQ(WaitAll({event, event}), WSA_WAIT_FAILED);
    EXPECT_EQ(WSAGetLastError(), WSA_INVALID_PARAMETER);
  });
}

TEST_F(EventTest, AllMustBeSetAtOneMoment) {
  RunStarted([this] {
    WSAEVENT a = WSACreateEvent();
    WSAEVENT b = WSACreateEvent();
    Later(10, [=] { WSASetEvent(a); });
    Later(20, [=] { WSAResetEvent(a); });
    Later(30, [=] { WSASetEvent(b); });
    Later(40, [=] { WSASetEvent(a); });
    EXPECT_EQ(WaitAll({a, b}), WSA_WAIT_EVENT_0);
    EXPECT_EQ(world_.milliseconds(), 40);
    EXPECT_EQ(WaitAll({b, a}), WSA_WAIT_EVENT_0);
    WSAResetEvent(b);
    EXPECT_EQ(WaitAll({a, b}, 5), WSA_WAIT_TIMEOUT);
    EXPECT_EQ(world_.milliseconds(), 45);
  });
}

TEST_F(EventTest, BetweenOneAndSixtyFourEventsCanBeWaitedFor) {
  RunStarted([] {
    std::vector<WSAEVENT> events;
    for (DWORD i = 0; i < WSA_MAXIMUM_WAIT_EVENTS + 1; ++i) events.push_back(WSACreateEvent());
    EXPECT_EQ(WaitAny(events, 0), WSA_WAIT_FAILED);
    EXPECT_EQ(WSAGetLastError(), WSA_INVALID_PARAMETER);
    events.pop_back();
    WSASetEvent(events.back());
    EXPECT_EQ(WaitAny(events, 0), WSA_WAIT_EVENT_0 + 63);
    EXPECT_EQ(WaitAny({}, 0), WSA_WAIT_FAILED);
    EXPECT_EQ(WSAGetLastError(), WSA_INVALID_PARAMETER);
    EXPECT_EQ(WSAWaitForMultipleEvents(1, nullptr, FALSE, 0, FALSE), WSA_WAIT_FAILED);
    EXPECT_EQ(WSAGetLastError(), WSA_INVALID_PARAMETER);
  });
}

TEST_F(EventTest, AnEventClosedWhileAThreadWaitsForItEndsNothing) {
  RunStarted([] {
    WSAEVENT event = WSACreateEvent();
    Later(1, [=] { EXPECT_TRUE(WSACloseEvent(event)); });
    EXPECT_EQ(WaitAny({event}, 10), WSA_WAIT_TIMEOUT);
    EXPECT_EQ(WaitAny({event}, 10), WSA_WAIT_FAILED);
    EXPECT_EQ(WSAGetLastError(), WSA_INVALID_HANDLE);
  });
}

TEST_F(EventTest, RoutinesRunInAnAlertableWaitOnlyAndEndIt) {
  RunStarted([] {
    WSAEVENT event = WSACreateEvent();
    int ran = 0;
    sim::Thread* thread = sim::Thread::Current();
    Later(5, [&ran, thread] { thread->QueueApc([&ran] { ++ran; }); });
    EXPECT_EQ(WaitAny({event}, 10), WSA_WAIT_TIMEOUT);
    EXPECT_EQ(ran, 0);
    // Queued long ago: the wait need not begin.
    EXPECT_EQ(WSAWaitForMultipleEvents(1, &event, FALSE, WSA_INFINITE, TRUE),
              WSA_WAIT_IO_COMPLETION);
    EXPECT_EQ(ran, 1);
    EXPECT_EQ(WSAWaitForMultipleEvents(1, &event, FALSE, 10, TRUE), WSA_WAIT_TIMEOUT);
  });
}

TEST_F(EventTest, EverythingNeedsAStartup) {
  Run([] {
    WSAEVENT event = WSA_INVALID_EVENT;
    EXPECT_EQ(WSACreateEvent(), WSA_INVALID_EVENT);
    EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
    EXPECT_FALSE(WSACloseEvent(event));
    EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
    EXPECT_EQ(WSAWaitForMultipleEvents(0, &event, FALSE, 0, FALSE), WSA_WAIT_FAILED);
    EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
  });
}

TEST_F(EventTest, AnEventObjectIsNeededToSelectEventsAndNoneToStop) {
  RunStarted([this] {
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    provider().calls.clear();
    EXPECT_EQ(WSAEventSelect(s, WSA_INVALID_EVENT, FD_READ), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEINVAL);
    EXPECT_EQ(WSAEventSelect(s, reinterpret_cast<WSAEVENT>(s), FD_READ), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEINVAL);
    EXPECT_EQ(WSAEventSelect(INVALID_SOCKET, WSA_INVALID_EVENT, FD_READ), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
    EXPECT_THAT(provider().calls, ElementsAre());

    EXPECT_EQ(WSAEventSelect(s, WSA_INVALID_EVENT, 0), 0);
    EXPECT_EQ(WSAEventSelect(s, reinterpret_cast<WSAEVENT>(77), 0), 0);
    EXPECT_EQ(WSAEventSelect(s, WSACreateEvent(), FD_READ | FD_CLOSE), 0);
    EXPECT_EQ(world_.log.lines[world_.log.lines.size() - 2],
              "1> WSAEventSelect 4, 8, FD_READ+FD_CLOSE");
  });
}

TEST_F(EventTest, WhatTheProviderRecordedIsReported) {
  provider().On<&WSPPROC_TABLE::lpWSPEnumNetworkEvents>(
      [](SOCKET, WSAEVENT, LPWSANETWORKEVENTS events, LPINT lpErrno) {
        if (events == nullptr) {
          *lpErrno = WSAEFAULT;
          return SOCKET_ERROR;
        }
        events->lNetworkEvents = FD_CLOSE;
        events->iErrorCode[FD_CLOSE_BIT] = WSAECONNABORTED;
        return 0;
      });
  RunStarted([] {
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    WSANETWORKEVENTS events = {};
    EXPECT_EQ(WSAEnumNetworkEvents(s, WSA_INVALID_EVENT, &events), 0);
    EXPECT_EQ(events.lNetworkEvents, FD_CLOSE);
    EXPECT_EQ(events.iErrorCode[FD_CLOSE_BIT], WSAECONNABORTED);
    EXPECT_EQ(WSAEnumNetworkEvents(s, WSACreateEvent(), &events), 0);
    EXPECT_EQ(WSAEnumNetworkEvents(s, reinterpret_cast<WSAEVENT>(s), &events), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEINVAL);
    EXPECT_EQ(WSAEnumNetworkEvents(s, WSA_INVALID_EVENT, nullptr), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
  });
}

}  // namespace
}  // namespace winsock
