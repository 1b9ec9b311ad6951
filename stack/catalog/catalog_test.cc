#include "stack/catalog/catalog.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/testing/test_world.h"

namespace winsock {
namespace {

using ::testing::HasSubstr;

int WSPAPI SomeStartup(WORD, LPWSPDATA, LPWSAPROTOCOL_INFOW, WSPUPCALLTABLE, LPWSPPROC_TABLE) {
  return WSASYSNOTREADY;
}

WSAPROTOCOL_INFOW Protocol(int af, int type, int protocol, int chain_length = BASE_PROTOCOL) {
  WSAPROTOCOL_INFOW info = {};
  info.iAddressFamily = af;
  info.iSocketType = type;
  info.iProtocol = protocol;
  info.dwProviderFlags = PFL_MATCHES_PROTOCOL_ZERO;
  info.ProtocolChain.ChainLen = chain_length;
  return info;
}

class CatalogTest : public testing::Test {
 protected:
  DWORD Install(const WSAPROTOCOL_INFOW& info) {
    return catalog().Install(info, SomeStartup, /*path=*/{}).value();
  }
  std::string Refusal(const WSAPROTOCOL_INFOW& info, LPWSPSTARTUP startup = SomeStartup) {
    absl::StatusOr<DWORD> id = catalog().Install(info, startup, /*path=*/{});
    return id.ok() ? "installed" : std::string(id.status().message());
  }
  Catalog& catalog() { return world_.world.slots().Get<Catalog>(); }

  // The id of the entry chosen, or the error.
  DWORD Choose(int af, int type, int protocol) {
    ProviderChoice choice = ChooseEntry(*catalog().view(), af, type, protocol);
    return choice.entry == nullptr ? static_cast<DWORD>(choice.error)
                                   : choice.entry->info.dwCatalogEntryId;
  }

  TestWorld world_;
};

// TCP, UDP, a raw protocol, ISO transport: ids 1001 to 1004.
class ChoiceTest : public CatalogTest {
 protected:
  ChoiceTest() {
    Install(Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP));
    Install(Protocol(AF_INET, SOCK_DGRAM, IPPROTO_UDP));
    WSAPROTOCOL_INFOW raw = Protocol(AF_INET, SOCK_RAW, 0);
    raw.iProtocolMaxOffset = 255;
    raw.dwProviderFlags |= PFL_HIDDEN;
    Install(raw);
    WSAPROTOCOL_INFOW tp4 = Protocol(AF_ISO, SOCK_SEQPACKET, ISOPROTO_TP4);
    tp4.dwProviderFlags = 0;
    Install(tp4);
  }
};

TEST_F(ChoiceTest, TheFirstEntryThatMatchesIsTaken) {
  EXPECT_EQ(Choose(AF_INET, SOCK_STREAM, IPPROTO_TCP), 1001u);
  EXPECT_EQ(Choose(AF_INET, SOCK_DGRAM, IPPROTO_UDP), 1002u);
  EXPECT_EQ(Choose(AF_ISO, SOCK_SEQPACKET, ISOPROTO_TP4), 1004u);
}

TEST_F(ChoiceTest, ZeroIsAWildcardForFamilyAndType) {
  EXPECT_EQ(Choose(AF_UNSPEC, SOCK_DGRAM, IPPROTO_UDP), 1002u);
  EXPECT_EQ(Choose(AF_UNSPEC, SOCK_SEQPACKET, ISOPROTO_TP4), 1004u);
  EXPECT_EQ(Choose(AF_INET, 0, IPPROTO_UDP), 1002u);
}

TEST_F(ChoiceTest, ProtocolZeroMatchesOnlyEntriesThatSaySo) {
  EXPECT_EQ(Choose(AF_INET, SOCK_STREAM, 0), 1001u);
  EXPECT_EQ(Choose(AF_INET, 0, 0), 1001u);
  EXPECT_EQ(Choose(AF_ISO, SOCK_SEQPACKET, 0), static_cast<DWORD>(WSAEPROTONOSUPPORT));
}

TEST_F(ChoiceTest, AnEntryMayCoverARangeOfProtocols) {
  EXPECT_EQ(Choose(AF_INET, SOCK_RAW, 1), 1003u);
  EXPECT_EQ(Choose(AF_INET, SOCK_RAW, 255), 1003u);
  EXPECT_EQ(Choose(AF_INET, SOCK_RAW, 256), static_cast<DWORD>(WSAEPROTONOSUPPORT));
}

TEST_F(ChoiceTest, NeitherFamilyNorProtocolIsInvalidWhateverTheType) {
  for (int type : {0, SOCK_STREAM, SOCK_RAW, 77}) {
    EXPECT_EQ(Choose(AF_UNSPEC, type, 0), static_cast<DWORD>(WSAEINVAL)) << type;
  }
}

TEST_F(ChoiceTest, AnUnknownTypeIsNamedBeforeTheFamily) {
  EXPECT_EQ(Choose(77, 77, 77), static_cast<DWORD>(WSAESOCKTNOSUPPORT));
  EXPECT_EQ(Choose(AF_INET, SOCK_RDM, 0), static_cast<DWORD>(WSAESOCKTNOSUPPORT));
  EXPECT_EQ(Choose(-1, -1, -1), static_cast<DWORD>(WSAESOCKTNOSUPPORT));
}

TEST_F(ChoiceTest, AKnownTypeInTheWrongFamilyIsAFamilyError) {
  EXPECT_EQ(Choose(AF_ISO, SOCK_STREAM, IPPROTO_TCP), static_cast<DWORD>(WSAEAFNOSUPPORT));
  EXPECT_EQ(Choose(77, SOCK_STREAM, 77), static_cast<DWORD>(WSAEAFNOSUPPORT));
}

TEST_F(ChoiceTest, AProtocolOfAnotherTypeIsNotSupported) {
  EXPECT_EQ(Choose(AF_INET, SOCK_STREAM, IPPROTO_UDP), static_cast<DWORD>(WSAEPROTONOSUPPORT));
  EXPECT_EQ(Choose(AF_INET, SOCK_STREAM, INT32_MIN), static_cast<DWORD>(WSAEPROTONOSUPPORT));
}

TEST_F(CatalogTest, ALayerIsNeverChosenAndNoPartialMatch) {
  Install(Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP, LAYERED_PROTOCOL));
  EXPECT_EQ(Choose(AF_INET, SOCK_STREAM, IPPROTO_TCP), static_cast<DWORD>(WSAESOCKTNOSUPPORT));
}

TEST_F(CatalogTest, AnEmptyCatalogKnowsNoType) {
  EXPECT_EQ(Choose(AF_INET, SOCK_STREAM, 0), static_cast<DWORD>(WSAESOCKTNOSUPPORT));
}

TEST_F(CatalogTest, AStructureNamesItsEntryById) {
  WSAPROTOCOL_INFOW info = Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  Install(info);
  info.dwCatalogEntryId = Install(info);
  EXPECT_EQ(EntryOf(*catalog().view(), info).entry->info.dwCatalogEntryId, 1002u);
}

TEST_F(CatalogTest, AStructureOfNothingDescribesNoEntry) {
  DWORD id = Install(Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP));
  for (int empty : {0, -1}) {
    WSAPROTOCOL_INFOW info = Protocol(empty, empty, empty);
    info.dwCatalogEntryId = id;
    EXPECT_EQ(EntryOf(*catalog().view(), info).error, WSAEAFNOSUPPORT);
  }
}

TEST_F(CatalogTest, AStructureOfAnUnknownEntryOrALayerIsInvalid) {
  WSAPROTOCOL_INFOW info = Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP, LAYERED_PROTOCOL);
  info.dwCatalogEntryId = 77;
  EXPECT_EQ(EntryOf(*catalog().view(), info).error, WSAEINVAL);
  info.dwCatalogEntryId = Install(info);
  EXPECT_EQ(EntryOf(*catalog().view(), info).error, WSAEINVAL);
}

TEST_F(CatalogTest, AViewDoesNotSeeWhatIsInstalledLater) {
  std::shared_ptr<const CatalogView> before = catalog().view();
  DWORD id = Install(Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP));
  EXPECT_EQ(FindEntry(*before, id), nullptr);
  EXPECT_NE(FindEntry(*catalog().view(), id), nullptr);
}

TEST_F(CatalogTest, AChainStandsOnInstalledMembers) {
  DWORD layer = Install(Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP, LAYERED_PROTOCOL));
  DWORD base = Install(Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP));
  WSAPROTOCOL_INFOW chain = Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP, 2);
  chain.ProtocolChain.ChainEntries[0] = layer;
  chain.ProtocolChain.ChainEntries[1] = base;
  EXPECT_EQ(Refusal(chain), "installed");

  chain.ProtocolChain.ChainEntries[0] = 77;
  EXPECT_THAT(Refusal(chain), HasSubstr("77 is not installed"));
  chain.ProtocolChain.ChainEntries[0] = base;
  EXPECT_THAT(Refusal(chain), HasSubstr("is no layer"));
  chain.ProtocolChain.ChainEntries[0] = layer;
  chain.ProtocolChain.ChainEntries[1] = layer;
  EXPECT_THAT(Refusal(chain), HasSubstr("twice"));
  chain.ProtocolChain = {3, {layer, layer, base}};
  EXPECT_THAT(Refusal(chain), HasSubstr("twice"));
}

TEST_F(CatalogTest, AChainEndsInABaseProtocol) {
  DWORD upper = Install(Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP, LAYERED_PROTOCOL));
  DWORD lower = Install(Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP, LAYERED_PROTOCOL));
  WSAPROTOCOL_INFOW chain = Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  chain.ProtocolChain = {2, {upper, lower}};
  EXPECT_THAT(Refusal(chain), HasSubstr("is no base protocol"));
}

TEST_F(CatalogTest, AnEntryNeedsAStartupFunctionAndAChainLengthInRange) {
  EXPECT_THAT(Refusal(Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP), nullptr),
              HasSubstr("WSPStartup"));
  EXPECT_EQ(Refusal(Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP, 8)), "ChainLen 8");
  EXPECT_EQ(Refusal(Protocol(AF_INET, SOCK_STREAM, IPPROTO_TCP, -1)), "ChainLen -1");
}

}  // namespace
}  // namespace winsock
