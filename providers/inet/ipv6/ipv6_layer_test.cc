#include "providers/inet/ipv6/ipv6_layer.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/inet/ip_layer_testing.h"

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

TEST_F(Ipv6LayerTest, AnMtuBelowTheLeastIsNotBelieved) {
  Run([this] { SendMessage(Ipv6InTests::TooBig(1279, ServersPacket())); });
  EXPECT_THAT(server_.heard, IsEmpty());
  EXPECT_THAT(drops(), ElementsAre("ICMPv6: an MTU below what every link carries (RFC 8201 4)"));
}

TEST_F(Ipv6LayerTest, APacketWithNothingInsideIsDropped) {
  Run([this] { SendRaw(ToServer(kNoNextHeader), ""); });
  EXPECT_THAT(drops(), ElementsAre("IPv6: nothing inside (RFC 8200 4.7)"));
}

TEST_F(Ipv6LayerTest, APacketFromAGroupIsDropped) {
  Run([this] {
    SendRaw(Ipv6InTests::Between(Ipv6InTests::Group(), Ipv6AddressOfHost(3), kProtocolInTests, 9),
            "from a group");
  });
  EXPECT_THAT(drops(), ElementsAre("IPv6: from a multicast address (RFC 4291 2.7)"));
}

TEST_F(Ipv6LayerTest, ExtensionHeadersAreSkippedOrRefusedAtTheDestination) {
  constexpr absl::string_view kAtomic("\xFD\0\0\0\0\0\0\x01", 8);
  constexpr absl::string_view kPiece("\xFD\0\0\x01\0\0\0\x01", 8);
  Run([&, this] {
    SendRaw(ToServer(kFragmentHeader), absl::StrCat(kAtomic, "whole"));
    SendRaw(ToServer(kFragmentHeader), absl::StrCat(kPiece, "a piece"));
  });
  EXPECT_THAT(server_.heard, ElementsAre("from 2001:db8::1 to 2001:db8::3 hops 8 class 0: whole"));
  EXPECT_THAT(drops(), ElementsAre("IPv6: a fragment (RFC 8200 4.5)"));
}

}  // namespace
}  // namespace inet
