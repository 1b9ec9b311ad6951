// What settings choose where the standards leave a choice, or where an older standard is wanted.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_options.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

using Heard = std::vector<std::string>;

TEST(TcpPolicy, WithInsecureResetsAnyInTheWindowWillDo) {  // RFC 793
  TcpSettings settings;
  settings.insecure_resets = true;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish();
        us.Receives({.flags = "RST", .seq = 100000});
        us.Receives({.flags = "RST", .seq = 0});
        us.SendsNothing();
        EXPECT_EQ(us.Hears(), Heard{});
        us.Receives({.flags = "RST", .seq = 1000});
        us.SendsNothing();
        EXPECT_EQ(us.Hears(), (Heard{"disconnected kPeerUser"}));
      },
      settings);
}

TEST(TcpPolicy, WithInsecureSynsOneInTheWindowResets) {  // RFC 793
  TcpSettings settings;
  settings.insecure_syns = true;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish();
        us.Receives({.flags = "SYN", .seq = 100000});
        us.Sends("ACK", 1, 1);
        us.Receives({.flags = "SYN", .seq = 1});
        us.Sends("RST ACK", 1, 1);
        EXPECT_EQ(us.Hears(), (Heard{"disconnected kPeerUser"}));
      },
      settings);
}

TEST(TcpPolicy, WithInsecureSynsTimeWaitEndsByOne) {
  TcpSettings settings;
  settings.insecure_syns = true;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish();
        us.Close();
        us.Sends("FIN ACK", 1, 1);
        us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
        us.Sends("ACK", 2, 2);
        us.Hears();
        us.Receives({.flags = "SYN", .seq = 2});
        us.Sends("RST ACK", 2, 2);
        EXPECT_EQ(us.state(), TcpState::kClosed);
        EXPECT_EQ(us.Hears(), Heard{});
      },
      settings);
}

TEST(TcpPolicy, ASynWithAFinIsTakenOrDropped) {
  for (const bool drop : {false, true}) {
    TcpSettings settings;
    settings.drop_syn_fin = drop;
    TcpScript::Run(
        [drop](TcpScript& us) {
          us.Listen();
          us.Receives({.flags = "SYN FIN"});
          EXPECT_EQ(us.state(), drop ? TcpState::kClosed : TcpState::kSynReceived);
          EXPECT_EQ(us.Drops(), drop ? Heard{"TCP: both SYN and FIN"} : Heard{});
        },
        settings);
  }
}

TEST(TcpPolicy, AClosedPortAnswersAsItIsTold) {
  for (const TcpClosedPorts policy :
       {TcpClosedPorts::kReset, TcpClosedPorts::kIgnoreSyn, TcpClosedPorts::kIgnoreAll}) {
    TcpSettings settings;
    settings.closed_ports = policy;
    TcpScript::Run(
        [policy](TcpScript& us) {
          us.Receives({.flags = "SYN"});
          if (policy == TcpClosedPorts::kReset) us.Sends("RST ACK", 0, 1);
          us.SendsNothing();
          us.Receives({.flags = "ACK", .seq = 1, .ack = 7});
          if (policy != TcpClosedPorts::kIgnoreAll) us.Sends("RST", 7, 0);
          us.SendsNothing();
          EXPECT_EQ(us.Drops().size(), 2);
        },
        settings);
  }
}

TEST(TcpPolicy, AListenersPortIsNeverSilent) {
  TcpSettings settings;
  settings.closed_ports = TcpClosedPorts::kIgnoreAll;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Listen();
        us.Receives({.flags = "ACK", .seq = 1, .ack = 7});
        us.Sends("RST", 7, 0);
      },
      settings);
}

TEST(TcpPolicy, ASynThatIsNotAnsweredMayLoseItsOptions) {
  TcpSettings settings;
  settings.plain_syn_after = 2;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Connect();
        us.Sends("SYN", 0, 0);
        us.Advance(absl::Seconds(1));
        us.Sends("SYN", 0, 0);
        EXPECT_TRUE(us.sent().options.sack_permitted);
        us.Advance(absl::Seconds(2));
        us.Sends("SYN", 0, 0);
        EXPECT_EQ(us.sent().options, TcpOptions{.max_segment_size = 1460});
        us.Receives(
            {.flags = "SYN ACK", .ack = 1, .options = {.window_scale = 3, .sack_permitted = true}});
        us.Sends("ACK", 1, 1);
        us.Receives({.flags = "ACK", .seq = 5, .ack = 1, .data = "gap"});
        us.Sends("ACK", 1, 1);
        EXPECT_EQ(us.sent().options, TcpOptions{});  // what was not offered cannot be agreed on
      },
      settings);
}

TEST(TcpPolicy, BuffersMayBeOfWholeSegments) {
  TcpSettings settings;
  settings.whole_segment_buffers = true;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish({.max_segment_size = 1460});
        std::vector<uint8_t> value;
        us.connection().GetOption(kSocketLevel, kReceiveBuffer, value);
        EXPECT_EQ(value, (std::vector<uint8_t>{0xA4, 0, 1, 0}));  // 65700
      },
      settings);
}

TEST(TcpPolicy, AnEagerWindowMovesWithEveryAcknowledgment) {
  for (const bool eager : {false, true}) {
    TcpSettings settings;
    settings.eager_window = eager;
    settings.receive_buffer = 60000;
    settings.largest_receive_buffer = 60000;
    TcpScript::Run(
        [eager](TcpScript& us) {
          us.Establish({.max_segment_size = 1460});
          us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "0123456789"});
          std::vector<uint8_t> read(10);
          us.connection().Read(absl::MakeSpan(read), /*peek=*/false);
          us.Advance(absl::Milliseconds(200));
          us.Sends("ACK", 1, 11);
          EXPECT_EQ(us.sent().window, eager ? 60000 : 59990);
        },
        settings);
  }
}

TEST(TcpPolicy, WhatTheFieldCannotSayMayBeTaken) {
  for (const bool beyond : {false, true}) {
    TcpSettings settings;
    settings.receive_buffer = 70000;
    settings.largest_receive_buffer = 70000;
    settings.accepts_beyond_window = beyond;
    TcpScript::Run(
        [beyond](TcpScript& us) {
          us.Establish({.max_segment_size = 1460});
          us.Receives({.flags = "RST", .seq = 65536 + 100});
          if (beyond) us.Sends("ACK", 1, 1);  // a challenge: it is in the window
          us.SendsNothing();
        },
        settings);
  }
}

TEST(TcpPolicy, TheFinMayBeRepeatedWithEachAcknowledgment) {
  for (const bool repeats : {false, true}) {
    TcpSettings settings;
    settings.repeats_fin = repeats;
    TcpScript::Run(
        [repeats](TcpScript& us) {
          us.Establish();
          us.Close();
          us.Sends("FIN ACK", 1, 1);
          us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 1});
          us.Sends(repeats ? "FIN ACK" : "ACK", repeats ? 1 : 2, 2);
        },
        settings);
  }
}

TEST(TcpPolicy, AQuietTimeWaitOutlivesAReset) {  // RFC 1337 3
  for (const bool quiet : {false, true}) {
    TcpSettings settings;
    settings.quiet_time_wait = quiet;
    TcpScript::Run(
        [quiet](TcpScript& us) {
          us.Establish();
          us.Close();
          us.Sends("FIN ACK", 1, 1);
          us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
          us.Sends("ACK", 2, 2);
          us.Receives({.flags = "RST", .seq = 2});
          us.SendsNothing();
          EXPECT_EQ(us.state(), quiet ? TcpState::kTimeWait : TcpState::kClosed);
        },
        settings);
  }
}

TEST(TcpPolicy, AQuietTimeWaitAnswersAllButTheLastAcknowledgment) {
  TcpSettings settings;
  settings.quiet_time_wait = true;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish();
        us.Close();
        us.Sends("FIN ACK", 1, 1);
        us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
        us.Sends("ACK", 2, 2);
        us.Receives({.flags = "ACK", .seq = 2, .ack = 2});
        us.SendsNothing();
        us.Receives({.flags = "ACK", .seq = 2, .ack = 1});
        us.Sends("ACK", 2, 2);
        us.Receives({.flags = "ACK", .seq = 1, .ack = 2});
        us.Sends("ACK", 2, 2);
        us.Receives({.flags = "ACK", .seq = 2, .ack = 2, .data = "late"});
        us.Sends("ACK", 2, 2);
        us.Receives({.flags = "FIN ACK", .seq = 1, .ack = 2});
        us.Sends("ACK", 2, 2);
        EXPECT_EQ(us.state(), TcpState::kTimeWait);
      },
      settings);
}

TEST(TcpPolicy, TheFirstAcknowledgmentsMayBeQuick) {
  TcpSettings settings;
  settings.quick_acks = 2;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Establish();
        us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "a"});
        us.Sends("ACK", 1, 2);
        us.Receives({.flags = "ACK", .seq = 2, .ack = 1, .data = "b"});
        us.Sends("ACK", 1, 3);
        us.Receives({.flags = "ACK", .seq = 3, .ack = 1, .data = "c"});
        us.SendsNothing();
      },
      settings);
}

TEST(TcpPolicy, SmallSegmentsMayCountAsFullOnes) {
  for (const bool counts : {false, true}) {
    TcpSettings settings;
    settings.acks_every_second_segment = counts;
    TcpScript::Run(
        [counts](TcpScript& us) {
          us.Establish();
          us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "a"});
          us.SendsNothing();
          us.Receives({.flags = "ACK", .seq = 2, .ack = 1, .data = "b"});
          if (counts) us.Sends("ACK", 1, 3);
          us.SendsNothing();
        },
        settings);
  }
}

TEST(TcpPolicy, AListenerMayIgnoreSynAcks) {
  for (const bool ignores : {false, true}) {
    TcpSettings settings;
    settings.listeners_drop_syn_acks = ignores;
    TcpScript::Run(
        [ignores](TcpScript& us) {
          us.Listen();
          us.Receives({.flags = "SYN ACK", .seq = 1, .ack = 7});
          if (!ignores) us.Sends("RST", 7, 0);
          us.SendsNothing();
        },
        settings);
  }
}

TEST(TcpPolicy, SlopComesWithEveryTimeOutButTheFirst) {
  TcpSettings settings;
  settings.rto_slop = absl::Milliseconds(200);
  TcpScript::Run(
      [](TcpScript& us) {
        us.Connect();
        us.Sends("SYN", 0, 0);
        us.Advance(absl::Seconds(1));
        us.Sends("SYN", 0, 0);
        us.Advance(absl::Milliseconds(2199));
        us.SendsNothing();
        us.Advance(absl::Milliseconds(1));
        us.Sends("SYN", 0, 0);
      },
      settings);
}

}  // namespace
}  // namespace inet
