// WSPStartup, the catalog entry, WSPSocket, and the calls that are not built.
#include <array>
#include <cstring>

#include "gtest/gtest.h"
#include "providers/engine/engine.h"
#include "providers/engine/testing/engine_test_base.h"

namespace engine {
namespace {

class ProviderTest : public EngineTestBase {
 protected:
  ProviderTest() : EngineTestBase(StreamWithRelease()) {}

  int MakeSocket(int af, int type, int protocol, GROUP g = 0, DWORD flags = 0) {
    int error = 0;
    calls().lpWSPSocket(af, type, protocol, &info(), g, flags, &error);
    return error;
  }
};

TEST_F(ProviderTest, TheTableHasNoHole) {
  Run([&] {
    std::array<void (*)(), 30> entries;
    static_assert(sizeof entries == sizeof(winsock::WSPPROC_TABLE));
    std::memcpy(entries.data(), &calls(), sizeof entries);
    for (size_t i = 0; i < entries.size(); ++i) EXPECT_NE(entries[i], nullptr) << i;
  });
}

TEST_F(ProviderTest, StartupNegotiatesTheVersion) {
  Run([&] {
    winsock::WSPDATA data;
    winsock::WSPPROC_TABLE table;
    const auto startup = [&](WORD version, winsock::WSPDATA* to, winsock::WSPPROC_TABLE* calls) {
      return engine::WSPStartup(version, to, &info(), FakeLibrary::Upcalls(), calls);
    };
    EXPECT_EQ(startup(winsock::MAKEWORD(2, 1), &data, &table), WSAVERNOTSUPPORTED);
    EXPECT_EQ(startup(winsock::MAKEWORD(1, 9), &data, &table), WSAVERNOTSUPPORTED);
    EXPECT_EQ(startup(winsock::MAKEWORD(2, 2), nullptr, &table), WSAEFAULT);
    EXPECT_EQ(startup(winsock::MAKEWORD(2, 2), &data, nullptr), WSAEFAULT);
    EXPECT_EQ(startup(winsock::MAKEWORD(3, 0), &data, &table), 0);
    EXPECT_EQ(data.wVersion, winsock::MAKEWORD(2, 2));
    EXPECT_EQ(data.wHighVersion, winsock::MAKEWORD(2, 2));
  });
}

TEST_F(ProviderTest, NothingCanBeCalledOutsideOfAThread) {
  winsock::WSPDATA data;
  winsock::WSPPROC_TABLE table;
  EXPECT_EQ(
      engine::WSPStartup(winsock::MAKEWORD(2, 2), &data, &info(), FakeLibrary::Upcalls(), &table),
      WSASYSNOTREADY);
  Run([&] {
    const SOCKET s = NewConnection();
    After(absl::Milliseconds(1), [&, s] {
      EXPECT_EQ(Send(s, "x"), "WSANOTINITIALISED");
      EXPECT_EQ(NewSocket(), INVALID_SOCKET);
      EXPECT_EQ(Select(s), "WSANOTINITIALISED");
    });
    Sleep(absl::Milliseconds(1));
  });
}

TEST_F(ProviderTest, ArgumentsMayRepeatTheEntryOrSayNothing) {
  Run([&] {
    EXPECT_EQ(MakeSocket(0, 0, 0), 0);
    EXPECT_EQ(MakeSocket(-1, -1, -1), 0);
    EXPECT_EQ(MakeSocket(kFakeFamily, winsock::SOCK_STREAM, kFakeProtocol), 0);
    EXPECT_EQ(MakeSocket(winsock::AF_INET, 0, 0), WSAEAFNOSUPPORT);
    EXPECT_EQ(MakeSocket(0, winsock::SOCK_DGRAM, 0), WSAESOCKTNOSUPPORT);
    EXPECT_EQ(MakeSocket(0, 0, kFakeProtocol + 1), WSAEPROTONOSUPPORT);
    EXPECT_EQ(MakeSocket(0, 0, 0, /*g=*/1), WSAEINVAL);
    EXPECT_EQ(MakeSocket(0, 0, 0, 0, winsock::WSA_FLAG_MULTIPOINT_C_LEAF), WSAEINVAL);
    EXPECT_EQ(MakeSocket(0, 0, 0, 0, winsock::WSA_FLAG_NO_HANDLE_INHERIT), 0);
  });
}

TEST_F(ProviderTest, AnEntryThatNobodyInstalledIsInvalid) {
  Run([&] {
    int error = 0;
    EXPECT_EQ(calls().lpWSPSocket(0, 0, 0, nullptr, 0, 0, &error), INVALID_SOCKET);
    EXPECT_EQ(error, WSAEFAULT);
    WSAPROTOCOL_INFOW stranger = info();
    stranger.iProtocol = 99;
    EXPECT_EQ(calls().lpWSPSocket(0, 0, 0, &stranger, 0, 0, &error), INVALID_SOCKET);
    EXPECT_EQ(error, WSAEINVAL);
    library().has_no_handles = true;
    EXPECT_EQ(NewSocket(), INVALID_SOCKET);
    EXPECT_EQ(this->error(), WSAENOBUFS);
  });
}

TEST_F(ProviderTest, WhatIsNotBuiltSaysSo) {
  Run([&] {
    const SOCKET s = NewSocket();
    int error = 0;
    EXPECT_EQ(calls().lpWSPJoinLeaf(s, nullptr, 0, nullptr, nullptr, nullptr, nullptr, 0, &error),
              INVALID_SOCKET);
    EXPECT_EQ(error, WSAEOPNOTSUPP);
    WSAPROTOCOL_INFOW duplicate;
    EXPECT_EQ(calls().lpWSPDuplicateSocket(s, 1, &duplicate, &error), SOCKET_ERROR);
    EXPECT_EQ(error, WSAEOPNOTSUPP);
    EXPECT_EQ(calls().lpWSPDuplicateSocket(s, 1, nullptr, &error), SOCKET_ERROR);
    EXPECT_EQ(error, WSAEFAULT);
    WSABUF name = {0, nullptr};
    winsock::QOS qos;
    EXPECT_EQ(calls().lpWSPGetQOSByName(s, &name, &qos, &error), FALSE);
    EXPECT_EQ(error, WSAEOPNOTSUPP);
    EXPECT_EQ(calls().lpWSPGetQOSByName(s, nullptr, &qos, &error), FALSE);
    EXPECT_EQ(error, WSAEFAULT);
    winsock::OVERLAPPED overlapped = {};
    DWORD count = 0;
    DWORD flags = 0;
    EXPECT_EQ(calls().lpWSPGetOverlappedResult(s, &overlapped, &count, FALSE, &flags, &error),
              FALSE);
    EXPECT_EQ(error, WSAEINVAL);
    EXPECT_EQ(calls().lpWSPCancelBlockingCall(&error), SOCKET_ERROR);
    EXPECT_EQ(error, WSAEINVAL);
  });
}

TEST(CatalogEntry, SaysWhatAStreamCanDo) {
  sim::ZeroSource decisions;
  sim::World world(decisions);
  const WSAPROTOCOL_INFOW info = Install(world, FakeRegistration(StreamWithRelease()));
  EXPECT_EQ(info.dwServiceFlags1, winsock::XP1_GUARANTEED_DELIVERY | winsock::XP1_GUARANTEED_ORDER |
                                      winsock::XP1_GRACEFUL_CLOSE | winsock::XP1_EXPEDITED_DATA);
  EXPECT_EQ(info.dwProviderFlags, winsock::PFL_MATCHES_PROTOCOL_ZERO);
  EXPECT_EQ(info.ProtocolChain.ChainLen, 1);
  EXPECT_EQ(info.dwMessageSize, 0u);
  EXPECT_EQ(info.iMinSockAddr, 8);
  EXPECT_EQ(info.iMaxSockAddr, 8);
  EXPECT_EQ(info.iNetworkByteOrder, winsock::BIGENDIAN);
  EXPECT_EQ(std::u16string(info.szProtocol), u"fake");
}

TEST(CatalogEntry, SaysWhatMessagesCanDo) {
  sim::ZeroSource decisions;
  sim::World world(decisions);
  transport::Capabilities capabilities = MessagesWithRelease();
  capabilities.quality_of_service = true;
  const WSAPROTOCOL_INFOW info = Install(world, FakeRegistration(capabilities));
  EXPECT_EQ(info.dwServiceFlags1, winsock::XP1_GUARANTEED_DELIVERY | winsock::XP1_GUARANTEED_ORDER |
                                      winsock::XP1_MESSAGE_ORIENTED | winsock::XP1_PARTIAL_MESSAGE |
                                      winsock::XP1_GRACEFUL_CLOSE | winsock::XP1_CONNECT_DATA |
                                      winsock::XP1_DISCONNECT_DATA | winsock::XP1_QOS_SUPPORTED);
  EXPECT_EQ(info.dwMessageSize, 0xFFFFFFFFu);
}

TEST(CatalogEntry, SaysHowLongAMessageMayBe) {
  sim::ZeroSource decisions;
  sim::World world(decisions);
  transport::Capabilities capabilities = MessagesWithAbortOnly();
  capabilities.message_max = 9000;
  const WSAPROTOCOL_INFOW info = Install(world, FakeRegistration(capabilities));
  EXPECT_EQ(info.dwMessageSize, 9000u);
  EXPECT_EQ(info.dwServiceFlags1 & winsock::XP1_GRACEFUL_CLOSE, 0u);
}

}  // namespace
}  // namespace engine
