// WSAAddressToString and WSAStringToAddress over every family that a provider of wsim has (Winsock
// pages of these names).
#include <cstring>
#include <string>

#include "gtest/gtest.h"
#include "tests/winsock/two_programs.h"

namespace wsim {
namespace {

using winsock::DWORD;
using winsock::SOCKET_ERROR;

struct Text {
  int family;
  std::string text;       // as a person writes it
  std::string canonical;  // as WSAAddressToString answers
};

std::vector<Text> Texts() {
  return {{winsock::AF_INET, "10.0.0.1:5000", "10.0.0.1:5000"},
          {winsock::AF_INET, "10.0.0.1", "10.0.0.1"},
          {winsock::AF_INET, "0.0.0.0:7", "0.0.0.0:7"},
          {winsock::AF_INET6, "[fd00::1]:5000", "[fd00::1]:5000"},
          {winsock::AF_INET6, "fd00:0:0:0:0:0:0:1", "fd00::1"},
          {winsock::AF_INET6, "::", "::"},
          {winsock::AF_ISO, "49.0001.0000.5e00.5301.21:5000", "49.0001.0000.5e00.5301.21:5000"},
          {winsock::AF_ISO, "49.0001.0000.5e00.5301.21", "49.0001.0000.5e00.5301.21"},
          {winsock::AF_ISO, "*:5000", "*:5000"}};
}

class AddressText : public testing::Test {
 protected:
  // A program that has called WSAStartup.
  void Run(std::function<void()> program) { programs_.Run(std::move(program)); }

  // The address that `text` stands for; its length, or the error, in `length`.
  static int FromText(int family, std::string text, winsock::sockaddr_storage& address,
                      int& length) {
    length = sizeof(address);
    return ErrorOf(winsock::WSAStringToAddress(
        text.data(), family, nullptr, reinterpret_cast<winsock::sockaddr*>(&address), &length));
  }

  TwoPrograms programs_{"tcp"};
};

TEST_F(AddressText, EachFamilyHasItsTextAndItLeadsBack) {
  Run([] {
    for (const Text& row : Texts()) {
      winsock::sockaddr_storage address = {};
      int length = 0;
      ASSERT_EQ(FromText(row.family, row.text, address, length), 0) << row.text;
      EXPECT_EQ(address.ss_family, row.family);
      char text[100] = {};
      DWORD text_length = sizeof(text);
      auto* name = reinterpret_cast<winsock::sockaddr*>(&address);
      ASSERT_EQ(ErrorOf(winsock::WSAAddressToString(name, static_cast<DWORD>(length), nullptr, text,
                                                    &text_length)),
                0);
      EXPECT_EQ(text, row.canonical);
      EXPECT_EQ(text_length, row.canonical.size() + 1);  // with the terminator

      winsock::sockaddr_storage again = {};
      int again_length = 0;
      ASSERT_EQ(FromText(row.family, text, again, again_length), 0);
      EXPECT_EQ(again_length, length);
      EXPECT_EQ(std::memcmp(&again, &address, static_cast<size_t>(length)), 0) << row.text;
    }
  });
}

TEST_F(AddressText, WideFormsDoTheSame) {
  Run([] {
    for (const Text& row : Texts()) {
      std::u16string wide(row.text.begin(), row.text.end());
      winsock::sockaddr_storage address = {};
      auto* name = reinterpret_cast<winsock::sockaddr*>(&address);
      int length = sizeof(address);
      ASSERT_EQ(winsock::WSAStringToAddressW(wide.data(), row.family, nullptr, name, &length), 0);
      winsock::WCHAR text[100] = {};
      DWORD text_length = 100;
      ASSERT_EQ(winsock::WSAAddressToStringW(name, static_cast<DWORD>(length), nullptr, text,
                                             &text_length),
                0);
      const std::u16string written(text);
      EXPECT_EQ(std::string(written.begin(), written.end()), row.canonical);
      EXPECT_EQ(text_length, row.canonical.size() + 1);
    }
  });
}

TEST_F(AddressText, EveryProviderWritesTheAddressesOfItsHosts) {
  for (const std::string& provider : ConnectionProviders()) {
    TwoPrograms programs(provider);
    programs.Run([&] {
      transport::Address address = programs.server_address();
      winsock::WSAPROTOCOL_INFOA info = {};
      DWORD size = 16 * sizeof(info);
      std::vector<winsock::WSAPROTOCOL_INFOA> all(16);
      const int count = winsock::WSAEnumProtocols(nullptr, all.data(), &size);
      for (int i = 0; i < count; ++i) {
        if (all[static_cast<size_t>(i)].szProtocol == provider) info = all[static_cast<size_t>(i)];
      }
      char text[100] = {};
      DWORD text_length = sizeof(text);
      ASSERT_EQ(
          ErrorOf(winsock::WSAAddressToString(
              ToSockaddr(address), static_cast<DWORD>(address.size()), &info, text, &text_length)),
          0)
          << provider;
      EXPECT_EQ(text, programs.addresses().ToText(address));
      transport::Address parsed(address.size());
      int length = static_cast<int>(parsed.size());
      EXPECT_EQ(ErrorOf(winsock::WSAStringToAddress(text, info.iAddressFamily, &info,
                                                    ToSockaddr(parsed), &length)),
                0);
      EXPECT_EQ(parsed, address);
    });
  }
}

TEST_F(AddressText, TooSmallABufferTellsTheLengthNeeded) {
  Run([] {
    for (const Text& row : Texts()) {
      winsock::sockaddr_storage address = {};
      auto* name = reinterpret_cast<winsock::sockaddr*>(&address);
      int length = 0;
      ASSERT_EQ(FromText(row.family, row.text, address, length), 0);
      const int needed = length;
      const auto text_needed = static_cast<DWORD>(row.canonical.size() + 1);
      char text[100] = {};
      for (const DWORD room : {DWORD{0}, DWORD{1}, text_needed - 1}) {
        DWORD text_length = room;
        EXPECT_EQ(ErrorOf(winsock::WSAAddressToString(name, static_cast<DWORD>(needed), nullptr,
                                                      text, &text_length)),
                  winsock::WSAEFAULT);
        EXPECT_EQ(text_length, text_needed);
      }
      std::string source = row.text;
      for (const int room : {-1, 0, 1, needed - 1}) {
        length = room;
        EXPECT_EQ(
            ErrorOf(winsock::WSAStringToAddress(source.data(), row.family, nullptr, name, &length)),
            winsock::WSAEFAULT);
        EXPECT_EQ(length, needed);
      }
    }
  });
}

TEST_F(AddressText, TextThatIsNoAddressIsInvalid) {
  Run([] {
    const std::vector<std::pair<int, std::string>> rows = {
        {winsock::AF_INET, ""},
        {winsock::AF_INET, "10.0.0"},
        {winsock::AF_INET, "10.0.0.256"},
        {winsock::AF_INET, "10.0.0.1:"},
        {winsock::AF_INET, "10.0.0.1:65536"},
        {winsock::AF_INET, "10.0.0.1:80 "},
        {winsock::AF_INET, "client"},
        {winsock::AF_INET, "10.0.0.\xB9"},
        {winsock::AF_INET, "fd00::1"},
        {winsock::AF_INET6, "10.0.0.1"},
        {winsock::AF_INET6, "[fd00::1"},
        {winsock::AF_INET6, "[fd00::1]80"},
        {winsock::AF_INET6, "fd00::1::2"},
        {winsock::AF_ISO, "49.0001:port"},
        {winsock::AF_ISO, "49.0001:70000"},
        {winsock::AF_ISO, "4x"},
        {winsock::AF_ISO, ":5000"},
        {winsock::AF_UNSPEC, "10.0.0.1"},  // no provider for these families
        {77, "10.0.0.1"}};
    for (const auto& [family, text] : rows) {
      winsock::sockaddr_storage address = {};
      int length = 0;
      EXPECT_EQ(FromText(family, text, address, length), winsock::WSAEINVAL) << text;
    }
  });
}

TEST_F(AddressText, AddressThatIsNoneIsInvalid) {
  Run([] {
    char text[100] = {};
    const auto error_of = [&](int family, DWORD octets, void (*spoil)(uint8_t * address)) {
      winsock::sockaddr_storage address = {};
      address.ss_family = static_cast<winsock::ADDRESS_FAMILY>(family);
      if (spoil != nullptr) spoil(reinterpret_cast<uint8_t*>(&address));
      DWORD length = sizeof(text);
      return ErrorOf(winsock::WSAAddressToString(reinterpret_cast<winsock::sockaddr*>(&address),
                                                 octets, nullptr, text, &length));
    };
    EXPECT_EQ(error_of(winsock::AF_INET, 15, nullptr), winsock::WSAEINVAL);
    EXPECT_EQ(error_of(winsock::AF_INET, 0, nullptr), winsock::WSAEINVAL);
    EXPECT_EQ(error_of(winsock::AF_INET, 1, nullptr), winsock::WSAEINVAL);
    EXPECT_EQ(error_of(winsock::AF_INET6, 16, nullptr), winsock::WSAEINVAL);
    EXPECT_EQ(error_of(winsock::AF_ISO, 71, nullptr), winsock::WSAEINVAL);
    EXPECT_EQ(error_of(77, 100, nullptr), winsock::WSAEINVAL);
    EXPECT_EQ(error_of(winsock::AF_ISO, 72, [](uint8_t* address) { address[2] = 9; }),
              winsock::WSAEINVAL);  // an address type that is not hierarchical
    EXPECT_EQ(error_of(winsock::AF_ISO, 72, [](uint8_t* address) { address[4] = 65; }),
              winsock::WSAEINVAL);  // longer than it can be
    EXPECT_EQ(error_of(winsock::AF_ISO, 72, [](uint8_t* address) { address[6] = 3; }),
              winsock::WSAEINVAL);  // the selector is longer than both together
  });
}

TEST_F(AddressText, ArgumentsThatAreMissing) {
  Run([] {
    winsock::sockaddr_storage address = {};
    address.ss_family = winsock::AF_INET;
    auto* name = reinterpret_cast<winsock::sockaddr*>(&address);
    char text[100] = "10.0.0.1";
    DWORD text_length = sizeof(text);
    int length = sizeof(address);
    EXPECT_EQ(ErrorOf(winsock::WSAAddressToString(nullptr, 16, nullptr, text, &text_length)),
              winsock::WSAEINVAL);
    EXPECT_EQ(ErrorOf(winsock::WSAAddressToString(name, 16, nullptr, nullptr, &text_length)),
              winsock::WSAEINVAL);
    EXPECT_EQ(ErrorOf(winsock::WSAAddressToString(name, 16, nullptr, text, nullptr)),
              winsock::WSAEINVAL);
    EXPECT_EQ(
        ErrorOf(winsock::WSAStringToAddress(nullptr, winsock::AF_INET, nullptr, name, &length)),
        winsock::WSAEINVAL);
    EXPECT_EQ(
        ErrorOf(winsock::WSAStringToAddress(text, winsock::AF_INET, nullptr, nullptr, &length)),
        winsock::WSAEFAULT);
    EXPECT_EQ(ErrorOf(winsock::WSAStringToAddress(text, winsock::AF_INET, nullptr, name, nullptr)),
              winsock::WSAEFAULT);
  });
}

TEST_F(AddressText, ProviderThatIsNamedDoesNotReadTheFamiliesOfOthers) {
  Run([] {
    winsock::WSAPROTOCOL_INFOA info = {};
    const ProviderEntry* session = FindProvider("session");
    info.dwCatalogEntryId = session->info.dwCatalogEntryId;
    info.iAddressFamily = session->info.iAddressFamily;
    info.iProtocol = session->info.iProtocol;
    winsock::sockaddr_storage address = {};
    auto* name = reinterpret_cast<winsock::sockaddr*>(&address);
    int length = sizeof(address);
    char text[] = "10.0.0.1";
    EXPECT_EQ(ErrorOf(winsock::WSAStringToAddress(text, winsock::AF_INET, &info, name, &length)),
              winsock::WSAEINVAL);
    address.ss_family = winsock::AF_INET;
    char written[100];
    DWORD written_length = sizeof(written);
    EXPECT_EQ(ErrorOf(winsock::WSAAddressToString(name, 16, &info, written, &written_length)),
              winsock::WSAEINVAL);
    info.dwCatalogEntryId = 99;  // which nobody has
    EXPECT_EQ(ErrorOf(winsock::WSAAddressToString(name, 16, &info, written, &written_length)),
              winsock::WSAEINVAL);
  });
}

TEST_F(AddressText, NeedsWsaStartup) {
  Run([] {
    winsock::sockaddr_storage address = {};
    auto* name = reinterpret_cast<winsock::sockaddr*>(&address);
    char text[100] = "10.0.0.1";
    DWORD text_length = sizeof(text);
    int length = sizeof(address);
    winsock::WSACleanup();
    EXPECT_EQ(winsock::WSAAddressToString(name, 16, nullptr, text, &text_length), SOCKET_ERROR);
    EXPECT_EQ(winsock::WSAGetLastError(), winsock::WSANOTINITIALISED);
    EXPECT_EQ(winsock::WSAAddressToString(nullptr, 16, nullptr, nullptr, nullptr), SOCKET_ERROR);
    EXPECT_EQ(winsock::WSAGetLastError(), winsock::WSANOTINITIALISED);
    EXPECT_EQ(winsock::WSAStringToAddress(text, winsock::AF_INET, nullptr, name, &length),
              SOCKET_ERROR);
    EXPECT_EQ(winsock::WSAGetLastError(), winsock::WSANOTINITIALISED);
  });
}

}  // namespace
}  // namespace wsim
