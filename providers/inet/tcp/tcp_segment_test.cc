#include "providers/inet/tcp/tcp_segment.h"

#include <string>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_state.h"

namespace inet {
namespace {

TEST(TcpSegment, IsNamedByItsFlags) {
  EXPECT_EQ(TcpSegmentName(TcpHeader::kSyn), "SYN");
  EXPECT_EQ(TcpSegmentName(TcpHeader::kSyn | TcpHeader::kAck), "SYN ACK");
  EXPECT_EQ(TcpSegmentName(TcpHeader::kFin | TcpHeader::kPsh | TcpHeader::kAck), "FIN PSH ACK");
  EXPECT_EQ(TcpSegmentName(0x3F), "SYN FIN RST PSH URG ACK");
  EXPECT_EQ(TcpSegmentName(0), "no flags");
}

TEST(TcpSegment, SynAndFinCountAsOctets) {  // RFC 9293 3.4
  const std::string text = "abc";
  TcpSegment segment;
  segment.payload = {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
  EXPECT_EQ(segment.length(), 3);
  segment.header.flags = TcpHeader::kSyn | TcpHeader::kFin;
  EXPECT_EQ(segment.length(), 5);
}

TEST(TcpSegment, AResetIsOneThatThePeerBelieves) {  // RFC 9293 3.10.7.1
  TcpSegment segment;
  segment.header.source_port = 1;
  segment.header.destination_port = 2;
  segment.header.seq = SeqNum(100);
  segment.header.ack = SeqNum(200);
  segment.header.flags = TcpHeader::kSyn;
  TcpHeader reset = ResetFor(segment);
  EXPECT_EQ(reset.flags, TcpHeader::kRst | TcpHeader::kAck);
  EXPECT_EQ(reset.seq, SeqNum(0));
  EXPECT_EQ(reset.ack, SeqNum(101));
  EXPECT_EQ(reset.source_port, 2);
  EXPECT_EQ(reset.destination_port, 1);
  segment.header.flags = TcpHeader::kAck;
  reset = ResetFor(segment);
  EXPECT_EQ(reset.flags, TcpHeader::kRst);
  EXPECT_EQ(reset.seq, SeqNum(200));
}

TEST(TcpState, EveryStepOfTheStandardIsLegalAndNoOther) {  // RFC 9293 3.3.2, figure 5
  EXPECT_TRUE(IsLegalTransition(TcpState::kSynSent, TcpState::kEstablished));
  EXPECT_TRUE(IsLegalTransition(TcpState::kFinWait1, TcpState::kTimeWait));
  EXPECT_TRUE(IsLegalTransition(TcpState::kLastAck, TcpState::kClosed));
  EXPECT_FALSE(IsLegalTransition(TcpState::kClosed, TcpState::kClosed));
  EXPECT_FALSE(IsLegalTransition(TcpState::kEstablished, TcpState::kFinWait2));
  EXPECT_FALSE(IsLegalTransition(TcpState::kTimeWait, TcpState::kEstablished));
  EXPECT_FALSE(IsLegalTransition(TcpState::kCloseWait, TcpState::kTimeWait));
  int legal = 0;
  for (int from = 0; from <= 10; ++from) {
    for (int to = 0; to <= 10; ++to) {
      if (IsLegalTransition(static_cast<TcpState>(from), static_cast<TcpState>(to))) ++legal;
    }
  }
  EXPECT_EQ(legal, 25);
}

TEST(TcpState, HasTheStandardsNames) {
  EXPECT_EQ(TcpStateName(TcpState::kSynReceived), "SYN-RECEIVED");
  EXPECT_EQ(TcpStateName(TcpState::kFinWait1), "FIN-WAIT-1");
}

}  // namespace
}  // namespace inet
