// How connections end: RFC 9293 3.6, orderly, by reset, and where the peer is gone.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;
constexpr absl::Duration kTwoMsl = absl::Minutes(4);

TEST(TcpClose, WeCloseFirst) {  // RFC 9293 3.6, figure 12
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Sends("FIN ACK", 1, 1);
    EXPECT_EQ(us.state(), TcpState::kFinWait1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 2});
    EXPECT_EQ(us.state(), TcpState::kFinWait2);
    EXPECT_EQ(us.Hears(), Heard{"released"});
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
    us.Sends("ACK", 2, 2);
    EXPECT_EQ(us.state(), TcpState::kTimeWait);
    EXPECT_EQ(us.Hears(), (Heard{"readable", "release"}));
    EXPECT_EQ(us.Read(), "(end)");
    us.Advance(kTwoMsl - absl::Seconds(1));
    EXPECT_EQ(us.state(), TcpState::kTimeWait);
    us.Advance(absl::Seconds(1));
    EXPECT_EQ(us.state(), TcpState::kClosed);
    us.SendsNothing();
  });
}

TEST(TcpClose, ThePeerClosesFirst) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 1, 2);
    EXPECT_EQ(us.state(), TcpState::kCloseWait);
    EXPECT_EQ(us.Hears(), (Heard{"readable", "release"}));
    us.Close();
    us.Sends("FIN ACK", 1, 2);
    EXPECT_EQ(us.state(), TcpState::kLastAck);
    us.Receives({.flags = "ACK", .seq = 2, .ack = 2});
    EXPECT_EQ(us.state(), TcpState::kClosed);
    EXPECT_EQ(us.Hears(), Heard{"released"});
  });
}

TEST(TcpClose, BothSidesCloseAtOnce) {  // RFC 9293 3.6, figure 13
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Sends("FIN ACK", 1, 1);
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 2, 2);
    EXPECT_EQ(us.state(), TcpState::kClosing);
    us.Receives({.flags = "ACK", .seq = 2, .ack = 2});
    EXPECT_EQ(us.state(), TcpState::kTimeWait);
    us.Advance(kTwoMsl);
    us.SendsNothing();
    EXPECT_EQ(us.state(), TcpState::kClosed);
  });
}

TEST(TcpClose, AFinWithTheAckOfOursSkipsFinWait2) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Sends("FIN ACK", 1, 1);
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
    us.Sends("ACK", 2, 2);
    EXPECT_EQ(us.state(), TcpState::kTimeWait);
    EXPECT_EQ(us.Hears(), (Heard{"readable", "release", "released"}));
  });
}

TEST(TcpClose, HalfClosedWeStillReceive) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Sends("FIN ACK", 1, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 2, .data = "late"});
    EXPECT_EQ(us.Hears(), (Heard{"readable", "released"}));
    EXPECT_EQ(us.Read(), "late");
    us.Advance(absl::Hours(1));
    us.Sends("ACK", 2, 5);
    us.Receives({.flags = "ACK", .seq = 5, .ack = 2, .data = "r"});
    EXPECT_EQ(us.Read(), "r");
  });
}

TEST(TcpClose, HalfClosedByThePeerWeStillSend) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 1, 2);
    us.Write("more");
    us.Sends("ACK", 1, 2, "more");
    us.Receives({.flags = "ACK", .seq = 2, .ack = 5});
    us.Close();
    us.Sends("FIN ACK", 5, 2);
  });
}

TEST(TcpClose, AFinNeverOvertakesQueuedData) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish({}, /*window=*/600);
    const std::string data(1000, 'x');
    us.Write(data);
    us.Close();
    us.Sends("ACK", 1, 1, data.substr(0, 536));
    us.SendsNothing();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 537, .window = 600});
    us.Sends("FIN ACK", 537, 1, data.substr(536));
    EXPECT_EQ(us.state(), TcpState::kFinWait1);
  });
}

TEST(TcpClose, AFinIsSentAgainUntilItIsAcknowledged) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Write("bye");
    us.Sends("ACK", 1, 1, "bye");
    us.Close();
    us.Sends("FIN ACK", 4, 1);
    us.Advance(absl::Seconds(1));
    us.Sends("FIN ACK", 1, 1, "bye");
    us.Receives({.flags = "ACK", .seq = 1, .ack = 4});
    us.Advance(absl::Seconds(1));
    us.Sends("FIN ACK", 4, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 5});
    EXPECT_EQ(us.state(), TcpState::kFinWait2);
    us.SendsNothing();
  });
}

TEST(TcpClose, ALostLastAckIsSentAgainAndTimeWaitStartsAnew) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
    us.Forget();
    us.Advance(kTwoMsl - absl::Seconds(1));
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
    us.Sends("ACK", 2, 2);
    us.Advance(kTwoMsl - absl::Seconds(1));
    EXPECT_EQ(us.state(), TcpState::kTimeWait);
    us.Advance(absl::Seconds(2));
    EXPECT_EQ(us.state(), TcpState::kClosed);
  });
}

TEST(TcpClose, ClosingEndsAlthoughThePeersAckWasLost) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Sends("FIN ACK", 1, 1);
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 2, 2);
    us.Advance(absl::Seconds(1));
    us.Sends("FIN ACK", 1, 2);
    us.Receives({.flags = "ACK", .seq = 2, .ack = 2});
    EXPECT_EQ(us.state(), TcpState::kTimeWait);
  });
}

TEST(TcpClose, ClosingAndLastAckEndWithoutAPeer) {  // R2
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    us.Leave();
    EXPECT_EQ(us.state(), TcpState::kLastAck);
    us.Advance(absl::Minutes(3));
    EXPECT_EQ(us.state(), TcpState::kClosed);
    EXPECT_EQ(us.transport().connection_count(), 0);
  });
}

TEST(TcpClose, FinWait2EndsWithoutAUserAndAPeer) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Leave();
    us.Sends("FIN ACK", 1, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 2});
    us.Advance(absl::Minutes(2) - absl::Seconds(1));
    EXPECT_EQ(us.state(), TcpState::kFinWait2);
    us.Advance(absl::Seconds(1));
    us.SendsNothing();  // a RST would destroy what the peer has not read
    EXPECT_EQ(us.transport().connection_count(), 0);
  });
}

TEST(TcpClose, NoFinThatNobodyAskedFor) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 1, 2);
    us.Advance(absl::Hours(10));
    us.SendsNothing();
    EXPECT_EQ(us.state(), TcpState::kCloseWait);
  });
}

TEST(TcpClose, LeavingUnreadDataResets) {  // RFC 9293 3.6.1
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "unread"});
    us.Leave();
    us.Sends("RST ACK", 1, 7);
    EXPECT_EQ(us.state(), TcpState::kClosed);
  });
}

TEST(TcpClose, LeavingUnreadDataBehindTheirFinResets) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Sends("FIN ACK", 1, 1);
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1, .data = "unread"});
    us.Sends("ACK", 2, 8);
    us.Leave();
    us.Sends("RST ACK", 2, 8);
    EXPECT_EQ(us.state(), TcpState::kClosed);
  });
}

TEST(TcpClose, DataAfterTheUserLeftResets) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Leave();
    us.Sends("FIN ACK", 1, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 2, .data = "too late"});
    us.Sends("RST", 2, 0);
    EXPECT_EQ(us.state(), TcpState::kClosed);
    EXPECT_EQ(us.Drops(), Heard{"ACK: data for a user who is gone"});
  });
}

TEST(TcpClose, AbortingResets) {  // RFC 9293 3.10.5
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Write("in flight");
    us.Forget();
    us.connection().Disconnect({});
    us.Sends("RST ACK", 10, 1);
    EXPECT_EQ(us.Hears(), Heard{});
    us.Leave();
    us.SendsNothing();
    EXPECT_EQ(us.transport().connection_count(), 0);
  });
}

TEST(TcpClose, LeavingAbortivelyResets) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Leave(transport::Farewell::kAbortive);
    us.Sends("RST ACK", 1, 1);
  });
}

TEST(TcpClose, AResetEndsTheConnectionAndItsData) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "lost"});
    us.Receives({.flags = "RST", .seq = 5});
    EXPECT_EQ(us.Hears(), (Heard{"readable", "disconnected kPeerUser"}));
    EXPECT_EQ(us.Read(), "");
    EXPECT_EQ(us.connection().Write({OctetsOf("x")}, false), 0);
    us.Forget();
    us.SendsNothing();
  });
}

TEST(TcpClose, ForgedResetsAreChallenged) {  // RFC 5961 3.2
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "RST", .seq = 100});  // in the window
    us.Sends("ACK", 1, 1);
    us.Receives({.flags = "RST", .seq = 200000});  // outside
    us.SendsNothing();
    us.Receives({.flags = "RST", .seq = 0});
    us.SendsNothing();
    EXPECT_EQ(us.state(), TcpState::kEstablished);
    EXPECT_EQ(us.transport().counters().challenge_acks, 1);
  });
}

TEST(TcpClose, ForgedSynsAreChallenged) {  // RFC 5961 4.2
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    for (const uint32_t seq : {0u, 1u, 100u, 200000u}) {
      us.Receives({.flags = "SYN", .seq = seq});
      us.Sends("ACK", 1, 1);
    }
    EXPECT_EQ(us.state(), TcpState::kEstablished);
  });
}

TEST(TcpClose, ChallengesHaveALimit) {  // RFC 5961 7
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    for (int i = 0; i < 30; ++i) us.Receives({.flags = "SYN", .seq = 100});
    EXPECT_EQ(us.sent_count(), 10);
    us.Advance(absl::Seconds(5));
    us.Receives({.flags = "SYN", .seq = 100});
    EXPECT_EQ(us.sent_count(), 11);
  });
}

TEST(TcpClose, AForgedAckIsChallenged) {  // RFC 5961 5.2
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 5000, .data = "forged"});
    us.Sends("ACK", 1, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 0u - 70000u, .data = "forged"});
    us.Sends("ACK", 1, 1);
    EXPECT_EQ(us.Hears(), Heard{});
    EXPECT_EQ(us.Drops(), (Heard{"ACK: acknowledges what was not sent",
                                 "ACK: acknowledges what is long past"}));
  });
}

TEST(TcpClose, AResetInTimeWaitJustEndsIt) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2, .data = "last"});
    us.Hears();
    us.Receives({.flags = "RST", .seq = 6});
    EXPECT_EQ(us.state(), TcpState::kClosed);
    EXPECT_EQ(us.Hears(), Heard{}) << "both directions were released before";
    EXPECT_EQ(us.Read(), "last");
    EXPECT_EQ(us.Read(), "(end)");
  });
}

TEST(TcpClose, ANewSynReplacesTimeWait) {  // RFC 9293 3.6.1
  TcpScript::Run([](TcpScript& us) {
    us.EstablishPassively();
    const SeqNum old_iss = us.connection().initial_send_sequence();
    us.Close();
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
    us.Leave();
    us.Forget();
    EXPECT_EQ(us.state(), TcpState::kTimeWait);
    us.Receives({.flags = "SYN", .seq = 1});  // not beyond the last number: an old segment
    us.Sends("ACK", 2, 2);
    us.Hears();
    us.Receives({.flags = "SYN", .seq = 2});
    us.Sends("SYN ACK", 0, 3);
    us.Receives({.flags = "ACK", .seq = 3, .ack = 1});
    EXPECT_EQ(us.Hears(), (Heard{"request", "connected"}));
    EXPECT_LT((old_iss + 1).DistanceTo(us.connection().initial_send_sequence()), 0x80000000u);
    // What is left of the old connection does not get into the new one.
    us.Receives({.flags = "ACK", .seq = 3, .ack = 0u - 100000u, .data = "old"});
    EXPECT_EQ(us.Hears(), Heard{});
  });
}

TEST(TcpClose, WithoutAListenerTimeWaitStays) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Close();
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
    us.Forget();
    us.Receives({.flags = "SYN", .seq = 1000});
    us.Sends("ACK", 2, 2);
    EXPECT_EQ(us.state(), TcpState::kTimeWait);
  });
}

TEST(TcpClose, TheUserMayLeaveInTheMiddleOfAnIndication) {
  for (const char* moment : {"connected", "readable", "release", "released"}) {
    TcpScript::Run([moment](TcpScript& us) {
      us.user.reaction = [&us, moment](absl::string_view heard) {
        if (heard == moment) us.Leave();
      };
      us.Connect();
      us.Receives({.flags = "SYN ACK", .ack = 1});
      if (us.is_attached) us.Close();
      us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2, .data = "x"});
      EXPECT_FALSE(us.is_attached) << moment;
      EXPECT_EQ(us.user.heard.back(), moment);
    });
  }
}

TEST(TcpClose, ASilentPeerIsFoundByKeepAlive) {  // RFC 9293 3.8.4
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    EXPECT_EQ(us.connection().SetOption(kSocketLevel, kKeepAlive, {1, 0, 0, 0}),
              transport::OptionStatus::kDone);
    us.Advance(absl::Hours(2));
    us.Sends("ACK", 0, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    us.Advance(absl::Hours(2) - absl::Seconds(1));
    us.SendsNothing();
    us.Advance(absl::Seconds(10));
    EXPECT_EQ(us.sent_count(), 10);
    us.Forget();
    us.Advance(absl::Seconds(1));
    us.Sends("RST ACK", 1, 1);
    EXPECT_EQ(us.Hears(), Heard{"disconnected kPeerLost"});
  });
}

TEST(TcpClose, UnansweredDataEndsTheConnection) {  // R2, RFC 9293 3.8.3
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Write("anybody?");
    us.Advance(absl::Minutes(3));
    EXPECT_EQ(us.Hears(), Heard{"disconnected kNoAnswer"});
    EXPECT_EQ(us.transport().counters().retransmitted_segments, 6);
  });
}

}  // namespace
}  // namespace inet
