// Errors of calls that were made at the wrong time, on the wrong handle or with the wrong
// arguments, over every provider (Winsock pages of the calls; the order of checks is WSAStartup,
// handle, state, arguments).
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "tests/winsock/two_programs.h"

namespace winsock {
namespace {

using wsim::ConnectionProviders;
using wsim::ErrorOf;
using wsim::ToSockaddr;
using wsim::TwoPrograms;

class CallErrors : public testing::TestWithParam<std::string> {
 protected:
  TwoPrograms us{GetParam()};
};

struct Call {
  const char* name;
  std::function<int64_t(SOCKET)> make;  // -1 on failure
};

// Every call that takes a socket.
std::vector<Call> SocketCalls() {
  static sockaddr_storage name;
  static int length;
  static char octet;
  static WSABUF buffer;
  static DWORD count;
  static DWORD flags;
  static u_long number;
  static WSANETWORKEVENTS events;
  name = {};
  length = sizeof(name);
  buffer = {1, &octet};
  flags = 0;
  auto* address = reinterpret_cast<sockaddr*>(&name);
  return {
      {"bind", [=](SOCKET s) { return bind(s, address, length); }},
      {"listen", [](SOCKET s) { return listen(s, 1); }},
      {"accept", [](SOCKET s) { return static_cast<int64_t>(accept(s, nullptr, nullptr)); }},
      {"WSAAccept",
       [](SOCKET s) { return static_cast<int64_t>(WSAAccept(s, nullptr, nullptr, nullptr, 0)); }},
      {"connect", [=](SOCKET s) { return connect(s, address, length); }},
      {"WSAConnect",
       [=](SOCKET s) {
         return WSAConnect(s, address, length, nullptr, nullptr, nullptr, nullptr);
       }},
      {"send", [](SOCKET s) { return send(s, &octet, 1, 0); }},
      {"sendto", [=](SOCKET s) { return sendto(s, &octet, 1, 0, address, length); }},
      {"recv", [](SOCKET s) { return recv(s, &octet, 1, 0); }},
      {"recvfrom", [](SOCKET s) { return recvfrom(s, &octet, 1, 0, nullptr, nullptr); }},
      {"WSASend", [](SOCKET s) { return WSASend(s, &buffer, 1, &count, 0, nullptr, nullptr); }},
      {"WSARecv",
       [](SOCKET s) { return WSARecv(s, &buffer, 1, &count, &flags, nullptr, nullptr); }},
      {"shutdown", [](SOCKET s) { return shutdown(s, SD_SEND); }},
      {"WSASendDisconnect", [](SOCKET s) { return WSASendDisconnect(s, nullptr); }},
      {"WSARecvDisconnect", [](SOCKET s) { return WSARecvDisconnect(s, nullptr); }},
      {"closesocket", [](SOCKET s) { return closesocket(s); }},
      {"getsockname", [=](SOCKET s) { return getsockname(s, address, &length); }},
      {"getpeername", [=](SOCKET s) { return getpeername(s, address, &length); }},
      {"getsockopt",
       [](SOCKET s) {
         return getsockopt(s, SOL_SOCKET, SO_TYPE, reinterpret_cast<char*>(&number), &length);
       }},
      {"setsockopt",
       [](SOCKET s) {
         return setsockopt(s, SOL_SOCKET, SO_DEBUG, reinterpret_cast<char*>(&number), 4);
       }},
      {"ioctlsocket", [](SOCKET s) { return ioctlsocket(s, FIONBIO, &number); }},
      {"WSAIoctl",
       [](SOCKET s) {
         return WSAIoctl(s, FIONREAD, nullptr, 0, &number, 4, &count, nullptr, nullptr);
       }},
      {"WSAEventSelect", [](SOCKET s) { return WSAEventSelect(s, nullptr, 0); }},
      {"WSAEnumNetworkEvents", [](SOCKET s) { return WSAEnumNetworkEvents(s, nullptr, &events); }},
      {"select",
       [](SOCKET s) {
         fd_set set;
         FD_ZERO(&set);
         FD_SET(s, &set);
         const timeval now = {0, 0};
         return select(0, &set, nullptr, nullptr, &now);
       }},
  };
}

TEST_P(CallErrors, EveryCallNeedsWsaStartup) {
  us.Run([&] {
    const SOCKET s = us.MakeSocket();
    WSACleanup();
    for (const Call& call : SocketCalls()) {
      EXPECT_EQ(ErrorOf(call.make(s)), WSANOTINITIALISED) << call.name;
    }
    EXPECT_EQ(ErrorOf(static_cast<int64_t>(socket(0, 0, 0))), WSANOTINITIALISED);
    EXPECT_EQ(ErrorOf(WSAEnumProtocols(nullptr, nullptr, nullptr)), WSANOTINITIALISED);
    EXPECT_EQ(WSACreateEvent(), WSA_INVALID_EVENT);
    EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
    EXPECT_EQ(ErrorOf(WSACleanup()), WSANOTINITIALISED);
    // And the handles of before do not come back.
    WSADATA data;
    EXPECT_EQ(WSAStartup(WINSOCK_VERSION, &data), 0);
    for (const Call& call : SocketCalls()) {
      EXPECT_EQ(ErrorOf(call.make(s)), WSAENOTSOCK) << call.name;
    }
  });
}

TEST_P(CallErrors, EveryCallJudgesTheHandleFirst) {
  us.Run([&] {
    const SOCKET closed = us.MakeSocket();
    EXPECT_EQ(closesocket(closed), 0);
    for (const SOCKET s : {closed, INVALID_SOCKET, SOCKET{0}, SOCKET{123456}}) {
      for (const Call& call : SocketCalls()) {
        EXPECT_EQ(ErrorOf(call.make(s)), WSAENOTSOCK) << call.name;
      }
    }
  });
}

TEST_P(CallErrors, OfBind) {
  us.Run([&] {
    const SOCKET s = us.MakeSocket();
    transport::Address name = us.any();
    const int length = static_cast<int>(name.size());
    EXPECT_EQ(ErrorOf(bind(s, nullptr, length)), WSAEFAULT);
    EXPECT_EQ(ErrorOf(bind(s, ToSockaddr(name), length - 1)), WSAEFAULT);
    transport::Address other = name;
    other[0] = AF_INET == name[0] ? AF_INET6 : AF_INET;
    EXPECT_EQ(ErrorOf(bind(s, ToSockaddr(other), length)), WSAEAFNOSUPPORT);
    const transport::Address foreign = us.server_address();  // this program runs at the client
    EXPECT_EQ(ErrorOf(bind(s, ToSockaddr(foreign), length)), WSAEADDRNOTAVAIL);
    EXPECT_EQ(ErrorOf(bind(s, ToSockaddr(name), length)), 0);
    EXPECT_EQ(ErrorOf(bind(s, ToSockaddr(name), length)), WSAEINVAL);
    const SOCKET second = us.MakeSocket();
    EXPECT_EQ(ErrorOf(bind(second, ToSockaddr(name), length)), WSAEADDRINUSE);
    const transport::Address any_port = us.addresses().Wildcard(0);
    EXPECT_EQ(ErrorOf(bind(second, ToSockaddr(any_port), length)), 0);
    transport::Address bound(name.size());
    int bound_length = length;
    EXPECT_EQ(ErrorOf(getsockname(second, ToSockaddr(bound), &bound_length)), 0);
    EXPECT_GE(us.addresses().Port(bound), 49152);
    EXPECT_TRUE(us.addresses().IsWildcard(bound));
  });
}

TEST_P(CallErrors, OfNames) {
  us.Run([&] {
    const SOCKET s = us.MakeSocket();
    transport::Address name = us.any();
    int length = static_cast<int>(name.size());
    EXPECT_EQ(ErrorOf(getsockname(s, ToSockaddr(name), &length)), WSAEINVAL);
    EXPECT_EQ(ErrorOf(getpeername(s, nullptr, nullptr)), WSAENOTCONN);  // before the pointers
    EXPECT_EQ(bind(s, ToSockaddr(name), length), 0);
    --length;
    EXPECT_EQ(ErrorOf(getsockname(s, ToSockaddr(name), &length)), WSAEFAULT);
    EXPECT_EQ(length, static_cast<int>(name.size()) - 1);
    EXPECT_EQ(ErrorOf(getsockname(s, nullptr, &length)), WSAEFAULT);
    EXPECT_EQ(ErrorOf(getsockname(s, ToSockaddr(name), nullptr)), WSAEFAULT);
  });
}

TEST_P(CallErrors, OfAnIdleSocket) {
  us.Run([&] {
    const SOCKET s = us.MakeSocket();
    char octet = 0;
    for (const int backlog : {-1, 0, 5}) EXPECT_EQ(ErrorOf(listen(s, backlog)), WSAEINVAL);
    EXPECT_EQ(ErrorOf(static_cast<int64_t>(accept(s, nullptr, nullptr))), WSAEINVAL);
    EXPECT_EQ(ErrorOf(send(s, &octet, 1, 0)), WSAENOTCONN);
    EXPECT_EQ(ErrorOf(recv(s, &octet, 1, 0)), WSAENOTCONN);
    EXPECT_EQ(ErrorOf(shutdown(s, SD_SEND)), WSAENOTCONN);
    EXPECT_EQ(ErrorOf(shutdown(s, 77)), WSAENOTCONN);  // the state comes before the arguments
    EXPECT_EQ(ErrorOf(WSASendDisconnect(s, nullptr)), WSAENOTCONN);
    EXPECT_EQ(ErrorOf(WSARecvDisconnect(s, nullptr)), WSAENOTCONN);
  });
}

TEST_P(CallErrors, OfConnect) {
  const auto nobody_listens = [&] {
    closesocket(us.MakeListener());
    TwoPrograms::Sleep(absl::Seconds(5));
  };
  us.Run(nobody_listens, [&] {
    const SOCKET s = us.MakeSocket();
    const transport::Address server = us.server_address();
    const int length = static_cast<int>(server.size());
    const auto error_of = [&](const transport::Address& name) {
      return ErrorOf(connect(s, ToSockaddr(name), length));
    };
    EXPECT_EQ(ErrorOf(connect(s, nullptr, length)), WSAEFAULT);
    EXPECT_EQ(ErrorOf(connect(s, ToSockaddr(server), length - 1)), WSAEFAULT);
    EXPECT_EQ(error_of(us.any()), WSAEADDRNOTAVAIL);
    EXPECT_EQ(error_of(us.addresses().WithPort(server, 0)), WSAEADDRNOTAVAIL);
    transport::Address other = server;
    other[0] = AF_INET == server[0] ? AF_INET6 : AF_INET;
    EXPECT_EQ(error_of(other), WSAEAFNOSUPPORT);
    QOS qos = {};
    EXPECT_EQ(ErrorOf(WSAConnect(s, ToSockaddr(server), length, nullptr, nullptr, nullptr, &qos)),
              WSAEINVAL);
    // Nobody listens; the socket may try again, and a failed attempt does not spoil it.
    EXPECT_EQ(error_of(server), WSAECONNREFUSED);
    EXPECT_EQ(error_of(server), WSAECONNREFUSED);
    int error = -1;
    int error_length = sizeof(error);
    EXPECT_EQ(getsockopt(s, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &error_length),
              0);
    EXPECT_EQ(error, 0);  // of a blocking attempt nothing is kept
    EXPECT_EQ(ErrorOf(listen(s, 1)), 0);
    EXPECT_EQ(error_of(server), WSAEINVAL);  // it listens
  });
}

TEST_P(CallErrors, OfAListener) {
  us.Run([&] {
    const SOCKET s = us.MakeListener();
    char octet = 0;
    EXPECT_EQ(ErrorOf(listen(s, 1)), 0);  // again: no error, no change
    EXPECT_EQ(ErrorOf(send(s, &octet, 1, 0)), WSAENOTCONN);
    EXPECT_EQ(ErrorOf(recv(s, &octet, 1, 0)), WSAENOTCONN);
    EXPECT_EQ(ErrorOf(shutdown(s, SD_BOTH)), WSAENOTCONN);
    u_long nonblocking = 1;
    EXPECT_EQ(ioctlsocket(s, FIONBIO, &nonblocking), 0);
    EXPECT_EQ(ErrorOf(static_cast<int64_t>(accept(s, nullptr, nullptr))), WSAEWOULDBLOCK);
    BOOL on = TRUE;
    EXPECT_EQ(ErrorOf(setsockopt(s, SOL_SOCKET, SO_CONDITIONAL_ACCEPT, reinterpret_cast<char*>(&on),
                                 sizeof(on))),
              WSAEINVAL);
  });
}

TEST_P(CallErrors, OfOptions) {
  us.Run([&] {
    const SOCKET s = us.MakeSocket();
    int value = 1;
    char* octets = reinterpret_cast<char*>(&value);
    const auto set = [&](int level, int name, int length) {
      return ErrorOf(setsockopt(s, level, name, octets, length));
    };
    const auto get = [&](int level, int name, int length) {
      return ErrorOf(getsockopt(s, level, name, octets, &length));
    };
    EXPECT_EQ(set(77, SO_DEBUG, 4), WSAEINVAL);
    EXPECT_EQ(get(77, SO_DEBUG, 4), WSAEINVAL);
    EXPECT_EQ(set(SOL_SOCKET, 0x4242, 4), WSAENOPROTOOPT);
    EXPECT_EQ(get(SOL_SOCKET, 0x4242, 4), WSAENOPROTOOPT);
    EXPECT_EQ(ErrorOf(setsockopt(s, SOL_SOCKET, SO_DEBUG, nullptr, 4)), WSAEFAULT);
    EXPECT_EQ(set(SOL_SOCKET, SO_LINGER, 3), WSAEFAULT);
    EXPECT_EQ(set(SOL_SOCKET, SO_RCVTIMEO, 3), WSAEFAULT);
    EXPECT_EQ(get(SOL_SOCKET, SO_TYPE, 3), WSAEFAULT);
    for (const int name : {SO_TYPE, SO_ACCEPTCONN, SO_MAX_MSG_SIZE, SO_CONNECT_TIME}) {
      EXPECT_EQ(set(SOL_SOCKET, name, 4), WSAENOPROTOOPT) << name;
    }
    for (const int name : {SO_SNDLOWAT, SO_RCVLOWAT, SO_USELOOPBACK}) {
      EXPECT_EQ(set(SOL_SOCKET, name, 4), WSAEINVAL) << name;
    }
    EXPECT_EQ(set(SOL_SOCKET, SO_REUSEADDR, 4), 0);
    EXPECT_EQ(set(SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 4), WSAEINVAL);
  });
}

TEST_P(CallErrors, OfIoctls) {
  us.Run([&] {
    const SOCKET s = us.MakeSocket();
    u_long number = 1;
    EXPECT_EQ(ErrorOf(ioctlsocket(s, FIONBIO, nullptr)), WSAEFAULT);
    EXPECT_EQ(ErrorOf(ioctlsocket(s, 0x12345678, &number)), WSAEOPNOTSUPP);
    const WSAEVENT event = WSACreateEvent();
    EXPECT_EQ(WSAEventSelect(s, event, FD_READ), 0);
    number = 0;
    EXPECT_EQ(ErrorOf(ioctlsocket(s, FIONBIO, &number)), WSAEINVAL);
    EXPECT_EQ(WSAEventSelect(s, nullptr, 0), 0);
    EXPECT_EQ(ErrorOf(ioctlsocket(s, FIONBIO, &number)), 0);
  });
}

TEST_P(CallErrors, OfSelect) {
  us.Run([&] {
    const timeval now = {0, 0};
    EXPECT_EQ(ErrorOf(select(0, nullptr, nullptr, nullptr, &now)), WSAEINVAL);
    fd_set empty;
    FD_ZERO(&empty);
    EXPECT_EQ(ErrorOf(select(0, &empty, nullptr, nullptr, &now)), WSAEINVAL);
    const SOCKET s = us.MakeSocket();
    fd_set set;
    FD_ZERO(&set);
    FD_SET(s, &set);
    const timeval invalid = {-1, 0};
    EXPECT_EQ(ErrorOf(select(0, &set, nullptr, nullptr, &invalid)), WSAEINVAL);
    EXPECT_EQ(select(0, &set, nullptr, nullptr, &now), 0);  // a fresh socket is ready for nothing
    EXPECT_EQ(set.fd_count, 0u);
    FD_SET(s, &set);
    FD_SET(SOCKET{123456}, &set);
    EXPECT_EQ(ErrorOf(select(0, &set, nullptr, nullptr, &now)), WSAENOTSOCK);
    EXPECT_EQ(set.fd_count, 2u);  // unchanged
  });
}

TEST_P(CallErrors, OfEvents) {
  us.Run([&] {
    const WSAEVENT event = WSACreateEvent();
    const WSAEVENT none = reinterpret_cast<WSAEVENT>(0x1234560);
    const auto wait = [](DWORD count, const WSAEVENT* events) {
      return ErrorOf(
          WSAWaitForMultipleEvents(count, events, FALSE, 0, FALSE) == WSA_WAIT_FAILED ? -1 : 0);
    };
    EXPECT_EQ(wait(1, &none), WSA_INVALID_HANDLE);
    EXPECT_EQ(wait(0, &event), WSA_INVALID_PARAMETER);
    const std::vector<WSAEVENT> many(65, event);
    EXPECT_EQ(wait(65, many.data()), WSA_INVALID_PARAMETER);
    EXPECT_EQ(wait(1, &event), 0);
    EXPECT_EQ(WSASetEvent(none), FALSE);
    EXPECT_EQ(WSAGetLastError(), WSA_INVALID_HANDLE);
    const SOCKET s = us.MakeSocket();
    WSANETWORKEVENTS events;
    EXPECT_EQ(ErrorOf(WSAEventSelect(s, none, FD_READ)), WSAEINVAL);
    EXPECT_EQ(ErrorOf(WSAEventSelect(s, event, 0x4000)), WSAEINVAL);
    EXPECT_EQ(ErrorOf(WSAEnumNetworkEvents(s, event, nullptr)), WSAEFAULT);
    EXPECT_EQ(ErrorOf(WSAEnumNetworkEvents(s, none, &events)), WSAEINVAL);
    EXPECT_EQ(WSACloseEvent(event), TRUE);
    EXPECT_EQ(WSACloseEvent(event), FALSE);
    EXPECT_EQ(WSAGetLastError(), WSA_INVALID_HANDLE);
  });
}

INSTANTIATE_TEST_SUITE_P(Over, CallErrors, testing::ValuesIn(ConnectionProviders()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace winsock
