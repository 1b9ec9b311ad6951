#include "providers/inet/host_address.h"

#include "gtest/gtest.h"

namespace inet {
namespace {

Ipv6Address Ipv6(absl::string_view text) { return *Ipv6Address::FromString(text); }

TEST(HostAddress, IsTheNumberOfTheHostInItsNetwork) {
  EXPECT_EQ(Ipv4AddressOfHost(258).ToString(), "10.0.1.2");
  EXPECT_EQ(Ipv6AddressOfHost(258).ToString(), "2001:db8::102");
  EXPECT_EQ(HostNumberOf(Ipv4AddressOfHost(0xFFFFFF)), 0xFFFFFF);
  EXPECT_EQ(HostNumberOf(Ipv6AddressOfHost(0xFFFFFFFF)), 0xFFFFFFFF);
}

TEST(HostAddress, OfAnotherNetworkIsNoHosts) {
  for (const IpAddress& address :
       {IpAddress(Ipv4Address{{192, 0, 2, 1}}), IpAddress(Ipv4Address{{127, 0, 0, 1}}),
        IpAddress(Ipv6("2001:db8:1::1")), IpAddress(Ipv6("::1"))}) {
    EXPECT_EQ(HostNumberOf(address), 0);
    EXPECT_FALSE(IsInNetworkOfHosts(address));
  }
  EXPECT_TRUE(IsInNetworkOfHosts(Ipv4AddressOfHost(9)));
  EXPECT_TRUE(IsInNetworkOfHosts(Ipv6AddressOfHost(9)));
}

TEST(HostAddress, KnowsTheSpecialOnesOfBothVersions) {
  EXPECT_TRUE(IsLoopback(Ipv4Address{{127, 3, 2, 1}}));
  EXPECT_TRUE(IsLoopback(Ipv6("::1")));
  EXPECT_FALSE(IsLoopback(Ipv6AddressOfHost(1)));
  EXPECT_TRUE(IsUnspecified(Ipv4Address{}));
  EXPECT_TRUE(IsUnspecified(Ipv6Address{}));
  EXPECT_FALSE(IsUnspecified(Ipv4AddressOfHost(1)));
  EXPECT_TRUE(IsOfGroup(Ipv4Address{{224, 0, 0, 1}}));
  EXPECT_TRUE(IsOfGroup(Ipv4Address{{255, 255, 255, 255}}));
  EXPECT_TRUE(IsOfGroup(Ipv6("ff02::1")));
  EXPECT_FALSE(IsOfGroup(Ipv4AddressOfHost(1)));
  EXPECT_FALSE(IsOfGroup(Ipv6AddressOfHost(1)));
}

}  // namespace
}  // namespace inet
