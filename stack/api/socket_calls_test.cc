// Making sockets: which provider, how it is started, what it is given; and whose a socket is.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/catalog/protocol_info_text.h"
#include "stack/testing/program_test.h"

namespace winsock {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

// What WSPSocket was given.
struct Asked {
  int af = -2, type = -2, protocol = -2;
  WSAPROTOCOL_INFOW info = {};
  GROUP group = 0;
  DWORD flags = 0;
};

class SocketTest : public ProgramTest {
 protected:
  SocketTest() {
    provider().On<&WSPPROC_TABLE::lpWSPSocket>([this](int af, int type, int protocol,
                                                      LPWSAPROTOCOL_INFOW info, GROUP group,
                                                      DWORD flags, LPINT lpErrno) {
      asked_ = {af, type, protocol, *info, group, flags};
      return provider().upcalls.lpWPUCreateSocketHandle(info->dwCatalogEntryId, 0, lpErrno);
    });
  }

  static int FailureOf(int af, int type, int protocol) {
    EXPECT_EQ(socket(af, type, protocol), INVALID_SOCKET);
    return WSAGetLastError();
  }

  Asked asked_;
};

TEST_F(SocketTest, AProviderIsStartedForItsFirstSocketOnly) {
  RunStarted([this] {
    EXPECT_THAT(provider().calls, ElementsAre());
    EXPECT_NE(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET);
    EXPECT_NE(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET);
    EXPECT_THAT(provider().calls, ElementsAre("WSPStartup 1001", "WSPSocket", "WSPSocket"));
  });
}

TEST_F(SocketTest, SocketAsksForAnOverlappedOneAndWsaSocketForWhatItIsTold) {
  RunStarted([this] {
    socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    EXPECT_EQ(asked_.flags, WSA_FLAG_OVERLAPPED);
    EXPECT_EQ(asked_.group, 0u);
    EXPECT_EQ(std::u16string(asked_.info.szProtocol), u"fake");

    WSASocketW(AF_INET, 0, IPPROTO_TCP, nullptr, 5, WSA_FLAG_MULTIPOINT_C_LEAF);
    EXPECT_EQ(asked_.af, AF_INET);
    EXPECT_EQ(asked_.type, 0);
    EXPECT_EQ(asked_.protocol, IPPROTO_TCP);
    EXPECT_EQ(asked_.group, 5u);
    EXPECT_EQ(asked_.flags, WSA_FLAG_MULTIPOINT_C_LEAF);
  });
}

TEST_F(SocketTest, TheErrorNamesTheStepThatLeftNoProvider) {
  RunStarted([] {
    EXPECT_EQ(FailureOf(0, SOCK_STREAM, 0), WSAEINVAL);
    EXPECT_EQ(FailureOf(AF_INET, SOCK_RAW, 0), WSAESOCKTNOSUPPORT);
    EXPECT_EQ(FailureOf(AF_INET6, SOCK_STREAM, 0), WSAEAFNOSUPPORT);
    EXPECT_EQ(FailureOf(AF_INET, SOCK_STREAM, IPPROTO_UDP), WSAEPROTONOSUPPORT);
  });
}

TEST_F(SocketTest, AStructureBindsToItsEntryAndTheArgumentsGoThroughAsTheyAre) {
  WSAPROTOCOL_INFOW second = FakeProtocol();
  second.iSocketType = SOCK_SEQPACKET;
  SetProtocolName(second, "second");
  second.dwCatalogEntryId = Install(second);
  RunStarted([&] {
    second.dwProviderReserved = 77;  // a ticket
    EXPECT_NE(WSASocketW(FROM_PROTOCOL_INFO, 0, FROM_PROTOCOL_INFO, &second, 0, 0), INVALID_SOCKET);
    EXPECT_EQ(asked_.af, FROM_PROTOCOL_INFO);
    EXPECT_EQ(asked_.type, 0);
    EXPECT_EQ(asked_.info.dwProviderReserved, 77u);
    EXPECT_THAT(provider().calls, ElementsAre("WSPStartup 1002", "WSPSocket"));

    WSAPROTOCOL_INFOA narrow = ToNarrow(second);
    EXPECT_NE(WSASocketA(0, 0, 0, &narrow, 0, 0), INVALID_SOCKET);
    EXPECT_EQ(asked_.info.dwCatalogEntryId, 1002u);
    EXPECT_EQ(std::u16string(asked_.info.szProtocol), u"second");
    EXPECT_NE(WSASocketA(AF_INET, SOCK_STREAM, 0, nullptr, 0, 0), INVALID_SOCKET);
  });
}

TEST_F(SocketTest, AStructureThatDescribesNoEntryIsRefused) {
  RunStarted([] {
    WSAPROTOCOL_INFOW info = {};
    EXPECT_EQ(WSASocketW(AF_INET, SOCK_STREAM, 0, &info, 0, 0), INVALID_SOCKET);
    EXPECT_EQ(WSAGetLastError(), WSAEAFNOSUPPORT);
    info = FakeProtocol();
    info.dwCatalogEntryId = 77;
    EXPECT_EQ(WSASocketW(AF_INET, SOCK_STREAM, 0, &info, 0, 0), INVALID_SOCKET);
    EXPECT_EQ(WSAGetLastError(), WSAEINVAL);
  });
}

TEST_F(SocketTest, AProviderThatCannotStartIsTriedAgainNextTime) {
  RunStarted([this] {
    provider().startup_result = WSAEPROCLIM;
    EXPECT_EQ(FailureOf(AF_INET, SOCK_STREAM, 0), WSAEPROVIDERFAILEDINIT);
    provider().startup_result = 0;
    EXPECT_NE(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET);
    // What did not start is not cleaned up.
    EXPECT_THAT(provider().calls, ElementsAre("WSPStartup 1001", "WSPStartup 1001", "WSPSocket"));
  });
}

TEST_F(SocketTest, AProviderOfAnotherVersionIsInvalidAndCleanedUp) {
  RunStarted([this] {
    provider().startup_version = MAKEWORD(2, 1);
    EXPECT_EQ(FailureOf(AF_INET, SOCK_STREAM, 0), WSAEINVALIDPROVIDER);
    EXPECT_THAT(provider().calls, ElementsAre("WSPStartup 1001", "WSPCleanup"));
  });
}

TEST_F(SocketTest, AHoleAnywhereInTheProcTableIsRefused) {
  RunStarted([this] {
    constexpr int kCleanup = 6;
    for (int hole = 1; hole <= 30; ++hole) {
      provider().calls.clear();
      provider().hole = hole;
      EXPECT_EQ(FailureOf(AF_INET, SOCK_STREAM, 0), WSAEINVALIDPROCTABLE) << hole;
      EXPECT_EQ(provider().calls.size(), hole == kCleanup ? 1u : 2u) << hole;
    }
    provider().hole = 0;
    EXPECT_NE(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET);
  });
}

TEST_F(SocketTest, TheProvidersErrorBecomesTheThreads) {
  RunStarted([this] {
    provider().Fail<&WSPPROC_TABLE::lpWSPSocket>(WSAEACCES);
    EXPECT_EQ(FailureOf(AF_INET, SOCK_STREAM, 0), WSAEACCES);
  });
}

TEST_F(SocketTest, AFailureWithoutACodeIsASystemCallFailure) {
  RunStarted([this] {
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    provider().Fail<&WSPPROC_TABLE::lpWSPBind>(0);
    EXPECT_EQ(bind(s, nullptr, 0), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSASYSCALLFAILURE);
  });
}

TEST_F(SocketTest, TheHandleIsJudgedBeforeEverythingElse) {
  RunStarted([this] {
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(closesocket(s), 0);
    provider().calls.clear();
    for (SOCKET none : {s, s + 1, INVALID_SOCKET, SOCKET{0}}) {
      EXPECT_EQ(bind(none, nullptr, -1), SOCKET_ERROR);
      EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
      EXPECT_EQ(getsockname(none, nullptr, nullptr), SOCKET_ERROR);
      EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
      EXPECT_EQ(getpeername(none, nullptr, nullptr), SOCKET_ERROR);
      EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
      EXPECT_EQ(closesocket(none), SOCKET_ERROR);
      EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
    }
    EXPECT_THAT(provider().calls, ElementsAre());
  });
}

TEST_F(SocketTest, ASocketBelongsToTheProcessThatMadeIt) {
  SOCKET s = INVALID_SOCKET;
  world_.Declare("owner", [&] {
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
    s = socket(AF_INET, SOCK_STREAM, 0);
    TestWorld::Sleep(10);
    EXPECT_EQ(closesocket(s), 0);
  });
  RunStarted([&] {
    TestWorld::Sleep(5);
    EXPECT_EQ(closesocket(s), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
  });
}

TEST_F(SocketTest, AnEventIsNoSocket) {
  RunStarted([] {
    WSAEVENT event = WSACreateEvent();
    EXPECT_EQ(closesocket(reinterpret_cast<SOCKET>(event)), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
  });
}

TEST_F(SocketTest, NamesGoToTheProviderAndComeBack) {
  provider().On<&WSPPROC_TABLE::lpWSPGetPeerName>([](SOCKET, sockaddr* name, LPINT namelen, LPINT) {
    sockaddr_in peer = {};
    peer.sin_family = AF_INET;
    peer.sin_port = htons(5000);
    *reinterpret_cast<sockaddr_in*>(name) = peer;
    *namelen = sizeof peer;
    return 0;
  });
  RunStarted([this] {
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in name = {};
    name.sin_family = AF_INET;
    int length = sizeof name;
    EXPECT_EQ(bind(s, reinterpret_cast<sockaddr*>(&name), length), 0);
    EXPECT_EQ(getpeername(s, reinterpret_cast<sockaddr*>(&name), &length), 0);
    EXPECT_EQ(ntohs(name.sin_port), 5000);
    EXPECT_THAT(provider().calls, Contains("WSPBind 4"));
    EXPECT_THAT(provider().calls, Contains("WSPGetPeerName 4"));
    EXPECT_EQ(provider().calls.back(), "WSPAddressToString");  // for those who read the trace
  });
}

TEST_F(SocketTest, AChainIsStartedWithItsOwnInfo) {
  WSAPROTOCOL_INFOW layer = FakeProtocol();
  layer.ProtocolChain.ChainLen = LAYERED_PROTOCOL;
  DWORD layer_id = Install(layer);
  WSAPROTOCOL_INFOW chain = FakeProtocol();
  chain.iSocketType = SOCK_RDM;
  chain.ProtocolChain = {2, {layer_id, 1001}};
  Install(chain);
  RunStarted([this] {
    EXPECT_NE(socket(AF_INET, SOCK_RDM, 0), INVALID_SOCKET);
    EXPECT_THAT(provider().calls, ElementsAre("WSPStartup 1003", "WSPSocket"));
    EXPECT_EQ(asked_.info.ProtocolChain.ChainLen, 2);
  });
}

}  // namespace
}  // namespace winsock
