#include "tools/packetdrill/numbering.h"

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_header.h"

namespace wsim::packetdrill {
namespace {

using Flag = inet::TcpHeader;

constexpr uint32_t kOurs = 0xFFFFFFF0;  // our initial number on the wire, soon to wrap
constexpr uint32_t kPeers = 500;        // the peer's, which is the script's

OptionSpec Timestamps(uint32_t value, uint32_t echo_reply) {
  return {.kind = OptionSpec::Kind::kTimestamps, .value = value, .echo_reply = echo_reply};
}
Packet Sent(uint16_t flags, uint32_t seq, uint32_t ack) {
  Packet packet;
  packet.flags = flags;
  packet.seq = seq;
  packet.ack = ack;
  return packet;
}

// A connection to which the script opens: S 500:500, S. 9:9 ack 501.
class PassiveNumbering : public ::testing::Test {
 protected:
  PassiveNumbering() {
    EXPECT_EQ(numbering_.ToWire({.flags = Flag::kSyn, .seq = kPeers})->seq, kPeers);
    const Packet syn_ack = Sent(Flag::kSyn | Flag::kAck, kOurs, kPeers + 1);
    numbering_.OnSent(syn_ack);
    const Packet script =
        numbering_.ToScript(syn_ack, {.flags = Flag::kSyn | Flag::kAck, .seq = 9});
    EXPECT_EQ(script.seq, 9u) << "the script's own word for it";
    EXPECT_EQ(script.ack, kPeers + 1) << "as it is where there is a SYN";
  }
  Numbering numbering_;
};

TEST_F(PassiveNumbering, CountsFromTheInitialNumbers) {
  const absl::StatusOr<Packet> wire = numbering_.ToWire({.flags = Flag::kAck, .seq = 1, .ack = 21});
  ASSERT_TRUE(wire.ok());
  EXPECT_EQ(wire->seq, kPeers + 1);
  EXPECT_EQ(wire->ack, kOurs + 21);
  const Packet sent = Sent(Flag::kAck, kOurs + 21, kPeers + 1);
  numbering_.OnSent(sent);
  const Packet script = numbering_.ToScript(sent, {.flags = Flag::kAck});
  EXPECT_EQ(script.seq, 21u);
  EXPECT_EQ(script.ack, 1u);
}

TEST_F(PassiveNumbering, CountsSackEdgesToo) {
  TcpSpec spec{.flags = Flag::kAck, .seq = 1, .ack = 1};
  spec.options = {{.kind = OptionSpec::Kind::kSack, .sack = {{11, 21}}}};
  const absl::StatusOr<Packet> wire = numbering_.ToWire(spec);
  ASSERT_TRUE(wire.ok());
  EXPECT_EQ(wire->options[0].sack[0], std::make_pair(kOurs + 11, kOurs + 21));
  Packet sent = Sent(Flag::kAck, kOurs + 1, kPeers + 1);
  sent.options = {{.kind = OptionSpec::Kind::kSack, .sack = {{kPeers + 5, kPeers + 6}}}};
  EXPECT_EQ(numbering_.ToScript(sent, spec).options[0].sack[0], std::make_pair(5u, 6u));
}

TEST_F(PassiveNumbering, LeavesAbsoluteNumbersAlone) {
  EXPECT_EQ(numbering_.ToWire({.flags = 0, .seq = 77, .absolute = true})->seq, 77u);
  EXPECT_EQ(numbering_.QuotedToWire(1), kOurs + 1);
  EXPECT_EQ(numbering_.ToScript(Sent(Flag::kRst, 0, 0), {.absolute = true}).seq, 0u);
}

TEST_F(PassiveNumbering, TranslatesTimestampsBothWays) {
  TcpSpec expected{.flags = Flag::kAck};
  expected.options = {Timestamps(100, 7)};
  Packet sent = Sent(Flag::kAck, kOurs + 1, kPeers + 1);
  sent.options = {Timestamps(5000, 7)};
  EXPECT_EQ(numbering_.ToScript(sent, expected).options[0].value, 100u);
  EXPECT_FALSE(numbering_.timestamp_gap().has_value()) << "the first one pins the others";

  expected.options = {Timestamps(150, 7)};
  sent.options = {Timestamps(5040, 7)};
  EXPECT_EQ(numbering_.ToScript(sent, expected).options[0].value, 140u);
  ASSERT_TRUE(numbering_.timestamp_gap().has_value());
  EXPECT_EQ(numbering_.timestamp_gap()->script, 50u);
  EXPECT_EQ(numbering_.timestamp_gap()->wire, 40u);

  TcpSpec answer{.flags = Flag::kAck, .seq = 1, .ack = 1};
  answer.options = {Timestamps(8, 150)};
  EXPECT_EQ(numbering_.ToWire(answer)->options[0].echo_reply, 5040u);
  answer.options = {Timestamps(8, 151)};
  EXPECT_EQ(numbering_.ToWire(answer).status().message(),
            "ecr 151 is no timestamp that was expected before");
}

TEST(PacketdrillNumbering, ASynThatFollowsMayBeginAnew) {
  Numbering numbering;
  ASSERT_TRUE(numbering.ToWire({.flags = Flag::kSyn, .seq = 0}).ok());
  numbering.OnSent(Sent(Flag::kSyn | Flag::kAck, 10, 1));
  ASSERT_TRUE(numbering.ToWire({.flags = Flag::kAck, .seq = 1, .ack = 1}).ok());
  ASSERT_TRUE(numbering.ToWire({.flags = Flag::kSyn, .seq = 90000}).ok());
  numbering.OnSent(Sent(Flag::kSyn | Flag::kAck, 20, 90001));
  EXPECT_EQ(numbering.ToWire({.flags = Flag::kAck, .seq = 1, .ack = 1})->seq, 90001u);
}

}  // namespace
}  // namespace wsim::packetdrill
