#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/testing/program_test.h"

namespace winsock {
namespace {

using ::testing::ElementsAre;

constexpr timeval kPoll = {0, 0};

std::vector<SOCKET> Members(const fd_set& set) {
  return std::vector<SOCKET>(set.fd_array, set.fd_array + set.fd_count);
}

fd_set SetOf(std::vector<SOCKET> sockets) {
  fd_set set;
  FD_ZERO(&set);
  for (SOCKET s : sockets) FD_SET(s, &set);
  return set;
}

class SelectTest : public ProgramTest {
 protected:
  // In each set the provider finds those ready that `readable` and `writable` name; in the third
  // none.
  void Ready(std::vector<SOCKET> readable, std::vector<SOCKET> writable) {
    provider().On<&WSPPROC_TABLE::lpWSPSelect>(
        [=](int, fd_set* read, fd_set* write, fd_set* except, const timeval*, LPINT) {
          auto keep = [](fd_set* set, const std::vector<SOCKET>& ready) {
            if (set == nullptr) return 0;
            fd_set kept;
            FD_ZERO(&kept);
            for (SOCKET s : ready) {
              if (FD_ISSET(s, set)) FD_SET(s, &kept);
            }
            *set = kept;
            return static_cast<int>(kept.fd_count);
          };
          return keep(read, readable) + keep(write, writable) + keep(except, {});
        });
  }
};

TEST_F(SelectTest, TheSetsHoldWhatIsReady) {
  Ready({4}, {8});
  RunStarted([] {
    for (int i = 0; i < 3; ++i) socket(AF_INET, SOCK_STREAM, 0);
    fd_set read = SetOf({4, 8});
    fd_set write = SetOf({4, 8, 12});
    fd_set except = SetOf({12});
    EXPECT_EQ(select(0, &read, &write, &except, &kPoll), 2);
    EXPECT_THAT(Members(read), ElementsAre(4));
    EXPECT_THAT(Members(write), ElementsAre(8));
    EXPECT_THAT(Members(except), ElementsAre());
  });
}

TEST_F(SelectTest, WithoutMembersThereIsNothingToWaitFor) {
  RunStarted([this] {
    EXPECT_EQ(select(0, nullptr, nullptr, nullptr, nullptr), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEINVAL);
    fd_set empty = SetOf({});
    EXPECT_EQ(select(0, &empty, &empty, nullptr, &kPoll), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEINVAL);
    EXPECT_THAT(provider().calls, ElementsAre());
  });
}

TEST_F(SelectTest, AMemberThatIsNoSocketLeavesTheSetsAsTheyWere) {
  RunStarted([this] {
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    provider().calls.clear();
    fd_set read = SetOf({s, 77});
    fd_set write = SetOf({s});
    EXPECT_EQ(select(0, &read, &write, nullptr, &kPoll), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
    EXPECT_THAT(Members(read), ElementsAre(s, 77));
    EXPECT_THAT(Members(write), ElementsAre(s));
    EXPECT_THAT(provider().calls, ElementsAre());
  });
}

TEST_F(SelectTest, AFailureOfTheProviderLeavesTheSetsAsTheyWere) {
  provider().On<&WSPPROC_TABLE::lpWSPSelect>(
      [](int, fd_set* read, fd_set*, fd_set*, const timeval*, LPINT lpErrno) {
        FD_ZERO(read);
        *lpErrno = WSAENETDOWN;
        return SOCKET_ERROR;
      });
  RunStarted([] {
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    fd_set read = SetOf({s});
    EXPECT_EQ(select(0, &read, nullptr, nullptr, &kPoll), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENETDOWN);
    EXPECT_THAT(Members(read), ElementsAre(s));
  });
}

TEST_F(SelectTest, SocketsOfOneProviderMayBeOfSeveralOfItsEntries) {
  WSAPROTOCOL_INFOW datagrams = FakeProtocol();
  datagrams.iSocketType = SOCK_DGRAM;
  Install(datagrams);
  RunStarted([this] {
    fd_set read = SetOf({socket(AF_INET, SOCK_STREAM, 0), socket(AF_INET, SOCK_DGRAM, 0)});
    provider().calls.clear();
    EXPECT_EQ(select(0, &read, nullptr, nullptr, &kPoll), 0);
    EXPECT_THAT(provider().calls, ElementsAre("WSPSelect"));
  });
}

TEST_F(SelectTest, SocketsOfTwoProvidersDoNotGoTogether) {
  WSAPROTOCOL_INFOW other = FakeProtocol();
  other.iSocketType = SOCK_DGRAM;
  other.ProviderId.Data1 = 77;
  Install(other);
  RunStarted([] {
    fd_set read = SetOf({socket(AF_INET, SOCK_STREAM, 0)});
    fd_set write = SetOf({socket(AF_INET, SOCK_DGRAM, 0)});
    EXPECT_EQ(select(0, &read, &write, nullptr, &kPoll), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
    EXPECT_EQ(select(0, nullptr, &write, nullptr, &kPoll), 0);
  });
}

TEST_F(SelectTest, OneSetMayBePassedForTwo) {
  Ready({4}, {4, 8});
  RunStarted([] {
    for (int i = 0; i < 3; ++i) socket(AF_INET, SOCK_STREAM, 0);
    fd_set both = SetOf({4, 8, 12});
    EXPECT_EQ(select(0, &both, &both, nullptr, &kPoll), 3);
    EXPECT_THAT(Members(both), ElementsAre(4, 8));
  });
}

TEST_F(SelectTest, TheCountDecidesHowManyHandlesThereAre) {
  constexpr u_int kMany = 200;
  struct {
    u_int fd_count;
    SOCKET fd_array[kMany];
  } large = {};
  u_int seen = 0;
  provider().On<&WSPPROC_TABLE::lpWSPSelect>(
      [&seen](int, fd_set* read, fd_set*, fd_set*, const timeval*, LPINT) {
        seen = read->fd_count;
        return static_cast<int>(seen);
      });
  RunStarted([&] {
    while (large.fd_count < kMany) {
      large.fd_array[large.fd_count++] = socket(AF_INET, SOCK_STREAM, 0);
    }
    EXPECT_EQ(select(0, reinterpret_cast<fd_set*>(&large), nullptr, nullptr, nullptr), 200);
    EXPECT_EQ(seen, kMany);
    EXPECT_EQ(large.fd_count, kMany);
    EXPECT_EQ(large.fd_array[kMany - 1], kMany * 4);
  });
}

TEST_F(SelectTest, ASetThatClaimsMoreThanThereCanBeIsAFault) {
  RunStarted([] {
    fd_set set;
    set.fd_count = 0xFFFFFFFF;
    EXPECT_EQ(select(0, &set, nullptr, nullptr, &kPoll), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
  });
}

TEST_F(SelectTest, ItNeedsAStartup) {
  Run([] {
    EXPECT_EQ(select(0, nullptr, nullptr, nullptr, nullptr), SOCKET_ERROR);
    EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
  });
}

TEST(FdIsSet, LooksForTheHandle) {
  fd_set set = SetOf({4});
  EXPECT_TRUE(__WSAFDIsSet(4, &set));
  EXPECT_FALSE(__WSAFDIsSet(8, &set));
  EXPECT_FALSE(__WSAFDIsSet(4, nullptr));
}

}  // namespace
}  // namespace winsock
