#include "providers/inet/ip_address.h"

#include <string>

#include "gtest/gtest.h"

namespace inet {
namespace {

TEST(Ipv4Address, IsWrittenAndReadAsFourNumbers) {
  const Ipv4Address address{{192, 0, 2, 255}};
  EXPECT_EQ(address.ToString(), "192.0.2.255");
  EXPECT_EQ(*Ipv4Address::FromString("192.0.2.255"), address);
}

TEST(Ipv4Address, RefusesAnythingElse) {
  for (const char* text : {"", "192.0.2", "192.0.2.1.5", "192.0.2.256", "192.0.2.01", "192.0.2.",
                           "192.0.2.+1", "192.0.2.1 ", "a.b.c.d", "192.0.2.1000"}) {
    EXPECT_FALSE(Ipv4Address::FromString(text).ok()) << text;
  }
}

TEST(Ipv4Address, ShowsWhatItRefusedWithoutControlCharacters) {
  EXPECT_EQ(Ipv4Address::FromString("1\n2").status().message(), "not an IPv4 address: \"1\\n2\"");
}

TEST(Ipv4Address, KnowsItsSpecialKinds) {
  EXPECT_TRUE(Ipv4Address().is_unspecified());
  EXPECT_TRUE((Ipv4Address{{127, 0, 0, 1}}).is_loopback());
  EXPECT_TRUE((Ipv4Address{{224, 0, 0, 1}}).is_multicast());
  EXPECT_TRUE((Ipv4Address{{255, 255, 255, 255}}).is_limited_broadcast());
  const Ipv4Address ordinary{{192, 0, 2, 1}};
  EXPECT_FALSE(ordinary.is_unspecified() || ordinary.is_loopback() || ordinary.is_multicast() ||
               ordinary.is_limited_broadcast());
}

TEST(Ipv4Address, IsOrderedAsOnTheWire) {
  EXPECT_LT((Ipv4Address{{10, 0, 0, 255}}), (Ipv4Address{{10, 0, 1, 0}}));
}

std::string Rewritten(absl::string_view text) {
  const absl::StatusOr<Ipv6Address> address = Ipv6Address::FromString(text);
  return address.ok() ? address->ToString() : std::string(address.status().message());
}

TEST(Ipv6Address, IsWrittenInTheRecommendedForm) {  // RFC 5952 4
  EXPECT_EQ(Rewritten("2001:0db8:0:0:0:0:0:0001"), "2001:db8::1");
  EXPECT_EQ(Rewritten("2001:DB8::ABCD"), "2001:db8::abcd");
  EXPECT_EQ(Rewritten("0:0:0:0:0:0:0:0"), "::");
  EXPECT_EQ(Rewritten("0:0:0:0:0:0:0:1"), "::1");
  EXPECT_EQ(Rewritten("fe80:0:0:0:0:0:0:0"), "fe80::");
  // A single zero group is not shortened; of two equal runs the first is; else the longest.
  EXPECT_EQ(Rewritten("2001:db8:0:1:1:1:1:1"), "2001:db8:0:1:1:1:1:1");
  EXPECT_EQ(Rewritten("2001:db8:0:0:1:0:0:1"), "2001:db8::1:0:0:1");
  EXPECT_EQ(Rewritten("2001:0:0:1:0:0:0:1"), "2001:0:0:1::1");
}

TEST(Ipv6Address, IsReadInEveryForm) {  // RFC 4291 2.2
  EXPECT_EQ(Rewritten("::"), "::");
  EXPECT_EQ(Rewritten("1::"), "1::");
  EXPECT_EQ(Rewritten("1:2:3:4:5:6:7:8"), "1:2:3:4:5:6:7:8");
  EXPECT_EQ(Rewritten("::ffff:192.0.2.1"), "::ffff:c000:201");
  EXPECT_EQ(Rewritten("64:ff9b:0:0:0:0:192.0.2.1"), "64:ff9b::c000:201");
}

TEST(Ipv6Address, RefusesAnythingElse) {
  for (const char* text : {"",
                           ":",
                           ":::",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "1::2::3",
                           "12345::",
                           "g::",
                           "::0x1",
                           "1:2:3:4:5:6:7::8:9",
                           "1:2:3:4::5:6:7:8",
                           ":1::2",
                           "1::2:",
                           "192.0.2.1",
                           "::192.0.2",
                           "192.0.2.1::",
                           "1:2:3:4:5:6:7:192.0.2.1",
                           "::1 ",
                           "fe80::1%eth0",
                           "-1::"}) {
    EXPECT_FALSE(Ipv6Address::FromString(text).ok()) << text;
  }
}

TEST(Ipv6Address, KnowsItsSpecialKinds) {
  EXPECT_TRUE(Ipv6Address().is_unspecified());
  EXPECT_TRUE(Ipv6Address::FromString("::1")->is_loopback());
  EXPECT_FALSE(Ipv6Address::FromString("::2")->is_loopback());
  EXPECT_TRUE(Ipv6Address::FromString("ff02::1")->is_multicast());
  EXPECT_FALSE(Ipv6Address::FromString("fe80::1")->is_multicast());
}

}  // namespace
}  // namespace inet
