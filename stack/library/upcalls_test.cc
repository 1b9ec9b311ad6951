#include "stack/library/upcalls.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/testing/program_test.h"

namespace winsock {
namespace {

using ::testing::ElementsAre;

class UpcallsTest : public ProgramTest {
 protected:
  // Something that happens outside of every thread, as the arrival of a frame does.
  void At(int64_t milliseconds, std::function<void()> event) {
    world_.world.At(sim::Time::Zero() + absl::Milliseconds(milliseconds), std::move(event));
  }

  const WSPUPCALLTABLE upcalls_ = Upcalls();
  const DWORD entry_ = 1001;
  int error_ = 0;
};

TEST_F(UpcallsTest, AProviderSetsAnEventFromWhereNoThreadRuns) {
  WSAEVENT event = WSA_INVALID_EVENT;
  At(10, [&] { EXPECT_TRUE(upcalls_.lpWPUSetEvent(event, &error_)); });
  Run([&] {
    Start();
    event = WSACreateEvent();
    EXPECT_EQ(WSAWaitForMultipleEvents(1, &event, FALSE, WSA_INFINITE, FALSE), WSA_WAIT_EVENT_0);
    EXPECT_EQ(world_.milliseconds(), 10);
    EXPECT_TRUE(upcalls_.lpWPUResetEvent(event, &error_));
    EXPECT_EQ(WSAWaitForMultipleEvents(1, &event, FALSE, 0, FALSE), WSA_WAIT_TIMEOUT);
  });
}

TEST_F(UpcallsTest, AnEventOfAnotherProcessCanBeSet) {
  WSAEVENT event = WSA_INVALID_EVENT;
  world_.Declare("waiting", [&] {
    Start();
    event = WSACreateEvent();
    EXPECT_EQ(WSAWaitForMultipleEvents(1, &event, FALSE, 1000, FALSE), WSA_WAIT_EVENT_0);
  });
  Run([&] {
    TestWorld::Sleep(5);
    EXPECT_TRUE(upcalls_.lpWPUSetEvent(event, &error_));
  });
}

TEST_F(UpcallsTest, ClosedEventsAreInvalidHandles) {
  Run([&] {
    WSAEVENT event = upcalls_.lpWPUCreateEvent(&error_);
    ASSERT_NE(event, WSA_INVALID_EVENT);
    EXPECT_TRUE(upcalls_.lpWPUCloseEvent(event, &error_));
    EXPECT_FALSE(upcalls_.lpWPUCloseEvent(event, &error_));
    EXPECT_EQ(error_, WSA_INVALID_HANDLE);
    EXPECT_FALSE(upcalls_.lpWPUSetEvent(event, &error_));
    EXPECT_FALSE(upcalls_.lpWPUResetEvent(WSA_INVALID_EVENT, &error_));
    EXPECT_EQ(error_, WSA_INVALID_HANDLE);
  });
}

TEST_F(UpcallsTest, WhereNoThreadRunsNothingCanBeMade) {
  At(1, [&] {
    EXPECT_EQ(upcalls_.lpWPUCreateEvent(&error_), WSA_INVALID_EVENT);
    EXPECT_EQ(error_, WSANOTINITIALISED);
    EXPECT_EQ(upcalls_.lpWPUCreateSocketHandle(entry_, 0, &error_), INVALID_SOCKET);
    EXPECT_EQ(error_, WSANOTINITIALISED);
    WSATHREADID id;
    EXPECT_EQ(upcalls_.lpWPUOpenCurrentThread(&id, &error_), SOCKET_ERROR);
    EXPECT_EQ(error_, WSANOTINITIALISED);
  });
  Run([] {});
}

TEST_F(UpcallsTest, OutsideOfEveryRunNothingIsFound) {
  EXPECT_FALSE(upcalls_.lpWPUSetEvent(reinterpret_cast<WSAEVENT>(4), &error_));
  EXPECT_EQ(error_, WSA_INVALID_HANDLE);
  EXPECT_EQ(upcalls_.lpWPUCloseSocketHandle(4, &error_), SOCKET_ERROR);
  EXPECT_EQ(error_, WSAENOTSOCK);
  EXPECT_EQ(upcalls_.lpWPUModifyIFSHandle(entry_, 4, &error_), INVALID_SOCKET);
  EXPECT_EQ(error_, WSAEINVAL);
}

TEST_F(UpcallsTest, ASocketHandleCarriesAContext) {
  Run([&] {
    SOCKET s = upcalls_.lpWPUCreateSocketHandle(entry_, 77, &error_);
    DWORD_PTR context = 0;
    EXPECT_EQ(upcalls_.lpWPUQuerySocketHandleContext(s, &context, &error_), 0);
    EXPECT_EQ(context, 77u);
    EXPECT_EQ(upcalls_.lpWPUCloseSocketHandle(s, &error_), 0);
    EXPECT_EQ(upcalls_.lpWPUCloseSocketHandle(s, &error_), SOCKET_ERROR);
    EXPECT_EQ(error_, WSAENOTSOCK);
    EXPECT_EQ(upcalls_.lpWPUQuerySocketHandleContext(s, &context, &error_), SOCKET_ERROR);
    EXPECT_EQ(error_, WSAENOTSOCK);
  });
}

TEST_F(UpcallsTest, AHandleIsTiedToAnInstalledEntryOnly) {
  Run([&] {
    EXPECT_EQ(upcalls_.lpWPUCreateSocketHandle(77, 0, &error_), INVALID_SOCKET);
    EXPECT_EQ(error_, WSAEINVAL);
    SOCKET s = upcalls_.lpWPUCreateSocketHandle(entry_, 0, &error_);
    EXPECT_EQ(upcalls_.lpWPUModifyIFSHandle(77, s, &error_), INVALID_SOCKET);
    EXPECT_EQ(error_, WSAEINVAL);
    EXPECT_EQ(upcalls_.lpWPUModifyIFSHandle(entry_, s + 4, &error_), INVALID_SOCKET);
  });
}

TEST_F(UpcallsTest, ALayerTiesTheLowerProvidersHandleToItself) {
  WSAPROTOCOL_INFOW layer = FakeProtocol();
  DWORD layer_entry = Install(layer);
  Run([&] {
    Start();
    SOCKET s = upcalls_.lpWPUCreateSocketHandle(entry_, 77, &error_);
    EXPECT_EQ(upcalls_.lpWPUModifyIFSHandle(layer_entry, s, &error_), s);
    EXPECT_EQ(listen(s, 1), 0);
    EXPECT_THAT(FakeProvider::Current().calls, ElementsAre("WSPStartup 1002", "WSPListen 4"));
  });
}

TEST_F(UpcallsTest, AnApcRunsInTheAlertableWaitOfTheThreadThatWasNamed) {
  WSATHREADID id = {};
  std::vector<int> ran;
  LPWSAUSERAPC apc = [](DWORD_PTR context) {
    reinterpret_cast<std::vector<int>*>(context)->push_back(1);
  };
  At(10, [&] {
    EXPECT_EQ(upcalls_.lpWPUQueueApc(&id, apc, reinterpret_cast<DWORD_PTR>(&ran), &error_), 0);
  });
  Run([&] {
    Start();
    WSAEVENT event = WSACreateEvent();
    EXPECT_EQ(upcalls_.lpWPUOpenCurrentThread(&id, &error_), 0);
    EXPECT_EQ(WSAWaitForMultipleEvents(1, &event, FALSE, 20, FALSE), WSA_WAIT_TIMEOUT);
    EXPECT_EQ(ran.size(), 0u);
    EXPECT_EQ(WSAWaitForMultipleEvents(1, &event, FALSE, 20, TRUE), WSA_WAIT_IO_COMPLETION);
    EXPECT_EQ(ran.size(), 1u);
    EXPECT_EQ(upcalls_.lpWPUCloseThread(&id, &error_), 0);
  });
}

TEST_F(UpcallsTest, AnApcForNobodyIsAFault) {
  WSATHREADID id = {};
  LPWSAUSERAPC apc = [](DWORD_PTR) {};
  world_.Declare("gone", [&] { upcalls_.lpWPUOpenCurrentThread(&id, &error_); });
  Run([&] {
    TestWorld::Sleep(1);
    EXPECT_EQ(upcalls_.lpWPUQueueApc(&id, apc, 0, &error_), SOCKET_ERROR);
    EXPECT_EQ(error_, WSAEFAULT);
    EXPECT_EQ(upcalls_.lpWPUQueueApc(nullptr, apc, 0, &error_), SOCKET_ERROR);
    EXPECT_EQ(upcalls_.lpWPUOpenCurrentThread(&id, &error_), 0);
    EXPECT_EQ(upcalls_.lpWPUQueueApc(&id, nullptr, 0, &error_), SOCKET_ERROR);
    EXPECT_EQ(upcalls_.lpWPUOpenCurrentThread(nullptr, &error_), SOCKET_ERROR);
    EXPECT_EQ(upcalls_.lpWPUCloseThread(nullptr, &error_), SOCKET_ERROR);
    EXPECT_EQ(error_, WSAEFAULT);
  });
}

TEST_F(UpcallsTest, ThePathOfAProviderIsAnsweredWholeOrNotAtAll) {
  Run([&] {
    GUID provider = FakeProtocol().ProviderId;
    WCHAR path[4] = {u'x', u'x', u'x', 0};
    int length = 0;
    EXPECT_EQ(upcalls_.lpWPUGetProviderPath(&provider, path, &length, &error_), SOCKET_ERROR);
    EXPECT_EQ(error_, WSAEFAULT);
    EXPECT_EQ(length, 1);
    EXPECT_EQ(upcalls_.lpWPUGetProviderPath(&provider, path, &length, &error_), 0);
    EXPECT_EQ(std::u16string(path), u"");
    GUID unknown = {};
    EXPECT_EQ(upcalls_.lpWPUGetProviderPath(&unknown, path, &length, &error_), SOCKET_ERROR);
    EXPECT_EQ(error_, WSAEINVAL);
    EXPECT_EQ(upcalls_.lpWPUGetProviderPath(&provider, nullptr, &length, &error_), SOCKET_ERROR);
    EXPECT_EQ(error_, WSAEFAULT);
  });
}

TEST_F(UpcallsTest, ThereIsNoBlockingHookAndNoWindow) {
  Run([&] {
    LPBLOCKINGCALLBACK callback = [](DWORD_PTR) -> BOOL { return TRUE; };
    DWORD_PTR context = 77;
    EXPECT_EQ(upcalls_.lpWPUQueryBlockingCallback(entry_, &callback, &context, &error_), 0);
    EXPECT_EQ(callback, nullptr);
    EXPECT_EQ(upcalls_.lpWPUQueryBlockingCallback(77, &callback, &context, &error_), SOCKET_ERROR);
    EXPECT_EQ(error_, WSAEINVAL);
    EXPECT_EQ(upcalls_.lpWPUQueryBlockingCallback(entry_, nullptr, &context, &error_),
              SOCKET_ERROR);
    EXPECT_EQ(error_, WSAEFAULT);
    EXPECT_FALSE(upcalls_.lpWPUPostMessage(nullptr, 0, 0, 0));
  });
}

TEST_F(UpcallsTest, ASetIsSearched) {
  fd_set set;
  FD_ZERO(&set);
  FD_SET(8, &set);
  EXPECT_TRUE(upcalls_.lpWPUFDIsSet(8, &set));
  EXPECT_FALSE(upcalls_.lpWPUFDIsSet(4, &set));
  EXPECT_FALSE(upcalls_.lpWPUFDIsSet(4, nullptr));
}

TEST_F(UpcallsTest, AnOverlappedRequestEndsWithItsCountAndThenItsEvent) {
  Run([&] {
    Start();
    SOCKET s = upcalls_.lpWPUCreateSocketHandle(entry_, 0, &error_);
    WSAOVERLAPPED overlapped = {};
    overlapped.Internal = WSS_OPERATION_IN_PROGRESS;
    overlapped.hEvent = WSACreateEvent();
    EXPECT_EQ(WPUCompleteOverlappedRequest(s, &overlapped, 0, 100, &error_), 0);
    EXPECT_EQ(overlapped.InternalHigh, 100u);
    EXPECT_NE(overlapped.Internal, WSS_OPERATION_IN_PROGRESS);
    EXPECT_EQ(WSAWaitForMultipleEvents(1, &overlapped.hEvent, FALSE, 0, FALSE), WSA_WAIT_EVENT_0);

    EXPECT_EQ(WPUCompleteOverlappedRequest(s + 400, &overlapped, 0, 0, &error_), SOCKET_ERROR);
    EXPECT_EQ(error_, WSAEINVAL);
    EXPECT_EQ(WPUCompleteOverlappedRequest(s, nullptr, 0, 0, &error_), SOCKET_ERROR);
    EXPECT_EQ(error_, WSAEINVAL);
  });
}

}  // namespace
}  // namespace winsock
