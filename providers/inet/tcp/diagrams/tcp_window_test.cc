// Windows, ours and the peer's, open, small and closed: RFC 9293 3.8.6, RFC 7323 2.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;

std::string Text(size_t size) {
  std::string text(size, ' ');
  for (size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i % 26);
  return text;
}

TEST(TcpWindow, WhatTheWindowDoesNotAllowIsCutOff) {
  TcpSettings settings;
  settings.receive_buffer = 2048;
  settings.automatic_buffers = false;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish();
        us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = Text(3000)});
        us.Sends("ACK", 1, 2049);
        EXPECT_EQ(us.sent().window, 0);
        us.Receives({.flags = "ACK", .seq = 2049, .ack = 1, .data = "x"});
        us.Sends("ACK", 1, 2049);
        EXPECT_EQ(us.Read(100).size(), 100);
        us.SendsNothing();  // silly window avoidance: too little to speak of
        EXPECT_EQ(us.Read().size(), 1948);
        us.Sends("ACK", 1, 2049);
        EXPECT_EQ(us.sent().window, 2048);
      },
      settings);
}

TEST(TcpWindow, AClosedWindowIsProbed) {  // RFC 9293 3.8.6.1
  TcpScript::Run([](TcpScript& us) {
    us.Establish({}, /*window=*/0);
    us.Write("waiting");
    us.SendsNothing();
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 1, "w");
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 0});
    us.Advance(absl::Seconds(2));
    us.Sends("ACK", 1, 1, "w");
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 0});
    us.Advance(absl::Seconds(4));
    us.Sends("ACK", 1, 1, "w");
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 1000});
    us.Sends("ACK", 1, 1, "waiting");
  });
}

TEST(TcpWindow, AnAcceptedProbeCounts) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish({}, /*window=*/0);
    us.Write("waiting");
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 1, "w");
    us.Receives({.flags = "ACK", .seq = 1, .ack = 2, .window = 1000});
    us.Sends("ACK", 2, 1, "aiting");
  });
}

TEST(TcpWindow, AClosedWindowIsProbedForAsLongAsThePeerAnswers) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish({}, /*window=*/0);
    us.Write("waiting");
    for (int i = 0; i < 100; ++i) {
      us.Advance(absl::Minutes(1));
      us.Forget();
      us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 0});
    }
    EXPECT_EQ(us.Hears(), Heard{});
    us.Advance(absl::Minutes(10));
    EXPECT_EQ(us.Hears(), Heard{"disconnected kNoAnswer"});
  });
}

TEST(TcpWindow, AfterALongTimeALostProbeIsRepeatedSoon) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish({}, /*window=*/0);
    us.Write("waiting");
    for (int i = 0; i < 10; ++i) {
      us.Advance(absl::Minutes(1));
      us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 0});
    }
    us.Forget();
    us.Advance(absl::Minutes(1));
    us.Sends("ACK", 1, 1, "w");  // lost
    us.Advance(absl::Seconds(8));
    us.Sends("ACK", 1, 1, "w");  // lost too
    us.Sends("ACK", 1, 1, "w");
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 0});
    us.Advance(absl::Minutes(1));
    EXPECT_EQ(us.Hears(), Heard{});
  });
}

TEST(TcpWindow, TheConnectionSurvivesALongClosedWindow) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish({}, /*window=*/0);
    us.Write("waiting");
    for (int i = 0; i < 10; ++i) {
      us.Advance(absl::Minutes(1));
      us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 0});
    }
    us.Forget();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 1000});
    us.Sends("ACK", 1, 1, "waiting");
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 1, "waiting");
    EXPECT_EQ(us.Hears(), Heard{});
  });
}

TEST(TcpWindow, AWindowTooSmallWaitsForTheOverrideTimeout) {  // RFC 9293 3.8.6.2.1
  TcpScript::Run([](TcpScript& us) {
    us.Establish({}, /*window=*/1000);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 10});
    us.Write(Text(300));
    us.SendsNothing();
    us.Advance(absl::Milliseconds(500));
    us.Sends("ACK", 1, 1, Text(300).substr(0, 10));
  });
}

TEST(TcpWindow, ScaledWindowsCount) {  // RFC 7323 2
  TcpScript::Run([](TcpScript& us) {
    us.Establish({.max_segment_size = 1000, .window_scale = 4}, /*window=*/1000);
    EXPECT_EQ(us.connection().snapshot().send_window, 1000) << "a SYN's is not scaled";
    EXPECT_EQ(us.sent().window, 65535 >> 8);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 1000});
    EXPECT_EQ(us.connection().snapshot().send_window, 16000);
  });
}

TEST(TcpWindow, AnOldSegmentDoesNotChangeTheWindow) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "ab", .window = 5000});
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 7});
    EXPECT_EQ(us.connection().snapshot().send_window, 5000);
  });
}

// The peer may use what it was once offered: the field is too coarse to tell that it still stands.
TEST(TcpWindow, WhatWasOnceOfferedIsTaken) {  // RFC 7323 2.4
  TcpSettings settings;
  settings.receive_buffer = 65536;
  settings.automatic_buffers = false;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish({.max_segment_size = 1000, .window_scale = 0});
        for (uint32_t seq = 1; seq < 65001; seq += 1000) {
          us.Receives({.flags = "ACK", .seq = seq, .ack = 1, .data = Text(1000)});
        }
        us.Receives({.flags = "ACK", .seq = 65001, .ack = 1, .data = Text(400)});
        us.Forget();
        us.Receives({.flags = "ACK", .seq = 65401, .ack = 1, .data = "p"});  // a probe
        us.Advance(absl::Milliseconds(200));
        us.Sends("ACK", 1, 65402);
        EXPECT_EQ(us.sent().window, 0);
        us.Receives({.flags = "ACK", .seq = 65402, .ack = 1, .data = Text(1000)});
        us.Sends("ACK", 1, 65536);  // the SYN has offered that much, and no octet more
      },
      settings);
}

}  // namespace
}  // namespace inet
