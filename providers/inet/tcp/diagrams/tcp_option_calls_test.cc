// What the options that a user sets do on the wire.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_options.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;
using transport::OptionStatus;

std::vector<uint8_t> Number(uint32_t number) {
  return {static_cast<uint8_t>(number), static_cast<uint8_t>(number >> 8),
          static_cast<uint8_t>(number >> 16), static_cast<uint8_t>(number >> 24)};
}

OptionStatus Set(TcpScript& us, int level, int name, uint32_t number) {
  return us.connection().SetOption(level, name, Number(number));
}

TEST(TcpOptionCalls, OptionsAreCheckedAndReadBack) {
  TcpScript::Run([](TcpScript& us) {
    using transport::OptionStatus;
    std::vector<uint8_t> value;
    EXPECT_EQ(us.transport().CheckOption(kTcpLevel, kNoDelay, {1, 0, 0, 0}), OptionStatus::kDone);
    EXPECT_EQ(us.transport().CheckOption(kTcpLevel, 99, {1, 0, 0, 0}), OptionStatus::kUnknown);
    EXPECT_EQ(us.transport().CheckOption(kTcpLevel, kNoDelay, {1}), OptionStatus::kTooShort);
    EXPECT_EQ(us.transport().CheckOption(kSocketLevel, kSendBuffer, {0, 0, 0, 0x80}),
              OptionStatus::kInvalidValue);
    EXPECT_EQ(us.transport().DefaultOption(kSocketLevel, kSendBuffer, value), OptionStatus::kDone);
    EXPECT_EQ(value, (std::vector<uint8_t>{0, 0, 1, 0}));
    us.Connect({{.level = kTcpLevel, .name = kNoDelay, .value = {1, 0, 0, 0}}});
    EXPECT_EQ(us.connection().GetOption(kTcpLevel, kNoDelay, value), OptionStatus::kDone);
    EXPECT_EQ(value, (std::vector<uint8_t>{1, 0, 0, 0}));
  });
}

TEST(TcpOptionCalls, KeepAliveTimesAreTheConnectionsOwn) {  // RFC 9293 3.8.4
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    Set(us, kSocketLevel, kKeepAlive, 1);
    Set(us, kTcpLevel, kKeepAliveIdle, 10);
    Set(us, kTcpLevel, kKeepAliveInterval, 3);
    Set(us, kTcpLevel, kKeepAliveProbes, 2);
    us.Advance(absl::Seconds(9));
    us.SendsNothing();
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 0, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    us.Advance(absl::Seconds(10));
    us.Sends("ACK", 0, 1);
    us.Advance(absl::Seconds(3));
    us.Sends("ACK", 0, 1);
    us.Advance(absl::Seconds(3));
    us.Sends("RST ACK", 1, 1);
    EXPECT_EQ(us.Hears(), (Heard{"disconnected kPeerLost"}));
  });
}

TEST(TcpOptionCalls, SioKeepaliveValsSetsTimesInMilliseconds) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    std::vector<uint8_t> values = Number(1);
    for (const uint32_t number : {400u, 50u}) {
      const std::vector<uint8_t> octets = Number(number);
      values.insert(values.end(), octets.begin(), octets.end());
    }
    EXPECT_EQ(us.connection().SetOption(transport::kIoctlLevel, kKeepAliveValues, values),
              OptionStatus::kDone);
    us.Advance(absl::Milliseconds(400));
    us.Sends("ACK", 0, 1);
    us.Advance(absl::Milliseconds(50));
    us.Sends("ACK", 0, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1});
    us.Advance(absl::Milliseconds(390));
    us.SendsNothing();
    us.Advance(absl::Milliseconds(10));
    us.Sends("ACK", 0, 1);
  });
}

TEST(TcpOptionCalls, MaxSegmentIsOfferedAndKept) {
  TcpScript::Run([](TcpScript& us) {
    us.Connect({{kTcpLevel, kMaxSegment, Number(500)}});
    us.Sends("SYN", 0, 0);
    EXPECT_EQ(us.sent().options.max_segment_size, 500);
    us.Receives({.flags = "SYN ACK", .ack = 1, .options = {.max_segment_size = 1460}});
    us.Sends("ACK", 1, 1);
    us.Write(std::string(600, 'x'));
    us.Sends("ACK", 1, 1, std::string(500, 'x'));
  });
}

TEST(TcpOptionCalls, MaxSegmentTellsWhatIsInUse) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish({.max_segment_size = 1000, .timestamps = TcpTimestamps{.value = 1}});
    std::vector<uint8_t> value;
    us.connection().GetOption(kTcpLevel, kMaxSegment, value);
    EXPECT_EQ(value, Number(988));
    Set(us, kTcpLevel, kMaxSegment, 212);
    us.connection().GetOption(kTcpLevel, kMaxSegment, value);
    EXPECT_EQ(value, Number(200));
  });
}

TEST(TcpOptionCalls, TimestampsAreChosenBeforeTheSyn) {
  TcpScript::Run([](TcpScript& us) {
    us.Connect({{kTcpLevel, kTimestamps, Number(0)}});
    us.Sends("SYN", 0, 0);
    EXPECT_FALSE(us.sent().options.timestamps.has_value());
    EXPECT_EQ(Set(us, kTcpLevel, kTimestamps, 1), OptionStatus::kInvalidValue);
    EXPECT_EQ(Set(us, kTcpLevel, kTimestamps, 0), OptionStatus::kDone);
  });
}

TEST(TcpOptionCalls, HopLimitAndServiceAreInEveryPacket) {
  TcpScript::Run([](TcpScript& us) {
    us.Connect({{kIpv4Level, kTimeToLive, Number(3)}, {kIpv4Level, kTypeOfService, Number(0x28)}});
    us.Sends("SYN", 0, 0);
    EXPECT_EQ(us.sent_packet().hop_limit, 3);
    EXPECT_EQ(us.sent_packet().traffic_class, 0x28);
    us.Receives({.flags = "SYN ACK", .ack = 1});
    us.Sends("ACK", 1, 1);
    Set(us, kIpv4Level, kTimeToLive, 200);
    us.Leave(transport::Farewell::kAbortive);
    us.Sends("RST ACK", 1, 1);
    EXPECT_EQ(us.sent_packet().hop_limit, 200);
    EXPECT_EQ(us.sent_packet().traffic_class, 0x28);
  });
}

TEST(TcpOptionCalls, AListenersOptionsAreThereForItsFirstAnswer) {
  TcpScript::Run([](TcpScript& us) {
    us.Listen(5, false,
              {{kTcpLevel, kMaxSegment, Number(700)},
               {kIpv4Level, kTypeOfService, Number(0x40)},
               {kSocketLevel, kReceiveBuffer, Number(4096)}});
    us.Receives({.flags = "SYN"});
    us.Sends("SYN ACK", 0, 1);
    EXPECT_EQ(us.sent().options.max_segment_size, 700);
    EXPECT_EQ(us.sent().window, 4096);
    EXPECT_EQ(us.sent_packet().traffic_class, 0x40);
  });
}

TEST(TcpOptionCalls, ASynMayBeSentOnce) {  // TCP_NOSYNRETRIES
  TcpScript::Run([](TcpScript& us) {
    us.Connect({{kTcpLevel, kNoSynRetries, Number(1)}});
    us.Sends("SYN", 0, 0);
    us.Advance(absl::Milliseconds(999));
    EXPECT_EQ(us.Hears(), Heard{});
    us.Advance(absl::Milliseconds(2));
    us.SendsNothing();
    EXPECT_EQ(us.Hears(), (Heard{"disconnected kNoAnswer"}));
  });
}

TEST(TcpOptionCalls, WithoutRetriesOfASynDataIsStillSentAgain) {
  TcpScript::Run([](TcpScript& us) {
    us.Connect({{kTcpLevel, kNoSynRetries, Number(1)}});
    us.Sends("SYN", 0, 0);
    us.Receives({.flags = "SYN ACK", .seq = 0, .ack = 1});
    us.Sends("ACK", 1, 1);
    us.Write("data");
    us.Sends("ACK", 1, 1, "data");
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 1, "data");
  });
}

TEST(TcpOptionCalls, AnAttemptMayEndByWhatIcmpSays) {  // TCP_FAIL_CONNECT_ON_ICMP_ERROR
  using Kind = NetworkError::Kind;
  for (const Kind kind : {Kind::kNetworkUnreachable, Kind::kTimeExceeded, Kind::kPortUnreachable}) {
    TcpScript::Run([kind](TcpScript& us) {
      us.Connect({{kTcpLevel, kFailConnectOnNetworkError, Number(1)}});
      us.Sends("SYN", 0, 0);
      us.NetworkSays(kind, 0);
      EXPECT_EQ(us.Hears(), (Heard{"disconnected kHostUnreachable"}));
    });
  }
}

TEST(TcpOptionCalls, AnOpenConnectionDoesNotEndByThat) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    Set(us, kTcpLevel, kFailConnectOnNetworkError, 1);
    us.Write("data");
    us.NetworkSays(NetworkError::Kind::kHostUnreachable, 1);
    EXPECT_EQ(us.state(), TcpState::kEstablished);
  });
}

TEST(TcpOptionCalls, AnAttemptEndsToTheMillisecond) {  // TCP_MAXRTMS
  TcpScript::Run([](TcpScript& us) {
    us.Connect({{kTcpLevel, kMaxRetransmissionMilliseconds, Number(1500)}});
    us.Sends("SYN", 0, 0);
    us.Advance(absl::Seconds(1));
    us.Sends("SYN", 0, 0);
    us.Advance(absl::Milliseconds(499));
    EXPECT_EQ(us.Hears(), Heard{});
    us.Advance(absl::Milliseconds(2));
    EXPECT_EQ(us.Hears(), (Heard{"disconnected kNoAnswer"}));
  });
}

}  // namespace
}  // namespace inet
