// What every call has in common: its trace, its causes, and the threads that may not call.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stack/names.h"
#include "stack/testing/program_test.h"

namespace winsock {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

class ApiCallTest : public ProgramTest {};

TEST_F(ApiCallTest, ACallAndItsReturnAreTraced) {
  Run([] {
    Start();
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(listen(s, 5), 0);
    EXPECT_EQ(listen(s + 4, 5), SOCKET_ERROR);
    EXPECT_EQ(closesocket(s), 0);
  });
  EXPECT_THAT(world_.log.lines,
              ElementsAre("1> WSAStartup 2.2", "1< WSAStartup 0", "1> socket 2, 1, 0",
                          "1< socket 4", "1> listen 4, 5", "1< listen 0", "1> listen 8, 5",
                          "1< listen WSAENOTSOCK", "1> closesocket 4", "1< closesocket 0"));
  using Numbers = std::array<int64_t, 4>;
  EXPECT_EQ(world_.log.numbers[2], (Numbers{0, AF_INET, SOCK_STREAM, 0}));
  EXPECT_EQ(world_.log.numbers[3], (Numbers{4, 0, 0, 0}));
  EXPECT_EQ(world_.log.numbers[4], (Numbers{4, 5, 0, 0}));
  EXPECT_EQ(world_.log.numbers[7], (Numbers{-1, WSAENOTSOCK, 0, 0}));
}

TEST_F(ApiCallTest, ACallIsCausedByTheReturnBeforeItAndAReturnByItsCall) {
  Run([] {
    Start();
    socket(AF_INET, SOCK_STREAM, 0);
  });
  const auto& log = world_.log;
  ASSERT_EQ(log.ids.size(), 4u);
  EXPECT_THAT(log.causes[1], Contains(log.ids[0]));
  EXPECT_THAT(log.causes[2], Contains(log.ids[1]));
  EXPECT_THAT(log.causes[3], Contains(log.ids[2]));
}

TEST_F(ApiCallTest, AnAddressIsTracedAsItsProviderWritesItAndNoLongerThanItsFamilyHasIt) {
  provider().On<&WSPPROC_TABLE::lpWSPAddressToString>(
      [](LPSOCKADDR, DWORD length, LPWSAPROTOCOL_INFOW, LPWSTR text, LPDWORD, LPINT) {
        EXPECT_EQ(length, sizeof(sockaddr_in));
        std::u16string(u"10.0.0.2:5000").copy(text, 14);
        return 0;
      });
  Run([] {
    Start();
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in name = {};
    name.sin_family = AF_INET;
    EXPECT_EQ(bind(s, reinterpret_cast<sockaddr*>(&name), 1000), 0);
    EXPECT_EQ(bind(s, reinterpret_cast<sockaddr*>(&name), 1), 0);
    EXPECT_EQ(bind(s, nullptr, 16), 0);
  });
  EXPECT_THAT(world_.log.lines, Contains("1> bind 4, 10.0.0.2:5000"));
  EXPECT_EQ(world_.log.octets[4].size(), sizeof(sockaddr_in));
  EXPECT_EQ(world_.log.lines[6], "1> bind 4, none");
  EXPECT_EQ(world_.log.lines[8], "1> bind 4, none");
}

TEST_F(ApiCallTest, AnAddressThatTheProviderCannotWriteIsTracedAsOctets) {
  provider().Fail<&WSPPROC_TABLE::lpWSPAddressToString>(WSAEINVAL);
  Run([] {
    Start();
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    const u_short family = 77;
    EXPECT_EQ(connect(s, reinterpret_cast<const sockaddr*>(&family), 100), 0);
  });
  EXPECT_THAT(world_.log.lines, Contains("1> connect 4, 4d00"));
}

TEST_F(ApiCallTest, AThreadThatIsEndedNeitherReturnsNorCallsInTheTrace) {
  int last_error = 0;
  DWORD waited = 0;
  SOCKET late = 0;
  sim::Process* process = nullptr;
  world_.world.At(sim::Time::Zero() + absl::Milliseconds(10), [&] { process->Kill(); });
  Run([&] {
    process = &sim::Thread::Current()->process();
    Start();
    WSAEVENT event = WSACreateEvent();
    waited = WSAWaitForMultipleEvents(1, &event, FALSE, WSA_INFINITE, FALSE);
    last_error = WSAGetLastError();
    late = socket(AF_INET, SOCK_STREAM, 0);
  });
  EXPECT_EQ(waited, WSA_WAIT_FAILED);
  EXPECT_EQ(last_error, WSA_OPERATION_ABORTED);
  EXPECT_EQ(late, INVALID_SOCKET);
  EXPECT_EQ(world_.log.lines.back(), "1> WSAWaitForMultipleEvents 1 events, any, WSA_INFINITE");
}

TEST_F(ApiCallTest, EveryCallOfAnEndingThreadFailsAtOnce) {
  WSADATA data;
  Run([&] {
    Start();
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    WSAEVENT event = WSACreateEvent();
    provider().calls.clear();
    size_t traced = world_.log.lines.size();
    sim::Thread::Current()->process().Kill();
    EXPECT_EQ(WSAStartup(MAKEWORD(2, 2), &data), WSASYSNOTREADY);
    EXPECT_EQ(WSACleanup(), SOCKET_ERROR);
    EXPECT_EQ(WSACreateEvent(), WSA_INVALID_EVENT);
    EXPECT_FALSE(WSASetEvent(event));
    EXPECT_EQ(send(s, "x", 1, 0), SOCKET_ERROR);
    EXPECT_EQ(closesocket(s), SOCKET_ERROR);
    EXPECT_EQ(WSAWaitForMultipleEvents(1, &event, FALSE, 0, FALSE), WSA_WAIT_FAILED);
    EXPECT_THAT(provider().calls, ElementsAre());
    EXPECT_EQ(world_.log.lines.size(), traced);
  });
}

TEST_F(ApiCallTest, WithoutASimulatedThreadEveryCallFails) {
  WSADATA data;
  EXPECT_EQ(WSAStartup(MAKEWORD(2, 2), &data), WSASYSNOTREADY);
  EXPECT_EQ(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET);
  EXPECT_EQ(closesocket(4), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
  WSASetLastError(0);
  EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
}

TEST_F(ApiCallTest, ABlockedCallIsNamedInADeadlock) {
  provider().On<&WSPPROC_TABLE::lpWSPRecv>([](SOCKET, LPWSABUF, DWORD, LPDWORD, LPDWORD,
                                              LPWSAOVERLAPPED, LPWSAOVERLAPPED_COMPLETION_ROUTINE,
                                              LPWSATHREADID, LPINT lpErrno) {
    sim::Thread::Current()->Wait({}, sim::Time::Never(), false);
    *lpErrno = WSAEINTR;
    return SOCKET_ERROR;
  });
  std::string failure = world_.Run([] {
    Start();
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    listen(s, 1);
    char octet;
    recv(s, &octet, 1, 0);
  });
  EXPECT_THAT(failure, testing::StartsWith("deadlock:"));
  EXPECT_THAT(failure, testing::HasSubstr("recv"));
  EXPECT_THAT(failure, testing::HasSubstr("4"));
}

// A call with its handle left open, and whether it takes a handle at all.
struct AnyCall {
  const char* name;
  std::function<int64_t(SOCKET)> call;
};

std::vector<AnyCall> SocketCalls() {
  auto number = [](SOCKET s) { return static_cast<int64_t>(s); };
  return {
      {"closesocket", [](SOCKET s) { return closesocket(s); }},
      {"bind", [](SOCKET s) { return bind(s, nullptr, 0); }},
      {"getsockname", [](SOCKET s) { return getsockname(s, nullptr, nullptr); }},
      {"getpeername", [](SOCKET s) { return getpeername(s, nullptr, nullptr); }},
      {"listen", [](SOCKET s) { return listen(s, 0); }},
      {"accept", [=](SOCKET s) { return number(accept(s, nullptr, nullptr)); }},
      {"WSAAccept", [=](SOCKET s) { return number(WSAAccept(s, nullptr, nullptr, nullptr, 0)); }},
      {"connect", [](SOCKET s) { return connect(s, nullptr, 0); }},
      {"WSAConnect",
       [](SOCKET s) { return WSAConnect(s, nullptr, 0, nullptr, nullptr, nullptr, nullptr); }},
      {"send", [](SOCKET s) { return send(s, nullptr, 0, 0); }},
      {"sendto", [](SOCKET s) { return sendto(s, nullptr, 0, 0, nullptr, 0); }},
      {"recv", [](SOCKET s) { return recv(s, nullptr, 0, 0); }},
      {"recvfrom", [](SOCKET s) { return recvfrom(s, nullptr, 0, 0, nullptr, nullptr); }},
      {"WSASend", [](SOCKET s) { return WSASend(s, nullptr, 0, nullptr, 0, nullptr, nullptr); }},
      {"WSASendTo",
       [](SOCKET s) { return WSASendTo(s, nullptr, 0, nullptr, 0, nullptr, 0, nullptr, nullptr); }},
      {"WSARecv",
       [](SOCKET s) { return WSARecv(s, nullptr, 0, nullptr, nullptr, nullptr, nullptr); }},
      {"WSARecvFrom",
       [](SOCKET s) {
         return WSARecvFrom(s, nullptr, 0, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
       }},
      {"shutdown", [](SOCKET s) { return shutdown(s, SD_SEND); }},
      {"WSASendDisconnect", [](SOCKET s) { return WSASendDisconnect(s, nullptr); }},
      {"WSARecvDisconnect", [](SOCKET s) { return WSARecvDisconnect(s, nullptr); }},
      {"getsockopt", [](SOCKET s) { return getsockopt(s, SOL_SOCKET, SO_TYPE, nullptr, nullptr); }},
      {"setsockopt", [](SOCKET s) { return setsockopt(s, SOL_SOCKET, SO_TYPE, nullptr, 0); }},
      {"ioctlsocket", [](SOCKET s) { return ioctlsocket(s, FIONBIO, nullptr); }},
      {"WSAIoctl",
       [](SOCKET s) {
         return WSAIoctl(s, FIONBIO, nullptr, 0, nullptr, 0, nullptr, nullptr, nullptr);
       }},
      {"WSAEventSelect", [](SOCKET s) { return WSAEventSelect(s, WSA_INVALID_EVENT, 0); }},
      {"WSAEnumNetworkEvents",
       [](SOCKET s) { return WSAEnumNetworkEvents(s, WSA_INVALID_EVENT, nullptr); }},
  };
}

TEST_F(ApiCallTest, EveryCallOnASocketNeedsAStartupThenASocket) {
  Run([] {
    for (const AnyCall& any : SocketCalls()) {
      WSASetLastError(0);
      EXPECT_EQ(any.call(4), SOCKET_ERROR) << any.name;
      EXPECT_EQ(Name(WSAGetLastError()), "WSANOTINITIALISED") << any.name;
    }
    Start();
    for (const AnyCall& any : SocketCalls()) {
      WSASetLastError(0);
      EXPECT_EQ(any.call(4), SOCKET_ERROR) << any.name;
      EXPECT_EQ(Name(WSAGetLastError()), "WSAENOTSOCK") << any.name;
    }
  });
}

TEST_F(ApiCallTest, NothingIsTracedTwiceAndEveryCallOnASocketIs) {
  Run([this] {
    Start();
    for (const AnyCall& any : SocketCalls()) {
      size_t before = world_.log.lines.size();
      any.call(4);
      ASSERT_EQ(world_.log.lines.size(), before + 2) << any.name;
      EXPECT_THAT(world_.log.lines[before], testing::StartsWith(std::string("1> ") + any.name));
      EXPECT_EQ(world_.log.lines[before + 1], std::string("1< ") + any.name + " WSAENOTSOCK");
    }
  });
}

}  // namespace
}  // namespace winsock
