// getsockopt, setsockopt, ioctlsocket, WSAIoctl.
#include <cstring>
#include <string>

#include "gtest/gtest.h"
#include "providers/engine/testing/engine_test_base.h"

namespace engine {
namespace {

class OptionsTest : public EngineTestBase {
 protected:
  OptionsTest() : EngineTestBase(StreamWithRelease()) {}

  int SetOctets(SOCKET s, int name, const void* value, int length) {
    int error = 0;
    calls().lpWSPSetSockOpt(s, winsock::SOL_SOCKET, name, static_cast<const char*>(value), length,
                            &error);
    return error;
  }
  int GetOctets(SOCKET s, int name, void* value, int& length) {
    int error = 0;
    calls().lpWSPGetSockOpt(s, winsock::SOL_SOCKET, name, static_cast<char*>(value), &length,
                            &error);
    return error;
  }
  int Ioctl(SOCKET s, DWORD code, void* in, DWORD in_size, void* out, DWORD out_size) {
    DWORD returned = 0;
    int error = 0;
    calls().lpWSPIoctl(s, code, in, in_size, out, out_size, &returned, nullptr, nullptr, nullptr,
                       &error);
    return error;
  }
};

TEST_F(OptionsTest, DefaultsAreThoseOfThePage) {
  Run([&] {
    const SOCKET s = NewSocket();
    for (const int name : {winsock::SO_DEBUG, winsock::SO_ACCEPTCONN, winsock::SO_REUSEADDR,
                           winsock::SO_EXCLUSIVEADDRUSE, winsock::SO_DONTROUTE, winsock::SO_LINGER,
                           winsock::SO_OOBINLINE, winsock::SO_SNDTIMEO, winsock::SO_RCVTIMEO,
                           winsock::SO_ERROR, winsock::SO_GROUP_ID, winsock::SO_MAX_MSG_SIZE,
                           winsock::SO_CONDITIONAL_ACCEPT, winsock::SO_PAUSE_ACCEPT}) {
      EXPECT_EQ(GetOption(s, name), 0) << name;
    }
    EXPECT_EQ(GetOption(s, winsock::SO_DONTLINGER), 1);
    EXPECT_EQ(GetOption(s, winsock::SO_TYPE), winsock::SOCK_STREAM);
    EXPECT_EQ(GetOption(s, winsock::SO_CONNECT_TIME), -1);
  });
}

TEST_F(OptionsTest, WhatIsSetIsReadBack) {
  Run([&] {
    const SOCKET s = NewSocket();
    for (const int name :
         {winsock::SO_DEBUG, winsock::SO_DONTROUTE, winsock::SO_OOBINLINE, winsock::SO_PAUSE_ACCEPT,
          winsock::SO_CONDITIONAL_ACCEPT, winsock::SO_REUSEADDR}) {
      EXPECT_EQ(SetOption(s, name, 77), 0) << name;
      EXPECT_EQ(GetOption(s, name), 1) << name;
    }
    EXPECT_EQ(SetOption(s, winsock::SO_SNDTIMEO, 1500), 0);
    EXPECT_EQ(GetOption(s, winsock::SO_SNDTIMEO), 1500);
    EXPECT_EQ(SetOption(s, winsock::SO_ERROR, 5), 0);
    EXPECT_EQ(GetOption(s, winsock::SO_ERROR), 5);
  });
}

TEST_F(OptionsTest, DontLingerIsTheInverseOfLinger) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(SetLinger(s, 1, 30), 0);
    EXPECT_EQ(GetOption(s, winsock::SO_DONTLINGER), 0);
    EXPECT_EQ(SetOption(s, winsock::SO_DONTLINGER, 1), 0);
    EXPECT_EQ(GetOption(s, winsock::SO_LINGER), 0 | 30 << 16);
    EXPECT_EQ(SetOption(s, winsock::SO_DONTLINGER, 0), 0);
    EXPECT_EQ(GetOption(s, winsock::SO_LINGER), 1 | 30 << 16);
  });
}

TEST_F(OptionsTest, BooleansMayBeShortAndOtherValuesMayNot) {
  Run([&] {
    const SOCKET s = NewSocket();
    const char yes = 1;
    EXPECT_EQ(SetOctets(s, winsock::SO_DEBUG, &yes, 1), 0);
    EXPECT_EQ(SetOctets(s, winsock::SO_DEBUG, &yes, 0), WSAEFAULT);
    EXPECT_EQ(SetOctets(s, winsock::SO_DEBUG, &yes, -4), WSAEFAULT);
    EXPECT_EQ(SetOctets(s, winsock::SO_DEBUG, nullptr, 4), WSAEFAULT);
    EXPECT_EQ(SetOctets(s, winsock::SO_LINGER, "abc", 3), WSAEFAULT);
    EXPECT_EQ(SetOctets(s, winsock::SO_RCVTIMEO, "abc", 3), WSAEFAULT);
    EXPECT_EQ(SetOctets(s, winsock::SO_ERROR, "abc", 3), WSAEFAULT);
    char value[8];
    int length = 1;
    EXPECT_EQ(GetOctets(s, winsock::SO_DEBUG, value, length), 0);
    EXPECT_EQ(length, 1);
    EXPECT_EQ(value[0], 1);
    length = 0;
    EXPECT_EQ(GetOctets(s, winsock::SO_DEBUG, value, length), WSAEFAULT);
    length = 8;
    EXPECT_EQ(GetOctets(s, winsock::SO_DEBUG, value, length), 0);
    EXPECT_EQ(length, 4);
    int error = 0;
    EXPECT_EQ(calls().lpWSPGetSockOpt(s, winsock::SOL_SOCKET, winsock::SO_DEBUG, nullptr, &length,
                                      &error),
              SOCKET_ERROR);
    EXPECT_EQ(error, WSAEFAULT);
  });
}

TEST_F(OptionsTest, WhatCannotBeSetOrDoesNotExistIsRefused) {
  Run([&] {
    const SOCKET s = NewSocket();
    for (const int name : {winsock::SO_ACCEPTCONN, winsock::SO_TYPE, winsock::SO_MAX_MSG_SIZE,
                           winsock::SO_CONNECT_TIME, winsock::SO_CONNDATA, winsock::SO_DISCDATA,
                           winsock::SO_CONNDATALEN, winsock::SO_GROUP_PRIORITY,
                           winsock::SO_BROADCAST, winsock::PVD_CONFIG, 0x6666}) {
      EXPECT_EQ(SetOption(s, name, 1), WSAENOPROTOOPT) << name;
    }
    for (const int name : {winsock::SO_USELOOPBACK, winsock::SO_SNDLOWAT, winsock::SO_RCVLOWAT}) {
      EXPECT_EQ(SetOption(s, name, 1), WSAEINVAL) << name;
      EXPECT_EQ(GetOption(s, name), -WSAEINVAL) << name;
    }
    EXPECT_EQ(GetOption(s, winsock::SO_CONNDATA), -WSAENOPROTOOPT);
    EXPECT_EQ(GetOption(s, 0x6666), -WSAENOPROTOOPT);
    EXPECT_EQ(GetOption(s, /*level=*/0x1234, 1), -WSAEINVAL);
    EXPECT_EQ(SetOption(s, /*level=*/0x1234, 1, 1), WSAEINVAL);
  });
}

// Winsock page: SOL_SOCKET Socket Options. Every provider recognises them; it may ignore their
// values. This transport has nothing of the kind.
TEST_F(OptionsTest, BuffersAndKeepAliveAreKnownOnEveryTransport) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(GetOption(s, winsock::SO_KEEPALIVE), 0);
    EXPECT_EQ(GetOption(s, winsock::SO_SNDBUF), 65536);
    EXPECT_EQ(GetOption(s, winsock::SO_RCVBUF), 65536);
    EXPECT_EQ(SetOption(s, winsock::SO_KEEPALIVE, 1), 0);
    EXPECT_EQ(SetOption(s, winsock::SO_SNDBUF, 0), 0);
    EXPECT_EQ(SetOption(s, winsock::SO_RCVBUF, -1), WSAEINVAL);
    EXPECT_EQ(SetOctets(s, winsock::SO_RCVBUF, "\1\0", 2), WSAEFAULT);
    EXPECT_EQ(GetOption(s, winsock::SO_KEEPALIVE), 1);
    EXPECT_EQ(GetOption(s, winsock::SO_SNDBUF), 0);

    const SOCKET connected = NewConnection();
    EXPECT_EQ(SetOption(connected, winsock::SO_RCVBUF, 1000), 0);
    EXPECT_EQ(GetOption(connected, winsock::SO_RCVBUF), 1000);
    EXPECT_EQ(GetOption(connected, winsock::SO_SNDBUF), 65536);
  });
}

TEST_F(OptionsTest, KeepAliveIsNotSetWhileTheStateIsInTransition) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(SetNonblocking(s), 0);
    EXPECT_EQ(Connect(s), WSAEWOULDBLOCK);
    EXPECT_EQ(SetOption(s, winsock::SO_KEEPALIVE, 1), WSAEINVAL);
    EXPECT_EQ(GetOption(s, winsock::SO_KEEPALIVE), 0);
    EXPECT_EQ(SetOption(s, winsock::SO_SNDBUF, 1000), 0);
  });
}

TEST_F(OptionsTest, TheProtocolsOptionsReachTheTransport) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(GetOption(s, kFakeProtocol, kFakeNumber), 10);
    EXPECT_EQ(SetOption(s, kFakeProtocol, kFakeNumber, 101), WSAEINVAL);
    EXPECT_EQ(SetOption(s, kFakeProtocol, kFakeReadOnly, 1), WSAENOPROTOOPT);
    EXPECT_EQ(SetOption(s, kFakeProtocol, 99, 1), WSAENOPROTOOPT);
    EXPECT_EQ(SetOption(s, kFakeProtocol, kFakeNumber, 20), 0);
    EXPECT_EQ(SetOption(s, kFakeProtocol, kFakeNumber, 30), 0);
    EXPECT_EQ(GetOption(s, kFakeProtocol, kFakeNumber), 30);
    After(absl::Milliseconds(1), [this] { transport().last().Confirms(); });
    EXPECT_EQ(Connect(s), 0);
    EXPECT_EQ(transport().last().number_option(), 30);
    EXPECT_EQ(SetOption(s, kFakeProtocol, kFakeNumber, 40), 0);
    EXPECT_EQ(transport().last().number_option(), 40);
    EXPECT_EQ(GetOption(s, kFakeProtocol, kFakeNumber), 40);
    EXPECT_EQ(GetOption(s, kFakeProtocol, kFakeReadOnly), 42);
  });
}

// Winsock page: setsockopt, WSAENETRESET and WSAENOTCONN.
TEST_F(OptionsTest, AConnectionThatIsGoneTakesNoOption) {
  Run([&] {
    const SOCKET reset = NewConnection();
    After(absl::Milliseconds(1), [this] { transport().last().Disconnects(); });
    Sleep(absl::Milliseconds(1));
    EXPECT_EQ(SetOption(reset, kFakeProtocol, kFakeNumber, 20), WSAENOTCONN);
    const SOCKET lost = NewConnection();
    After(absl::Milliseconds(1),
          [this] { transport().last().Disconnects(transport::Cause::kPeerLost); });
    Sleep(absl::Milliseconds(1));
    EXPECT_EQ(SetOption(lost, kFakeProtocol, kFakeNumber, 20), WSAENETRESET);
    EXPECT_EQ(GetOption(lost, kFakeProtocol, kFakeNumber), 10);
  });
}

TEST_F(OptionsTest, ConnectTimeCountsSeconds) {
  Run([&] {
    const SOCKET s = NewConnection();
    Sleep(absl::Milliseconds(2500));
    EXPECT_EQ(GetOption(s, winsock::SO_CONNECT_TIME), 2);
  });
}

TEST_F(OptionsTest, TheEntryCanBeAskedFor) {
  Run([&] {
    const SOCKET s = NewSocket();
    WSAPROTOCOL_INFOW wide = {};
    int length = sizeof wide;
    EXPECT_EQ(GetOctets(s, winsock::SO_PROTOCOL_INFOW, &wide, length), 0);
    EXPECT_EQ(std::u16string(wide.szProtocol), u"fake");
    EXPECT_EQ(wide.dwCatalogEntryId, 1001u);
    winsock::WSAPROTOCOL_INFOA narrow = {};
    length = sizeof narrow;
    EXPECT_EQ(GetOctets(s, winsock::SO_PROTOCOL_INFOA, &narrow, length), 0);
    EXPECT_STREQ(narrow.szProtocol, "fake");
    EXPECT_EQ(narrow.iProtocol, kFakeProtocol);
    length = 100;
    EXPECT_EQ(GetOctets(s, winsock::SO_PROTOCOL_INFOW, &wide, length), WSAEFAULT);
  });
}

TEST_F(OptionsTest, TheStateLeadsToBothAddresses) {
  Run([&] {
    struct {
      winsock::CSADDR_INFO info;
      uint8_t room[16];
    } state = {};
    const auto text = [](const winsock::SOCKET_ADDRESS& address) {
      const auto* octets = reinterpret_cast<const uint8_t*>(address.lpSockaddr);
      return FakeAddresses().ToText(transport::Address(octets, octets + address.iSockaddrLength));
    };
    int length = sizeof state;
    EXPECT_EQ(GetOctets(NewSocket(), winsock::SO_BSP_STATE, &state, length), 0);
    EXPECT_EQ(state.info.LocalAddr.lpSockaddr, nullptr);
    EXPECT_EQ(state.info.iSocketType, winsock::SOCK_STREAM);
    const SOCKET s = NewConnection();
    length = sizeof state;
    EXPECT_EQ(GetOctets(s, winsock::SO_BSP_STATE, &state, length), 0);
    EXPECT_EQ(text(state.info.LocalAddr), "h1:49152");
    EXPECT_EQ(text(state.info.RemoteAddr), "h2:5000");
    length = sizeof state.info + 15;
    EXPECT_EQ(GetOctets(s, winsock::SO_BSP_STATE, &state, length), WSAEFAULT);
  });
}

TEST_F(OptionsTest, IoctlsJudgeTheirPointers) {
  Run([&] {
    const SOCKET s = NewSocket();
    u_long value = 1;
    EXPECT_EQ(Ioctl(s, winsock::FIONBIO, nullptr, 4, nullptr, 0), WSAEFAULT);
    EXPECT_EQ(Ioctl(s, winsock::FIONBIO, &value, 3, nullptr, 0), WSAEFAULT);
    EXPECT_EQ(Ioctl(s, winsock::FIONREAD, nullptr, 0, nullptr, 4), WSAEFAULT);
    EXPECT_EQ(Ioctl(s, winsock::FIONREAD, nullptr, 0, &value, 3), WSAEFAULT);
    EXPECT_EQ(Ioctl(s, winsock::SIOCATMARK, nullptr, 0, &value, 3), WSAEFAULT);
    int error = 0;
    EXPECT_EQ(calls().lpWSPIoctl(s, winsock::FIONBIO, &value, 4, nullptr, 0, nullptr, nullptr,
                                 nullptr, nullptr, &error),
              SOCKET_ERROR);
    EXPECT_EQ(error, WSAEFAULT);
    EXPECT_EQ(Available(s), 0);
  });
}

TEST_F(OptionsTest, IoctlsOfOthersAreNotSupported) {
  Run([&] {
    const SOCKET s = NewSocket();
    winsock::GUID function = winsock::WSAID_ACCEPTEX;
    void* pointer = nullptr;
    EXPECT_EQ(Ioctl(s, 0x12345678, nullptr, 0, nullptr, 0), WSAEOPNOTSUPP);
    EXPECT_EQ(Ioctl(s, winsock::SIO_FLUSH, nullptr, 0, nullptr, 0), WSAEOPNOTSUPP);
    EXPECT_EQ(Ioctl(s, winsock::SIO_GET_QOS, nullptr, 0, nullptr, 0), WSAENOPROTOOPT);
    EXPECT_EQ(Ioctl(s, winsock::SIO_GET_EXTENSION_FUNCTION_POINTER, &function, sizeof function,
                    &pointer, sizeof pointer),
              WSAEINVAL);
    EXPECT_EQ(Ioctl(s, winsock::SIO_GET_EXTENSION_FUNCTION_POINTER, &function, 15, &pointer,
                    sizeof pointer),
              WSAEFAULT);
  });
}

TEST_F(OptionsTest, TheBaseHandleIsTheSocketItself) {
  Run([&] {
    const SOCKET s = NewSocket();
    SOCKET base = 0;
    EXPECT_EQ(Ioctl(s, winsock::SIO_BASE_HANDLE, nullptr, 0, &base, sizeof base), 0);
    EXPECT_EQ(base, s);
  });
}

class OptionsMessageTest : public EngineTestBase {
 protected:
  OptionsMessageTest() : EngineTestBase(MessagesWithRelease()) {}
};

TEST_F(OptionsMessageTest, CapabilitiesShow) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(GetOption(s, winsock::SO_MAX_MSG_SIZE), -1);  // 0xFFFFFFFF: no limit.
    EXPECT_EQ(GetOption(s, winsock::SO_CONDITIONAL_ACCEPT), 1);
    EXPECT_EQ(SetOption(s, winsock::SO_CONDITIONAL_ACCEPT, 1), 0);
    EXPECT_EQ(SetOption(s, winsock::SO_OOBINLINE, 1), WSAENOPROTOOPT);
    EXPECT_EQ(SetOption(s, winsock::SO_OOBINLINE, 0), 0);
  });
}

}  // namespace
}  // namespace engine
