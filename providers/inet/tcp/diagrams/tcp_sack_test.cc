// Selective acknowledgments as the receiver makes them: RFC 2018, RFC 2883.
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_script.h"

namespace inet {
namespace {

TcpOptions Permitted() { return {.max_segment_size = 100, .sack_permitted = true}; }

// "201-301 101-151", counted from the peer's initial sequence number.
std::string Sacks(const TcpScript& us) {
  std::string text;
  for (const TcpSackBlock& block : us.sent().options.sack_blocks) {
    absl::StrAppend(&text, text.empty() ? "" : " ", SeqNum(kPeerIss).DistanceTo(block.left_edge),
                    "-", SeqNum(kPeerIss).DistanceTo(block.right_edge));
  }
  return text;
}

std::string Text(size_t size) { return std::string(size, 't'); }

TEST(TcpSack, IsOfferedWithTheSyn) {  // RFC 2018 2
  TcpScript::Run([](TcpScript& us) {
    us.Connect();
    us.Sends("SYN", 0, 0);
    EXPECT_TRUE(us.sent().options.sack_permitted);
  });
}

TEST(TcpSack, IsAnsweredIfThePeerPermitsIt) {
  for (const bool permitted : {true, false}) {
    TcpScript::Run([permitted](TcpScript& us) {
      us.Listen();
      us.Receives({.flags = "SYN", .options = {.sack_permitted = permitted}});
      us.Sends("SYN ACK", 0, 1);
      EXPECT_EQ(us.sent().options.sack_permitted, permitted);
    });
  }
}

TEST(TcpSack, IsNeitherOfferedNorUsedWhenItIsOff) {
  TcpSettings settings;
  settings.sack = false;
  TcpScript::Run(
      [](TcpScript& us) {
        us.Connect();
        us.Sends("SYN", 0, 0);
        EXPECT_FALSE(us.sent().options.sack_permitted);
        us.Receives({.flags = "SYN ACK", .ack = 1, .options = Permitted()});
        us.Sends("ACK", 1, 1);
        us.Receives({.flags = "ACK", .seq = 10, .ack = 1, .data = "gap"});
        us.Sends("ACK", 1, 1);
        EXPECT_EQ(Sacks(us), "");
      },
      settings);
}

TEST(TcpSack, APeerThatDoesNotPermitItGetsNone) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish();
    us.Receives({.flags = "ACK", .seq = 10, .ack = 1, .data = "gap"});
    us.Sends("ACK", 1, 1);
    EXPECT_EQ(Sacks(us), "");
  });
}

TEST(TcpSack, TellsEachBlockBeyondTheGapTheLatestFirst) {  // RFC 2018 4
  TcpScript::Run([](TcpScript& us) {
    us.Establish(Permitted());
    us.Receives({.flags = "ACK", .seq = 101, .ack = 1, .data = Text(50)});
    us.Sends("ACK", 1, 1);
    EXPECT_EQ(Sacks(us), "101-151");
    us.Receives({.flags = "ACK", .seq = 201, .ack = 1, .data = Text(100)});
    us.Sends("ACK", 1, 1);
    EXPECT_EQ(Sacks(us), "201-301 101-151");
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = Text(100)});
    us.Sends("ACK", 1, 151);
    EXPECT_EQ(Sacks(us), "201-301");
    us.Receives({.flags = "ACK", .seq = 151, .ack = 1, .data = Text(50)});
    us.Sends("ACK", 1, 301);
    EXPECT_EQ(Sacks(us), "");
  });
}

TEST(TcpSack, TellsOnceWhatCameTwice) {  // RFC 2883 4
  TcpScript::Run([](TcpScript& us) {
    us.Establish(Permitted());
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = Text(100)});
    us.Receives({.flags = "ACK", .seq = 1, .ack = 1, .data = Text(100)});
    us.Sends("ACK", 1, 101);
    EXPECT_EQ(Sacks(us), "1-101");
    us.Receives({.flags = "ACK", .seq = 51, .ack = 1, .data = Text(100)});
    us.Sends("ACK", 1, 151);
    EXPECT_EQ(Sacks(us), "51-101");
    us.Receives({.flags = "ACK", .seq = 201, .ack = 1, .data = Text(10)});
    us.Sends("ACK", 1, 151);
    EXPECT_EQ(Sacks(us), "201-211");
    us.Receives({.flags = "ACK", .seq = 201, .ack = 1, .data = Text(10)});
    us.Sends("ACK", 1, 151);
    EXPECT_EQ(Sacks(us), "201-211 201-211");
  });
}

TEST(TcpSack, AnOldSegmentFromBeforeTheConnectionIsNoDuplicate) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish(Permitted());
    us.Receives({.flags = "ACK", .seq = 0xFFFFFF00, .ack = 1, .data = Text(10)});
    us.Sends("ACK", 1, 1);
    EXPECT_EQ(Sacks(us), "");
  });
}

TEST(TcpSack, GoesWithDataWhichIsShorterForIt) {  // RFC 6691 4
  TcpScript::Run([](TcpScript& us) {
    us.Establish(Permitted());
    us.Receives({.flags = "ACK", .seq = 101, .ack = 1, .data = Text(50)});
    us.Sends("ACK", 1, 1);
    us.Write(Text(150));
    us.Sends("ACK", 1, 1, Text(88));  // 100 less an option of 12 octets
    EXPECT_EQ(Sacks(us), "101-151");
  });
}

TEST(TcpSack, NoResetHasOne) {
  TcpScript::Run([](TcpScript& us) {
    us.Establish(Permitted());
    us.Receives({.flags = "ACK", .seq = 101, .ack = 1, .data = Text(50)});
    us.Sends("ACK", 1, 1);
    us.Leave(transport::Farewell::kAbortive);
    us.Sends("RST ACK", 1, 1);
    EXPECT_EQ(Sacks(us), "");
  });
}

}  // namespace
}  // namespace inet
