// TIME-WAIT: how long it lasts, and what may cut it short (RFC 9293 3.6.1, 3.10.7.4).
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;
constexpr absl::Duration kTwoMsl = absl::Minutes(4);

TEST(TcpTimeWait, ALostLastAckIsSentAgainAndTimeWaitStartsAnew) {
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

TEST(TcpTimeWait, LastsTwiceTheSegmentLifetimeAndNotForEver) {
  TcpSettings settings;
  settings.maximum_segment_lifetime = absl::Seconds(30);
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish();
        us.Close();
        us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
        us.Forget();
        us.Advance(absl::Milliseconds(59999));
        EXPECT_EQ(us.state(), TcpState::kTimeWait);
        us.Advance(absl::Milliseconds(2));
        EXPECT_EQ(us.state(), TcpState::kClosed);
      },
      settings);
}

TEST(TcpTimeWait, AResetJustEndsIt) {
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

TEST(TcpTimeWait, ANewSynReplacesIt) {  // RFC 9293 3.6.1
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

TEST(TcpTimeWait, CutShortLetsNoOldSegmentIntoTheNewConnection) {  // RFC 9293 3.6.1
  TcpScript::Run([](TcpScript& us) {
    us.EstablishPassively();
    us.Close();
    us.Sends("FIN ACK", 1, 1);
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
    us.Sends("ACK", 2, 2);
    us.Leave();
    us.Hears();
    const SeqNum before = us.connection().initial_send_sequence();
    us.Receives({.flags = "SYN", .seq = 5000});
    us.Sends("SYN ACK", 0, 5001);
    us.Receives({.flags = "ACK", .seq = 5001, .ack = 1});
    us.Hears();
    // Ours begins behind everything that the old one sent, so that no old ACK is believed either.
    EXPECT_LT((before + 2).DistanceTo(us.connection().initial_send_sequence()), 0x80000000u);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "old data"});
    us.Sends("ACK", 1, 5001);
    EXPECT_EQ(us.Hears(), Heard{});
    EXPECT_EQ(us.Read(), "");
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 1, 5001);
    EXPECT_EQ(us.state(), TcpState::kEstablished);
  });
}

TEST(TcpTimeWait, WithoutAListenerItStays) {
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

}  // namespace
}  // namespace inet
