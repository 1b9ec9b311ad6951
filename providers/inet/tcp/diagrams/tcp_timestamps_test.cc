// Timestamps, round-trip times by them, and protection against wrapped numbers: RFC 7323, RFC 6191.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;

TcpOptions Stamp(uint32_t value, uint32_t echo = 0) {
  return {.timestamps = TcpTimestamps{.value = value, .echo_reply = echo}};
}

uint32_t SentValue(const TcpScript& us) { return us.sent().options.timestamps->value; }
uint32_t SentEcho(const TcpScript& us) { return us.sent().options.timestamps->echo_reply; }

// An open connection whose peer said 1000 in its SYN,ACK.
void EstablishStamped(TcpScript& us) {
  us.Establish({.max_segment_size = 100, .timestamps = TcpTimestamps{.value = 1000}});
}

TEST(TcpTimestampsOption, AreOfferedAndUsedWhenThePeerHasThem) {  // RFC 7323 3.2
  TcpScript::Run([](TcpScript& us) {
    us.Connect();
    us.Sends("SYN", 0, 0);
    ASSERT_TRUE(us.sent().options.timestamps.has_value());
    EXPECT_EQ(SentEcho(us), 0);
    const uint32_t begin = SentValue(us);
    us.Advance(absl::Milliseconds(70));
    us.Receives({.flags = "SYN ACK", .ack = 1, .options = Stamp(1000, begin)});
    us.Sends("ACK", 1, 1);
    EXPECT_EQ(SentEcho(us), 1000);
    EXPECT_EQ(SentValue(us), begin + 70);
  });
}

TEST(TcpTimestampsOption, AreNotUsedWhenThePeerHasNone) {
  TcpScript::Run([](TcpScript& us) {
    us.Listen();
    us.Receives({.flags = "SYN"});
    us.Sends("SYN ACK", 0, 1);
    EXPECT_FALSE(us.sent().options.timestamps.has_value());
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "x", .options = Stamp(5)});
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 2);
    EXPECT_FALSE(us.sent().options.timestamps.has_value());
  });
}

TEST(TcpTimestampsOption, AreNotOfferedWhenTheyAreOff) {
  TcpSettings settings;
  settings.timestamps = false;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Connect();
        us.Sends("SYN", 0, 0);
        EXPECT_FALSE(us.sent().options.timestamps.has_value());
        us.Receives({.flags = "SYN ACK", .ack = 1, .options = Stamp(1000)});
        us.Sends("ACK", 1, 1);
        EXPECT_FALSE(us.sent().options.timestamps.has_value());
      },
      settings);
}

TEST(TcpTimestampsOption, StandInEverySegmentAlsoInAReset) {  // RFC 7323 3.2
  TcpScript::Run([](TcpScript& us) {
    EstablishStamped(us);
    us.Write("data");
    us.Sends("ACK", 1, 1, "data");
    EXPECT_EQ(SentEcho(us), 1000);
    us.Leave(transport::Farewell::kAbortive);
    us.Sends("RST ACK", 5, 1);
    EXPECT_EQ(SentEcho(us), 1000);
  });
}

TEST(TcpTimestampsOption, TakeTheirOctetsFromTheText) {  // RFC 6691 2
  TcpScript::Run([](TcpScript& us) {
    EstablishStamped(us);
    EXPECT_EQ(us.connection().snapshot().send_mss, 88);
    us.Write(std::string(200, 'x'));
    us.Sends("ACK", 1, 1, std::string(88, 'x'));
    us.Sends("ACK", 89, 1, std::string(88, 'x'));
  });
}

TEST(TcpTimestampsOption, ASegmentWithoutThemIsDropped) {  // RFC 7323 3.2
  for (const bool tolerate : {false, true}) {
    TcpSettings settings;
    settings.tolerate_missing_timestamps = tolerate;
    TcpScript::Run(
        [tolerate](TcpScript& us) {
          EstablishStamped(us);
          us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "bare"});
          EXPECT_EQ(us.Hears(), tolerate ? Heard{"readable"} : Heard{});
          EXPECT_EQ(us.Drops().size(), tolerate ? 0 : 1);
        },
        settings);
  }
}

TEST(TcpTimestampsOption, AResetNeedsNone) {  // RFC 7323 5.2
  TcpScript::Run([](TcpScript& us) {
    EstablishStamped(us);
    us.Receives({.flags = "RST", .seq = 1});
    EXPECT_EQ(us.Hears(), (Heard{"disconnected kPeerUser"}));
  });
}

TEST(TcpTimestampsOption, AResetIsNotJudgedByThem) {
  TcpScript::Run([](TcpScript& us) {
    EstablishStamped(us);
    us.Receives({.flags = "RST", .seq = 1, .options = Stamp(1)});
    EXPECT_EQ(us.Hears(), (Heard{"disconnected kPeerUser"}));
  });
}

TEST(TcpTimestampsOption, WhatIsEchoedComesFromTheSegmentNextInOrder) {  // RFC 7323 4.3
  TcpScript::Run([](TcpScript& us) {
    EstablishStamped(us);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "a", .options = Stamp(1010)});
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 2);
    EXPECT_EQ(SentEcho(us), 1010);
    us.Receives({.flags = "ACK", .seq = 5, .ack = 1, .data = "c", .options = Stamp(1030)});
    us.Sends("ACK", 1, 2);
    EXPECT_EQ(SentEcho(us), 1010);  // of the segment before the gap
    us.Receives({.flags = "ACK", .seq = 2, .ack = 1, .data = "bbb", .options = Stamp(1020)});
    us.Sends("ACK", 1, 6);
    EXPECT_EQ(SentEcho(us), 1020);
  });
}

TEST(TcpTimestampsOption, OfTwoSegmentsUnderOneAckTheEarlierIsEchoed) {  // RFC 7323 4.3, case A
  TcpScript::Run([](TcpScript& us) {
    EstablishStamped(us);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "a", .options = Stamp(1010)});
    us.Receives({.flags = "ACK", .seq = 2, .ack = 1, .data = "b", .options = Stamp(1011)});
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 3);
    EXPECT_EQ(SentEcho(us), 1010);
  });
}

TEST(TcpPaws, AnOldDuplicateIsAnsweredAndDropped) {  // RFC 7323 5.3, R1
  TcpScript::Run([](TcpScript& us) {
    EstablishStamped(us);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "old", .options = Stamp(999)});
    us.Sends("ACK", 1, 1);
    EXPECT_EQ(us.Hears(), Heard{});
    EXPECT_EQ(us.Drops(), (Heard{"ACK: older than what came before it"}));
    EXPECT_EQ(us.transport().counters().old_timestamps, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "new", .options = Stamp(1000)});
    EXPECT_EQ(us.Read(), "new");
  });
}

TEST(TcpPaws, ASynIsJudgedAsWell) {
  TcpScript::Run([](TcpScript& us) {
    EstablishStamped(us);
    us.Receives({.flags = "SYN", .seq = 1, .options = Stamp(999)});
    us.Sends("ACK", 1, 1);
    EXPECT_EQ(us.Drops(), (Heard{"SYN: older than what came before it"}));
    EXPECT_EQ(us.transport().counters().challenge_acks, 0);
  });
}

TEST(TcpPaws, AfterTwentyFourDaysOfSilenceAnyTimestampWillDo) {  // RFC 7323 5.5
  TcpScript::Run([](TcpScript& us) {
    EstablishStamped(us);
    us.Advance(absl::Hours(24 * 24 + 1));
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "late", .options = Stamp(999)});
    EXPECT_EQ(us.Read(), "late");
  });
}

TEST(TcpTimestampsOption, SayHowLongARepeatedSegmentTook) {  // RFC 7323 4.1, against Karn's rule
  TcpScript::Run([](TcpScript& us) {
    EstablishStamped(us);
    us.Write("lost");
    us.Sends("ACK", 1, 1, "lost");
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 1, "lost");
    const uint32_t second = SentValue(us);
    EXPECT_EQ(us.connection().snapshot().rto, absl::Seconds(2));
    us.Advance(absl::Milliseconds(1800));
    us.Receives({.flags = "ACK", .seq = 1, .ack = 5, .options = Stamp(1001, second)});
    EXPECT_GT(us.connection().snapshot().rto, absl::Seconds(1));
  });
}

void ComeToTimeWait(TcpScript& us, const TcpOptions& stamp) {
  us.Listen();
  us.Receives({.flags = "SYN", .options = stamp});
  us.Sends("SYN ACK", 0, 1);
  us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .options = stamp});
  us.Close();
  us.Sends("FIN ACK", 1, 1);
  us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2, .options = stamp});
  us.Sends("ACK", 2, 2);
  us.Leave();
  us.Hears();
  ASSERT_EQ(us.state(), TcpState::kTimeWait);
}

TEST(TcpTimeWait, ALaterTimestampBeginsANewConnectionWhateverItsNumber) {  // RFC 6191 2
  TcpScript::Run([](TcpScript& us) {
    ComeToTimeWait(us, Stamp(1000));
    us.Receives({.flags = "SYN", .seq = 0x80000010, .options = Stamp(1001)});
    EXPECT_EQ(us.state(), TcpState::kSynReceived);
  });
}

TEST(TcpTimeWait, TheSameTimestampLeavesItToTheNumber) {
  TcpScript::Run([](TcpScript& us) {
    ComeToTimeWait(us, Stamp(1000));
    us.Receives({.flags = "SYN", .seq = 0x80000010, .options = Stamp(1000)});
    us.Sends("ACK", 2, 2);
    EXPECT_EQ(us.state(), TcpState::kTimeWait);
    us.Receives({.flags = "SYN", .seq = 100, .options = Stamp(1000)});
    EXPECT_EQ(us.state(), TcpState::kSynReceived);
  });
}

TEST(TcpTimeWait, AnEarlierTimestampIsAnOldDuplicates) {
  TcpScript::Run([](TcpScript& us) {
    ComeToTimeWait(us, Stamp(1000));
    us.Receives({.flags = "SYN", .seq = 100, .options = Stamp(999)});
    us.Sends("ACK", 2, 2);
    EXPECT_EQ(us.state(), TcpState::kTimeWait);
  });
}

TEST(TcpTimeWait, TimestampsWhereThereWereNoneAreEnough) {
  TcpScript::Run([](TcpScript& us) {
    ComeToTimeWait(us, {});
    us.Receives({.flags = "SYN", .seq = 0x80000010, .options = Stamp(1)});
    EXPECT_EQ(us.state(), TcpState::kSynReceived);
  });
}

}  // namespace
}  // namespace inet
