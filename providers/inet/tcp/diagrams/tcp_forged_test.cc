// What somebody sends who does not see the connection and guesses its numbers: RFC 5961.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;

TEST(TcpForged, ResetsOutsideTheWindowAreNotAnswered) {  // RFC 5961 3.2
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    for (const uint32_t seq : {0u, 65537u, 0x80000000u, 0xFFFFFFF0u}) {
      us.Receives({.flags = "RST", .seq = seq});
      us.Receives({.flags = "RST ACK", .seq = seq, .ack = 1});
    }
    us.SendsNothing();
    const Heard drops = us.Drops();
    EXPECT_EQ(drops.size(), 8);
    for (const std::string& drop : drops)
      EXPECT_NE(drop.find(": not in the window"), std::string::npos);
    EXPECT_EQ(us.state(), TcpState::kEstablished);
    EXPECT_EQ(us.transport().counters().challenge_acks, 0);
    EXPECT_EQ(us.transport().drops().count(TcpDrop::kReset), 8);
  });
}

TEST(TcpForged, ResetsAndSynsInTheWindowAreChallengedAndCounted) {  // RFC 5961 3.2, 4.2
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "RST", .seq = 100});
    us.Sends("ACK", 1, 1);
    us.Receives({.flags = "SYN", .seq = 100});
    us.Sends("ACK", 1, 1);
    us.Receives({.flags = "SYN ACK", .seq = 0, .ack = 1});
    us.Sends("ACK", 1, 1);
    us.Receives({.flags = "SYN FIN RST", .seq = 100});
    us.Sends("ACK", 1, 1);
    EXPECT_EQ(us.transport().counters().challenge_acks, 4);
    EXPECT_EQ(us.Drops().size(), 4);
    EXPECT_EQ(us.state(), TcpState::kEstablished);
    EXPECT_EQ(us.Hears(), Heard{});
  });
}

TEST(TcpForged, SynsOfAnyNumberAreChallenged) {  // RFC 5961 4.2
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    for (const uint32_t seq : {0u, 1u, 100u, 200000u}) {
      us.Receives({.flags = "SYN", .seq = seq});
      us.Sends("ACK", 1, 1);
    }
    EXPECT_EQ(us.state(), TcpState::kEstablished);
  });
}

TEST(TcpForged, ChallengesHaveALimit) {  // RFC 5961 7
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    for (int i = 0; i < 30; ++i) us.Receives({.flags = "SYN", .seq = 100});
    EXPECT_EQ(us.sent_count(), 10);
    us.Advance(absl::Seconds(5));
    us.Receives({.flags = "SYN", .seq = 100});
    EXPECT_EQ(us.sent_count(), 11);
  });
}

TEST(TcpForged, DataWithAnAckOutsideOfWhatIsHonestIsNotRead) {  // RFC 5961 5.2
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    for (const uint32_t ack : {2u, 0x40000000u, 0x80000001u, 0xFFFE0000u}) {
      us.Receives({.flags = "ACK", .seq = 1, .ack = ack, .data = "evil"});
      us.Sends("ACK", 1, 1);
    }
    EXPECT_EQ(us.Hears(), Heard{});
    const Heard drops = us.Drops();
    ASSERT_EQ(drops.size(), 4);
    EXPECT_EQ(drops.front(), "ACK: acknowledges what was not sent");
    EXPECT_EQ(drops.back(), "ACK: acknowledges what is long past");
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "good"});
    EXPECT_EQ(us.Read(), "good");
  });
}

TEST(TcpForged, ASegmentWithoutAckOrFlagsIsDropped) {  // RFC 9293 3.10.7.4, fifth
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "", .seq = 1, .data = "null"});
    us.Receives({.flags = "FIN URG PSH", .seq = 1, .data = "tree"});
    us.SendsNothing();
    EXPECT_EQ(us.Drops(), (Heard{"no flags: no ACK", "FIN PSH URG: no ACK"}));
    EXPECT_EQ(us.Hears(), Heard{});
  });
}

}  // namespace
}  // namespace inet
