// Connecting and accepting; above all what goes through WSAAccept's condition function.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/testing/program_test.h"

namespace winsock {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

class ConnectionTest : public ProgramTest {
 protected:
  ConnectionTest() : ProgramTest(ProtocolWithConnectData()) {}

  static WSAPROTOCOL_INFOW ProtocolWithConnectData() {
    WSAPROTOCOL_INFOW info = FakeProtocol();
    info.dwServiceFlags1 |= XP1_CONNECT_DATA;
    return info;
  }

  // A request with caller data "hello" and room for 8 octets of callee data. What the condition
  // function makes of it is the provider's to carry out; this one tells the decision as the error.
  void OfferARequest() {
    provider().On<&WSPPROC_TABLE::lpWSPAccept>([this](SOCKET, sockaddr*, LPINT,
                                                      LPCONDITIONPROC condition, DWORD_PTR data,
                                                      LPINT lpErrno) -> SOCKET {
      char hello[] = "hello";
      char room[8] = {};
      WSABUF caller_data = {5, hello};
      WSABUF callee_data = {sizeof room, room};
      WSABUF id = {0, nullptr};
      GROUP group = 0;
      int decision =
          condition(&id, &caller_data, nullptr, nullptr, &id, &callee_data, &group, data);
      answer_.assign(room, callee_data.len <= sizeof room ? callee_data.len : 0);
      *lpErrno = decision == CF_REJECT ? WSAECONNREFUSED : WSATRY_AGAIN;
      if (decision != CF_ACCEPT) return INVALID_SOCKET;
      return provider().upcalls.lpWPUCreateSocketHandle(1001, 0, lpErrno);
    });
  }

  std::string answer_;
};

int CALLBACK AcceptWithWelcome(LPWSABUF, LPWSABUF lpCallerData, LPQOS, LPQOS, LPWSABUF,
                               LPWSABUF lpCalleeData, GROUP*, DWORD_PTR dwCallbackData) {
  reinterpret_cast<std::string*>(dwCallbackData)->assign(lpCallerData->buf, lpCallerData->len);
  std::string("welcome").copy(lpCalleeData->buf, lpCalleeData->len);
  lpCalleeData->len = 7;
  return CF_ACCEPT;
}

int CALLBACK Reject(LPWSABUF, LPWSABUF, LPQOS, LPQOS, LPWSABUF, LPWSABUF lpCalleeData, GROUP*,
                    DWORD_PTR) {
  lpCalleeData->len = 0;
  return CF_REJECT;
}

TEST_F(ConnectionTest, TheConditionFunctionGetsTheCallersDataAndItsOwn) {
  OfferARequest();
  RunWithSocket([this](SOCKET s) {
    std::string caller_data;
    SOCKET accepted = WSAAccept(s, nullptr, nullptr, AcceptWithWelcome,
                                reinterpret_cast<DWORD_PTR>(&caller_data));
    EXPECT_NE(accepted, INVALID_SOCKET);
    EXPECT_EQ(caller_data, "hello");
    EXPECT_EQ(answer_, "welcome");
  });
  EXPECT_THAT(world_.log.lines, Contains("1> condition function none"));
  EXPECT_THAT(world_.log.octets, Contains("hello"));
  EXPECT_THAT(world_.log.octets, Contains("welcome"));
}

TEST_F(ConnectionTest, TheDecisionIsTheProvidersToCarryOut) {
  OfferARequest();
  RunWithSocket([](SOCKET s) {
    EXPECT_EQ(WSAAccept(s, nullptr, nullptr, Reject, 0), INVALID_SOCKET);
    EXPECT_EQ(WSAGetLastError(), WSAECONNREFUSED);
  });
}

// Calls everything that could wait, and a few that cannot.
int CALLBACK TryToBlock(LPWSABUF, LPWSABUF, LPQOS, LPQOS, LPWSABUF, LPWSABUF, GROUP*,
                        DWORD_PTR dwCallbackData) {
  SOCKET s = *reinterpret_cast<SOCKET*>(dwCallbackData);
  char octet = 0;
  WSABUF buffer = {1, &octet};
  DWORD count = 0;
  DWORD flags = 0;
  fd_set set;
  FD_ZERO(&set);
  FD_SET(s, &set);
  WSAEVENT event = WSACreateEvent();
  EXPECT_NE(event, WSA_INVALID_EVENT);
  EXPECT_EQ(listen(s, 1), 0);

  auto expect_refused = [](int64_t result) {
    EXPECT_EQ(result, SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEINPROGRESS);
    WSASetLastError(0);
  };
  expect_refused(static_cast<int64_t>(accept(s, nullptr, nullptr)));
  expect_refused(static_cast<int64_t>(WSAAccept(s, nullptr, nullptr, TryToBlock, 0)));
  expect_refused(connect(s, nullptr, 0));
  expect_refused(WSAConnect(s, nullptr, 0, nullptr, nullptr, nullptr, nullptr));
  expect_refused(send(s, &octet, 1, 0));
  expect_refused(sendto(s, &octet, 1, 0, nullptr, 0));
  expect_refused(recv(s, &octet, 1, 0));
  expect_refused(recvfrom(s, &octet, 1, 0, nullptr, nullptr));
  expect_refused(WSASend(s, &buffer, 1, &count, 0, nullptr, nullptr));
  expect_refused(WSASendTo(s, &buffer, 1, &count, 0, nullptr, 0, nullptr, nullptr));
  expect_refused(WSARecv(s, &buffer, 1, &count, &flags, nullptr, nullptr));
  expect_refused(WSARecvFrom(s, &buffer, 1, &count, &flags, nullptr, nullptr, nullptr, nullptr));
  expect_refused(WSAIoctl(s, SIO_FLUSH, nullptr, 0, nullptr, 0, &count, nullptr, nullptr));
  expect_refused(select(0, &set, nullptr, nullptr, nullptr));
  expect_refused(closesocket(s));
  expect_refused(WSACleanup());
  EXPECT_EQ(WSAWaitForMultipleEvents(1, &event, FALSE, 0, FALSE), WSA_WAIT_FAILED);
  EXPECT_EQ(WSAGetLastError(), WSAEINPROGRESS);
  return CF_DEFER;
}

TEST_F(ConnectionTest, AConditionFunctionMayNotBlock) {
  OfferARequest();
  RunWithSocket([this](SOCKET s) {
    EXPECT_EQ(WSAAccept(s, nullptr, nullptr, TryToBlock, reinterpret_cast<DWORD_PTR>(&s)),
              INVALID_SOCKET);
    EXPECT_EQ(WSAGetLastError(), WSATRY_AGAIN);
    EXPECT_THAT(provider().calls, ElementsAre("WSPAccept 4", "WSPListen 4"));
    // Outside of it everything may be called again.
    EXPECT_EQ(send(s, "x", 1, 0), 0);
  });
}

TEST_F(ConnectionTest, OtherThreadsMayBlockWhileAConditionFunctionRuns) {
  SOCKET socket_of_both = INVALID_SOCKET;
  provider().On<&WSPPROC_TABLE::lpWSPAccept>([](SOCKET, sockaddr*, LPINT, LPCONDITIONPROC condition,
                                                DWORD_PTR data, LPINT lpErrno) -> SOCKET {
    WSABUF none = {0, nullptr};
    condition(&none, nullptr, nullptr, nullptr, &none, &none, nullptr, data);
    *lpErrno = WSATRY_AGAIN;
    return INVALID_SOCKET;
  });
  RunWithSocket([&](SOCKET s) {
    socket_of_both = s;
    sim::Thread::Current()->process().StartThread([&] {
      TestWorld::Sleep(1);
      EXPECT_EQ(send(socket_of_both, "x", 1, 0), 0);
    });
    LPCONDITIONPROC sleeps = [](LPWSABUF, LPWSABUF, LPQOS, LPQOS, LPWSABUF, LPWSABUF, GROUP*,
                                DWORD_PTR) -> int {
      TestWorld::Sleep(2);
      return CF_DEFER;
    };
    EXPECT_EQ(WSAAccept(s, nullptr, nullptr, sleeps, 0), INVALID_SOCKET);
  });
}

TEST_F(ConnectionTest, AcceptPassesNoConditionFunction) {
  provider().On<&WSPPROC_TABLE::lpWSPAccept>(
      [](SOCKET, sockaddr*, LPINT, LPCONDITIONPROC condition, DWORD_PTR, LPINT lpErrno) -> SOCKET {
        EXPECT_EQ(condition, nullptr);
        *lpErrno = WSAEWOULDBLOCK;
        return INVALID_SOCKET;
      });
  RunWithSocket([](SOCKET s) {
    EXPECT_EQ(accept(s, nullptr, nullptr), INVALID_SOCKET);
    EXPECT_EQ(WSAGetLastError(), WSAEWOULDBLOCK);
    EXPECT_EQ(WSAAccept(s, nullptr, nullptr, nullptr, 77), INVALID_SOCKET);
  });
}

TEST_F(ConnectionTest, ConnectIsWsaConnectWithoutTheRest) {
  provider().On<&WSPPROC_TABLE::lpWSPConnect>([](SOCKET, const sockaddr*, int namelen,
                                                 LPWSABUF caller, LPWSABUF callee, LPQOS sqos,
                                                 LPQOS gqos, LPINT) {
    EXPECT_EQ(namelen, 16);
    EXPECT_EQ(caller, nullptr);
    EXPECT_EQ(callee, nullptr);
    EXPECT_EQ(sqos, nullptr);
    EXPECT_EQ(gqos, nullptr);
    return 0;
  });
  RunWithSocket([](SOCKET s) {
    sockaddr_in to = {};
    to.sin_family = AF_INET;
    EXPECT_EQ(connect(s, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  });
}

TEST_F(ConnectionTest, WsaConnectCarriesDataBothWays) {
  provider().On<&WSPPROC_TABLE::lpWSPConnect>(
      [](SOCKET, const sockaddr*, int, LPWSABUF caller, LPWSABUF callee, LPQOS, LPQOS, LPINT) {
        EXPECT_EQ(std::string(caller->buf, caller->len), "hello");
        std::string("yes").copy(callee->buf, callee->len);
        callee->len = 3;
        return 0;
      });
  RunWithSocket([](SOCKET s) {
    char hello[] = "hello";
    char room[32];
    WSABUF caller = {5, hello};
    WSABUF callee = {sizeof room, room};
    EXPECT_EQ(WSAConnect(s, nullptr, 0, &caller, &callee, nullptr, nullptr), 0);
    EXPECT_EQ(std::string(room, callee.len), "yes");
  });
  EXPECT_THAT(world_.log.octets, Contains("hello"));
  EXPECT_THAT(world_.log.octets, Contains("yes"));
}

TEST_F(ConnectionTest, ListenPassesTheBacklogAsItIs) {
  provider().On<&WSPPROC_TABLE::lpWSPListen>([](SOCKET, int backlog, LPINT lpErrno) {
    EXPECT_EQ(backlog, SOMAXCONN);
    *lpErrno = WSAEINVAL;
    return SOCKET_ERROR;
  });
  RunWithSocket([](SOCKET s) {
    EXPECT_EQ(listen(s, SOMAXCONN), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEINVAL);
  });
}

}  // namespace
}  // namespace winsock
