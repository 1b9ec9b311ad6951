// Sending, receiving, and ending a connection with data: how the calls map onto the SPI.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/testing/program_test.h"

namespace winsock {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TransferTest : public ProgramTest {
 protected:
  // The provider takes at most `limit` octets of a send.
  void TakeAtMost(DWORD limit) {
    provider().On<&WSPPROC_TABLE::lpWSPSend>(
        [this, limit](SOCKET, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                      LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                      LPWSATHREADID thread, LPINT) {
          EXPECT_EQ(count, 1u);
          EXPECT_EQ(overlapped, nullptr);
          EXPECT_EQ(routine, nullptr);
          EXPECT_NE(thread->ThreadHandle, nullptr);
          flags_ = flags;
          *sent = std::min(limit, buffers[0].len);
          return 0;
        });
  }

  // The provider has `data`, of which `flags_out` says whether the message goes on.
  void Deliver(std::string data, DWORD flags_out) {
    provider().On<&WSPPROC_TABLE::lpWSPRecv>(
        [this, data, flags_out](SOCKET, LPWSABUF buffers, DWORD, LPDWORD received, LPDWORD flags,
                                LPWSAOVERLAPPED, LPWSAOVERLAPPED_COMPLETION_ROUTINE, LPWSATHREADID,
                                LPINT) {
          flags_ = *flags;
          *received = static_cast<DWORD>(data.copy(buffers[0].buf, buffers[0].len));
          *flags = flags_out;
          return 0;
        });
  }

  DWORD flags_ = 0;
};

TEST_F(TransferTest, SendAnswersHowMuchWasTaken) {
  TakeAtMost(3);
  RunWithSocket([this](SOCKET s) {
    EXPECT_EQ(send(s, "hello", 5, MSG_OOB), 3);
    EXPECT_EQ(flags_, static_cast<DWORD>(MSG_OOB));
    EXPECT_EQ(send(s, nullptr, 0, 0), 0);
  });
}

TEST_F(TransferTest, SendtoIsAnotherEntryThanSend) {
  provider().On<&WSPPROC_TABLE::lpWSPSendTo>(
      [](SOCKET, LPWSABUF buffers, DWORD, LPDWORD sent, DWORD, const sockaddr* to, int tolen,
         LPWSAOVERLAPPED, LPWSAOVERLAPPED_COMPLETION_ROUTINE, LPWSATHREADID, LPINT) {
        EXPECT_NE(to, nullptr);
        EXPECT_EQ(tolen, 16);
        *sent = buffers[0].len;
        return 0;
      });
  RunWithSocket([](SOCKET s) {
    sockaddr_in to = {};
    EXPECT_EQ(sendto(s, "hello", 5, 0, reinterpret_cast<sockaddr*>(&to), sizeof to), 5);
    WSABUF buffer = {0, nullptr};
    DWORD sent = 77;
    EXPECT_EQ(WSASendTo(s, &buffer, 1, &sent, 0, reinterpret_cast<sockaddr*>(&to), sizeof to,
                        nullptr, nullptr),
              0);
    EXPECT_EQ(sent, 0u);
  });
}

TEST_F(TransferTest, RecvAnswersHowMuchCameAndNothingOfTheFlags) {
  Deliver("hello", 0);
  RunWithSocket([this](SOCKET s) {
    char buffer[8] = {};
    EXPECT_EQ(recv(s, buffer, sizeof buffer, MSG_PEEK), 5);
    EXPECT_EQ(flags_, static_cast<DWORD>(MSG_PEEK));
    EXPECT_STREQ(buffer, "hello");
  });
}

// WSARecv with an empty buffer waits for something to come.
TEST_F(TransferTest, RecvOfNoOctetsAsksForNoMoreThanIsThere) {
  Deliver("", 0);
  RunWithSocket([this](SOCKET s) {
    char buffer[1];
    EXPECT_EQ(recv(s, buffer, 0, MSG_PEEK), 0);
    EXPECT_EQ(flags_, static_cast<DWORD>(MSG_PEEK | MSG_PUSH_IMMEDIATE));
    EXPECT_EQ(recv(s, buffer, 1, MSG_PEEK), 0);
    EXPECT_EQ(flags_, static_cast<DWORD>(MSG_PEEK));
    WSABUF empty = {0, buffer};
    DWORD count = 0;
    DWORD flags = 0;
    EXPECT_EQ(WSARecv(s, &empty, 1, &count, &flags, nullptr, nullptr), 0);
    EXPECT_EQ(flags_, 0u);
  });
}

TEST_F(TransferTest, RecvCannotSayThatAMessageGoesOn) {
  Deliver("hel", MSG_PARTIAL);
  RunWithSocket([](SOCKET s) {
    char buffer[3] = {};
    EXPECT_EQ(recv(s, buffer, sizeof buffer, 0), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEMSGSIZE);
    EXPECT_EQ(std::string(buffer, 3), "hel");
    EXPECT_EQ(recv(s, buffer, sizeof buffer, MSG_PARTIAL), 3);
  });
}

TEST_F(TransferTest, WsaRecvSaysIt) {
  Deliver("hel", MSG_PARTIAL);
  RunWithSocket([](SOCKET s) {
    char octets[3] = {};
    WSABUF buffer = {sizeof octets, octets};
    DWORD received = 0;
    DWORD flags = 0;
    EXPECT_EQ(WSARecv(s, &buffer, 1, &received, &flags, nullptr, nullptr), 0);
    EXPECT_EQ(received, 3u);
    EXPECT_EQ(flags, static_cast<DWORD>(MSG_PARTIAL));
  });
}

TEST_F(TransferTest, RecvfromIsAnotherEntryThanRecv) {
  provider().On<&WSPPROC_TABLE::lpWSPRecvFrom>(
      [](SOCKET, LPWSABUF, DWORD, LPDWORD received, LPDWORD, sockaddr* from, LPINT fromlen,
         LPWSAOVERLAPPED, LPWSAOVERLAPPED_COMPLETION_ROUTINE, LPWSATHREADID, LPINT) {
        EXPECT_NE(from, nullptr);
        *fromlen = 16;
        *received = 0;
        return 0;
      });
  RunWithSocket([](SOCKET s) {
    sockaddr_storage from;
    int length = sizeof from;
    EXPECT_EQ(recvfrom(s, nullptr, 0, 0, reinterpret_cast<sockaddr*>(&from), &length), 0);
    EXPECT_EQ(length, 16);
    length = sizeof from;
    DWORD received = 77;
    DWORD flags = 0;
    WSABUF buffer = {0, nullptr};
    EXPECT_EQ(WSARecvFrom(s, &buffer, 1, &received, &flags, reinterpret_cast<sockaddr*>(&from),
                          &length, nullptr, nullptr),
              0);
    EXPECT_EQ(received, 0u);
  });
}

TEST_F(TransferTest, ANegativeLengthNeverReachesTheProvider) {
  RunWithSocket([this](SOCKET s) {
    char buffer[1] = {};
    EXPECT_EQ(send(s, buffer, -1, 0), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
    EXPECT_EQ(recv(s, buffer, -1, 0), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEINVAL);
    EXPECT_EQ(recv(INVALID_SOCKET, buffer, -1, 0), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
    EXPECT_THAT(provider().calls, ElementsAre());
  });
}

TEST_F(TransferTest, OverlappedArgumentsGoThroughAsTheyAre) {
  WSAOVERLAPPED overlapped = {};
  LPWSAOVERLAPPED_COMPLETION_ROUTINE routine = [](DWORD, DWORD, LPWSAOVERLAPPED, DWORD) {};
  provider().On<&WSPPROC_TABLE::lpWSPSend>(
      [&](SOCKET, LPWSABUF, DWORD, LPDWORD, DWORD, LPWSAOVERLAPPED given,
          LPWSAOVERLAPPED_COMPLETION_ROUTINE given_routine, LPWSATHREADID, LPINT lpErrno) {
        EXPECT_EQ(given, &overlapped);
        EXPECT_EQ(given_routine, routine);
        *lpErrno = WSA_IO_PENDING;
        return SOCKET_ERROR;
      });
  RunWithSocket([&](SOCKET s) {
    WSABUF buffer = {0, nullptr};
    EXPECT_EQ(WSASend(s, &buffer, 1, nullptr, 0, &overlapped, routine), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSA_IO_PENDING);
  });
}

TEST_F(TransferTest, TheTraceKeepsTheOctetsOfSeveralBuffersAsOneStretch) {
  provider().On<&WSPPROC_TABLE::lpWSPRecv>(
      [](SOCKET, LPWSABUF buffers, DWORD, LPDWORD received, LPDWORD, LPWSAOVERLAPPED,
         LPWSAOVERLAPPED_COMPLETION_ROUTINE, LPWSATHREADID, LPINT) {
        buffers[0].buf[0] = 'x';
        buffers[0].buf[1] = 'y';
        buffers[1].buf[0] = 'z';
        *received = 3;
        return 0;
      });
  RunWithSocket([](SOCKET s) {
    char hello[] = "hello";
    WSABUF out[] = {{2, hello}, {3, hello + 2}};
    DWORD count = 0;
    EXPECT_EQ(WSASend(s, out, 2, &count, 0, nullptr, nullptr), 0);
    char first[2];
    char second[2];
    WSABUF in[] = {{2, first}, {2, second}};
    DWORD flags = 0;
    EXPECT_EQ(WSARecv(s, in, 2, &count, &flags, nullptr, nullptr), 0);
  });
  EXPECT_THAT(world_.log.octets, Contains("hello"));
  EXPECT_THAT(world_.log.octets, Contains("xyz"));
  EXPECT_THAT(world_.log.lines, Contains("1> WSASend 4, 5 octets, 0"));
  EXPECT_THAT(world_.log.lines, Contains("1> WSARecv 4, at most 4 octets, 0"));
}

TEST_F(TransferTest, ShutdownAndDisconnectDataGoToTheProvider) {
  provider().On<&WSPPROC_TABLE::lpWSPSendDisconnect>([](SOCKET, LPWSABUF data, LPINT) {
    EXPECT_EQ(std::string(data->buf, data->len), "7");
    return 0;
  });
  provider().On<&WSPPROC_TABLE::lpWSPRecvDisconnect>([](SOCKET, LPWSABUF data, LPINT) {
    EXPECT_EQ(data->len, 8u);
    data->buf[0] = '9';
    data->len = 1;
    return 0;
  });
  RunWithSocket([](SOCKET s) {
    char total[] = "7";
    WSABUF out = {1, total};
    EXPECT_EQ(WSASendDisconnect(s, &out), 0);
    char room[8];
    WSABUF in = {sizeof room, room};
    EXPECT_EQ(WSARecvDisconnect(s, &in), 0);
    EXPECT_EQ(std::string(room, in.len), "9");
    EXPECT_EQ(shutdown(s, SD_BOTH), 0);
  });
  EXPECT_THAT(world_.log.lines, Contains("1> WSASendDisconnect 4, 1 octets"));
  EXPECT_THAT(world_.log.lines, Contains("1> shutdown 4, SD_BOTH"));
  EXPECT_THAT(world_.log.octets, Contains("9"));
}

TEST_F(TransferTest, DisconnectWithoutDataIsPassedAsSuch) {
  provider().On<&WSPPROC_TABLE::lpWSPSendDisconnect>([](SOCKET, LPWSABUF data, LPINT) {
    EXPECT_EQ(data, nullptr);
    return 0;
  });
  provider().Fail<&WSPPROC_TABLE::lpWSPRecvDisconnect>(WSAENOPROTOOPT);
  provider().Fail<&WSPPROC_TABLE::lpWSPShutdown>(WSAENOTCONN);
  RunWithSocket([](SOCKET s) {
    EXPECT_EQ(WSASendDisconnect(s, nullptr), 0);
    EXPECT_EQ(WSARecvDisconnect(s, nullptr), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOPROTOOPT);
    EXPECT_EQ(shutdown(s, SD_SEND), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOTCONN);
  });
}

}  // namespace
}  // namespace winsock
