#include "tools/packetdrill/compare.h"

#include <functional>
#include <string>

#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_header.h"
#include "tools/packetdrill/parser.h"

namespace wsim::packetdrill {
namespace {

using Flag = inet::TcpHeader;

PacketEvent Expected(absl::string_view packet) {
  const absl::StatusOr<Script> script = Parse(absl::StrCat("0 > ", packet), "a.pkt", {});
  EXPECT_TRUE(script.ok()) << script.status();
  return std::get<PacketEvent>(script->events.at(0).action);
}

// (ect0) P. 1:11(10) ack 5 win 100 urg 0 <nop,nop,TS val 7 ecr 8>
Packet Sent() {
  Packet packet;
  packet.flags = Flag::kPsh | Flag::kAck;
  packet.seq = 1;
  packet.ack = 5;
  packet.window = 100;
  packet.traffic_class = 2;
  packet.payload.assign(10, 0);
  packet.options = {{.kind = OptionSpec::Kind::kNop},
                    {.kind = OptionSpec::Kind::kNop},
                    {.kind = OptionSpec::Kind::kTimestamps, .value = 7, .echo_reply = 8}};
  return packet;
}

constexpr absl::string_view kWhole = "(ect0) P. 1:11(10) ack 5 win 100 <nop,nop,TS val 99 ecr 8>";

std::string DifferencesOf(absl::string_view expected, const Packet& sent) {
  return ToString(Compare(Expected(expected), sent));
}

TEST(PacketdrillCompare, TheExpectedPacketHasNoDifference) {
  EXPECT_EQ(DifferencesOf(kWhole, Sent()), "") << "TSval is compared elsewhere";
  EXPECT_EQ(DifferencesOf("[ect01] P. ...(10) ack 5 <...>", Sent()), "");
  EXPECT_EQ(DifferencesOf("(tos 0x2, ttl 64) P. 1:11(10) ack 5 <...>", Sent()), "");
}

TEST(PacketdrillCompare, EachFieldThatDiffersIsNamed) {
  struct Case {
    std::function<void(Packet&)> change;
    const char* difference;
  };
  const Case kCases[] = {
      {[](Packet& p) { p.flags = Flag::kAck; }, "flags: expected P., sent ."},
      {[](Packet& p) { p.seq = 2; }, "seq: expected 1, sent 2"},
      {[](Packet& p) { p.ack = 6; }, "ack: expected 5, sent 6"},
      {[](Packet& p) { p.window = 9; }, "win: expected 100, sent 9"},
      {[](Packet& p) { p.urgent_pointer = 3; }, "urg: expected 0, sent 3"},
      {[](Packet& p) { p.payload.pop_back(); }, "length: expected 10, sent 9"},
      {[](Packet& p) { p.payload[4] = 1; }, "payload: expected zeros, sent other octets"},
      {[](Packet& p) { p.reserved = 1; }, "reserved bits: expected 0, sent 1"},
      {[](Packet& p) { p.traffic_class = 0; }, "ECN: expected ect0, sent noecn"},
      {[](Packet& p) { p.options.clear(); },
       "options: expected <nop,nop,TS val 99 ecr 8>, sent none"},
      {[](Packet& p) { p.options[2].echo_reply = 1; },
       "options: expected <nop,nop,TS val 99 ecr 8>, sent <nop,nop,TS val 7 ecr 1>"},
  };
  for (const Case& each : kCases) {
    Packet sent = Sent();
    each.change(sent);
    EXPECT_EQ(DifferencesOf(kWhole, sent), each.difference);
  }
}

TEST(PacketdrillCompare, TheNetworkPartIsCompared) {
  EXPECT_EQ(DifferencesOf("(tos 0x20) P. 1:11(10) ack 5 <...>", Sent()),
            "tos: expected 32, sent 2");
  EXPECT_EQ(DifferencesOf("(ttl 1) P. 1:11(10) ack 5 <...>", Sent()), "ttl: expected 1, sent 64");
  EXPECT_EQ(DifferencesOf("(flowlabel 0x1) P. 1:11(10) ack 5 <...>", Sent()),
            "flowlabel: expected 1, sent 0");
  for (const char* other : {"noecn", "ect1", "ce"}) {
    EXPECT_EQ(DifferencesOf(absl::StrCat("(", other, ") P. 1:11(10) ack 5 <...>"), Sent()),
              absl::StrCat("ECN: expected ", other, ", sent ect0"));
  }
}

TEST(PacketdrillCompare, APacketIsShownAsScriptsWriteIt) {
  EXPECT_EQ(ToString(Sent()), "P. 1:11(10) ack 5 win 100 <nop,nop,TS val 7 ecr 8>");
  Packet urgent;
  urgent.flags = Flag::kUrg;
  urgent.urgent_pointer = 2;
  EXPECT_EQ(ToString(urgent), "U 0:0(0) win 0 urg 2");
}

}  // namespace
}  // namespace wsim::packetdrill
