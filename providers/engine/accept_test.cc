// listen, accept, WSAAccept.
#include <algorithm>
#include <string>

#include "gtest/gtest.h"
#include "providers/engine/testing/engine_test_base.h"

namespace engine {
namespace {

// What a condition function saw, and what it is to answer.
struct Script {
  int decision = winsock::CF_ACCEPT;
  std::string callee_data;
  u_long claimed_length = 0;  // 0: callee_data's own
  GROUP group = 0;

  int calls = 0;
  std::string caller_id;
  std::string caller_data;
  bool has_caller_data = false;
  std::string callee_id;
  u_long callee_data_room = 0;
};

std::string AddressText(const WSABUF& buffer) {
  const auto* octets = reinterpret_cast<const uint8_t*>(buffer.buf);
  return FakeAddresses().ToText(transport::Address(octets, octets + buffer.len));
}

int Condition(LPWSABUF caller_id, LPWSABUF caller_data, LPQOS sqos, LPQOS gqos, LPWSABUF callee_id,
              LPWSABUF callee_data, GROUP* group, DWORD_PTR context) {
  Script& script = *reinterpret_cast<Script*>(context);
  ++script.calls;
  script.caller_id = AddressText(*caller_id);
  script.has_caller_data = caller_data != nullptr;
  if (caller_data != nullptr) script.caller_data.assign(caller_data->buf, caller_data->len);
  script.callee_id = AddressText(*callee_id);
  script.callee_data_room = callee_data->len;
  EXPECT_EQ(sqos, nullptr);
  EXPECT_EQ(gqos, nullptr);
  const size_t count = std::min<size_t>(script.callee_data.size(), callee_data->len);
  std::copy_n(script.callee_data.begin(), count, callee_data->buf);
  callee_data->len = script.claimed_length != 0 ? script.claimed_length
                                                : static_cast<u_long>(script.callee_data.size());
  *group = script.group;
  return script.decision;
}

class AcceptTestBase : public EngineTestBase {
 protected:
  using EngineTestBase::EngineTestBase;

  void RequestAfter(int milliseconds, const char* remote = "h2:4000", const char* data = "") {
    After(absl::Milliseconds(milliseconds),
          [this, remote, data] { transport().Request(5000, remote, data); });
  }
  FakeConnection& connection(size_t index = 0) { return transport().connection(index); }
};

// Where the protocol waits for the decision.
class AcceptTest : public AcceptTestBase {
 protected:
  AcceptTest() : AcceptTestBase(MessagesWithRelease()) {}
};

TEST_F(AcceptTest, ListenNeedsABoundSocket) {
  Run([&] {
    const SOCKET s = NewSocket();
    EXPECT_EQ(Listen(s, -1), WSAEINVAL);
    EXPECT_EQ(Accept(s), INVALID_SOCKET);
    EXPECT_EQ(error(), WSAEINVAL);
    EXPECT_EQ(Bind(s, "*:5000"), 0);
    EXPECT_EQ(Listen(s, 5), 0);
    EXPECT_EQ(Listen(s, 1), 0);  // Again: nothing changes.
    EXPECT_EQ(transport().last_listen().backlog, 5u);
    EXPECT_EQ(Listen(NewConnection(), 1), WSAEISCONN);
  });
}

TEST_F(AcceptTest, TheBacklogIsClampedSilently) {
  Run([&] {
    const struct {
      int asked;
      size_t given;
    } kCases[] = {{0, 1},
                  {7, 7},
                  {1000, 200},
                  {winsock::SOMAXCONN, 200},
                  {winsock::SOMAXCONN_HINT(10), 200},
                  {winsock::SOMAXCONN_HINT(1000), 1000},
                  {winsock::SOMAXCONN_HINT(70000), 65535},
                  {INT32_MIN, 65535}};
    for (const auto& test : kCases) {
      const SOCKET s = NewListener(5000, test.asked);
      EXPECT_EQ(transport().last_listen().backlog, test.given) << test.asked;
      EXPECT_EQ(Close(s), 0);
    }
  });
}

TEST_F(AcceptTest, ASecondListenerOfAnAddressIsInUse) {
  Run([&] {
    const SOCKET first = NewSocket();
    const SOCKET second = NewSocket();
    EXPECT_EQ(Bind(first, "*:5000"), 0);
    EXPECT_EQ(Bind(second, "h1:5000"), 0);
    EXPECT_EQ(Listen(first, 1), 0);
    EXPECT_EQ(Listen(second, 1), WSAEADDRINUSE);  // The fake has one listener for each port.
  });
}

TEST_F(AcceptTest, ABlockingCallReturnsWhenTheSetUpIsComplete) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(5);
    After(absl::Milliseconds(6), [this] { EXPECT_EQ(Log(connection()), "accept()"); });
    After(absl::Milliseconds(15), [this] { connection().Confirms(); });
    const SOCKET s = Accept(listener);
    EXPECT_NE(s, INVALID_SOCKET);
    EXPECT_EQ(now(), sim::Time::Zero() + absl::Milliseconds(15));
    EXPECT_EQ(LocalName(s), "h1:5000");
    EXPECT_EQ(PeerName(s), "h2:4000");
    EXPECT_EQ(Send(s, "hello"), "5");
    EXPECT_EQ(connection().written(), "hello|");
  });
}

TEST_F(AcceptTest, ThePeersAddressIsGivenInAnyRoomThatIsLargeEnough) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(1);
    Sleep(absl::Milliseconds(2));
    transport::Address peer(8);
    auto* name = reinterpret_cast<winsock::sockaddr*>(peer.data());
    int length = 7;
    int code = 0;
    EXPECT_EQ(calls().lpWSPAccept(listener, name, &length, nullptr, 0, &code), INVALID_SOCKET);
    EXPECT_EQ(code, WSAEFAULT);
    EXPECT_EQ(calls().lpWSPAccept(listener, name, nullptr, nullptr, 0, &code), INVALID_SOCKET);
    EXPECT_EQ(code, WSAEFAULT);
    EXPECT_EQ(Log(connection()), "");  // The request is still undecided.
    After(absl::Milliseconds(1), [this] { connection().Confirms(); });
    length = 8;
    EXPECT_NE(calls().lpWSPAccept(listener, name, &length, nullptr, 0, &code), INVALID_SOCKET);
    EXPECT_EQ(FakeAddresses().ToText(peer), "h2:4000");
  });
}

TEST_F(AcceptTest, TheConditionFunctionSeesTheRequestAndAnswersWithData) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(1, "h2:4000", "let me in");
    After(absl::Milliseconds(5), [this] { connection().Confirms(); });
    Script script{.callee_data = "welcome"};
    EXPECT_NE(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(script.calls, 1);
    EXPECT_EQ(script.caller_id, "h2:4000");
    EXPECT_EQ(script.caller_data, "let me in");
    EXPECT_EQ(script.callee_id, "h1:5000");
    EXPECT_EQ(script.callee_data_room, 20u);
    EXPECT_EQ(Log(connection()), "accept(welcome)");
  });
}

TEST_F(AcceptTest, ARejectedRequestIsRefusedAndGone) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(1);
    Script script{.decision = winsock::CF_REJECT, .callee_data = "not you"};
    EXPECT_EQ(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(error(), WSAECONNREFUSED);
    EXPECT_FALSE(script.has_caller_data);
    EXPECT_EQ(Log(connection()), "refuse(not you) detach(abortive)");
    EXPECT_EQ(Select(listener), "");
  });
}

TEST_F(AcceptTest, ADeferredRequestStaysAtTheHead) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    EXPECT_EQ(EventSelect(listener, NewEvent()), 0);
    RequestAfter(1, "h2:4000");
    RequestAfter(2, "h2:4001");
    Sleep(absl::Milliseconds(3));
    EXPECT_EQ(Events(listener), "FD_ACCEPT");
    Script script{.decision = winsock::CF_DEFER};
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
      EXPECT_EQ(error(), WSATRY_AGAIN);
      EXPECT_EQ(script.caller_id, "h2:4000");
    }
    EXPECT_EQ(Events(listener), "");  // WSATRY_AGAIN re-enables nothing.
    EXPECT_EQ(Log(connection(0)), "");
    script.decision = winsock::CF_REJECT;
    EXPECT_EQ(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(Events(listener), "FD_ACCEPT");  // The second one is there.
    EXPECT_EQ(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(script.caller_id, "h2:4001");
  });
}

TEST_F(AcceptTest, AnyOtherDecisionAndAnyGroupAreInvalid) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(1);
    Script script{.decision = 77};
    EXPECT_EQ(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(error(), WSAEINVAL);
    script.decision = winsock::CF_ACCEPT;
    script.group = 5;
    EXPECT_EQ(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(error(), WSAEINVAL);
    EXPECT_EQ(Log(connection()), "");  // Still to be decided.
  });
}

TEST_F(AcceptTest, DataBeyondTheRoomIsCut) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(1);
    After(absl::Milliseconds(5), [this] { connection().Confirms(); });
    Script script{.callee_data = std::string(25, 'x')};
    EXPECT_NE(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(Log(connection()), "accept(" + std::string(20, 'x') + ")");
  });
}

TEST_F(AcceptTest, AWithdrawnRequestIsSkipped) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(1, "h2:4000");
    RequestAfter(2, "h2:4001");
    After(absl::Milliseconds(3), [this] { connection(0).Disconnects(); });
    Sleep(absl::Milliseconds(4));
    EXPECT_EQ(Log(connection(0)), "detach(abortive)");
    After(absl::Milliseconds(1), [this] { connection(1).Confirms(); });
    EXPECT_EQ(PeerName(Accept(listener)), "h2:4001");
  });
}

TEST_F(AcceptTest, APeerThatGivesUpDuringAcceptIsPassedOver) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(1, "h2:4000");
    After(absl::Milliseconds(5), [this] { connection(0).Disconnects(); });
    RequestAfter(7, "h2:4001");
    After(absl::Milliseconds(9), [this] { connection(1).Confirms(); });
    EXPECT_EQ(PeerName(Accept(listener)), "h2:4001");
  });
}

TEST_F(AcceptTest, APeerThatConfirmsAndGoesInOneBreathIsPassedOver) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(1, "h2:4000");
    After(absl::Milliseconds(5), [this] {
      connection(0).Confirms();
      connection(0).Disconnects();
    });
    After(absl::Milliseconds(6), [this] { transport().Request(5000, "h2:4001")->Disconnects(); });
    RequestAfter(7, "h2:4002");
    After(absl::Milliseconds(9), [this] { connection(2).Confirms(); });
    EXPECT_EQ(PeerName(Accept(listener)), "h2:4002");
  });
}

TEST_F(AcceptTest, ARequestWithdrawnAsItCameIsNotShownToTheConditionFunction) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    After(absl::Milliseconds(1), [this] { transport().Request(5000, "h2:4001")->Disconnects(); });
    RequestAfter(7, "h2:4002");
    After(absl::Milliseconds(9), [this] { connection(1).Confirms(); });
    Script script;
    EXPECT_NE(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(script.calls, 1);
    EXPECT_EQ(script.caller_id, "h2:4002");
  });
}

// Winsock page: WSAAccept, WSAECONNRESET. The condition function runs at most once in a call.
TEST_F(AcceptTest, APeerThatGivesUpAfterTheDecisionResetsTheCall) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(1);
    After(absl::Milliseconds(5), [this] { connection().Disconnects(); });
    Script script;
    EXPECT_EQ(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(error(), WSAECONNRESET);
    EXPECT_EQ(script.calls, 1);
  });
}

TEST_F(AcceptTest, ANonblockingCallAnswersAndIsToldWhenTheConnectionIsThere) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    EXPECT_EQ(EventSelect(listener, NewEvent(), winsock::FD_ACCEPT), 0);
    EXPECT_EQ(Accept(listener), INVALID_SOCKET);
    EXPECT_EQ(error(), WSAEWOULDBLOCK);
    RequestAfter(1);
    After(absl::Milliseconds(10), [this] { connection().Confirms(); });
    Sleep(absl::Milliseconds(2));
    EXPECT_EQ(Events(listener), "FD_ACCEPT");
    EXPECT_EQ(Select(listener), "r");
    Script script;
    EXPECT_EQ(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(error(), WSAEWOULDBLOCK);
    EXPECT_EQ(Log(connection()), "accept()");
    EXPECT_EQ(Select(listener), "");
    Sleep(absl::Milliseconds(10));
    EXPECT_EQ(Events(listener), "FD_ACCEPT");
    EXPECT_EQ(Select(listener), "r");
    EXPECT_NE(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(script.calls, 1);  // The decision had been made.
  });
}

TEST_F(AcceptTest, AFullQueueTakesNoRequest) {
  Run([&] {
    const SOCKET listener = NewListener(5000, 2);
    for (int i = 1; i <= 2; ++i) {
      After(absl::Milliseconds(i),
            [this] { EXPECT_NE(transport().Request(5000, "h2:1"), nullptr); });
    }
    After(absl::Milliseconds(3), [this] { EXPECT_EQ(transport().Request(5000, "h2:3"), nullptr); });
    Sleep(absl::Milliseconds(4));
    After(absl::Milliseconds(1), [this] { connection(0).Confirms(); });
    EXPECT_NE(Accept(listener), INVALID_SOCKET);
    After(absl::Milliseconds(1), [this] { EXPECT_NE(transport().Request(5000, "h2:4"), nullptr); });
    Sleep(absl::Milliseconds(2));
  });
}

TEST_F(AcceptTest, TwoThreadsThatWaitGetOneRequestEach) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    std::string first;
    std::string second;
    Thread([&, listener] { first = PeerName(Accept(listener)); });
    Thread([&, listener] { second = PeerName(Accept(listener)); });
    RequestAfter(1, "h2:4000");
    RequestAfter(2, "h2:4001");
    After(absl::Milliseconds(5), [this] { connection(1).Confirms(); });
    After(absl::Milliseconds(6), [this] { connection(0).Confirms(); });
    Sleep(absl::Milliseconds(7));
    EXPECT_EQ(first, "h2:4000");
    EXPECT_EQ(second, "h2:4001");
  });
}

TEST_F(AcceptTest, ClosingTheListenerWakesAcceptAndRefusesWhoWaits) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    Thread([&, listener] {
      EXPECT_EQ(Accept(listener), INVALID_SOCKET);
      EXPECT_EQ(error(), WSAEINTR);
    });
    RequestAfter(1, "h2:4000");  // Taken by the thread, which waits for its confirmation.
    RequestAfter(2, "h2:4001");
    Sleep(absl::Milliseconds(3));
    EXPECT_EQ(Close(listener), 0);
    EXPECT_EQ(Log(connection(0)), "accept() detach(abortive)");
    EXPECT_EQ(Log(connection(1)), "refuse() detach(abortive)");
    EXPECT_FALSE(transport().is_listening(5000));
    Sleep(absl::Milliseconds(1));
  });
}

TEST_F(AcceptTest, ClosingTheListenerWakesAThreadThatWaitsForARequest) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    Thread([&, listener] {
      Sleep(absl::Milliseconds(1));
      EXPECT_EQ(Close(listener), 0);
    });
    EXPECT_EQ(Accept(listener), INVALID_SOCKET);
    EXPECT_EQ(error(), WSAEINTR);
  });
}

TEST_F(AcceptTest, ThePropertiesOfTheListenerAreInherited) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    EXPECT_EQ(SetOption(listener, winsock::SO_RCVTIMEO, 500), 0);
    EXPECT_EQ(SetLinger(listener, 1, 7), 0);
    EXPECT_EQ(SetOption(listener, kFakeProtocol, kFakeNumber, 33), 0);
    RequestAfter(1);
    After(absl::Milliseconds(2), [this] { connection().Confirms(); });
    const SOCKET s = Accept(listener);
    EXPECT_EQ(GetOption(s, winsock::SO_RCVTIMEO), 500);
    EXPECT_EQ(GetOption(s, winsock::SO_LINGER), 1 | 7 << 16);
    EXPECT_EQ(GetOption(s, winsock::SO_ACCEPTCONN), 0);
    EXPECT_EQ(connection().number_option(), 33);
  });
}

TEST_F(AcceptTest, TheSelectedEventsAreInherited) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(1);
    After(absl::Milliseconds(2), [this] {
      connection().Confirms();
      connection().Sends("hello");
    });
    const WSAEVENT event = NewEvent();
    Thread([&] {
      Sleep(absl::Milliseconds(1));
      EXPECT_EQ(EventSelect(listener, event), 0);
    });
    const SOCKET s = Accept(listener);
    EXPECT_TRUE(IsSet(event));
    EXPECT_EQ(Events(s), "FD_READ FD_WRITE");
    EXPECT_EQ(SetNonblocking(s, false), WSAEINVAL);
  });
}

TEST_F(AcceptTest, AListenerOutOfHandlesResetsTheConnection) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(1);
    After(absl::Milliseconds(2), [this] { connection().Confirms(); });
    library().has_no_handles = true;
    EXPECT_EQ(Accept(listener), INVALID_SOCKET);
    EXPECT_EQ(error(), WSAENOBUFS);
    EXPECT_EQ(Log(connection()), "accept() detach(abortive)");
  });
}

TEST_F(AcceptTest, APausedListenerTakesNoRequest) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    EXPECT_EQ(SetOption(listener, winsock::SO_PAUSE_ACCEPT, 1), 0);
    After(absl::Milliseconds(1), [this] { EXPECT_EQ(transport().Request(5000, "h2:1"), nullptr); });
    Sleep(absl::Milliseconds(2));
  });
}

// Where the protocol answers by itself.
class AcceptEarlyTest : public AcceptTestBase {
 protected:
  AcceptEarlyTest() : AcceptTestBase(StreamWithRelease()) {}
};

TEST_F(AcceptEarlyTest, AcceptReturnsAtOnceWithAConnection) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    EXPECT_EQ(EventSelect(listener, NewEvent()), 0);
    RequestAfter(1);
    After(absl::Milliseconds(2), [this] { connection().Sends("early"); });
    Sleep(absl::Milliseconds(3));
    const SOCKET s = Accept(listener);
    EXPECT_NE(s, INVALID_SOCKET);
    EXPECT_EQ(Log(connection()), "accept()");
    EXPECT_EQ(Events(s), "FD_READ FD_WRITE");
    EXPECT_EQ(Receive(s), "early");
    EXPECT_EQ(Events(listener), "");  // Accept has dealt with what was recorded.
    EXPECT_EQ(Accept(listener), INVALID_SOCKET);
    EXPECT_EQ(error(), WSAEWOULDBLOCK);
  });
}

TEST_F(AcceptEarlyTest, AReleaseInTheQueueIsNotForgotten) {
  Run([&] {
    const SOCKET listener = NewListener(5000);
    RequestAfter(1);
    After(absl::Milliseconds(2), [this] {
      connection().Sends("all there is");
      connection().Releases();
    });
    Sleep(absl::Milliseconds(3));
    const SOCKET s = Accept(listener);
    EXPECT_EQ(EventSelect(s, NewEvent()), 0);
    EXPECT_EQ(Events(s), "FD_READ FD_WRITE FD_CLOSE");
    EXPECT_EQ(Receive(s), "all there is");
    EXPECT_EQ(Receive(s), "");
  });
}

TEST_F(AcceptEarlyTest, ConditionalAcceptWaitsForTheDecision) {
  Run([&] {
    const SOCKET listener = NewSocket();
    EXPECT_EQ(GetOption(listener, winsock::SO_CONDITIONAL_ACCEPT), 0);
    EXPECT_EQ(SetOption(listener, winsock::SO_CONDITIONAL_ACCEPT, 1), 0);
    EXPECT_EQ(Bind(listener, "*:5000"), 0);
    EXPECT_EQ(Listen(listener, 1), 0);
    EXPECT_EQ(SetOption(listener, winsock::SO_CONDITIONAL_ACCEPT, 0), WSAEINVAL);
    EXPECT_TRUE(transport().last_listen().waits_for_decision);
    RequestAfter(1, "h2:4000");
    RequestAfter(1, "h2:4001");  // The backlog has no effect.
    Sleep(absl::Milliseconds(2));
    After(absl::Milliseconds(5), [this] { connection(0).Confirms(); });
    Script script;
    EXPECT_NE(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(now(), sim::Time::Zero() + absl::Milliseconds(7));
    EXPECT_EQ(script.callee_data_room, 0u);
    script.decision = winsock::CF_REJECT;
    EXPECT_EQ(AcceptIf(listener, Condition, &script), INVALID_SOCKET);
    EXPECT_EQ(Log(connection(1)), "refuse() detach(abortive)");
  });
}

}  // namespace
}  // namespace engine
