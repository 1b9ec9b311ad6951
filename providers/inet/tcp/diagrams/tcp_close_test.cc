// How connections end: RFC 9293 3.6, orderly and by reset.
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

}  // namespace
}  // namespace inet
