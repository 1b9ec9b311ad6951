// A peer that does not answer: when the connection is given up (RFC 9293 3.8.3, 3.8.4, 3.6.1).
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_options.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;

TEST(TcpSilence, UnansweredDataEndsTheConnection) {  // R2, RFC 9293 3.8.3
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Write("anybody?");
    us.Advance(absl::Minutes(3));
    EXPECT_EQ(us.Hears(), Heard{"disconnected kNoAnswer"});
    EXPECT_EQ(us.transport().counters().retransmitted_segments, 6);
  });
}

TEST(TcpSilence, NoConnectionIsGivenUpBeforeThreeRetransmissions) {  // RFC 9293 3.8.3, R1
  TcpSettings settings;
  settings.initial_rto = settings.least_rto = absl::Seconds(60);
  settings.tail_loss_probe = false;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish();
        us.Hears();
        us.Write("anybody?");
        us.Advance(absl::Seconds(239));
        EXPECT_EQ(us.Hears(), Heard{});
        us.Advance(absl::Seconds(2));
        EXPECT_EQ(us.Hears(), Heard{"disconnected kNoAnswer"});
      },
      settings);
}

// TCP_MAXRT.
TEST(TcpSilence, TheUserSaysHowLongThePeerMayBeSilent) {  // RFC 5482 3.1, our side
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    EXPECT_EQ(us.connection().SetOption(kTcpLevel, kMaxRetransmissionTime, {5, 0, 0, 0}),
              transport::OptionStatus::kDone);
    us.Hears();
    us.Write("anybody?");
    us.Advance(absl::Milliseconds(4990));
    EXPECT_EQ(us.Hears(), Heard{});
    us.Advance(absl::Milliseconds(20));
    EXPECT_EQ(us.Hears(), Heard{"disconnected kNoAnswer"});
  });
}

TEST(TcpSilence, AUserMayWaitForEver) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.connection().SetOption(kTcpLevel, kMaxRetransmissionTime, {0xFF, 0xFF, 0xFF, 0xFF});
    us.Hears();
    us.Write("anybody?");
    us.Advance(absl::Hours(10));
    EXPECT_EQ(us.Hears(), Heard{});
    us.Leave();
    us.Advance(absl::Minutes(3));
    EXPECT_EQ(us.state(), TcpState::kClosed) << "whom nobody waits for is left";
  });
}

TEST(TcpSilence, IsFoundByKeepAlive) {  // RFC 9293 3.8.4
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

TEST(TcpSilence, FinWait2EndsWithoutAUserAndAPeer) {
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

TEST(TcpSilence, ClosingAndLastAckEndWithoutAPeer) {  // R2
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    us.Leave();
    EXPECT_EQ(us.state(), TcpState::kLastAck);
    us.Advance(absl::Minutes(3));
    EXPECT_EQ(us.state(), TcpState::kClosed);
    EXPECT_EQ(us.transport().connection_count(), 0);
  });
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Leave();
    us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
    EXPECT_EQ(us.state(), TcpState::kClosing);
    us.Advance(absl::Minutes(3));
    EXPECT_EQ(us.state(), TcpState::kClosed);
    EXPECT_EQ(us.transport().connection_count(), 0);
  });
}

}  // namespace
}  // namespace inet
