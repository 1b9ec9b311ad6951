#include "stack/catalog/protocol_info_text.h"

#include <string>

#include "gtest/gtest.h"

namespace winsock {
namespace {

TEST(ProtocolInfoText, TheTwoFormsDifferInTheNamesCharactersOnly) {
  WSAPROTOCOL_INFOW wide = {};
  wide.dwServiceFlags1 = XP1_CONNECT_DATA;
  wide.ProviderId = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
  wide.dwCatalogEntryId = 1004;
  wide.ProtocolChain = {2, {1003, 1001}};
  wide.iAddressFamily = 7;
  wide.iProtocol = 29;
  wide.dwMessageSize = 0xFFFFFFFF;
  wide.dwProviderReserved = 77;
  SetProtocolName(wide, "ISO session");

  WSAPROTOCOL_INFOA narrow = ToNarrow(wide);
  EXPECT_STREQ(narrow.szProtocol, "ISO session");
  EXPECT_EQ(narrow.ProviderId, wide.ProviderId);
  EXPECT_EQ(narrow.ProtocolChain.ChainEntries[1], 1001u);
  EXPECT_EQ(narrow.dwProviderReserved, 77u);

  WSAPROTOCOL_INFOW again = ToWide(narrow);
  EXPECT_EQ(std::u16string(again.szProtocol), u"ISO session");
  EXPECT_EQ(again.dwServiceFlags1, XP1_CONNECT_DATA);
  EXPECT_EQ(again.dwCatalogEntryId, 1004u);
  EXPECT_EQ(again.iAddressFamily, 7);
  EXPECT_EQ(again.iProtocol, 29);
  EXPECT_EQ(again.dwMessageSize, 0xFFFFFFFFu);
}

TEST(ProtocolInfoText, WhatIsNotAsciiBecomesAQuestionMark) {
  WSAPROTOCOL_INFOW wide = {};
  wide.szProtocol[0] = u'\u00fc';
  wide.szProtocol[1] = u'x';
  EXPECT_STREQ(ToNarrow(wide).szProtocol, "?x");

  WSAPROTOCOL_INFOA narrow = {};
  narrow.szProtocol[0] = '\xfc';
  EXPECT_EQ(std::u16string(ToWide(narrow).szProtocol), u"?");
}

TEST(ProtocolInfoText, ANameIsCutWhereTheFieldEnds) {
  WSAPROTOCOL_INFOW wide = {};
  SetProtocolName(wide, std::string(300, 'n'));
  EXPECT_EQ(std::u16string(wide.szProtocol).size(), 255u);
  SetProtocolName(wide, "short");
  EXPECT_EQ(std::u16string(wide.szProtocol), u"short");
}

TEST(ProtocolInfoText, ANameWithoutAnEndStopsAtTheField) {
  WSAPROTOCOL_INFOW wide = {};
  for (WCHAR& c : wide.szProtocol) c = u'n';
  EXPECT_EQ(std::string(ToNarrow(wide).szProtocol), std::string(255, 'n'));
}

}  // namespace
}  // namespace winsock
