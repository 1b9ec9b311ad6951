// How much a connection takes from its user before the peer has acknowledged it.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_options.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;

std::string Text(size_t size) {
  std::string text(size, ' ');
  for (size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i % 26);
  return text;
}

void SetSendBuffer(TcpScript& us, uint16_t octets) {
  us.connection().SetOption(
      kSocketLevel, kSendBuffer,
      {static_cast<uint8_t>(octets), static_cast<uint8_t>(octets >> 8), 0, 0});
}

void Acks(TcpScript& us, uint32_t ack) { us.Receives({.flags = "ACK", .seq = 1, .ack = ack}); }

TEST(TcpBuffer, WritesAreTakenUpToTheBuffer) {
  TcpSettings settings;
  settings.send_buffer = 4096;
  settings.automatic_buffers = false;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish({}, /*window=*/0);
        EXPECT_EQ(us.Write(Text(5000)), 4096);
        EXPECT_EQ(us.connection().writable_octets(), 0);
        EXPECT_EQ(us.Write("x"), 0);
        EXPECT_FALSE(us.connection().is_drained());
        us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 5000});
        us.Receives({.flags = "ACK", .seq = 1, .ack = 537, .window = 5000});
        EXPECT_EQ(us.Hears(), Heard{});
        us.Receives({.flags = "ACK", .seq = 1, .ack = 2145, .window = 5000});
        EXPECT_EQ(us.Hears(), Heard{"writable"});
        EXPECT_EQ(us.connection().writable_octets(), 2144);
      },
      settings);
}

// SO_SNDBUF. The peer has closed its window, so that nothing leaves the buffer.
TEST(TcpBuffer, AWriteIsTakenWhileThereIsRoomForAnOctet) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish({}, /*window=*/0);
    SetSendBuffer(us, 5000);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(us.Write(std::string(999, 'd')), 999);
    EXPECT_EQ(us.connection().writable_octets(), 5);
    EXPECT_EQ(us.Write(std::string(999, 'd')), 5) << "in part";
    EXPECT_EQ(us.connection().writable_octets(), 0);
    EXPECT_EQ(us.Write("d"), 0);
  });
}

TEST(TcpBuffer, ABufferThatWasFullHasToEmptyByMoreThanAnOctet) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.user.heard.clear();
    SetSendBuffer(us, 3000);
    EXPECT_EQ(us.Write(std::string(4000, 'd')), 3000);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1500});
    EXPECT_EQ(us.connection().writable_octets(), 0);
    EXPECT_EQ(us.Hears(), Heard{});
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1501});
    EXPECT_EQ(us.connection().writable_octets(), 1500);
    EXPECT_EQ(us.Hears(), (Heard{"writable"}));
  });
}

TEST(TcpBuffer, ALargerBufferIsWritableAtOnceAndASmallerOneWhenItHasEmptied) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.user.heard.clear();
    SetSendBuffer(us, 3000);
    EXPECT_EQ(us.Write(std::string(4000, 'd')), 3000);
    SetSendBuffer(us, 8000);
    us.Advance(absl::Nanoseconds(1));
    EXPECT_EQ(us.Hears(), (Heard{"writable"}));
    EXPECT_EQ(us.connection().writable_octets(), 5000);
    SetSendBuffer(us, 2500);
    EXPECT_EQ(us.connection().writable_octets(), 0);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 2145});  // the initial window
    EXPECT_EQ(us.Hears(), (Heard{"writable"}));
  });
}

TEST(TcpBuffer, TheSendBufferGrowsWithTheCongestionWindow) {
  TcpSettings settings;
  settings.send_buffer = 2048;
  settings.initial_window_segments = 10;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish({.max_segment_size = 100, .sack_permitted = true});
        size_t taken = us.Write(std::string(5000, 'x'));
        EXPECT_EQ(taken, 2048);
        for (uint32_t ack = 101; ack <= 2001; ack += 100) {
          Acks(us, ack);
          taken += us.Write(std::string(5000, 'x'));
        }
        EXPECT_GE(us.connection().snapshot().congestion_window, 2000);
        EXPECT_GE(taken - 2000, 3000) << "held at the end";
      },
      settings);
}

TEST(TcpBuffer, ABufferThatTheUserHasSizedStaysAsItIs) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish({.max_segment_size = 100, .sack_permitted = true});
    SetSendBuffer(us, 2048);
    EXPECT_EQ(us.Write(std::string(5000, 'x')), 2048);
    for (uint32_t ack = 101; ack <= 2001; ack += 100) Acks(us, ack);
    Acks(us, 2049);
    EXPECT_EQ(us.Write(std::string(5000, 'x')), 2048);
  });
}

}  // namespace
}  // namespace inet
