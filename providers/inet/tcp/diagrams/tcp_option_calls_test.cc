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

}  // namespace
}  // namespace inet
