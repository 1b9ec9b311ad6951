// Losses where the peer tells nothing but how far it has come: RFC 6298, RFC 5681, RFC 6582.
#include <string>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

std::string Text(size_t size) {
  std::string text(size, ' ');
  for (size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i % 26);
  return text;
}

// A peer whose segments have 100 octets.
TcpOptions Mss100() { return {.max_segment_size = 100}; }

TEST(TcpNewReno, IsSentAgainAfterATimeout) {  // RFC 6298 5
  TcpScript::Run([](TcpScript& us) {
    us.Establish(Mss100());
    const std::string text = Text(400);
    us.Write(text);
    us.Forget();
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 1, text.substr(0, 100));
    us.SendsNothing();  // cwnd is one segment
    us.Receives({.flags = "ACK", .seq = 1, .ack = 101});
    us.Sends("ACK", 101, 1, text.substr(100, 100));  // slow start
    us.Sends("ACK", 201, 1, text.substr(200, 100));
    us.SendsNothing();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 401});  // it had all the rest
    us.Advance(absl::Seconds(100));
    us.SendsNothing();
    EXPECT_TRUE(us.connection().is_drained());
  });
}

TEST(TcpNewReno, ThreeDuplicateAcksAreALoss) {  // RFC 5681 3.2
  TcpScript::Run([](TcpScript& us) {
    us.Establish(Mss100());
    const std::string text = Text(1000);
    us.Write(text.substr(0, 400));
    for (uint32_t seq = 1; seq < 401; seq += 100)
      us.Sends("ACK", seq, 1, text.substr(seq - 1, 100));
    const TcpScript::In duplicate{.flags = "ACK", .seq = 1, .ack = 1};
    us.Receives(duplicate);
    us.Receives(duplicate);
    us.SendsNothing();
    us.Receives(duplicate);
    us.Sends("ACK", 1, 1, text.substr(0, 100));
    EXPECT_TRUE(us.connection().snapshot().in_recovery);
    EXPECT_EQ(us.connection().snapshot().slow_start_threshold, 200);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 401});
    EXPECT_FALSE(us.connection().snapshot().in_recovery);
    us.SendsNothing();
  });
}

TEST(TcpNewReno, APartialAckIsASecondLoss) {  // RFC 6582 3.2
  TcpScript::Run([](TcpScript& us) {
    us.Establish(Mss100());
    const std::string text = Text(400);
    us.Write(text);
    us.Forget();
    for (int i = 0; i < 3; ++i) us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 1, 1, text.substr(0, 100));
    us.Receives({.flags = "ACK", .seq = 1, .ack = 201});
    us.Sends("ACK", 201, 1, text.substr(200, 100));
    EXPECT_TRUE(us.connection().snapshot().in_recovery);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 401});
    EXPECT_FALSE(us.connection().snapshot().in_recovery);
  });
}

TEST(TcpNewReno, EarlyDuplicatesLetNewSegmentsOut) {  // RFC 3042
  TcpScript::Run([](TcpScript& us) {
    us.Establish(Mss100());
    const std::string text = Text(1000);
    us.Write(text);
    us.Forget();  // four: the initial window
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 401, 1, text.substr(400, 100));
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    us.Sends("ACK", 501, 1, text.substr(500, 100));
    us.SendsNothing();
  });
}

}  // namespace
}  // namespace inet
