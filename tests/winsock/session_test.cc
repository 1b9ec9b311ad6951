// What the session provider carries, by the version in force: limits of every call that has user
// data, and options of its own level (Winsock pages: WSAConnect, WSAAccept, WSASendDisconnect).
#include <algorithm>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "providers/osi/session/session_options.h"
#include "tests/winsock/two_programs.h"

namespace wsim {
namespace {

using winsock::SOCKET;
using winsock::WSABUF;

int SetInt(SOCKET s, int option, int value) {
  return ErrorOf(winsock::setsockopt(s, osi::kSessionProtocol, option,
                                     reinterpret_cast<const char*>(&value), sizeof(value)));
}

int GetInt(SOCKET s, int level, int option) {
  int value = -1;
  int length = sizeof(value);
  EXPECT_EQ(
      ErrorOf(winsock::getsockopt(s, level, option, reinterpret_cast<char*>(&value), &length)), 0);
  return value;
}

std::string ReceivedDisconnectData(SOCKET s) {
  std::string room(20000, '\0');
  WSABUF buffer = ToBuffer(room);
  EXPECT_EQ(ErrorOf(winsock::WSARecvDisconnect(s, &buffer)), 0);
  return room.substr(0, buffer.len);
}

int SendDisconnect(SOCKET s, std::string data) {
  WSABUF buffer = ToBuffer(data);
  return ErrorOf(winsock::WSASendDisconnect(s, &buffer));
}

int CALLBACK AcceptWithAll(WSABUF*, WSABUF*, winsock::LPQOS, winsock::LPQOS, WSABUF*,
                           WSABUF* callee_data, winsock::GROUP*, winsock::DWORD_PTR room) {
  *reinterpret_cast<winsock::u_long*>(room) = callee_data->len;
  std::fill_n(callee_data->buf, callee_data->len, 'w');
  return winsock::CF_ACCEPT;
}

// Both sides carry `limit` octets at each turn, and not one more.
void ExpectLimit(int client_versions, int server_versions, int version, size_t limit) {
  TwoPrograms us("session");
  us.Run(
      [&] {
        const SOCKET listener = us.MakeListener();
        EXPECT_EQ(SetInt(listener, osi::SO_SESSION_VERSIONS, server_versions), 0);
        winsock::u_long room = 0;
        const SOCKET s = winsock::WSAAccept(listener, nullptr, nullptr, AcceptWithAll,
                                            reinterpret_cast<winsock::DWORD_PTR>(&room));
        ASSERT_EQ(ErrorOf(static_cast<int64_t>(s)), 0);
        EXPECT_EQ(room, limit);
        EXPECT_EQ(GetInt(s, osi::kSessionProtocol, osi::SO_SESSION_VERSIONS), version);
        char octet;
        EXPECT_EQ(ErrorOf(winsock::recv(s, &octet, 1, 0)), winsock::WSAEDISCON);
        EXPECT_EQ(ReceivedDisconnectData(s), std::string(limit, 'c'));
        EXPECT_EQ(SendDisconnect(s, std::string(limit + 1, 's')), winsock::WSAEFAULT);
        EXPECT_EQ(SendDisconnect(s, std::string(limit, 's')), 0);
        winsock::closesocket(s);
        winsock::closesocket(listener);
      },
      [&] {
        const SOCKET s = us.MakeSocket();
        EXPECT_EQ(SetInt(s, osi::SO_SESSION_VERSIONS, client_versions), 0);
        std::string room(20000, '\0');
        WSABUF callee_data = ToBuffer(room);
        const transport::Address name = us.server_address();
        ASSERT_EQ(ErrorOf(winsock::WSAConnect(s, ToSockaddr(name), static_cast<int>(name.size()),
                                              nullptr, &callee_data, nullptr, nullptr)),
                  0);
        EXPECT_EQ(room.substr(0, callee_data.len), std::string(limit, 'w'));
        EXPECT_EQ(GetInt(s, osi::kSessionProtocol, osi::SO_SESSION_VERSIONS), version);
        EXPECT_EQ(SendDisconnect(s, std::string(limit + 1, 'c')), winsock::WSAEFAULT);
        EXPECT_EQ(SendDisconnect(s, std::string(limit, 'c')), 0);
        char octet;
        EXPECT_EQ(ErrorOf(winsock::recv(s, &octet, 1, 0)), winsock::WSAEDISCON);
        EXPECT_EQ(ReceivedDisconnectData(s), std::string(limit, 's'));
        winsock::closesocket(s);
      });
}

TEST(SessionProvider, CarriesWhatTheVersionInForceCarries) {
  ExpectLimit(3, 3, 2, 10240);
  ExpectLimit(2, 3, 2, 10240);
  ExpectLimit(1, 3, 1, 512);
  ExpectLimit(3, 1, 1, 512);
}

TEST(SessionProvider, CallerDataAreHeldToTheVersionsProposed) {
  TwoPrograms us("session");
  us.Run(
      [&] {
        const SOCKET listener = us.MakeListener();
        for (int i = 0; i < 2; ++i)
          winsock::closesocket(winsock::accept(listener, nullptr, nullptr));
        winsock::closesocket(listener);
      },
      [&] {
        for (const auto& [versions, limit] : {std::pair<int, size_t>{3, 10240}, {1, 512}}) {
          const SOCKET s = us.MakeSocket();
          EXPECT_EQ(SetInt(s, osi::SO_SESSION_VERSIONS, versions), 0);
          EXPECT_EQ(us.Connect(s, std::string(limit + 1, 'x')), winsock::WSAEFAULT);
          EXPECT_EQ(us.Connect(s, std::string(limit, 'x')), 0) << versions;
          winsock::closesocket(s);
        }
      });
}

TEST(SessionProvider, VersionsThatDoNotMeetAreRefused) {
  TwoPrograms us("session");
  us.Run(
      [&] {
        const SOCKET listener = us.MakeListener();
        EXPECT_EQ(SetInt(listener, osi::SO_SESSION_VERSIONS, 2), 0);
        TwoPrograms::Sleep(absl::Seconds(5));
        winsock::u_long nonblocking = 1;
        winsock::ioctlsocket(listener, winsock::FIONBIO, &nonblocking);
        EXPECT_EQ(ErrorOf(static_cast<int64_t>(winsock::accept(listener, nullptr, nullptr))),
                  winsock::WSAEWOULDBLOCK);  // nobody is in the queue
        winsock::closesocket(listener);
      },
      [&] {
        const SOCKET s = us.MakeSocket();
        EXPECT_EQ(SetInt(s, osi::SO_SESSION_VERSIONS, 1), 0);
        EXPECT_EQ(us.Connect(s), winsock::WSAECONNREFUSED);
        winsock::closesocket(s);
      });
}

TEST(SessionProvider, Version1WithATsduMaximumLimitsMessages) {
  TwoPrograms us("session");
  us.Run(
      [&] {
        const SOCKET listener = us.MakeListener();
        const SOCKET s = winsock::accept(listener, nullptr, nullptr);
        char octets[1000];
        EXPECT_EQ(winsock::recv(s, octets, sizeof(octets), 0), 296);
        winsock::closesocket(s);
        winsock::closesocket(listener);
      },
      [&] {
        const SOCKET s = us.MakeSocket();
        EXPECT_EQ(SetInt(s, osi::SO_SESSION_VERSIONS, 1), 0);
        EXPECT_EQ(SetInt(s, osi::SO_SESSION_TSDU_MAXIMUM_SEND, 300), 0);
        EXPECT_EQ(us.Connect(s), 0);
        EXPECT_EQ(GetInt(s, winsock::SOL_SOCKET, winsock::SO_MAX_MSG_SIZE), 296);
        const std::string message(297, 'm');
        EXPECT_EQ(ErrorOf(winsock::send(s, message.data(), 297, 0)), winsock::WSAEMSGSIZE);
        EXPECT_EQ(winsock::send(s, message.data(), 296, 0), 296);
        winsock::closesocket(s);
      });
}

TEST(SessionProvider, Version2SegmentsMessagesOfAnyLength) {
  TwoPrograms us("session");
  std::string message;
  for (int i = 0; i < 30000; ++i) message += static_cast<char>('a' + i % 26);
  us.Run(
      [&] {
        const SOCKET listener = us.MakeListener();
        const SOCKET s = winsock::accept(listener, nullptr, nullptr);
        EXPECT_EQ(GetInt(s, osi::kSessionProtocol, osi::SO_SESSION_TSDU_MAXIMUM_RECEIVE), 300);
        std::string room(40000, '\0');
        const int count = winsock::recv(s, room.data(), 40000, 0);
        EXPECT_EQ(room.substr(0, static_cast<size_t>(count)), message);
        EXPECT_EQ(winsock::recv(s, room.data(), 40000, 0), 0);  // an empty message
        winsock::closesocket(s);
        winsock::closesocket(listener);
      },
      [&] {
        const SOCKET s = us.MakeSocket();
        EXPECT_EQ(SetInt(s, osi::SO_SESSION_TSDU_MAXIMUM_SEND, 300), 0);
        EXPECT_EQ(us.Connect(s), 0);
        EXPECT_EQ(winsock::send(s, message.data(), 30000, 0), 30000);
        EXPECT_EQ(winsock::send(s, message.data(), 0, 0), 0);
        winsock::closesocket(s);
      });
}

TEST(SessionProvider, ConnectionIdentifiersReachThePeer) {
  TwoPrograms us("session");
  const auto octets_of = [](SOCKET s, int option) {
    char octets[100];
    int length = sizeof(octets);
    EXPECT_EQ(ErrorOf(winsock::getsockopt(s, osi::kSessionProtocol, option, octets, &length)), 0);
    return std::string(octets, static_cast<size_t>(length));
  };
  us.Run(
      [&] {
        const SOCKET listener = us.MakeListener();
        EXPECT_EQ(winsock::setsockopt(listener, osi::kSessionProtocol,
                                      osi::SO_SESSION_USER_REFERENCE, "server", 6),
                  0);
        const SOCKET s = winsock::accept(listener, nullptr, nullptr);
        EXPECT_EQ(octets_of(s, osi::SO_SESSION_PEER_USER_REFERENCE), "client");
        winsock::closesocket(s);
        winsock::closesocket(listener);
      },
      [&] {
        const SOCKET s = us.MakeSocket();
        EXPECT_EQ(winsock::setsockopt(s, osi::kSessionProtocol, osi::SO_SESSION_USER_REFERENCE,
                                      "client", 6),
                  0);
        EXPECT_EQ(octets_of(s, osi::SO_SESSION_USER_REFERENCE), "client");
        EXPECT_EQ(us.Connect(s), 0);
        EXPECT_EQ(octets_of(s, osi::SO_SESSION_PEER_USER_REFERENCE), "server");
        winsock::closesocket(s);
      });
}

TEST(SessionProvider, OptionsAreCheckedAndRefused) {
  TwoPrograms us("session");
  us.Run([&] {
    const SOCKET s = us.MakeSocket();
    EXPECT_EQ(GetInt(s, osi::kSessionProtocol, osi::SO_SESSION_VERSIONS), 3);
    EXPECT_EQ(SetInt(s, osi::SO_SESSION_VERSIONS, 4), winsock::WSAEINVAL);
    EXPECT_EQ(SetInt(s, osi::SO_SESSION_TSDU_MAXIMUM_SEND, 255), winsock::WSAEINVAL);
    EXPECT_EQ(SetInt(s, osi::SO_SESSION_PEER_USER_REFERENCE, 1), winsock::WSAENOPROTOOPT);
    EXPECT_EQ(SetInt(s, 77, 1), winsock::WSAENOPROTOOPT);
    const char short_value = 1;
    EXPECT_EQ(ErrorOf(winsock::setsockopt(s, osi::kSessionProtocol, osi::SO_SESSION_VERSIONS,
                                          &short_value, 1)),
              winsock::WSAEFAULT);
    const SOCKET tcp = winsock::socket(winsock::AF_INET, winsock::SOCK_STREAM, 0);
    EXPECT_EQ(SetInt(tcp, osi::SO_SESSION_VERSIONS, 1), winsock::WSAEINVAL);  // not its level
    winsock::closesocket(tcp);
    winsock::closesocket(s);
  });
}

// Two sessions one after the other over one transport connection.
TEST(SessionProvider, TransportConnectionServesSeveralSessions) {
  TwoPrograms us("session");
  constexpr int kSessions = 3;
  us.Run(
      [&] {
        const SOCKET listener = us.MakeListener();
        for (int i = 0; i < kSessions; ++i) {
          const SOCKET s = winsock::accept(listener, nullptr, nullptr);
          char octets[10];
          EXPECT_EQ(winsock::recv(s, octets, sizeof(octets), 0), 4);
          EXPECT_EQ(ErrorOf(winsock::recv(s, octets, sizeof(octets), 0)), winsock::WSAEDISCON);
          EXPECT_EQ(ReceivedDisconnectData(s), "bye");
          EXPECT_EQ(SendDisconnect(s, "bye too"), 0);
          winsock::closesocket(s);
        }
        winsock::closesocket(listener);
      },
      [&] {
        for (int i = 0; i < kSessions; ++i) {
          const SOCKET s = us.MakeSocket();
          EXPECT_EQ(SetInt(s, osi::SO_SESSION_KEEP_TRANSPORT, 1), 0);
          EXPECT_EQ(us.Connect(s), 0);
          EXPECT_EQ(winsock::send(s, "data", 4, 0), 4);
          EXPECT_EQ(SendDisconnect(s, "bye"), 0);
          char octet;
          EXPECT_EQ(ErrorOf(winsock::recv(s, &octet, 1, 0)), winsock::WSAEDISCON);
          EXPECT_EQ(ReceivedDisconnectData(s), "bye too");
          winsock::closesocket(s);
        }
      });
}

}  // namespace
}  // namespace wsim
