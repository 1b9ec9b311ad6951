// WSAAddressToString and WSAStringToAddress: which provider is asked, and the two forms.
#include <cstring>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/testing/program_test.h"

namespace winsock {
namespace {

using ::testing::Contains;

class AddressCallsTest : public ProgramTest {
 protected:
  // The provider writes `text`, as every provider does.
  void WritesText(std::u16string text) {
    provider().On<&WSPPROC_TABLE::lpWSPAddressToString>(
        [text](LPSOCKADDR, DWORD, LPWSAPROTOCOL_INFOW, LPWSTR to, LPDWORD length, LPINT error) {
          const DWORD room = *length;
          *length = static_cast<DWORD>(text.size() + 1);
          if (room < *length) {
            *error = WSAEFAULT;
            return SOCKET_ERROR;
          }
          std::memcpy(to, text.c_str(), *length * sizeof(WCHAR));
          return 0;
        });
  }
  static sockaddr_in Name() {
    sockaddr_in name = {};
    name.sin_family = AF_INET;
    return name;
  }
};

TEST_F(AddressCallsTest, NarrowFormCannotSayWhatIsBeyondAscii) {
  WritesText(u"h\u00e9st:80");
  RunStarted([] {
    sockaddr_in name = Name();
    char text[20];
    DWORD length = sizeof(text);
    EXPECT_EQ(WSAAddressToStringA(reinterpret_cast<sockaddr*>(&name), sizeof(name), nullptr, text,
                                  &length),
              0);
    EXPECT_STREQ(text, "h?st:80");
    EXPECT_EQ(length, 8u);
    length = 7;
    EXPECT_EQ(WSAAddressToStringA(reinterpret_cast<sockaddr*>(&name), sizeof(name), nullptr, text,
                                  &length),
              SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
    EXPECT_EQ(length, 8u);
  });
}

TEST_F(AddressCallsTest, FirstEntryOfTheFamilyIsAskedUnlessAnotherIsNamed) {
  WSAPROTOCOL_INFOW second = FakeProtocol();
  second.iProtocol = 99;
  const DWORD second_id = Install(second);
  std::vector<DWORD> asked;
  provider().On<&WSPPROC_TABLE::lpWSPStringToAddress>(
      [&](LPWSTR, INT, LPWSAPROTOCOL_INFOW info, LPSOCKADDR, LPINT, LPINT) {
        asked.push_back(info->dwCatalogEntryId);
        return 0;
      });
  RunStarted([&] {
    sockaddr_in name = Name();
    int length = sizeof(name);
    char text[] = "text";
    EXPECT_EQ(
        WSAStringToAddressA(text, AF_INET, nullptr, reinterpret_cast<sockaddr*>(&name), &length),
        0);
    WSAPROTOCOL_INFOA info = {};
    info.dwCatalogEntryId = second_id;
    info.iAddressFamily = AF_INET;
    EXPECT_EQ(
        WSAStringToAddressA(text, AF_INET, &info, reinterpret_cast<sockaddr*>(&name), &length), 0);
  });
  EXPECT_THAT(asked, ::testing::ElementsAre(1001u, second_id));
}

TEST_F(AddressCallsTest, CallIsTracedOnceInEitherForm) {
  WritesText(u"text");
  RunStarted([] {
    sockaddr_in name = Name();
    char text[20];
    DWORD length = sizeof(text);
    WSAAddressToStringA(reinterpret_cast<sockaddr*>(&name), sizeof(name), nullptr, text, &length);
  });
  EXPECT_THAT(world_.log.lines, Contains("1< WSAAddressToString 0").Times(1));
}

TEST_F(AddressCallsTest, ProviderThatGivesNoCodeFailed) {
  provider().Fail<&WSPPROC_TABLE::lpWSPStringToAddress>(0);
  RunStarted([] {
    sockaddr_in name = Name();
    int length = sizeof(name);
    WCHAR text[] = u"text";
    EXPECT_EQ(
        WSAStringToAddressW(text, AF_INET, nullptr, reinterpret_cast<sockaddr*>(&name), &length),
        SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSASYSCALLFAILURE);
  });
}

}  // namespace
}  // namespace winsock
