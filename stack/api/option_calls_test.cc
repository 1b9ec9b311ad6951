// Options and ioctls: what goes to the provider, and what the library keeps to itself.
#include <algorithm>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/catalog/protocol_info_text.h"
#include "stack/testing/program_test.h"

namespace winsock {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

class OptionTest : public ProgramTest {
 protected:
  static int SetOpenType(SOCKET s, DWORD type) {
    return setsockopt(s, SOL_SOCKET, SO_OPENTYPE, reinterpret_cast<char*>(&type), sizeof type);
  }
};

TEST_F(OptionTest, OptionsGoToTheProviderAsTheyAre) {
  provider().On<&WSPPROC_TABLE::lpWSPSetSockOpt>(
      [](SOCKET, int level, int name, const char* value, int length, LPINT) {
        EXPECT_EQ(level, SOL_SOCKET);
        EXPECT_EQ(name, SO_DONTLINGER);
        EXPECT_EQ(std::string(value, length), "abc");
        return 0;
      });
  provider().On<&WSPPROC_TABLE::lpWSPGetSockOpt>(
      [](SOCKET, int, int, char* value, LPINT length, LPINT) {
        *value = 'z';
        *length = 1;
        return 0;
      });
  RunWithSocket([](SOCKET s) {
    EXPECT_EQ(setsockopt(s, SOL_SOCKET, SO_DONTLINGER, "abc", 3), 0);
    char value[4];
    int length = sizeof value;
    EXPECT_EQ(getsockopt(s, IPPROTO_TCP, TCP_NODELAY, value, &length), 0);
    EXPECT_EQ(length, 1);
  });
  EXPECT_THAT(world_.log.lines, Contains("1> setsockopt 4, SO_DONTLINGER"));
  EXPECT_THAT(world_.log.lines, Contains("1> getsockopt 4, TCP_NODELAY"));
}

TEST_F(OptionTest, TheProviderRefusesOptions) {
  provider().Fail<&WSPPROC_TABLE::lpWSPSetSockOpt>(WSAENOPROTOOPT);
  provider().Fail<&WSPPROC_TABLE::lpWSPGetSockOpt>(WSAEINVAL);
  RunWithSocket([](SOCKET s) {
    EXPECT_EQ(setsockopt(s, 77, 77, nullptr, 0), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOPROTOOPT);
    EXPECT_EQ(getsockopt(s, 77, 77, nullptr, nullptr), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEINVAL);
    EXPECT_EQ(getsockopt(INVALID_SOCKET, 77, 77, nullptr, nullptr), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
  });
}

// The structure holds addresses of memory, which differ from run to run.
TEST_F(OptionTest, TheStateOfASocketLeavesNoOctetsInTheTrace) {
  provider().On<&WSPPROC_TABLE::lpWSPGetSockOpt>(
      [](SOCKET, int, int, char* value, LPINT length, LPINT) {
        std::fill_n(value, *length, 'z');
        return 0;
      });
  RunWithSocket([&](SOCKET s) {
    char value[72];
    int length = sizeof value;
    EXPECT_EQ(getsockopt(s, SOL_SOCKET, SO_BSP_STATE, value, &length), 0);
    EXPECT_EQ(world_.log.octets.back(), "");
    length = 4;
    EXPECT_EQ(getsockopt(s, SOL_SOCKET, SO_TYPE, value, &length), 0);
    EXPECT_EQ(world_.log.octets.back(), "zzzz");
  });
}

TEST_F(OptionTest, TheNarrowProtocolInfoIsMadeFromTheWideOne) {
  provider().On<&WSPPROC_TABLE::lpWSPGetSockOpt>(
      [](SOCKET, int level, int name, char* value, LPINT length, LPINT) {
        EXPECT_EQ(level, SOL_SOCKET);
        EXPECT_EQ(name, SO_PROTOCOL_INFOW);
        EXPECT_EQ(*length, static_cast<int>(sizeof(WSAPROTOCOL_INFOW)));
        *reinterpret_cast<WSAPROTOCOL_INFOW*>(value) = FakeProtocol();
        return 0;
      });
  RunWithSocket([](SOCKET s) {
    WSAPROTOCOL_INFOA info;
    char* value = reinterpret_cast<char*>(&info);
    int length = sizeof info;
    EXPECT_EQ(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, value, &length), 0);
    EXPECT_STREQ(info.szProtocol, "fake");
    EXPECT_EQ(length, static_cast<int>(sizeof info));
    length = sizeof info - 1;
    EXPECT_EQ(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, value, &length), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
    EXPECT_EQ(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, nullptr, &length), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
  });
}

TEST_F(OptionTest, OpenTypeBelongsToTheThreadAndTakesAnyHandle) {
  DWORD flags = 77;
  provider().On<&WSPPROC_TABLE::lpWSPSocket>(
      [&](int, int, int, LPWSAPROTOCOL_INFOW info, GROUP, DWORD given, LPINT lpErrno) {
        flags = given;
        return provider().upcalls.lpWPUCreateSocketHandle(info->dwCatalogEntryId, 0, lpErrno);
      });
  RunWithSocket([&](SOCKET) {
    EXPECT_EQ(SetOpenType(INVALID_SOCKET, SO_SYNCHRONOUS_NONALERT), 0);
    socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(flags, 0u);
    WSASocketW(AF_INET, SOCK_STREAM, 0, nullptr, 0, WSA_FLAG_OVERLAPPED);
    EXPECT_EQ(flags, WSA_FLAG_OVERLAPPED);

    DWORD type = 0;
    int length = sizeof type;
    EXPECT_EQ(getsockopt(77, SOL_SOCKET, SO_OPENTYPE, reinterpret_cast<char*>(&type), &length), 0);
    EXPECT_EQ(type, SO_SYNCHRONOUS_NONALERT);

    sim::Thread::Current()->process().StartThread([&] {
      socket(AF_INET, SOCK_STREAM, 0);
      EXPECT_EQ(flags, WSA_FLAG_OVERLAPPED);
    });
    TestWorld::Sleep(1);
    EXPECT_EQ(SetOpenType(INVALID_SOCKET, 0), 0);
    socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(flags, WSA_FLAG_OVERLAPPED);
  });
}

TEST_F(OptionTest, OpenTypeNeedsItsFullLength) {
  RunWithSocket([](SOCKET s) {
    char value[4] = {};
    int length = 3;
    EXPECT_EQ(setsockopt(s, SOL_SOCKET, SO_OPENTYPE, value, 3), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
    EXPECT_EQ(setsockopt(s, SOL_SOCKET, SO_OPENTYPE, nullptr, 4), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
    EXPECT_EQ(getsockopt(s, SOL_SOCKET, SO_OPENTYPE, value, &length), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
    EXPECT_EQ(getsockopt(s, SOL_SOCKET, SO_OPENTYPE, value, nullptr), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
  });
}

TEST_F(OptionTest, IoctlsocketReadsOrWritesItsOneNumber) {
  provider().On<&WSPPROC_TABLE::lpWSPIoctl>(
      [](SOCKET, DWORD command, LPVOID in, DWORD in_length, LPVOID out, DWORD out_length, LPDWORD,
         LPWSAOVERLAPPED, LPWSAOVERLAPPED_COMPLETION_ROUTINE, LPWSATHREADID, LPINT) {
        if (command == FIONBIO) {
          EXPECT_EQ(*static_cast<u_long*>(in), 1u);
          EXPECT_EQ(in_length, 4u);
          EXPECT_EQ(out, nullptr);
        } else {
          EXPECT_EQ(in, nullptr);
          EXPECT_EQ(out_length, 4u);
          *static_cast<u_long*>(out) = 100;
        }
        return 0;
      });
  RunWithSocket([](SOCKET s) {
    u_long value = 1;
    EXPECT_EQ(ioctlsocket(s, FIONBIO, &value), 0);
    EXPECT_EQ(ioctlsocket(s, FIONREAD, &value), 0);
    EXPECT_EQ(value, 100u);
  });
  EXPECT_THAT(world_.log.lines, Contains("1> ioctlsocket 4, FIONREAD"));
}

TEST_F(OptionTest, IoctlsocketWithoutItsNumberIsAFault) {
  RunWithSocket([this](SOCKET s) {
    EXPECT_EQ(ioctlsocket(s, FIONBIO, nullptr), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
    EXPECT_EQ(ioctlsocket(INVALID_SOCKET, FIONBIO, nullptr), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
    EXPECT_THAT(provider().calls, ElementsAre());
  });
}

TEST_F(OptionTest, WsaIoctlGoesThroughAsItIs) {
  provider().On<&WSPPROC_TABLE::lpWSPIoctl>(
      [](SOCKET, DWORD command, LPVOID, DWORD in_length, LPVOID, DWORD out_length, LPDWORD returned,
         LPWSAOVERLAPPED, LPWSAOVERLAPPED_COMPLETION_ROUTINE, LPWSATHREADID, LPINT lpErrno) {
        EXPECT_EQ(in_length, 3u);
        EXPECT_EQ(out_length, 5u);
        *returned = 2;
        *lpErrno = WSAEOPNOTSUPP;
        return command == SIO_FLUSH ? 0 : SOCKET_ERROR;
      });
  RunWithSocket([](SOCKET s) {
    char in[3];
    char out[5];
    DWORD returned = 0;
    EXPECT_EQ(WSAIoctl(s, SIO_FLUSH, in, 3, out, 5, &returned, nullptr, nullptr), 0);
    EXPECT_EQ(returned, 2u);
    EXPECT_EQ(WSAIoctl(s, 77, in, 3, out, 5, &returned, nullptr, nullptr), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEOPNOTSUPP);
  });
  EXPECT_THAT(world_.log.lines, Contains("1> WSAIoctl 4, 0x4d"));
}

}  // namespace
}  // namespace winsock
