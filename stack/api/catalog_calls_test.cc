#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/catalog/protocol_info_text.h"
#include "stack/testing/program_test.h"

namespace winsock {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The catalog: a stream (protocol 6), a hidden raw entry (0), a layer (6), datagrams (17), a chain
// of the layer over the stream (6).
class EnumProtocolsTest : public ProgramTest {
 protected:
  EnumProtocolsTest()
      : ProgramTest(Protocol("stream", SOCK_STREAM, IPPROTO_TCP, {BASE_PROTOCOL, {}})) {
    constexpr DWORD kStream = 1001;
    Install(Protocol("raw", SOCK_RAW, 0, {BASE_PROTOCOL, {}}, PFL_HIDDEN));
    DWORD layer = Install(Protocol("layer", SOCK_STREAM, IPPROTO_TCP, {LAYERED_PROTOCOL, {}}));
    Install(Protocol("datagrams", SOCK_DGRAM, IPPROTO_UDP, {BASE_PROTOCOL, {}}));
    Install(Protocol("chain", SOCK_STREAM, IPPROTO_TCP, {2, {layer, kStream}}));
  }

  static WSAPROTOCOL_INFOW Protocol(absl::string_view name, int type, int protocol,
                                    const WSAPROTOCOLCHAIN& chain, DWORD flags = 0) {
    WSAPROTOCOL_INFOW info = FakeProtocol();
    SetProtocolName(info, name);
    info.iSocketType = type;
    info.iProtocol = protocol;
    info.ProtocolChain = chain;
    info.dwProviderFlags = flags;
    return info;
  }

  static std::vector<std::string> Names(int* protocols) {
    std::vector<WSAPROTOCOL_INFOA> infos(10);
    DWORD length = static_cast<DWORD>(infos.size() * sizeof infos[0]);
    int count = WSAEnumProtocolsA(protocols, infos.data(), &length);
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) names.push_back(infos[i].szProtocol);
    EXPECT_EQ(length, names.size() * sizeof infos[0]);
    return names;
  }
};

TEST_F(EnumProtocolsTest, BaseProtocolsAndChainsAreToldInTheOrderOfTheCatalog) {
  RunStarted([] { EXPECT_THAT(Names(nullptr), ElementsAre("stream", "datagrams", "chain")); });
}

TEST_F(EnumProtocolsTest, AListSelectsByProtocolAndMayNameUnknownOnes) {
  RunStarted([] {
    int streams[] = {99, IPPROTO_TCP, 0};
    EXPECT_THAT(Names(streams), ElementsAre("stream", "chain"));
    int nobody[] = {99, 0};
    EXPECT_THAT(Names(nobody), IsEmpty());
    int nothing[] = {0};
    EXPECT_THAT(Names(nothing), IsEmpty());
  });
}

TEST_F(EnumProtocolsTest, TheWideFormIsTheCatalogsOwn) {
  RunStarted([] {
    WSAPROTOCOL_INFOW infos[3];
    DWORD length = sizeof infos;
    EXPECT_EQ(WSAEnumProtocolsW(nullptr, infos, &length), 3);
    EXPECT_EQ(std::u16string(infos[0].szProtocol), u"stream");
    EXPECT_EQ(infos[0].dwCatalogEntryId, 1001u);
    EXPECT_EQ(infos[2].ProtocolChain.ChainLen, 2);
    EXPECT_EQ(infos[2].ProtocolChain.ChainEntries[0], 1003u);
  });
}

TEST_F(EnumProtocolsTest, ABufferTooSmallGetsNothingButTheLengthNeeded) {
  RunStarted([] {
    DWORD length = 0;
    EXPECT_EQ(WSAEnumProtocolsA(nullptr, nullptr, &length), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOBUFS);
    EXPECT_EQ(length, 3 * sizeof(WSAPROTOCOL_INFOA));

    WSAPROTOCOL_INFOA infos[3] = {};
    length = sizeof infos - 1;
    EXPECT_EQ(WSAEnumProtocolsA(nullptr, infos, &length), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOBUFS);
    EXPECT_EQ(length, sizeof infos);
    EXPECT_STREQ(infos[0].szProtocol, "");

    EXPECT_EQ(WSAEnumProtocolsA(nullptr, nullptr, &length), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOBUFS);
  });
}

TEST_F(EnumProtocolsTest, WithoutALengthItIsAFault) {
  RunStarted([] {
    WSAPROTOCOL_INFOW info;
    EXPECT_EQ(WSAEnumProtocolsW(nullptr, &info, nullptr), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
  });
}

TEST_F(EnumProtocolsTest, ItNeedsAStartup) {
  Run([] {
    DWORD length = 0;
    EXPECT_EQ(WSAEnumProtocols(nullptr, nullptr, &length), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
  });
}

}  // namespace
}  // namespace winsock
