// connect, WSAConnect.
#include <string>

#include "gtest/gtest.h"
#include "providers/engine/testing/engine_test_base.h"

namespace engine {
namespace {

using transport::Cause;

class ConnectTest : public EngineTestBase {
 protected:
  ConnectTest() : EngineTestBase(MessagesWithRelease()) {}

  void ConfirmAfter(int milliseconds, const char* accept_data = "") {
    After(absl::Milliseconds(milliseconds),
          [this, accept_data] { transport().last().Confirms(accept_data); });
  }
  void DisconnectAfter(int milliseconds, Cause cause, const char* data = "") {
    After(absl::Milliseconds(milliseconds),
          [this, cause, data] { transport().last().Disconnects(cause, data); });
  }
};

TEST_F(ConnectTest, ABlockingCallReturnsWhenThePeerHasConfirmed) {
  Run([&] {
    const SOCKET s = NewSocket();
    ConfirmAfter(20);
    EXPECT_EQ(Connect(s), 0);
    EXPECT_EQ(now(), sim::Time::Zero() + absl::Milliseconds(20));
    EXPECT_EQ(LocalName(s), "h1:49152");
    EXPECT_EQ(Connect(s), WSAEISCONN);
  });
}

TEST_F(ConnectTest, ANonblockingCallIsToldByAnEvent) {
  Run([&] {
    const SOCKET s = NewSocket();
    const WSAEVENT event = NewEvent();
    EXPECT_EQ(EventSelect(s, event), 0);
    ConfirmAfter(20);
    EXPECT_EQ(Connect(s), WSAEWOULDBLOCK);
    EXPECT_EQ(Connect(s), WSAEALREADY);
    EXPECT_EQ(Select(s), "");
    EXPECT_EQ(Send(s, "x"), "WSAENOTCONN");
    EXPECT_EQ(Receive(s), "WSAENOTCONN");
    Sleep(absl::Milliseconds(21));
    EXPECT_TRUE(IsSet(event));
    EXPECT_EQ(Events(s, event), "FD_WRITE FD_CONNECT");
    EXPECT_FALSE(IsSet(event));
    EXPECT_EQ(Select(s), "w");
    EXPECT_EQ(Connect(s), WSAEISCONN);
  });
}

TEST_F(ConnectTest, ARefusedSocketMayTryAgain) {
  Run([&] {
    const SOCKET s = NewSocket();
    DisconnectAfter(5, Cause::kNothingThere);
    EXPECT_EQ(Connect(s), WSAECONNREFUSED);
    EXPECT_EQ(LocalName(s), "*:49152");
    EXPECT_EQ(PeerName(s), "WSAENOTCONN");
    ConfirmAfter(5);
    EXPECT_EQ(Connect(s), 0);
  });
}

TEST_F(ConnectTest, EveryReasonHasItsError) {
  Run([&] {
    const SOCKET s = NewSocket();
    const struct {
      Cause cause;
      int error;
    } kCases[] = {
        {Cause::kRefusedByUser, WSAECONNREFUSED},   {Cause::kCongestion, WSAECONNREFUSED},
        {Cause::kNoAnswer, WSAETIMEDOUT},           {Cause::kNetworkUnreachable, WSAENETUNREACH},
        {Cause::kHostUnreachable, WSAEHOSTUNREACH}, {Cause::kNoResources, WSAENOBUFS}};
    for (const auto& test : kCases) {
      DisconnectAfter(1, test.cause);
      EXPECT_EQ(Connect(s), test.error);
    }
  });
}

TEST_F(ConnectTest, ANonblockingFailureIsLeftInSoError) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(EventSelect(s, NewEvent()), 0);
    DisconnectAfter(5, Cause::kNoAnswer);
    EXPECT_EQ(Connect(s), WSAEWOULDBLOCK);
    EXPECT_EQ(Select(s, absl::Seconds(1)), "x");
    EXPECT_EQ(GetOption(s, winsock::SO_ERROR), WSAETIMEDOUT);
    EXPECT_EQ(GetOption(s, winsock::SO_ERROR), WSAETIMEDOUT);  // Reading does not clear it.
    EXPECT_EQ(Events(s), "FD_CONNECT:10060");
    ConfirmAfter(5);
    EXPECT_EQ(Connect(s), WSAEWOULDBLOCK);
    EXPECT_EQ(GetOption(s, winsock::SO_ERROR), WSAETIMEDOUT);
    Sleep(absl::Milliseconds(6));
    EXPECT_EQ(GetOption(s, winsock::SO_ERROR), 0);  // Success does.
  });
}

TEST_F(ConnectTest, ABlockingFailureIsNotLeftInSoErrorButInSelect) {
  Run([&] {
    const SOCKET s = NewSocket();
    DisconnectAfter(5, Cause::kNothingThere);
    EXPECT_EQ(Connect(s), WSAECONNREFUSED);
    EXPECT_EQ(GetOption(s, winsock::SO_ERROR), 0);
    EXPECT_EQ(Select(s), "x");
  });
}

TEST_F(ConnectTest, AFailedAttemptDoesNotSpoilASocketForListen) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(Bind(s, "*:5000"), 0);
    DisconnectAfter(5, Cause::kNothingThere);
    EXPECT_EQ(Connect(s), WSAECONNREFUSED);
    EXPECT_EQ(Listen(s, 1), 0);
    EXPECT_EQ(Connect(s), WSAEINVAL);
  });
}

TEST_F(ConnectTest, ADestinationWithoutHostOrPortIsNotAvailable) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(Connect(s, "*:5000"), WSAEADDRNOTAVAIL);
    EXPECT_EQ(Connect(s, "h2:0"), WSAEADDRNOTAVAIL);
    int error = 0;
    const uint8_t other_family[8] = {2, 0};
    calls().lpWSPConnect(s, reinterpret_cast<const winsock::sockaddr*>(other_family), 8, nullptr,
                         nullptr, nullptr, nullptr, &error);
    EXPECT_EQ(error, WSAEAFNOSUPPORT);
    calls().lpWSPConnect(s, nullptr, 0, nullptr, nullptr, nullptr, nullptr, &error);
    EXPECT_EQ(error, WSAEFAULT);
    EXPECT_EQ(LocalName(s), "WSAEINVAL");  // Not even bound.
  });
}

TEST_F(ConnectTest, ATakenLocalAddressIsInUse) {
  Run([&] {
    const SOCKET s = NewSocket();
    transport().refuses_to_connect = true;
    EXPECT_EQ(Connect(s), WSAEADDRINUSE);
    EXPECT_EQ(LocalName(s), "WSAEINVAL");
  });
}

TEST_F(ConnectTest, DataGoesWithTheRequestAndComesWithTheAnswer) {
  Run([&] {
    const SOCKET s = NewSocket();
    char room[20];
    WSABUF callee_data = {sizeof room, room};
    ConfirmAfter(5, "welcome");
    EXPECT_EQ(ConnectWithData(s, "let me in", &callee_data), 0);
    EXPECT_EQ(transport().last().connect_text(), "let me in");
    EXPECT_EQ(std::string(room, callee_data.len), "welcome");
  });
}

TEST_F(ConnectTest, NoAnswerDataIsALengthOfZero) {
  Run([&] {
    const SOCKET s = NewSocket();
    char room[20];
    WSABUF callee_data = {sizeof room, room};
    ConfirmAfter(5);
    EXPECT_EQ(ConnectWithData(s, "", &callee_data), 0);
    EXPECT_EQ(callee_data.len, 0u);
  });
}

TEST_F(ConnectTest, ANonblockingCallersDataIsThereWithTheEvent) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(EventSelect(s, NewEvent()), 0);
    char room[20];
    WSABUF callee_data = {sizeof room, room};
    ConfirmAfter(5, "welcome");
    EXPECT_EQ(ConnectWithData(s, "", &callee_data), WSAEWOULDBLOCK);
    EXPECT_EQ(callee_data.len, sizeof room);
    Sleep(absl::Milliseconds(6));
    EXPECT_EQ(Events(s), "FD_WRITE FD_CONNECT");
    EXPECT_EQ(std::string(room, callee_data.len), "welcome");
  });
}

TEST_F(ConnectTest, ARefusalsDataIsGivenToo) {
  Run([&] {
    const SOCKET s = NewSocket();
    char room[20];
    WSABUF callee_data = {sizeof room, room};
    DisconnectAfter(5, Cause::kRefusedByUser, "not you");
    EXPECT_EQ(ConnectWithData(s, "", &callee_data), WSAECONNREFUSED);
    EXPECT_EQ(std::string(room, callee_data.len), "not you");
  });
}

// The choice where the page is silent: the connection stays, and nothing is lost silently.
TEST_F(ConnectTest, AnswerDataThatDoesNotFitIsAFaultOfAnOpenConnection) {
  Run([&] {
    const SOCKET s = NewSocket();
    char room[4];
    WSABUF callee_data = {sizeof room, room};
    ConfirmAfter(5, "welcome");
    EXPECT_EQ(ConnectWithData(s, "", &callee_data), WSAEFAULT);
    EXPECT_EQ(std::string(room, callee_data.len), "welc");
    EXPECT_EQ(PeerName(s), "h2:5000");
    EXPECT_EQ(Send(s, "still here"), "10");
  });
}

TEST_F(ConnectTest, TooMuchRequestDataIsAFault) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(ConnectWithData(s, std::string(21, 'x'), nullptr), WSAEFAULT);
    EXPECT_EQ(transport().connections(), 0u);
    ConfirmAfter(5);
    EXPECT_EQ(ConnectWithData(s, std::string(20, 'x'), nullptr), 0);
  });
}

TEST_F(ConnectTest, BuffersWithoutAddressAreFaults) {
  Run([&] {
    const SOCKET s = NewSocket();
    const transport::Address address = FakeAddress("h2:5000");
    const auto* name = reinterpret_cast<const winsock::sockaddr*>(address.data());
    WSABUF nowhere = {5, nullptr};
    int error = 0;
    calls().lpWSPConnect(s, name, 8, &nowhere, nullptr, nullptr, nullptr, &error);
    EXPECT_EQ(error, WSAEFAULT);
    error = 0;
    calls().lpWSPConnect(s, name, 8, nullptr, &nowhere, nullptr, nullptr, &error);
    EXPECT_EQ(error, WSAEFAULT);
  });
}

TEST_F(ConnectTest, QualityOfServiceThatNobodyOffersIsNotSupported) {
  Run([&] {
    const SOCKET s = NewSocket();
    const transport::Address address = FakeAddress("h2:5000");
    const auto* name = reinterpret_cast<const winsock::sockaddr*>(address.data());
    winsock::QOS qos = {};
    int error = 0;
    calls().lpWSPConnect(s, name, 8, nullptr, nullptr, nullptr, &qos, &error);
    EXPECT_EQ(error, WSAEINVAL);  // lpGQOS is reserved.
    qos.SendingFlowspec.ServiceType = winsock::SERVICETYPE_GUARANTEED;
    calls().lpWSPConnect(s, name, 8, nullptr, nullptr, &qos, nullptr, &error);
    EXPECT_EQ(error, WSAEOPNOTSUPP);
    qos.SendingFlowspec.ServiceType = winsock::SERVICETYPE_BESTEFFORT;
    ConfirmAfter(5);
    EXPECT_EQ(calls().lpWSPConnect(s, name, 8, nullptr, nullptr, &qos, nullptr, &error), 0);
  });
}

TEST_F(ConnectTest, ClosingTheSocketEndsABlockedAttempt) {
  Run([&] {
    const SOCKET s = NewSocket();
    Thread([&, s] {
      Sleep(absl::Milliseconds(5));
      EXPECT_EQ(Close(s), 0);
    });
    EXPECT_EQ(Connect(s), WSAEINTR);
    EXPECT_EQ(Log(transport().last()), "detach(abortive)");
    EXPECT_EQ(Close(s), WSAENOTSOCK);
  });
}

class ConnectStreamTest : public EngineTestBase {
 protected:
  ConnectStreamTest() : EngineTestBase(StreamWithRelease()) {}
};

// Winsock page: WSAConnect, WSAEPROTONOSUPPORT.
TEST_F(ConnectStreamTest, RequestDataIsNotSupportedWithoutConnectData) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(ConnectWithData(s, "x", nullptr), WSAEPROTONOSUPPORT);
    char room[20];
    WSABUF callee_data = {sizeof room, room};
    After(absl::Milliseconds(1), [this] { transport().last().Confirms(); });
    EXPECT_EQ(ConnectWithData(s, "", &callee_data), 0);  // Wanting an answer's data is no error.
    EXPECT_EQ(callee_data.len, 0u);
  });
}

}  // namespace
}  // namespace engine
