#include "tools/packetdrill/packet.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/inet/tcp/tcp_header.h"
#include "providers/wire/codec_testing.h"
#include "tools/packetdrill/packet_options.h"

namespace wsim::packetdrill {
namespace {

using inet::Ipv4Address;
using inet::Ipv6Address;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using Kind = OptionSpec::Kind;
using Flag = inet::TcpHeader;

// 10.0.0.2:8080 to 10.0.0.1:40000, ECT(0), SE. 1000:1000(0) ack 0x01020304, five options.
constexpr absl::string_view kSynAck =
    "4502003e00004000400626b60a0000020a0000011f909c40000003e801020304"
    "a052ffff6f840005020405b40402080a0000006400000000010303070000";

Packet SynAck() {
  Packet packet;
  packet.source = {Ipv4Address::FromString("10.0.0.2").value(), 8080};
  packet.destination = {Ipv4Address::FromString("10.0.0.1").value(), 40000};
  packet.traffic_class = 2;
  packet.seq = 1000;
  packet.ack = 0x01020304;
  packet.flags = Flag::kSyn | Flag::kAck | Flag::kEce;
  packet.window = 65535;
  packet.urgent_pointer = 5;
  packet.options = {{.kind = Kind::kMaxSegmentSize, .value = 1460},
                    {.kind = Kind::kSackPermitted},
                    {.kind = Kind::kTimestamps, .value = 100},
                    {.kind = Kind::kNop},
                    {.kind = Kind::kWindowScale, .value = 7}};
  packet.payload = {0, 0};
  return packet;
}

TEST(PacketdrillPacket, IsWrittenAsOnTheWire) {
  const absl::StatusOr<std::vector<uint8_t>> octets = SynAck().ToOctets();
  ASSERT_TRUE(octets.ok());
  EXPECT_EQ(*octets, wire::FromHex(kSynAck));
}

TEST(PacketdrillPacket, IsReadFromTheWire) {
  const absl::StatusOr<Packet> packet = Packet::Parse(wire::FromHex(kSynAck));
  ASSERT_TRUE(packet.ok()) << packet.status();
  EXPECT_EQ(packet->source, SynAck().source);
  EXPECT_EQ(packet->destination, SynAck().destination);
  EXPECT_EQ(packet->traffic_class, 2);
  EXPECT_EQ(packet->hop_limit, 64);
  EXPECT_EQ(FlagsToString(packet->flags), "SE.");
  EXPECT_EQ(packet->window, 65535);
  EXPECT_EQ(packet->urgent_pointer, 5);
  EXPECT_EQ(ToString(packet->options), "<mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 7>");
  EXPECT_THAT(packet->payload, SizeIs(2));
  EXPECT_FALSE(packet->is_ipv6());
}

TEST(PacketdrillPacket, NoTruncationIsRead) {
  const std::vector<uint8_t> octets = wire::FromHex(kSynAck);
  for (size_t size = 0; size < octets.size(); ++size) {
    EXPECT_FALSE(Packet::Parse(wire::ByteSpan(octets).first(size)).ok()) << size;
  }
}

// A changed bit spoils one of the two checksums, or what they stand on.
TEST(PacketdrillPacket, NoFlippedBitGoesUnnoticed) {
  const std::vector<uint8_t> octets = wire::FromHex(kSynAck);
  for (size_t bit = 0; bit < octets.size() * 8; ++bit) {
    std::vector<uint8_t> changed = octets;
    changed[bit / 8] = static_cast<uint8_t>(changed[bit / 8] ^ 1 << bit % 8);
    EXPECT_FALSE(Packet::Parse(changed).ok()) << "bit " << bit;
  }
}

TEST(PacketdrillPacket, OptionsHaveToBePadded) {
  Packet packet = SynAck();
  packet.options.pop_back();
  EXPECT_THAT(std::string(packet.ToOctets().status().message()),
              HasSubstr("the options take 17 octets; pad them"));
  packet.options.assign(44, {.kind = Kind::kNop});
  EXPECT_FALSE(packet.ToOctets().ok()) << "more than the header has room for";
  packet.options.clear();
  packet.payload.assign(65535, 0);
  EXPECT_THAT(std::string(packet.ToOctets().status().message()), HasSubstr("longer than an IP"));
}

TEST(PacketdrillPacket, TravelsOverIpv6WithItsFlowLabel) {
  Packet packet = SynAck();
  packet.source.address = Ipv6Address::FromString("2001:db8::2").value();
  packet.destination.address = Ipv6Address::FromString("2001:db8::1").value();
  packet.flow_label = 0xABCDE;
  packet.hop_limit = 3;
  const absl::StatusOr<std::vector<uint8_t>> octets = packet.ToOctets();
  ASSERT_TRUE(octets.ok());
  const absl::StatusOr<Packet> read = Packet::Parse(*octets);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(read->is_ipv6());
  EXPECT_EQ(read->flow_label, 0xABCDEu);
  EXPECT_EQ(read->hop_limit, 3);
  EXPECT_EQ(read->traffic_class, 2);
}

TEST(PacketdrillPacket, OptionsThatContradictThemselvesAreNotRead) {
  EXPECT_THAT(std::string(ReadOptions(wire::FromHex("0201")).status().message()),
              HasSubstr("shorter than its header"));
  EXPECT_THAT(std::string(ReadOptions(wire::FromHex("0208")).status().message()),
              HasSubstr("leaves the header"));
  EXPECT_THAT(std::string(ReadOptions(wire::FromHex("4d03ff")).status().message()),
              HasSubstr("kind 77"));
}

// RFC 792: type 3, code 4, the MTU in the last 16 bits, and what is quoted.
TEST(PacketdrillPacket, IcmpQuotesAPacket) {
  const std::vector<uint8_t> quoted = wire::FromHex(kSynAck);
  const absl::StatusOr<std::vector<uint8_t>> octets =
      IcmpToOctets({.type = "unreachable", .code = "frag_needed", .mtu = 576},
                   Ipv4Address::FromString("10.0.0.1").value(),
                   Ipv4Address::FromString("10.0.0.2").value(), quoted);
  ASSERT_TRUE(octets.ok());
  ASSERT_EQ(octets->size(), 20 + 8 + quoted.size());
  EXPECT_EQ((*octets)[9], 1) << "ICMP";
  EXPECT_EQ((*octets)[20], 3);
  EXPECT_EQ((*octets)[21], 4);
  EXPECT_EQ((*octets)[26] << 8 | (*octets)[27], 576);
  EXPECT_TRUE(std::equal(quoted.begin(), quoted.end(), octets->begin() + 28));
}

TEST(PacketdrillPacket, IcmpHasOtherNamesInEachFamily) {
  const auto status = [](const IcmpSpec& icmp, bool is_ipv6) {
    const inet::IpAddress address = is_ipv6
                                        ? inet::IpAddress(Ipv6Address::FromString("::1").value())
                                        : Ipv4Address::FromString("10.0.0.1").value();
    return IcmpToOctets(icmp, address, address, {}).status();
  };
  EXPECT_TRUE(status({.type = "packet_too_big", .mtu = 1280}, true).ok());
  EXPECT_EQ(status({.type = "packet_too_big"}, false).message(), "ICMP packet_too_big ");
  EXPECT_TRUE(absl::IsUnimplemented(status({.type = "unreachable", .code = "frag_needed"}, true)));
}

}  // namespace
}  // namespace wsim::packetdrill
