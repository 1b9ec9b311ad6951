// What the pages of connect, accept, send, recv, shutdown, WSASendDisconnect, WSARecvDisconnect and
// closesocket say of sockets with a connection, over every provider.
#include <functional>
#include <string>

#include "gtest/gtest.h"
#include "tests/winsock/two_programs.h"

namespace winsock {
namespace {

using wsim::ConnectionProviders;
using wsim::ErrorOf;
using wsim::ToBuffer;
using wsim::ToSockaddr;
using wsim::TwoPrograms;

class ConnectedSocket : public testing::TestWithParam<std::string> {
 protected:
  bool Can(DWORD flag) const { return (us.provider().info.dwServiceFlags1 & flag) != 0; }
  bool is_stream() const { return !Can(XP1_MESSAGE_ORIENTED); }

  // One connection; `server` has the accepted socket, `client` the other. Each ends with
  // closesocket, where the program has not closed it.
  void Run(std::function<void(SOCKET)> server, std::function<void(SOCKET)> client) {
    us.Run(
        [&, server] {
          const SOCKET listener = us.MakeListener();
          const SOCKET s = accept(listener, nullptr, nullptr);
          ASSERT_NE(s, INVALID_SOCKET) << WSAGetLastError();
          server(s);
          closesocket(s);
          closesocket(listener);
        },
        [&, client] {
          const SOCKET s = us.MakeSocket();
          ASSERT_EQ(us.Connect(s), 0);
          client(s);
          closesocket(s);
        });
  }
  static void Wait() { TwoPrograms::Sleep(absl::Seconds(2)); }
  static void SetNonblocking(SOCKET s) {
    u_long on = 1;
    EXPECT_EQ(ioctlsocket(s, FIONBIO, &on), 0);
  }
  static void SetLinger(SOCKET s, u_short seconds) {
    linger value = {1, seconds};
    EXPECT_EQ(setsockopt(s, SOL_SOCKET, SO_LINGER, reinterpret_cast<char*>(&value), sizeof(value)),
              0);
  }
  static int Send(SOCKET s, const std::string& text, int flags = 0) {
    return ErrorOf(send(s, text.data(), static_cast<int>(text.size()), flags));
  }
  // What came, or the error as a number.
  static std::string Receive(SOCKET s, int room = 100, int flags = 0) {
    std::string octets(static_cast<size_t>(room), '\0');
    const int count = recv(s, octets.data(), room, flags);
    if (count < 0) return std::to_string(WSAGetLastError());
    return octets.substr(0, static_cast<size_t>(count));
  }
  // How a graceful end shows.
  std::string Ended() const { return is_stream() ? "" : std::to_string(WSAEDISCON); }
  static std::string Error(int error) { return std::to_string(error); }

  TwoPrograms us{GetParam()};
};

TEST_P(ConnectedSocket, IsNeitherConnectedNorBoundAgain) {
  Run([](SOCKET) { Wait(); },
      [&](SOCKET s) {
        EXPECT_EQ(us.Connect(s), WSAEISCONN);
        EXPECT_EQ(ErrorOf(listen(s, 1)), WSAEISCONN);
        const transport::Address name = us.any();
        EXPECT_EQ(ErrorOf(bind(s, ToSockaddr(name), static_cast<int>(name.size()))), WSAEINVAL);
        EXPECT_EQ(ErrorOf(static_cast<int64_t>(accept(s, nullptr, nullptr))), WSAEINVAL);
        EXPECT_EQ(ErrorOf(shutdown(s, 77)), WSAEINVAL);
        transport::Address peer(name.size());
        int length = static_cast<int>(peer.size());
        EXPECT_EQ(ErrorOf(getpeername(s, ToSockaddr(peer), &length)), 0);
        EXPECT_EQ(peer, us.server_address());
      });
}

TEST_P(ConnectedSocket, SaysNothingMoreAfterShutdown) {
  if (!Can(XP1_GRACEFUL_CLOSE)) return;  // there, to shut down is to disconnect
  Run(
      [&](SOCKET s) {
        EXPECT_EQ(Receive(s), Ended());
        EXPECT_EQ(Receive(s), Ended());  // again and again
        EXPECT_EQ(Send(s, "still here"), 0);
      },
      [&](SOCKET s) {
        EXPECT_EQ(ErrorOf(shutdown(s, SD_SEND)), 0);
        EXPECT_EQ(ErrorOf(shutdown(s, SD_SEND)), 0);
        EXPECT_EQ(Send(s, "x"), WSAESHUTDOWN);
        EXPECT_EQ(us.Connect(s), WSAEISCONN);
        EXPECT_EQ(Receive(s), "still here");
        EXPECT_EQ(Receive(s), Ended());
        transport::Address peer = us.server_address();
        int length = static_cast<int>(peer.size());
        EXPECT_EQ(ErrorOf(getpeername(s, ToSockaddr(peer), &length)), 0);
      });
}

TEST_P(ConnectedSocket, HearsNothingMoreAfterSdReceive) {
  Run(
      [&](SOCKET s) {
        Wait();
        EXPECT_EQ(Send(s, "nobody listens"), 0);
        Wait();
        EXPECT_EQ(Send(s, "still nobody"), 0);
        EXPECT_EQ(Receive(s), "but speaks");
        Wait();
      },
      [&](SOCKET s) {
        EXPECT_EQ(ErrorOf(shutdown(s, SD_RECEIVE)), 0);
        EXPECT_EQ(Receive(s), Error(WSAESHUTDOWN));
        Wait();
        Wait();
        EXPECT_EQ(Receive(s), Error(WSAESHUTDOWN));
        EXPECT_EQ(Send(s, "but speaks"), 0);
        Wait();
      });
}

TEST_P(ConnectedSocket, ResetIsToldEveryTime) {
  Run(
      [&](SOCKET s) {
        EXPECT_EQ(Send(s, "unread"), 0);
        Wait();
        for (int i = 0; i < 2; ++i) {
          EXPECT_EQ(Receive(s), Error(WSAECONNRESET));
          EXPECT_EQ(Send(s, "x"), WSAECONNRESET);
        }
        EXPECT_EQ(ErrorOf(shutdown(s, SD_SEND)), WSAECONNRESET);
        WSANETWORKEVENTS events = {};
        const WSAEVENT event = WSACreateEvent();
        EXPECT_EQ(WSAEventSelect(s, event, FD_CLOSE), 0);
        EXPECT_EQ(WSAEnumNetworkEvents(s, event, &events), 0);
        EXPECT_EQ(events.lNetworkEvents, FD_CLOSE);
        EXPECT_NE(events.iErrorCode[FD_CLOSE_BIT], 0);
        fd_set read, write, except;
        for (fd_set* set : {&read, &write, &except}) {
          FD_ZERO(set);
          FD_SET(s, set);
        }
        const timeval now = {0, 0};
        EXPECT_EQ(select(0, &read, &write, &except, &now), 2);
        EXPECT_FALSE(FD_ISSET(s, &except));
      },
      [&](SOCKET s) {
        TwoPrograms::Sleep(absl::Seconds(1));
        SetLinger(s, 0);
        EXPECT_EQ(ErrorOf(closesocket(s)), 0);
      });
}

TEST_P(ConnectedSocket, ConnectsWithoutWaiting) {
  us.Run(
      [&] {
        const SOCKET listener = us.MakeListener();
        const SOCKET s = accept(listener, nullptr, nullptr);
        Wait();
        closesocket(s);
        closesocket(listener);
      },
      [&] {
        const SOCKET s = us.MakeSocket();
        SetNonblocking(s);
        EXPECT_EQ(us.Connect(s), WSAEWOULDBLOCK);
        EXPECT_EQ(us.Connect(s), WSAEALREADY);
        EXPECT_EQ(Send(s, "x"), WSAENOTCONN);
        EXPECT_EQ(Receive(s), Error(WSAENOTCONN));
        fd_set write;
        FD_ZERO(&write);
        FD_SET(s, &write);
        EXPECT_EQ(select(0, nullptr, &write, nullptr, nullptr), 1);
        EXPECT_EQ(us.Connect(s), WSAEISCONN);
        EXPECT_EQ(Receive(s), Error(WSAEWOULDBLOCK));
        const WSAEVENT event = WSACreateEvent();
        WSANETWORKEVENTS events = {};
        EXPECT_EQ(WSAEventSelect(s, event, FD_CONNECT | FD_WRITE | FD_READ), 0);
        EXPECT_EQ(WSAEnumNetworkEvents(s, event, &events), 0);
        EXPECT_EQ(events.lNetworkEvents, FD_CONNECT | FD_WRITE);
        EXPECT_EQ(events.iErrorCode[FD_CONNECT_BIT], 0);
        closesocket(s);
      });
}

TEST_P(ConnectedSocket, FailsToConnectWithoutWaiting) {
  us.Run(
      [&] {  // nobody listens
        closesocket(us.MakeListener());
        Wait();
      },
      [&] {
        const SOCKET s = us.MakeSocket();
        SetNonblocking(s);
        EXPECT_EQ(us.Connect(s), WSAEWOULDBLOCK);
        fd_set write, except;
        for (fd_set* set : {&write, &except}) {
          FD_ZERO(set);
          FD_SET(s, set);
        }
        EXPECT_EQ(select(0, nullptr, &write, &except, nullptr), 1);
        EXPECT_TRUE(FD_ISSET(s, &except));
        int error = 0;
        int length = sizeof(error);
        EXPECT_EQ(getsockopt(s, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &length), 0);
        EXPECT_EQ(error, WSAECONNREFUSED);
        closesocket(s);
      });
}

TEST_P(ConnectedSocket, ChecksFlagsAndBuffers) {
  Run([](SOCKET) { Wait(); },
      [&](SOCKET s) {
        EXPECT_EQ(Send(s, "x", 0x4000), WSAEINVAL);
        EXPECT_EQ(Receive(s, 1, 0x4000), Error(WSAEINVAL));
        EXPECT_EQ(ErrorOf(send(s, nullptr, 5, 0)), WSAEFAULT);
        EXPECT_EQ(ErrorOf(recv(s, nullptr, 5, 0)), WSAEFAULT);
        if (!Can(XP1_EXPEDITED_DATA)) {
          EXPECT_EQ(Send(s, "x", MSG_OOB), WSAEOPNOTSUPP);
          EXPECT_EQ(Receive(s, 1, MSG_OOB), Error(WSAEOPNOTSUPP));
        }
        char octet = 0;
        WSABUF buffer = {1, &octet};
        DWORD count = 0;
        const int partial = WSASend(s, &buffer, 1, &count, MSG_PARTIAL, nullptr, nullptr);
        EXPECT_EQ(ErrorOf(partial), Can(XP1_PARTIAL_MESSAGE) ? 0 : WSAEOPNOTSUPP);
        EXPECT_EQ(ErrorOf(WSASend(s, &buffer, 1, nullptr, 0, nullptr, nullptr)), WSAEFAULT);
        EXPECT_EQ(ErrorOf(WSASend(s, nullptr, 1, &count, 0, nullptr, nullptr)), WSAEFAULT);
        if (!is_stream()) {
          EXPECT_EQ(Receive(s, 1, MSG_WAITALL), Error(WSAEOPNOTSUPP));
        } else {
          EXPECT_EQ(Receive(s, 0), "");  // at once, and nothing is taken
        }
      });
}

TEST_P(ConnectedSocket, MessageLongerThanTheBuffer) {
  if (is_stream()) return;
  Run([&](SOCKET s) { EXPECT_EQ(Send(s, "a long message"), 0), Wait(); },
      [&](SOCKET s) {
        char octets[6] = {};
        WSABUF buffer = {6, octets};
        DWORD count = 0;
        DWORD flags = 0;
        EXPECT_EQ(ErrorOf(WSARecv(s, &buffer, 1, &count, &flags, nullptr, nullptr)), 0);
        EXPECT_EQ(std::string(octets, count), "a long");
        EXPECT_EQ(flags, MSG_PARTIAL);
        char rest[100] = {};
        buffer = {100, rest};
        flags = 0;
        EXPECT_EQ(ErrorOf(WSARecv(s, &buffer, 1, &count, &flags, nullptr, nullptr)), 0);
        EXPECT_EQ(std::string(rest, count), " message");
        EXPECT_EQ(flags, 0u);
      });
}

TEST_P(ConnectedSocket, DisconnectDataWhereThereAreNone) {
  if (Can(XP1_DISCONNECT_DATA)) return;
  Run([](SOCKET) { Wait(); },
      [&](SOCKET s) {
        std::string words = "bye";
        WSABUF buffer = ToBuffer(words);
        EXPECT_EQ(ErrorOf(WSASendDisconnect(s, &buffer)), WSAENOPROTOOPT);
        EXPECT_EQ(ErrorOf(WSARecvDisconnect(s, &buffer)), WSAENOPROTOOPT);
        EXPECT_EQ(Send(s, "nothing has happened"), 0);
        buffer.len = 0;
        EXPECT_EQ(ErrorOf(WSASendDisconnect(s, &buffer)), 0);
        EXPECT_EQ(Send(s, "x"), WSAESHUTDOWN);
      });
}

TEST_P(ConnectedSocket, DisconnectDataWhereTheyTravel) {
  if (!Can(XP1_DISCONNECT_DATA)) return;
  Run(
      [&](SOCKET s) {
        Receive(s);  // until the end
        std::string room(100, '\0');
        WSABUF small = {2, room.data()};
        EXPECT_EQ(ErrorOf(WSARecvDisconnect(s, &small)), WSAEFAULT);
        WSABUF buffer = ToBuffer(room);
        EXPECT_EQ(ErrorOf(WSARecvDisconnect(s, &buffer)), 0);
        EXPECT_EQ(room.substr(0, buffer.len), "bye");
        EXPECT_EQ(ErrorOf(WSARecvDisconnect(s, nullptr)), 0);
      },
      [&](SOCKET s) {
        std::string words(20000, 'x');
        WSABUF buffer = ToBuffer(words);
        EXPECT_EQ(ErrorOf(WSASendDisconnect(s, &buffer)), WSAEFAULT);
        WSABUF nowhere = {3, nullptr};
        EXPECT_EQ(ErrorOf(WSASendDisconnect(s, &nowhere)), WSAEFAULT);
        words = "bye";
        buffer = ToBuffer(words);
        EXPECT_EQ(ErrorOf(WSASendDisconnect(s, &buffer)), 0);
        EXPECT_EQ(ErrorOf(WSASendDisconnect(s, nullptr)), 0);
        EXPECT_EQ(ErrorOf(WSASendDisconnect(s, &buffer)), WSAESHUTDOWN);
        Wait();
      });
}

int CALLBACK Decide(WSABUF*, WSABUF*, LPQOS, LPQOS, WSABUF*, WSABUF*, GROUP*, DWORD_PTR answer) {
  return static_cast<int>(answer);
}

TEST_P(ConnectedSocket, ConditionFunctionDecides) {
  us.Run(
      [&] {
        const SOCKET listener = us.MakeListener();
        const auto decide = [&](int answer) {
          return WSAAccept(listener, nullptr, nullptr, Decide, static_cast<DWORD_PTR>(answer));
        };
        EXPECT_EQ(ErrorOf(static_cast<int64_t>(decide(CF_DEFER))), WSATRY_AGAIN);
        EXPECT_EQ(ErrorOf(static_cast<int64_t>(decide(77))), WSAEINVAL);
        transport::Address name = us.any();
        int length = 1;
        EXPECT_EQ(ErrorOf(static_cast<int64_t>(accept(listener, ToSockaddr(name), &length))),
                  WSAEFAULT);
        const SOCKET s = decide(CF_ACCEPT);  // it stayed at the head of the queue
        EXPECT_NE(s, INVALID_SOCKET);
        closesocket(s);
        EXPECT_EQ(ErrorOf(static_cast<int64_t>(decide(CF_REJECT))), WSAECONNREFUSED);
        closesocket(listener);
      },
      [&] {
        const SOCKET first = us.MakeSocket();
        EXPECT_EQ(us.Connect(first), 0);
        const SOCKET second = us.MakeSocket();
        const int error = us.Connect(second);
        EXPECT_EQ(error, Can(XP1_CONNECT_DATA) ? WSAECONNREFUSED : 0);
        closesocket(first);
        closesocket(second);
      });
}

TEST_P(ConnectedSocket, AcceptedSocketIsLikeItsListener) {
  us.Run(
      [&] {
        const SOCKET listener = us.MakeListener();
        SetLinger(listener, 7);
        SOCKET s = accept(listener, nullptr, nullptr);
        linger value = {};
        int length = sizeof(value);
        EXPECT_EQ(getsockopt(s, SOL_SOCKET, SO_LINGER, reinterpret_cast<char*>(&value), &length),
                  0);
        EXPECT_EQ(value.l_linger, 7);
        BOOL listens = TRUE;
        length = sizeof(listens);
        EXPECT_EQ(
            getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, reinterpret_cast<char*>(&listens), &length),
            0);
        EXPECT_EQ(listens, FALSE);
        closesocket(s);
        closesocket(listener);
      },
      [&] {
        const SOCKET s = us.MakeSocket();
        EXPECT_EQ(us.Connect(s), 0);
        Receive(s);
        closesocket(s);
      });
}

TEST_P(ConnectedSocket, CloseThatCannotFinishAtOnceDoesNothing) {
  Run([](SOCKET) { Wait(); },
      [&](SOCKET s) {
        SetNonblocking(s);
        SetLinger(s, 5);
        EXPECT_EQ(Send(s, "on its way"), 0);
        EXPECT_EQ(ErrorOf(closesocket(s)), WSAEWOULDBLOCK);
        EXPECT_EQ(Send(s, "still open"), 0);
        linger off = {0, 0};
        EXPECT_EQ(setsockopt(s, SOL_SOCKET, SO_LINGER, reinterpret_cast<char*>(&off), sizeof(off)),
                  0);
        EXPECT_EQ(ErrorOf(closesocket(s)), 0);
        EXPECT_EQ(Send(s, "x"), WSAENOTSOCK);
      });
}

INSTANTIATE_TEST_SUITE_P(Over, ConnectedSocket, testing::ValuesIn(ConnectionProviders()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace winsock
