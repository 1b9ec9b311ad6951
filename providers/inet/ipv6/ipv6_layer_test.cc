#include "providers/inet/ipv6/ipv6_layer.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/inet/ip_layer_testing.h"
#include "providers/wire/codec_testing.h"

namespace inet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Ipv6LayerTest = IpLayerWorld<Ipv6InTests>;

TEST_F(Ipv6LayerTest, AMessageWithAWrongChecksumIsDropped) {
  Run([this] {
    std::vector<uint8_t> message;
    Icmpv6Message{IcmpEcho{.data = {'p', 'i', 'n', 'g'}}}.AppendTo(
        message, PseudoHeader(Ipv6AddressOfHost(1), Ipv6AddressOfHost(3), kProtocolIcmpv6));
    message[2] ^= 1;
    SendRaw(ToServer(kProtocolIcmpv6), Text(message));
  });
  EXPECT_THAT(drops(), ElementsAre("ICMPv6: wrong checksum (RFC 4443 2.3)"));
}

TEST_F(Ipv6LayerTest, AHeaderThatCannotBeTrueIsDropped) {
  Run([this] {
    std::vector<uint8_t> packet = PacketOf(ToServer(), "payload");
    packet[0] = 0x45;
    SendOctets(packet);
    packet[0] = 0x60;
    packet[4] = 0x10;
    SendOctets(packet);
  });
  EXPECT_THAT(drops(), ElementsAre("IPv6: IPv6 version 4 (RFC 8200 3)",
                                   ::testing::StartsWith("IPv6: IPv6 payload length 4103 with")));
}

// A chain of extension headers behind `first`, and the drop that it comes to.
struct BrokenChain {
  uint8_t first;
  const char* octets;
  const char* drop;
};

TEST_F(Ipv6LayerTest, AChainThatBreaksARuleIsDropped) {
  constexpr BrokenChain kChains[] = {
      {kDestinationOptions, "06 01 01 04 00000000",
       "IPv6: an extension header is truncated (RFC 8200 4)"},
      {kDestinationOptions, "06 00 01 05 00000000",
       "IPv6: an option leaves its header (RFC 8200 4.2)"},
      {kDestinationOptions, "06 00 5E 04 00000000",
       "IPv6: an option that is not known (RFC 8200 4.2)"},
      {kDestinationOptions, "00 00 01 04 00000000 06 00 01 04 00000000",
       "IPv6: hop-by-hop options not in first place (RFC 8200 4.1)"},
      {kRoutingHeader, "06 00 07 01 00000000",
       "IPv6: a routing header that is not known (RFC 8200 4.4)"},
      {kFragmentHeader, "06 00 0001 00000007 0000000000000000",
       "IPv6: a first fragment without all headers (RFC 8200 4.5)"},
      {kFragmentHeader, "06 00 fff8 00000007 0000000000000000",
       "IPv6: a fragment that ends beyond the longest packet (RFC 8200 4.5)"},
  };
  Run([&, this] {
    for (const BrokenChain& chain : kChains) {
      const size_t before = drops().size();
      SendRaw(ToServer(chain.first), Text(wire::FromHex(chain.octets)));
      Settle();
      ASSERT_GT(drops().size(), before) << chain.drop;
      EXPECT_EQ(drops()[before], chain.drop);
    }
  });
}

TEST_F(Ipv6LayerTest, ALinkBelowTheLeastMtuCarriesNothing) {  // RFC 8200 5
  Run([this] {
    EXPECT_TRUE(network().ChangeLink("client", "router", {.mtu = 1279}).ok());
    EXPECT_EQ(Send(Ipv6AddressOfHost(3), "x"), SendStatus::kNoRoute);
    EXPECT_EQ(layer(1).MaxSegment(Ipv6AddressOfHost(3)), 0);
    EXPECT_TRUE(network().ChangeLink("client", "router", {.mtu = 1280}).ok());
    EXPECT_EQ(Send(Ipv6AddressOfHost(3), "y"), SendStatus::kSent);
    Settle();
    EXPECT_TRUE(network().ChangeLink("router", "server", {.mtu = 1000}).ok());
    Send(Ipv6AddressOfHost(3), "no IPv6 there");
  });
  EXPECT_EQ(server_.heard.size(), 1);
  EXPECT_THAT(client_.heard,
              ElementsAre("ICMPv6: address unreachable about 2001:db8::3: no IPv6 ther"));
}

TEST_F(Ipv6LayerTest, APacketWithNothingInsideIsDropped) {
  Run([this] { SendRaw(ToServer(kNoNextHeader), ""); });
  EXPECT_THAT(drops(), ElementsAre("IPv6: nothing inside (RFC 8200 4.7)"));
}

TEST_F(Ipv6LayerTest, ExtensionHeadersAreSkippedOrRefusedAtTheDestination) {
  constexpr absl::string_view kPadding("\xFD\0\x01\x04\0\0\0\0", 8);
  constexpr absl::string_view kUnknownOption("\xFD\0\x9E\x04\0\0\0\0", 8);
  Run([&, this] {
    SendRaw(ToServer(kDestinationOptions), absl::StrCat(kPadding, "padded"));
    SendRaw(ToServer(kDestinationOptions), absl::StrCat(kUnknownOption, "unknown"));
  });
  EXPECT_THAT(server_.heard, ElementsAre("from 2001:db8::1 to 2001:db8::3 hops 8 class 0: padded"));
  EXPECT_THAT(drops(), ElementsAre("IPv6: an option that is not known (RFC 8200 4.2)",
                                   "ICMPv6: the quote does not show whose it is (RFC 5927 4)"));
}

// RFC 6946 4: it is no part of another packet with the same identification.
TEST_F(Ipv6LayerTest, AnAtomicFragmentIsAWholePacket) {
  constexpr absl::string_view kAtomic("\xFD\0\0\0\0\0\0\x01", 8);
  constexpr absl::string_view kFirst("\xFD\0\0\x01\0\0\0\x01", 8);
  Run([&, this] {
    SendRaw(ToServer(kFragmentHeader), absl::StrCat(kFirst, "a first."));
    SendRaw(ToServer(kFragmentHeader), absl::StrCat(kAtomic, "whole"));
  });
  EXPECT_THAT(server_.heard, ElementsAre("from 2001:db8::1 to 2001:db8::3 hops 8 class 0: whole"));
  EXPECT_THAT(drops(), IsEmpty());
}

TEST_F(Ipv6LayerTest, HeadersBeforeTheFragmentHeaderAreThePackets) {
  constexpr absl::string_view kOptions("\x2C\0\x01\x04\0\0\0\0", 8);
  constexpr absl::string_view kFirst("\xFD\0\0\x01\0\0\0\x07", 8);
  constexpr absl::string_view kLast("\xFD\0\0\x08\0\0\0\x07", 8);
  Run([&, this] {
    SendRaw(ToServer(kFragmentHeader), absl::StrCat(kLast, "last"));
    SendRaw(ToServer(kDestinationOptions), absl::StrCat(kOptions, kFirst, "first..."));
  });
  EXPECT_THAT(server_.heard,
              ElementsAre("from 2001:db8::1 to 2001:db8::3 hops 8 class 0: first...last"));
}

TEST_F(Ipv6LayerTest, AFragmentInsideAFragmentIsDropped) {
  constexpr absl::string_view kFirst("\x2C\0\0\x01\0\0\0\x07", 8);
  constexpr absl::string_view kLast("\x2C\0\0\x08\0\0\0\x07", 8);
  constexpr absl::string_view kInner("\xFD\0\0\x09\0\0\0\x08", 8);
  Run([&, this] {
    SendRaw(ToServer(kFragmentHeader), absl::StrCat(kFirst, kInner));
    SendRaw(ToServer(kFragmentHeader), absl::StrCat(kLast, "x"));
  });
  EXPECT_THAT(server_.heard, IsEmpty());
  EXPECT_THAT(drops(), ElementsAre("IPv6: a fragment inside a fragment (RFC 8200 4.1)"));
}

}  // namespace
}  // namespace inet
