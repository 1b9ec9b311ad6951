// bind, getsockname, getpeername, and the texts of addresses.
#include "gtest/gtest.h"
#include "providers/engine/testing/engine_test_base.h"

namespace engine {
namespace {

class NamesTest : public EngineTestBase {
 protected:
  NamesTest() : EngineTestBase(StreamWithRelease()) {}

  int BindOctets(SOCKET s, const void* name, int length) {
    int error = 0;
    calls().lpWSPBind(s, static_cast<const winsock::sockaddr*>(name), length, &error);
    return error;
  }
};

TEST_F(NamesTest, ASocketIsBoundOnce) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(LocalName(s), "WSAEINVAL");
    EXPECT_EQ(Bind(s, "h1:5000"), 0);
    EXPECT_EQ(LocalName(s), "h1:5000");
    EXPECT_EQ(Bind(s, "h1:5001"), WSAEINVAL);
  });
}

TEST_F(NamesTest, PortZeroIsChosen) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(Bind(s, "*:0"), 0);
    EXPECT_EQ(LocalName(s), "*:49152");
  });
}

TEST_F(NamesTest, BindRefusesWhatIsNoAddress) {
  Run([&] {
    const SOCKET s = NewSocket();
    transport::Address good = FakeAddress("h1:5000");
    transport::Address malformed = good;
    malformed[4] = 0xFF;
    const uint8_t other_family[8] = {2, 0};
    EXPECT_EQ(BindOctets(s, nullptr, 8), WSAEFAULT);
    EXPECT_EQ(BindOctets(s, good.data(), 7), WSAEFAULT);
    EXPECT_EQ(BindOctets(s, good.data(), 0), WSAEFAULT);
    EXPECT_EQ(BindOctets(s, good.data(), -1), WSAEFAULT);
    EXPECT_EQ(BindOctets(s, malformed.data(), 8), WSAEFAULT);
    EXPECT_EQ(BindOctets(s, other_family, 8), WSAEAFNOSUPPORT);
    EXPECT_EQ(Bind(s, "h2:5000"), WSAEADDRNOTAVAIL);
    EXPECT_EQ(BindOctets(s, good.data(), 8), 0);  // None of this has left a trace.
  });
}

TEST_F(NamesTest, AWildcardBecomesTheRealAddressWhenConnected) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(Bind(s, "*:4000"), 0);
    EXPECT_EQ(LocalName(s), "*:4000");
    EXPECT_EQ(PeerName(s), "WSAENOTCONN");
    After(absl::Milliseconds(1), [this] { transport().last().Confirms(); });
    EXPECT_EQ(Connect(s), 0);
    EXPECT_EQ(LocalName(s), "h1:4000");
    EXPECT_EQ(PeerName(s), "h2:5000");
  });
}

TEST_F(NamesTest, NamesCanBeReadFromTheStartOfConnectToAfterTheEnd) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(SetNonblocking(s), 0);
    EXPECT_EQ(Connect(s), WSAEWOULDBLOCK);
    EXPECT_EQ(LocalName(s), "h1:49152");
    EXPECT_EQ(PeerName(s), "h2:5000");
    After(absl::Milliseconds(1), [this] { transport().last().Confirms(); });
    After(absl::Milliseconds(2), [this] { transport().last().Disconnects(); });
    Sleep(absl::Milliseconds(3));
    EXPECT_EQ(PeerName(s), "h2:5000");
  });
}

TEST_F(NamesTest, AnUnconnectedSocketIsToldBeforeABadPointer) {
  Run([&] {
    const SOCKET s = NewSocket();
    int error = 0;
    EXPECT_EQ(calls().lpWSPGetPeerName(s, nullptr, nullptr, &error), SOCKET_ERROR);
    EXPECT_EQ(error, WSAENOTCONN);
  });
}

TEST_F(NamesTest, AShortBufferLeavesTheLengthAsItIs) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(Bind(s, "h1:5000"), 0);
    uint8_t octets[8] = {};
    int length = 7;
    int error = 0;
    auto* name = reinterpret_cast<winsock::sockaddr*>(octets);
    EXPECT_EQ(calls().lpWSPGetSockName(s, name, &length, &error), SOCKET_ERROR);
    EXPECT_EQ(error, WSAEFAULT);
    EXPECT_EQ(length, 7);
    EXPECT_EQ(calls().lpWSPGetSockName(s, nullptr, &length, &error), SOCKET_ERROR);
    EXPECT_EQ(error, WSAEFAULT);
  });
}

// Winsock pages: WSAAddressToString, WSAStringToAddress.
TEST_F(NamesTest, AddressesTurnIntoTextAndBack) {
  Run([&] {
    transport::Address address = FakeAddress("h3:80");
    char16_t text[20] = {};
    DWORD text_length = 20;
    int error = 0;
    auto* name = reinterpret_cast<winsock::sockaddr*>(address.data());
    EXPECT_EQ(calls().lpWSPAddressToString(name, 8, &info(), text, &text_length, &error), 0);
    EXPECT_EQ(std::u16string(text), u"h3:80");
    EXPECT_EQ(text_length, 6u);

    transport::Address parsed(8);
    int length = 8;
    auto* to = reinterpret_cast<winsock::sockaddr*>(parsed.data());
    EXPECT_EQ(calls().lpWSPStringToAddress(text, kFakeFamily, &info(), to, &length, &error), 0);
    EXPECT_EQ(parsed, address);
    EXPECT_EQ(length, 8);
  });
}

TEST_F(NamesTest, AShortTextBufferTellsTheLengthNeeded) {
  Run([&] {
    transport::Address address = FakeAddress("h3:80");
    char16_t text[20] = {};
    DWORD text_length = 5;
    int error = 0;
    auto* name = reinterpret_cast<winsock::sockaddr*>(address.data());
    EXPECT_EQ(calls().lpWSPAddressToString(name, 8, nullptr, text, &text_length, &error),
              SOCKET_ERROR);
    EXPECT_EQ(error, WSAEFAULT);
    EXPECT_EQ(text_length, 6u);
    EXPECT_EQ(calls().lpWSPAddressToString(name, 7, &info(), text, &text_length, &error),
              SOCKET_ERROR);
    EXPECT_EQ(error, WSAEINVAL);
  });
}

TEST_F(NamesTest, TextThatIsNoAddressIsInvalid) {
  Run([&] {
    transport::Address parsed(8);
    int length = 8;
    int error = 0;
    char16_t nonsense[] = u"nonsense";
    char16_t foreign[] = u"h\u00e91:80";
    char16_t good[] = u"h1:80";
    auto* to = reinterpret_cast<winsock::sockaddr*>(parsed.data());
    for (char16_t* text : {nonsense, foreign}) {
      EXPECT_EQ(calls().lpWSPStringToAddress(text, kFakeFamily, &info(), to, &length, &error),
                SOCKET_ERROR);
      EXPECT_EQ(error, WSAEINVAL);
    }
    EXPECT_EQ(calls().lpWSPStringToAddress(good, winsock::AF_INET, &info(), to, &length, &error),
              SOCKET_ERROR);
    EXPECT_EQ(error, WSAEINVAL);
    length = 7;
    EXPECT_EQ(calls().lpWSPStringToAddress(good, kFakeFamily, nullptr, to, &length, &error),
              SOCKET_ERROR);
    EXPECT_EQ(error, WSAEFAULT);
    EXPECT_EQ(length, 8);
  });
}

}  // namespace
}  // namespace engine
