// WSAStartup and WSACleanup, what they begin and end; the last error; the byte order.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/testing/program_test.h"

namespace winsock {
namespace {

using ::testing::ElementsAre;

class StartupTest : public ProgramTest {};

TEST_F(StartupTest, TheHigherVersionIsToldAndTheLowerOneUsed) {
  struct {
    WORD requested;
    WORD used;
  } cases[] = {{MAKEWORD(1, 0), MAKEWORD(1, 0)}, {MAKEWORD(1, 1), MAKEWORD(1, 1)},
               {MAKEWORD(2, 0), MAKEWORD(2, 0)}, {MAKEWORD(2, 1), MAKEWORD(2, 1)},
               {MAKEWORD(2, 2), MAKEWORD(2, 2)}, {MAKEWORD(2, 3), MAKEWORD(2, 2)},
               {MAKEWORD(3, 0), MAKEWORD(2, 2)}, {MAKEWORD(1, 9), MAKEWORD(1, 1)}};
  Run([&] {
    for (const auto& each : cases) {
      WSADATA data;
      EXPECT_EQ(WSAStartup(each.requested, &data), 0);
      EXPECT_EQ(data.wVersion, each.used);
      EXPECT_EQ(data.wHighVersion, MAKEWORD(2, 2));
      EXPECT_STREQ(data.szSystemStatus, "Running");
    }
  });
}

TEST_F(StartupTest, LimitsAreToldToVersionOneOnly) {
  Run([] {
    WSADATA data;
    EXPECT_EQ(WSAStartup(MAKEWORD(1, 1), &data), 0);
    EXPECT_GT(data.iMaxSockets, 0);
    EXPECT_EQ(WSAStartup(MAKEWORD(2, 2), &data), 0);
    EXPECT_EQ(data.iMaxSockets, 0);
    EXPECT_EQ(data.iMaxUdpDg, 0);
    EXPECT_EQ(data.lpVendorInfo, nullptr);
  });
}

TEST_F(StartupTest, AVersionBelowTheLowestIsRefused) {
  Run([] {
    WSADATA data;
    EXPECT_EQ(WSAStartup(MAKEWORD(0, 9), &data), WSAVERNOTSUPPORTED);
    EXPECT_EQ(data.wHighVersion, MAKEWORD(2, 2));
    EXPECT_EQ(WSACleanup(), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
  });
}

TEST_F(StartupTest, WithoutRoomForTheAnswerItIsAFault) {
  Run([] {
    EXPECT_EQ(WSAStartup(MAKEWORD(2, 2), nullptr), WSAEFAULT);
    EXPECT_EQ(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET);
    EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
  });
}

TEST_F(StartupTest, AsManyCleanupsAsStartupsEndTheUse) {
  Run([] {
    EXPECT_EQ(Start(MAKEWORD(1, 1)), 0);
    EXPECT_EQ(Start(MAKEWORD(2, 2)), 0);
    EXPECT_EQ(WSACleanup(), 0);
    EXPECT_NE(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET);
    EXPECT_EQ(WSACleanup(), 0);
    EXPECT_EQ(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET);
    EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
    EXPECT_EQ(WSACleanup(), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
  });
}

TEST_F(StartupTest, EachProcessCountsForItself) {
  world_.Declare("other", [] { EXPECT_EQ(Start(), 0); });
  Run([] {
    TestWorld::Sleep(1);
    EXPECT_EQ(WSACleanup(), SOCKET_ERROR);
  });
}

TEST_F(StartupTest, TheThreadsOfAProcessShareTheCount) {
  Run([] {
    EXPECT_EQ(Start(), 0);
    sim::Thread::Current()->process().StartThread(
        [] { EXPECT_NE(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET); });
    TestWorld::Sleep(1);
  });
}

TEST_F(StartupTest, TheLastCleanupStopsEveryProviderAndTheSocketsWithThem) {
  WSAPROTOCOL_INFOW second = FakeProtocol();
  second.iSocketType = SOCK_DGRAM;
  Install(second);
  Run([this] {
    EXPECT_EQ(Start(), 0);
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_NE(socket(AF_INET, SOCK_DGRAM, 0), INVALID_SOCKET);
    EXPECT_EQ(WSACleanup(), 0);
    EXPECT_THAT(provider().calls, ElementsAre("WSPStartup 1001", "WSPSocket", "WSPStartup 1002",
                                              "WSPSocket", "WSPCleanup", "WSPCleanup"));
    EXPECT_EQ(Start(), 0);
    EXPECT_EQ(closesocket(s), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
  });
}

TEST_F(StartupTest, AProviderStartsAgainAfterACleanup) {
  Run([this] {
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(Start(), 0);
      EXPECT_NE(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET);
      EXPECT_EQ(WSACleanup(), 0);
    }
    EXPECT_THAT(provider().calls, ElementsAre("WSPStartup 1001", "WSPSocket", "WSPCleanup",
                                              "WSPStartup 1001", "WSPSocket", "WSPCleanup"));
  });
}

TEST_F(StartupTest, EventObjectsOutliveTheCleanup) {
  Run([] {
    EXPECT_EQ(Start(), 0);
    WSAEVENT event = WSACreateEvent();
    EXPECT_EQ(WSACleanup(), 0);
    EXPECT_FALSE(WSASetEvent(event));
    EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
    EXPECT_EQ(Start(), 0);
    EXPECT_TRUE(WSASetEvent(event));
  });
}

TEST_F(StartupTest, TheEndOfTheProcessIsTheLastCleanup) {
  Run([] {
    EXPECT_EQ(Start(), 0);
    EXPECT_EQ(Start(), 0);
    EXPECT_NE(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET);
  });
  EXPECT_THAT(provider().calls, ElementsAre("WSPStartup 1001", "WSPSocket", "WSPCleanup"));
}

TEST_F(StartupTest, AProgramGoesOnWithTheCatalogThatItStartedWith) {
  Run([this] {
    EXPECT_EQ(Start(), 0);
    WSAPROTOCOL_INFOW later = FakeProtocol();
    later.iSocketType = SOCK_RDM;
    Install(later);
    EXPECT_EQ(socket(AF_INET, SOCK_RDM, 0), INVALID_SOCKET);
    EXPECT_EQ(WSAGetLastError(), WSAESOCKTNOSUPPORT);
    EXPECT_EQ(WSACleanup(), 0);
    EXPECT_EQ(Start(), 0);
    EXPECT_NE(socket(AF_INET, SOCK_RDM, 0), INVALID_SOCKET);
  });
}

TEST_F(StartupTest, TheLastErrorBelongsToTheThread) {
  Run([] {
    EXPECT_EQ(WSAGetLastError(), 0);
    WSASetLastError(WSAETIMEDOUT);
    sim::Thread::Current()->process().StartThread([] {
      EXPECT_EQ(WSAGetLastError(), 0);
      WSASetLastError(WSAEINTR);
    });
    TestWorld::Sleep(1);
    EXPECT_EQ(WSAGetLastError(), WSAETIMEDOUT);
  });
}

TEST_F(StartupTest, SuccessLeavesTheLastErrorAsItIsExceptForASocketMade) {
  Run([] {
    EXPECT_EQ(Start(), 0);
    WSASetLastError(WSAETIMEDOUT);
    WSAEVENT event = WSACreateEvent();
    EXPECT_TRUE(WSASetEvent(event));
    EXPECT_EQ(WSAGetLastError(), WSAETIMEDOUT);
    EXPECT_NE(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET);
    EXPECT_EQ(WSAGetLastError(), 0);
  });
}

TEST(ByteOrder, NetworkOrderIsBigEndianOnEveryMachine) {
  u_long netlong = htonl(0x01020304);
  u_short netshort = htons(0x0102);
  EXPECT_EQ(std::string(reinterpret_cast<char*>(&netlong), 4), "\x01\x02\x03\x04");
  EXPECT_EQ(std::string(reinterpret_cast<char*>(&netshort), 2), "\x01\x02");
  EXPECT_EQ(ntohl(netlong), 0x01020304u);
  EXPECT_EQ(ntohs(netshort), 0x0102);
}

}  // namespace
}  // namespace winsock
