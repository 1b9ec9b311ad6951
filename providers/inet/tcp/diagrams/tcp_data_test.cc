// How data flows: RFC 9293 3.7 and 3.8, RFC 5681, RFC 6582.
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

// An open connection with a peer whose segments have 100 octets.
TcpOptions Mss100() { return {.max_segment_size = 100}; }

TEST(TcpData, GoesInSegmentsAsLargeAsThePeerTakes) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish(Mss100());
    const std::string text = Text(250);
    EXPECT_EQ(us.Write(text), 250);
    us.Sends("ACK", 1, 1, text.substr(0, 100));
    EXPECT_FALSE(us.sent().Has(TcpHeader::kPsh));
    us.Sends("ACK", 101, 1, text.substr(100, 100));
    us.SendsNothing();  // the rest is small, and something is in flight: Nagle
    us.Receives({.flags = "ACK", .seq = 1, .ack = 201});
    us.Sends("ACK", 201, 1, text.substr(200));
    EXPECT_TRUE(us.sent().Has(TcpHeader::kPsh));
  });
}

TEST(TcpData, NagleGathersSmallWrites) {  // RFC 9293 3.7.4
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Write("a");
    us.Sends("ACK", 1, 1, "a");
    us.Write("b");
    us.Write("c");
    us.SendsNothing();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 2});
    us.Sends("ACK", 2, 1, "bc");
  });
}

TEST(TcpData, NoDelaySendsEachWrite) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Write("a");
    us.Sends("ACK", 1, 1, "a");
    us.Write("b");
    us.SendsNothing();
    EXPECT_EQ(us.connection().SetOption(kTcpLevel, kNoDelay, {1, 0, 0, 0}),
              transport::OptionStatus::kDone);
    us.Sends("ACK", 2, 1, "b");
    us.Write("c");
    us.Sends("ACK", 3, 1, "c");
  });
}

TEST(TcpData, IsAcknowledgedWithDelay) {  // RFC 9293 3.8.6.3
  TcpScript::Run([](TcpScript& us) {
    us.Establish(Mss100());
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "small"});
    us.SendsNothing();
    us.Advance(absl::Milliseconds(200));
    us.Sends("ACK", 1, 6);
    us.Receives({.flags = "ACK", .seq = 6, .ack = 1, .data = Text(100)});
    us.SendsNothing();
    us.Receives({.flags = "ACK", .seq = 106, .ack = 1, .data = Text(100)});
    us.Sends("ACK", 1, 206);  // every second full segment, at once
    us.Advance(absl::Seconds(1));
    us.SendsNothing();
  });
}

TEST(TcpData, AnAckRidesOnData) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "question"});
    us.Write("answer");
    us.Sends("ACK", 1, 9, "answer");
    us.Advance(absl::Milliseconds(300));
    us.SendsNothing();
  });
}

TEST(TcpData, ArrivesInOrderWhateverTheOrderOfSegments) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 6, .ack = 1, .data = "world"});
    us.Sends("ACK", 1, 1);  // a gap: at once (RFC 5681 4.2)
    EXPECT_EQ(us.Hears(), Heard{});
    us.Receives({.flags = "FIN ACK", .seq = 11, .ack = 1, .data = "!"});
    us.Sends("ACK", 1, 1);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "hello"});
    us.Sends("ACK", 1, 13);
    EXPECT_EQ(us.Hears(), (Heard{"readable", "release"}));
    EXPECT_EQ(us.Read(), "helloworld!");
    EXPECT_EQ(us.Read(), "(end)");
    EXPECT_EQ(us.state(), TcpState::kCloseWait);
  });
}

TEST(TcpData, AFinBehindDataNotReadIsNoNewData) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "abc"});
    EXPECT_EQ(us.Hears(), (Heard{"readable"}));
    us.Receives({.flags = "FIN ACK", .seq = 4, .ack = 1});
    EXPECT_EQ(us.Hears(), (Heard{"release"}));
  });
}

TEST(TcpData, ADuplicateIsAcknowledgedAndDropped) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "once"});
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "once"});
    us.Sends("ACK", 1, 5);
    us.Receives({.flags = "ACK", .seq = 3, .ack = 1, .data = "ce more"});
    EXPECT_EQ(us.Read(), "once more");
  });
}

TEST(TcpData, WhatTheWindowDoesNotAllowIsCutOff) {
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

TEST(TcpData, AClosedWindowIsProbed) {  // RFC 9293 3.8.6.1
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

TEST(TcpData, AnAcceptedProbeCounts) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish({}, /*window=*/0);
    us.Write("waiting");
    us.Advance(absl::Seconds(1));
    us.Sends("ACK", 1, 1, "w");
    us.Receives({.flags = "ACK", .seq = 1, .ack = 2, .window = 1000});
    us.Sends("ACK", 2, 1, "aiting");
  });
}

TEST(TcpData, AClosedWindowIsProbedForAsLongAsThePeerAnswers) {
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

TEST(TcpData, AfterALongTimeALostProbeIsRepeatedSoon) {
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

TEST(TcpData, TheConnectionSurvivesALongClosedWindow) {
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

TEST(TcpData, AWindowTooSmallWaitsForTheOverrideTimeout) {  // RFC 9293 3.8.6.2.1
  TcpScript::Run([](TcpScript& us) {
    us.Establish({}, /*window=*/1000);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 10});
    us.Write(Text(300));
    us.SendsNothing();
    us.Advance(absl::Milliseconds(500));
    us.Sends("ACK", 1, 1, Text(300).substr(0, 10));
  });
}

TEST(TcpData, WritesAreTakenUpToTheBuffer) {
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

TEST(TcpData, IsSentAgainAfterATimeout) {  // RFC 6298 5
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

TEST(TcpData, ThreeDuplicateAcksAreALoss) {  // RFC 5681 3.2
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

TEST(TcpData, APartialAckIsASecondLoss) {  // RFC 6582 3.2
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

TEST(TcpData, EarlyDuplicatesLetNewSegmentsOut) {  // RFC 3042
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

TEST(TcpData, ScaledWindowsCount) {  // RFC 7323 2
  TcpScript::Run([](TcpScript& us) {
    us.Establish({.max_segment_size = 1000, .window_scale = 4}, /*window=*/1000);
    EXPECT_EQ(us.connection().snapshot().send_window, 1000) << "a SYN's is not scaled";
    EXPECT_EQ(us.sent().window, 65535 >> 8);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 1000});
    EXPECT_EQ(us.connection().snapshot().send_window, 16000);
  });
}

TEST(TcpData, AnOldSegmentDoesNotChangeTheWindow) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = "ab", .window = 5000});
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .window = 7});
    EXPECT_EQ(us.connection().snapshot().send_window, 5000);
  });
}

TEST(TcpData, TheInterfaceLimitsTheSegment) {
  TcpScript::Run(
      [](TcpScript& us) {
        us.Connect();
        us.Sends("SYN", 0, 0);
        EXPECT_EQ(us.sent().options.max_segment_size, 280);
        us.Receives({.flags = "SYN ACK", .ack = 1, .options = {.max_segment_size = 1460}});
        us.Sends("ACK", 1, 1);
        us.Write(Text(300));
        us.Sends("ACK", 1, 1, Text(280));
      },
      {}, /*mtu_payload=*/300);
}

TEST(TcpData, UrgentOctetsAreReadApart) {  // RFC 6093
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "URG ACK", .seq = 1, .ack = 1, .data = "abc!def", .urgent = 4});
    EXPECT_EQ(us.Hears(), (Heard{"readable", "expedited"}));
    const auto urgent = us.connection().ReadExpedited(/*peek=*/true);
    ASSERT_TRUE(urgent.has_value());
    EXPECT_EQ(ToString(urgent->octets), "!");
    EXPECT_EQ(urgent->octets_before, 3);
    EXPECT_EQ(us.Read(), "abc") << "no read reaches across its place";
    EXPECT_EQ(us.connection().ReadExpedited(false)->octets_before, 0);
    EXPECT_FALSE(us.connection().ReadExpedited(false).has_value());
    EXPECT_EQ(us.Read(), "def");
  });
}

TEST(TcpData, UrgentOctetsAreSentWithThePointerBehindThem) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Write("abc");
    us.Sends("ACK", 1, 1, "abc");
    EXPECT_TRUE(us.connection().WriteExpedited(OctetsOf("!")));
    us.Sends("URG ACK", 4, 1, "!");  // Nagle does not hold it
    EXPECT_EQ(us.sent().urgent_pointer, 1);
    EXPECT_FALSE(us.connection().WriteExpedited(OctetsOf("?"))) << "one is under way";
    us.Advance(absl::Seconds(1));
    us.Sends("URG ACK", 1, 1, "abc!");
    EXPECT_EQ(us.sent().urgent_pointer, 4);
    us.Receives({.flags = "ACK", .seq = 1, .ack = 5});
    EXPECT_EQ(us.Hears(), Heard{"writable"});
    EXPECT_TRUE(us.connection().WriteExpedited(OctetsOf("?")));
  });
}

TEST(TcpData, MalformedSegmentsAreCountedAndDropped) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    const std::vector<uint8_t> good =
        us.Octets({.flags = "ACK", .seq = 1, .ack = 1, .data = "data"});
    std::vector<uint8_t> bad = good;
    bad.back() ^= 1;
    us.ReceivesOctets(bad);
    bad = good;
    bad.resize(19);
    us.ReceivesOctets(bad);
    bad = good;
    bad[12] = 0x40;  // a data offset of 4
    StoreTcpChecksum(PseudoHeader(Ipv4Address{{10, 0, 0, 2}}, Ipv4Address{{10, 0, 0, 1}}, 6),
                     absl::MakeSpan(bad));
    us.ReceivesOctets(bad);
    EXPECT_EQ(us.Drops(), (Heard{"TCP: wrong checksum", "TCP: TCP header truncated",
                                 "TCP: TCP data offset 4 in a segment of 24 octets"}));
    EXPECT_EQ(us.transport().counters().in_errors, 3);
    us.SendsNothing();
    us.ReceivesOctets(good);
    EXPECT_EQ(us.Read(), "data");
  });
}

TEST(TcpData, OptionsAreCheckedAndReadBack) {
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

}  // namespace
}  // namespace inet
