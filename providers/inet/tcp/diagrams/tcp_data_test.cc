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

}  // namespace
}  // namespace inet
