// How connections come to be: RFC 9293 3.5, and what a peer may do to prevent it.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;

TEST(TcpOpen, ThreeWayHandshake) {  // RFC 9293 3.5, figure 6
  TcpScript::Run([](TcpScript& us) {
    us.Connect();
    us.Sends("SYN", 0, 0);
    EXPECT_EQ(us.sent().options.max_segment_size, 1460);
    EXPECT_EQ(us.sent().options.window_scale, 8);
    EXPECT_EQ(us.state(), TcpState::kSynSent);
    us.Receives({.flags = "SYN ACK", .ack = 1});
    us.Sends("ACK", 1, 1);
    EXPECT_EQ(us.state(), TcpState::kEstablished);
    EXPECT_EQ(us.Hears(), Heard{"connected"});
    us.SendsNothing();
  });
}

TEST(TcpOpen, AListenerAnswersBeforeTheUserDecides) {
  TcpScript::Run([](TcpScript& us) {
    us.Listen();
    us.Receives({.flags = "SYN", .options = {.max_segment_size = 1000}});
    us.Sends("SYN ACK", 0, 1);
    EXPECT_EQ(us.sent().options.window_scale, std::nullopt) << "the peer did not offer it";
    EXPECT_EQ(us.state(), TcpState::kSynReceived);
    EXPECT_EQ(us.Hears(), Heard{});
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    EXPECT_EQ(us.Hears(), (Heard{"request", "connected"}));
    us.SendsNothing();
    EXPECT_EQ(us.connection().snapshot().send_mss, 1000);
  });
}

TEST(TcpOpen, BothEndsAtOnce) {  // RFC 9293 3.5, figure 7
  TcpScript::Run([](TcpScript& us) {
    us.Connect();
    us.Sends("SYN", 0, 0);
    us.Receives({.flags = "SYN"});
    us.Sends("SYN ACK", 0, 1);
    EXPECT_EQ(us.state(), TcpState::kSynReceived);
    us.Receives({.flags = "SYN ACK", .ack = 1});
    EXPECT_EQ(us.state(), TcpState::kEstablished);
    EXPECT_EQ(us.Hears(), Heard{"connected"});
    us.Sends("ACK", 1, 1);
    us.SendsNothing();
  });
}

TEST(TcpOpen, ASynIsSentAgainWithGrowingPauses) {  // RFC 6298 5.5
  TcpScript::Run([](TcpScript& us) {
    us.Connect();
    us.Sends("SYN", 0, 0);
    for (const int seconds : {1, 2, 4, 8, 16, 32, 60}) {
      us.Advance(absl::Seconds(seconds) - absl::Microseconds(1));
      us.SendsNothing();
      us.Advance(absl::Microseconds(1));
      us.Sends("SYN", 0, 0);
    }
    us.Receives({.flags = "SYN ACK", .ack = 1});
    us.Sends("ACK", 1, 1);
    EXPECT_EQ(us.connection().snapshot().rto, absl::Seconds(3)) << "RFC 6298 5.7";
    EXPECT_EQ(us.connection().snapshot().congestion_window, 536) << "RFC 5681 3.1";
  });
}

TEST(TcpOpen, GivesUpWithoutAnAnswer) {  // R2, RFC 9293 3.8.3
  TcpScript::Run([](TcpScript& us) {
    us.Connect();
    us.Advance(absl::Minutes(4));
    EXPECT_EQ(us.Hears(), Heard{"disconnected kNoAnswer"});
    EXPECT_EQ(us.state(), TcpState::kClosed);
  });
}

TEST(TcpOpen, IsRefusedByAReset) {
  TcpScript::Run([](TcpScript& us) {
    us.Connect();
    us.Sends("SYN", 0, 0);
    us.Receives({.flags = "RST ACK", .ack = 1});
    EXPECT_EQ(us.Hears(), Heard{"disconnected kNothingThere"});
    us.SendsNothing();
  });
}

TEST(TcpOpen, AResetThatDoesNotKnowOurSynRefusesNothing) {
  TcpScript::Run([](TcpScript& us) {
    us.Connect();
    us.Sends("SYN", 0, 0);
    us.Receives({.flags = "RST ACK", .ack = 7});
    us.Receives({.flags = "RST"});
    EXPECT_EQ(us.Hears(), Heard{});
    EXPECT_EQ(us.Drops(), (Heard{"RST ACK: does not acknowledge our SYN", "RST: RST without ACK"}));
    us.SendsNothing();
  });
}

TEST(TcpOpen, AnOldAckIsAnsweredWithAReset) {  // RFC 9293 3.5, figure 9: a half-open connection
  TcpScript::Run([](TcpScript& us) {
    us.Connect();
    us.Sends("SYN", 0, 0);
    us.Receives({.flags = "ACK", .seq = 300, .ack = 100});
    us.Sends("RST", 100, 0);
    us.Advance(absl::Seconds(1));
    us.Sends("SYN", 0, 0);
  });
}

TEST(TcpOpen, AnOldDuplicateSynIsNoConnection) {  // RFC 9293 3.5, figure 8
  TcpScript::Run([](TcpScript& us) {
    us.Listen();
    us.Receives({.flags = "SYN", .seq = 90});
    us.Sends("SYN ACK", 0, 91);
    us.Receives({.flags = "RST", .seq = 91});
    us.Receives({.flags = "SYN", .seq = 0});
    us.Sends("SYN ACK", 0, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    EXPECT_EQ(us.Hears(), (Heard{"request", "connected"}));
  });
}

TEST(TcpOpen, ALostSynAckIsSentAgain) {
  TcpScript::Run([](TcpScript& us) {
    us.Listen();
    us.Receives({.flags = "SYN"});
    us.Sends("SYN ACK", 0, 1);
    us.Receives({.flags = "SYN"});
    us.Sends("SYN ACK", 0, 1);
    us.Advance(absl::Seconds(1));
    us.Sends("SYN ACK", 0, 1);
  });
}

TEST(TcpOpen, TheLastAckMayBringData) {
  TcpScript::Run([](TcpScript& us) {
    us.Listen();
    us.Receives({.flags = "SYN"});
    us.Sends("SYN ACK", 0, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "hello"});
    EXPECT_EQ(us.Hears(), (Heard{"request", "connected", "readable"}));
    EXPECT_EQ(us.Read(), "hello");
  });
}

TEST(TcpOpen, NobodyListens) {  // RFC 9293 3.10.7.1
  TcpScript::Run([](TcpScript& us) {
    us.Receives({.flags = "SYN", .seq = 5});
    us.Receives({.flags = "ACK", .seq = 5, .ack = 9, .data = "abc"});
    us.Receives({.flags = "FIN", .seq = 5, .data = "abc"});
    us.Receives({.flags = "RST", .seq = 5});
    us.Sends("RST ACK", 0, 6);
    us.Sends("RST", 9, 0);
    us.Sends("RST ACK", 0, 9);
    us.SendsNothing();
  });
}

TEST(TcpOpen, OneDeadSynDoesNotDisableAListener) {
  TcpScript::Run([](TcpScript& us) {
    us.Listen(/*backlog=*/1);
    us.Receives({.flags = "SYN", .port = 7000});  // and never heard of again
    us.Receives({.flags = "SYN"});
    us.Forget();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    EXPECT_EQ(us.Hears(), (Heard{"request", "connected"}));
    us.Advance(absl::Minutes(5));
    EXPECT_EQ(us.transport().connection_count(), 1);
  });
}

TEST(TcpOpen, TheSynQueueHasALimit) {
  TcpSettings settings;
  settings.syn_queue = 3;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Listen();
        for (uint16_t port = 7000; port < 7004; ++port) us.Receives({.flags = "SYN", .port = port});
        EXPECT_EQ(us.sent_count(), 3);
        EXPECT_EQ(us.Drops(), Heard{"SYN: too many requests under way"});
        EXPECT_EQ(us.transport().connection_count(), 3);
      },
      settings);
}

TEST(TcpOpen, AFullBacklogRefuses) {  // Winsock page: listen
  TcpScript::Run([](TcpScript& us) {
    us.accepts = false;
    us.Listen(/*backlog=*/1);
    us.Receives({.flags = "SYN"});
    us.Sends("SYN ACK", 0, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    EXPECT_EQ(us.Hears(), Heard{"request"});
    us.Receives({.flags = "SYN", .port = 7000});
    us.Sends("RST ACK", 0, 1);
    us.connection().Accept({});
    us.Receives({.flags = "SYN", .port = 7000});
    us.Sends("SYN ACK", 0, 1);
  });
}

TEST(TcpOpen, AUserWithoutRoomResets) {
  TcpScript::Run([](TcpScript& us) {
    us.has_room = false;
    us.Listen();
    us.Receives({.flags = "SYN"});
    us.Sends("SYN ACK", 0, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    us.Sends("RST ACK", 1, 1);
    EXPECT_EQ(us.transport().connection_count(), 0);
  });
}

TEST(TcpOpen, AConnectionThatDiesInTheQueueIsReported) {
  TcpScript::Run([](TcpScript& us) {
    us.accepts = false;
    us.Listen();
    us.Receives({.flags = "SYN"});
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "hello"});
    us.Receives({.flags = "RST", .seq = 6, .ack = 1});
    EXPECT_EQ(us.Hears(), (Heard{"request", "disconnected kPeerUser"}));
    us.connection().Accept({});
    EXPECT_EQ(us.Hears(), Heard{});
    us.Leave();
    us.Forget();
    us.SendsNothing();
    EXPECT_EQ(us.transport().connection_count(), 0);
  });
}

TEST(TcpOpen, DataWaitsForTheDecision) {
  TcpScript::Run([](TcpScript& us) {
    us.accepts = false;
    us.Listen();
    us.Receives({.flags = "SYN"});
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1, .data = "hello"});
    EXPECT_EQ(us.Hears(), Heard{"request"});
    EXPECT_FALSE(us.connection().is_readable());
    us.connection().Accept({});
    EXPECT_EQ(us.user.heard, Heard{}) << "never from inside a user's call";
    EXPECT_EQ(us.Hears(), (Heard{"connected", "readable", "release"}));
    EXPECT_EQ(us.Read(), "hello");
    EXPECT_EQ(us.Read(), "(end)");
  });
}

TEST(TcpOpen, ARefusalAfterAnEarlyAnswerIsAReset) {
  TcpScript::Run([](TcpScript& us) {
    us.accepts = false;
    us.EstablishPassively();
    us.connection().Refuse({});
    us.Sends("RST ACK", 1, 1);
    us.Leave();
    us.SendsNothing();
  });
}

TEST(TcpOpen, TheEndOfAListenerResetsWhatItDidNotShow) {
  TcpScript::Run([](TcpScript& us) {
    us.Listen();
    us.Receives({.flags = "SYN"});
    us.Sends("SYN ACK", 0, 1);
    us.CloseListener();
    us.Sends("RST ACK", 1, 1);
    us.Advance(absl::Seconds(10));
    us.SendsNothing();
    EXPECT_EQ(us.transport().connection_count(), 0);
  });
}

TEST(TcpOpen, ADecisionHoldsTheAnswerBack) {  // Winsock page: SO_CONDITIONAL_ACCEPT
  TcpScript::Run([](TcpScript& us) {
    us.accepts = false;
    us.Listen(/*backlog=*/1, /*waits_for_decision=*/true);
    us.Receives({.flags = "SYN"});
    EXPECT_EQ(us.Hears(), Heard{"request"});
    us.Receives({.flags = "SYN"});
    us.SendsNothing();
    us.connection().Accept({});
    us.Sends("SYN ACK", 0, 1);
    EXPECT_EQ(us.Hears(), Heard{});
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    EXPECT_EQ(us.Hears(), Heard{"connected"});
  });
}

TEST(TcpOpen, ARefusalOfAHeldRequestLooksLikeNobody) {
  TcpScript::Run([](TcpScript& us) {
    us.accepts = false;
    us.Listen(1, true);
    us.Receives({.flags = "SYN"});
    us.connection().Refuse({});
    us.Sends("RST ACK", 0, 1);
    us.Leave();
    EXPECT_EQ(us.Hears(), Heard{"request"});
  });
}

TEST(TcpOpen, AHeldRequestCanBeWithdrawn) {
  TcpScript::Run([](TcpScript& us) {
    us.accepts = false;
    us.Listen(1, true);
    us.Receives({.flags = "SYN"});
    us.Receives({.flags = "RST", .seq = 1});
    EXPECT_EQ(us.Hears(), (Heard{"request", "disconnected kPeerUser"}));
    us.SendsNothing();
  });
}

TEST(TcpOpen, AConnectionClosedAtOnceStillSendsItsFin) {
  TcpScript::Run([](TcpScript& us) {
    us.accepts = false;
    us.Listen(1, true);
    us.Receives({.flags = "SYN"});
    us.connection().Accept({});
    us.Sends("SYN ACK", 0, 1);
    us.Leave();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    us.Sends("FIN ACK", 1, 1);
    EXPECT_EQ(us.state(), TcpState::kFinWait1);
  });
}

TEST(TcpOpen, ANameIsTakenByOneConnection) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    TcpConnection* first = &us.connection();
    const transport::Address local = first->local_address();
    EXPECT_TRUE(us.transport().IsInUse(local));
    ScriptedUser second;
    EXPECT_EQ(us.transport().Connect({.local = local, .remote = first->remote_address()}, second),
              nullptr);
  });
}

TEST(TcpOpen, WithoutARouteFailsByAnEvent) {
  TcpScript::Run(
      [](TcpScript& us) {
        us.Connect();
        EXPECT_EQ(us.user.heard, Heard{});
        EXPECT_EQ(us.Hears(), Heard{"disconnected kNetworkUnreachable"});
        us.SendsNothing();
      },
      {}, /*mtu_payload=*/0);
}

TEST(TcpOpen, ClosedInSynSentLeavesNothingBehind) {  // RFC 9293 3.10.4
  TcpScript::Run([](TcpScript& us) {
    us.Connect();
    us.Sends("SYN", 0, 0);
    us.Leave();
    us.Receives({.flags = "SYN ACK", .ack = 1});
    us.Sends("RST", 1, 0);
    EXPECT_EQ(us.Hears(), Heard{});
  });
}

TEST(TcpOpen, TextOfACrossingSynWaitsForTheConnection) {  // RFC 9293 3.10.7.3, fourth
  TcpScript::Run([](TcpScript& us) {
    us.Connect();
    us.Sends("SYN", 0, 0);
    us.Receives({.flags = "SYN", .seq = 0, .data = "abc"});
    us.Sends("SYN ACK", 0, 1);
    us.Advance(absl::Milliseconds(500));
    us.SendsNothing();
    us.Receives({.flags = "ACK", .seq = 4, .ack = 1});
    EXPECT_EQ(us.connection().readable_octets(), 3);
    us.Advance(absl::Milliseconds(200));
    us.Sends("ACK", 1, 4);
  });
}

TEST(TcpOpen, TextOfASynWaitsForTheConnection) {  // RFC 9293 3.10.7.2, third
  TcpScript::Run([](TcpScript& us) {
    us.Listen();
    us.Receives({.flags = "SYN", .seq = 0, .data = "abc"});
    us.Sends("SYN ACK", 0, 1);
    us.Advance(absl::Milliseconds(500));
    us.SendsNothing();
    EXPECT_EQ(us.Hears(), Heard{});
    us.Receives({.flags = "ACK", .seq = 4, .ack = 1});
    EXPECT_EQ(us.Hears(), (Heard{"request", "connected", "readable"}));
    EXPECT_EQ(us.Read(), "abc");
    us.Advance(absl::Milliseconds(200));
    us.Sends("ACK", 1, 4);
  });
}

TEST(TcpOpen, AFinInASynClosesBehindTheText) {
  TcpScript::Run([](TcpScript& us) {
    us.Listen();
    us.Receives({.flags = "SYN FIN", .seq = 0, .data = "abc"});
    us.Sends("SYN ACK", 0, 1);
    EXPECT_EQ(us.state(), TcpState::kSynReceived);
    us.Receives({.flags = "ACK", .seq = 5, .ack = 1});
    us.Sends("ACK", 1, 5);
    EXPECT_EQ(us.state(), TcpState::kCloseWait);
    EXPECT_EQ(us.Read(), "abc");
    EXPECT_EQ(us.Read(), "(end)");
  });
}

TEST(TcpOpen, TextOfASynMayBeDiscardedAndComesAgain) {
  TcpSettings settings;
  settings.keeps_text_of_syn = false;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Listen();
        us.Receives({.flags = "SYN", .seq = 0, .data = "abc"});
        us.Sends("SYN ACK", 0, 1);
        us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "abc"});
        EXPECT_EQ(us.Read(), "abc");
      },
      settings);
}

}  // namespace
}  // namespace inet
