#include "tools/dissect/tcp_labels.h"

#include <vector>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_header.h"

namespace wsim {
namespace {

using inet::SeqNum;
using inet::TcpHeader;

constexpr inet::Ipv4Address kClient{{10, 0, 0, 1}};
constexpr inet::Ipv4Address kServer{{10, 0, 0, 2}};
constexpr SeqNum kClientIsn(0xFFFFFFFF);  // the first octet of data has 0
constexpr SeqNum kServerIsn(5000);

class TcpLabelsTest : public testing::Test {
 protected:
  std::string FromClient(TcpHeader header, absl::string_view data = "") {
    header.source_port = 49152;
    header.destination_port = 5000;
    return Label(kClient, kServer, header, data);
  }
  std::string FromServer(TcpHeader header, absl::string_view data = "") {
    header.source_port = 5000;
    header.destination_port = 49152;
    return Label(kServer, kClient, header, data);
  }
  void Connect() {
    EXPECT_EQ(FromClient({.seq = kClientIsn, .flags = TcpHeader::kSyn, .window = 1}), "SYN");
    EXPECT_EQ(FromServer({.seq = kServerIsn,
                          .ack = kClientIsn + 1,
                          .flags = TcpHeader::kSyn | TcpHeader::kAck,
                          .window = 1}),
              "SYN ACK");
  }

 private:
  std::string Label(const inet::Ipv4Address& source, const inet::Ipv4Address& destination,
                    const TcpHeader& header, absl::string_view data) {
    std::vector<uint8_t> segment;
    header.AppendTo(segment);
    segment.insert(segment.end(), data.begin(), data.end());
    return labels_.Label(source, destination, segment);
  }

  TcpLabels labels_;
};

TEST_F(TcpLabelsTest, CountFromTheSynOfEachDirection) {
  Connect();
  EXPECT_EQ(
      FromClient(
          {.seq = kClientIsn + 1, .ack = kServerIsn + 1, .flags = TcpHeader::kAck, .window = 1}),
      "ACK 1");
  EXPECT_EQ(FromClient({.seq = kClientIsn + 1,
                        .ack = kServerIsn + 1,
                        .flags = TcpHeader::kAck | TcpHeader::kPsh},
                       "hello"),
            "data 1 \"hello\"");
  EXPECT_EQ(
      FromServer(
          {.seq = kServerIsn + 1, .ack = kClientIsn + 6, .flags = TcpHeader::kAck, .window = 1}),
      "ACK 6");
  EXPECT_EQ(FromClient({.seq = kClientIsn + 6,
                        .ack = kServerIsn + 1,
                        .flags = TcpHeader::kAck | TcpHeader::kFin,
                        .window = 1}),
            "FIN 6, ACK 1");
}

TEST_F(TcpLabelsTest, SayWhatElseASegmentDoes) {
  Connect();
  EXPECT_EQ(FromClient({.seq = kClientIsn + 1, .flags = TcpHeader::kAck | TcpHeader::kFin}, "bye"),
            "data FIN 1 \"bye\"");
  EXPECT_EQ(FromServer({.ack = kClientIsn + 4, .flags = TcpHeader::kAck}), "ACK 4, window 0");
  EXPECT_EQ(FromServer({.seq = kServerIsn + 1, .flags = TcpHeader::kRst | TcpHeader::kAck}), "RST");
  TcpHeader sack{.ack = kClientIsn + 1, .flags = TcpHeader::kAck, .window = 1};
  sack.options.sack_blocks = {{kClientIsn + 11, kClientIsn + 21}, {kClientIsn + 4, kClientIsn + 5}};
  EXPECT_EQ(FromServer(sack), "ACK 1, SACK 11-21, SACK 4-5");
}

TEST_F(TcpLabelsTest, StartAnewWithEachConnection) {
  Connect();
  EXPECT_EQ(FromClient({.seq = SeqNum(77), .flags = TcpHeader::kSyn}), "SYN");
  EXPECT_EQ(FromClient({.seq = SeqNum(78), .flags = TcpHeader::kAck}, "x"), "data 1 \"x\"");
}

TEST_F(TcpLabelsTest, LeaveOutNumbersWhoseBeginningWasNotSeen) {
  EXPECT_EQ(FromClient({.seq = SeqNum(9), .flags = TcpHeader::kAck}, "x"), "data \"x\"");
  EXPECT_EQ(FromClient({.seq = SeqNum(9), .flags = TcpHeader::kFin | TcpHeader::kAck}), "FIN");
  EXPECT_EQ(FromClient({.seq = SeqNum(9), .ack = SeqNum(1), .flags = TcpHeader::kAck}), "ACK");
}

TEST_F(TcpLabelsTest, DoNotReadWhatIsNoSegment) {
  TcpLabels labels;
  const std::vector<uint8_t> runt(19, 0);
  EXPECT_EQ(labels.Label(kClient, kServer, runt), "TCP, malformed");
}

}  // namespace
}  // namespace wsim
