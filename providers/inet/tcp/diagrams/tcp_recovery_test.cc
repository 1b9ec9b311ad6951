// What the sender does about losses, segment by segment: RFC 2018, RFC 6675, RFC 8985, RFC 6937.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_options.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;

// One segment of 100 octets after the other, told apart by its letter: 'a' stands at 1, 'b' at 101.
std::string Segment(char letter) { return std::string(100, letter); }
std::string Segments(char first, char last) {
  std::string text;
  for (char letter = first; letter <= last; ++letter) text += Segment(letter);
  return text;
}

// An acknowledgment up to `ack` with SACK blocks, numbers from our initial one.
class Peer {
 public:
  explicit Peer(TcpScript& us) : us_(us) {}

  void Acks(uint32_t ack, const std::vector<std::pair<uint32_t, uint32_t>>& blocks = {}) {
    TcpOptions options;
    for (const auto& [begin, end] : blocks) {
      options.sack_blocks.push_back({us_.OurSeq(begin), us_.OurSeq(end)});
    }
    us_.Receives({.flags = "ACK", .seq = 1, .ack = ack, .options = options});
  }

 private:
  TcpScript& us_;
};

// A peer with SACK, segments of 100 octets, a round trip of 100 ms that has been measured.
void RunEstablished(const std::function<void(TcpScript&, Peer&)>& body, TcpSettings settings = {}) {
  settings.initial_window_segments = 10;
  TcpScript::Run(
      [&](TcpScript& us) {
        Peer peer(us);
        us.Connect();
        us.Sends("SYN", 0, 0);
        us.Advance(absl::Milliseconds(100));
        us.Receives({.flags = "SYN ACK",
                     .ack = 1,
                     .options = {.max_segment_size = 100, .sack_permitted = true}});
        us.Sends("ACK", 1, 1);
        body(us, peer);
      },
      settings);
}

TcpSettings WithoutRack() {
  TcpSettings settings;
  settings.rack = false;
  settings.proportional_rate_reduction = false;
  return settings;
}

TEST(TcpRecovery, OnlyWhatIsMissingIsSentAgain) {  // RFC 6675 5
  RunEstablished(
      [](TcpScript& us, Peer& peer) {
        us.Write(Segments('a', 'j'));
        us.Forget();
        us.Advance(absl::Milliseconds(100));
        peer.Acks(1, {{101, 201}});
        peer.Acks(1, {{101, 201}, {301, 401}});
        us.SendsNothing();
        peer.Acks(1, {{301, 501}, {101, 201}});
        us.Sends("ACK", 1, 1, Segment('a'));
        peer.Acks(1, {{301, 1001}, {101, 201}});
        us.Sends("ACK", 201, 1, Segment('c'));
        us.SendsNothing();
        peer.Acks(1001);
        EXPECT_FALSE(us.connection().snapshot().in_recovery);
        EXPECT_EQ(us.connection().snapshot().congestion_window, 500);
        EXPECT_TRUE(us.connection().is_drained());
      },
      WithoutRack());
}

TEST(TcpRecovery, NewSegmentsFollowWhatWasMissing) {  // RFC 6675 4, NextSeg (2)
  RunEstablished(
      [](TcpScript& us, Peer& peer) {
        us.Write(Segments('a', 'p'));
        us.Forget();
        us.Advance(absl::Milliseconds(100));
        peer.Acks(1, {{101, 901}});
        us.Sends("ACK", 1, 1, Segment('a'));
        us.Sends("ACK", 1001, 1, Segment('k'));  // pipe: j, a, k, l, m
        us.Sends("ACK", 1101, 1, Segment('l'));
        us.Sends("ACK", 1201, 1, Segment('m'));
        us.SendsNothing();
      },
      WithoutRack());
}

TEST(TcpRecovery, EarlyReportsLetNewSegmentsOut) {  // RFC 3042
  RunEstablished([](TcpScript& us, Peer& peer) {
    us.Write(Segments('a', 'p'));
    us.Forget();
    us.Advance(absl::Milliseconds(100));
    peer.Acks(1, {{101, 201}});
    us.Sends("ACK", 1001, 1, Segment('k'));
    us.SendsNothing();
  });
}

TEST(TcpRecovery, LimitedTransmitCanBeOff) {
  TcpSettings settings;
  settings.limited_transmit = false;
  RunEstablished(
      [](TcpScript& us, Peer& peer) {
        us.Write(Segments('a', 'p'));
        us.Forget();
        us.Advance(absl::Milliseconds(100));
        peer.Acks(1, {{101, 201}});
        us.SendsNothing();
      },
      settings);
}

TEST(TcpRecovery, OneReportIsEnoughOnceTheReorderingWindowIsOver) {  // RFC 8985 6.2
  RunEstablished([](TcpScript& us, Peer& peer) {
    us.Write(Segments('a', 'b'));
    us.Forget();
    us.Advance(absl::Milliseconds(100));
    peer.Acks(1, {{101, 201}});
    us.SendsNothing();
    us.Advance(absl::Milliseconds(20));
    us.SendsNothing();
    us.Advance(absl::Milliseconds(6));  // a quarter of the round trip
    us.Sends("ACK", 1, 1, Segment('a'));
    peer.Acks(201);
    us.Advance(absl::Seconds(10));
    us.SendsNothing();
  });
}

TEST(TcpRecovery, ALostRepetitionIsFoundWithoutATimeout) {  // RFC 8985 3.1
  RunEstablished([](TcpScript& us, Peer& peer) {
    us.Write(Segments('a', 'p'));
    us.Forget();
    us.Advance(absl::Milliseconds(100));
    peer.Acks(1, {{101, 401}});
    us.Sends("ACK", 1, 1, Segment('a'));
    us.Advance(absl::Milliseconds(10));
    peer.Acks(1, {{101, 801}});
    us.Sends("ACK", 1001, 1, Segment('k'));
    us.Sends("ACK", 1101, 1, Segment('l'));
    us.SendsNothing();
    us.Advance(absl::Milliseconds(100));
    peer.Acks(1, {{101, 801}, {1001, 1101}});
    us.Sends("ACK", 1, 1, Segment('a'));
  });
}

TEST(TcpRecovery, TheTailIsProbed) {  // RFC 8985 7
  RunEstablished([](TcpScript& us, Peer& peer) {
    us.Write(Segments('a', 'c'));
    us.Forget();
    us.Advance(absl::Milliseconds(199));
    us.SendsNothing();
    us.Advance(absl::Milliseconds(2));
    us.Sends("ACK", 201, 1, Segment('c'));  // two round trips: the last once more
    peer.Acks(1, {{201, 301}});
    us.Sends("ACK", 1, 1, Segment('a'));  // the peer's answer shows what is missing
    us.Sends("ACK", 101, 1, Segment('b'));
    us.SendsNothing();
  });
}

TEST(TcpRecovery, NewDataIsTheBetterProbe) {  // RFC 8985 7.3
  RunEstablished([](TcpScript& us, Peer&) {
    us.Write(Segments('a', 'l'));
    us.Forget();  // ten: the window
    us.Advance(absl::Milliseconds(201));
    us.Sends("ACK", 1001, 1, Segment('k'));
    us.SendsNothing();
  });
}

TEST(TcpRecovery, ALoneSegmentIsGivenTheTimeOfADelayedAck) {  // RFC 8985 7.2
  RunEstablished([](TcpScript& us, Peer&) {
    us.Write(Segment('a'));
    us.Forget();
    us.Advance(absl::Milliseconds(399));
    us.SendsNothing();
    us.Advance(absl::Milliseconds(2));
    us.Sends("ACK", 1, 1, Segment('a'));
    us.Advance(absl::Seconds(2));
    us.Sends("ACK", 1, 1, Segment('a'));  // the time-out, as far behind the probe as it ever is
  });
}

TEST(TcpRecovery, TheProbeCanBeOff) {
  TcpSettings settings;
  settings.tail_loss_probe = false;
  RunEstablished(
      [](TcpScript& us, Peer&) {
        us.Write(Segments('a', 'c'));
        us.Forget();
        us.Advance(absl::Milliseconds(900));
        us.SendsNothing();
        us.Advance(absl::Milliseconds(200));
        us.Sends("ACK", 1, 1, Segment('a'));
      },
      settings);
}

TEST(TcpRecovery, APeerThatLetsGoOfWhatItReportedGetsItAgain) {  // RFC 2018 8
  RunEstablished([](TcpScript& us, Peer& peer) {
    us.Write(Segments('a', 'd'));
    us.Forget();
    us.Advance(absl::Milliseconds(100));
    peer.Acks(1, {{101, 401}});
    us.Sends("ACK", 1, 1, Segment('a'));
    us.Advance(absl::Seconds(2));
    us.Sends("ACK", 1, 1, Segment('a'));
    us.SendsNothing();
    peer.Acks(101);
    us.Sends("ACK", 101, 1, Segment('b'));
    us.Sends("ACK", 201, 1, Segment('c'));
    peer.Acks(401);
    us.SendsNothing();
    EXPECT_TRUE(us.connection().is_drained());
  });
}

TEST(TcpRecovery, AfterATimeoutWhatIsReportedIsNotSentAgain) {  // RFC 6675 5.1
  RunEstablished([](TcpScript& us, Peer& peer) {
    us.Write(Segments('a', 'f'));
    us.Forget();
    us.Advance(absl::Seconds(3));
    us.Forget();  // a probe and a time-out
    peer.Acks(101, {{201, 501}});
    us.Sends("ACK", 101, 1, Segment('b'));
    us.Sends("ACK", 501, 1, Segment('f'));
    us.SendsNothing();
    EXPECT_FALSE(us.connection().snapshot().in_recovery);
  });
}

TEST(TcpRecovery, AFinIsRepairedAsTextIs) {
  RunEstablished([](TcpScript& us, Peer& peer) {
    us.Write(Segments('a', 'c'));
    us.Close();
    us.Forget();
    us.Advance(absl::Milliseconds(100));
    peer.Acks(101);
    us.Advance(absl::Milliseconds(230));
    us.Sends("FIN ACK", 301, 1);  // the last segment is the FIN
    peer.Acks(101, {{201, 302}});
    us.Advance(absl::Milliseconds(30));
    us.Sends("ACK", 101, 1, Segment('b'));
    peer.Acks(302);
    EXPECT_EQ(us.state(), TcpState::kFinWait2);
  });
}

TEST(TcpRecovery, AClosedWindowEndsRecovery) {  // RFC 9293 3.8.6.1
  RunEstablished([](TcpScript& us, Peer& peer) {
    us.Write(Segments('a', 'd'));
    us.Forget();
    us.Advance(absl::Milliseconds(100));
    peer.Acks(1, {{101, 401}});
    us.Sends("ACK", 1, 1, Segment('a'));
    us.Receives({.flags = "ACK", .seq = 1, .ack = 101, .window = 0});
    EXPECT_FALSE(us.connection().snapshot().in_recovery);
    us.Advance(absl::Milliseconds(900));
    us.SendsNothing();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 101, .window = 1000});
    us.Sends("ACK", 101, 1, Segment('b'));
    us.Sends("ACK", 201, 1, Segment('c'));
  });
}

TEST(TcpRecovery, WithoutSackItIsNewReno) {  // RFC 6582
  TcpSettings settings;
  settings.sack = false;
  RunEstablished(
      [](TcpScript& us, Peer& peer) {
        us.Write(Segments('a', 'd'));
        us.Forget();
        for (int i = 0; i < 3; ++i) peer.Acks(1);
        us.Sends("ACK", 1, 1, Segment('a'));
        us.SendsNothing();
      },
      settings);
}

TEST(TcpRecovery, TheAlgorithmCanBeChosenAtAnyTime) {
  RunEstablished([](TcpScript& us, Peer& peer) {
    using transport::OptionStatus;
    EXPECT_EQ(us.connection().SetOption(kTcpLevel, kCongestionAlgorithm, {1, 0, 0, 0}),
              OptionStatus::kDone);
    EXPECT_EQ(us.connection().SetOption(kTcpLevel, kCongestionAlgorithm, {9, 0, 0, 0}),
              OptionStatus::kInvalidValue);
    us.Write(Segments('a', 'j'));
    us.Forget();
    us.Advance(absl::Milliseconds(100));
    peer.Acks(1, {{101, 401}});
    EXPECT_EQ(us.connection().snapshot().slow_start_threshold, 700) << "CUBIC takes three tenths";
  });
}

}  // namespace
}  // namespace inet
