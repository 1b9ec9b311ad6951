#include "providers/inet/socket_address.h"

#include <vector>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"

namespace inet {
namespace {

using transport::AddressCheck;
using wire::FromHex;

const Ipv4SocketAddressFormat& Format() { return Ipv4SocketAddresses(); }

transport::Address Address(absl::string_view text) { return *Format().FromText(text); }

TEST(Ipv4SocketAddress, HasTheOctetsOfSockaddrIn) {
  const std::vector<uint8_t> octets = FromHex("0200 1388 0a000001 0000000000000000");
  EXPECT_EQ(Format().Check(octets), AddressCheck::kGood);
  EXPECT_EQ(Format().ToText(Format().Canonical(octets)), "10.0.0.1:5000");
  EXPECT_EQ(Address("10.0.0.1:5000"), transport::Address(octets.begin(), octets.end()));
}

TEST(Ipv4SocketAddress, CanonicalFormForgetsWhatDoesNotCount) {
  const std::vector<uint8_t> octets = FromHex("0200 1388 0a000001 0123456789abcdef 77");
  EXPECT_EQ(Format().Canonical(octets), Address("10.0.0.1:5000"));
}

TEST(Ipv4SocketAddress, IsCheckedForSizeAndFamily) {
  const std::vector<uint8_t> octets = FromHex("0200 1388 0a000001 0000000000000000");
  for (size_t size = 0; size < octets.size(); ++size) {
    EXPECT_EQ(Format().Check(wire::ByteSpan(octets).first(size)), AddressCheck::kTooShort) << size;
  }
  EXPECT_EQ(Format().Check(FromHex("1700 1388 0a000001 0000000000000000")),
            AddressCheck::kWrongFamily);
  EXPECT_EQ(Format().Check(FromHex("0201 1388 0a000001 0000000000000000")),
            AddressCheck::kWrongFamily);
}

TEST(Ipv4SocketAddress, HasAHostAndAPort) {
  EXPECT_EQ(Format().Port(Address("10.0.0.1:5000")), 5000);
  EXPECT_EQ(Format().WithPort(Address("10.0.0.1:5000"), 80), Address("10.0.0.1:80"));
  EXPECT_EQ(Format().HostPart(Address("10.0.0.1:5000")), Address("10.0.0.1"));
  EXPECT_TRUE(Format().IsWildcard(Format().Wildcard(80)));
  EXPECT_FALSE(Format().IsWildcard(Address("10.0.0.1:80")));
}

TEST(Ipv4SocketAddress, TextsThatAreNoAddressesAreRefused) {
  for (const char* text : {"", ":80", "10.0.0.1:", "10.0.0.1:65536", "10.0.0.1:-1", "10.0.0.1: 1",
                           "10.0.0:80", "host:80", "10.0.0.1:80:80", "10.0.0.1:+1"}) {
    EXPECT_FALSE(Format().FromText(text).ok()) << text;
  }
}

TEST(Ipv4SocketAddress, HostsHaveTheAddressesOfTheirNumbers) {
  EXPECT_EQ(Format().ToText(Format().OfHost(258, 7)), "10.0.1.2:7");
  EXPECT_EQ(Format().HostNumber(Address("10.0.1.2:7")), 258);
  EXPECT_EQ(Format().HostNumber(Address("192.0.2.1")), 0);
}

TEST(Ipv4SocketAddress, IsAnEndpoint) {
  const Endpoint endpoint = ToEndpoint(Address("10.0.0.1:5000"));
  EXPECT_EQ(endpoint.address, IpAddress(Ipv4Address{{10, 0, 0, 1}}));
  EXPECT_EQ(endpoint.port, 5000);
  EXPECT_EQ(ToSocketAddress(endpoint), Address("10.0.0.1:5000"));
}

const Ipv6SocketAddressFormat& Format6() { return Ipv6SocketAddresses(); }

transport::Address Address6(absl::string_view text) { return *Format6().FromText(text); }

constexpr absl::string_view kSockaddrIn6 =
    "1700 1388 00000000 20010db8000000000000000000000001 00000000";

TEST(Ipv6SocketAddress, HasTheOctetsOfSockaddrIn6) {
  const std::vector<uint8_t> octets = FromHex(kSockaddrIn6);
  EXPECT_EQ(Format6().Check(octets), AddressCheck::kGood);
  EXPECT_EQ(Format6().ToText(Format6().Canonical(octets)), "[2001:db8::1]:5000");
  EXPECT_EQ(Address6("[2001:db8::1]:5000"), transport::Address(octets.begin(), octets.end()));
}

TEST(Ipv6SocketAddress, CanonicalFormForgetsWhatDoesNotCount) {
  const std::vector<uint8_t> octets =
      FromHex("1700 1388 12345678 20010db8000000000000000000000001 00000007 77");
  EXPECT_EQ(Format6().Canonical(octets), Address6("[2001:db8::1]:5000"));
}

TEST(Ipv6SocketAddress, IsCheckedForSizeAndFamily) {
  std::vector<uint8_t> octets = FromHex(kSockaddrIn6);
  for (size_t size = 0; size < octets.size(); ++size) {
    EXPECT_EQ(Format6().Check(wire::ByteSpan(octets).first(size)), AddressCheck::kTooShort) << size;
  }
  octets[0] = Ipv4SocketAddressFormat::kFamily;
  EXPECT_EQ(Format6().Check(octets), AddressCheck::kWrongFamily);
}

TEST(Ipv6SocketAddress, HasAHostAndAPort) {
  EXPECT_EQ(Format6().Port(Address6("[::1]:5000")), 5000);
  EXPECT_EQ(Format6().WithPort(Address6("[::1]:5000"), 80), Address6("[::1]:80"));
  EXPECT_EQ(Format6().ToText(Format6().HostPart(Address6("[::1]:5000"))), "::1");
  EXPECT_TRUE(Format6().IsWildcard(Format6().Wildcard(80)));
  EXPECT_EQ(Format6().ToText(Format6().Wildcard(80)), "[::]:80");
  EXPECT_FALSE(Format6().IsWildcard(Address6("::1")));
}

TEST(Ipv6SocketAddress, TextsThatAreNoAddressesAreRefused) {
  for (const char* text :
       {"", ":80", "[::1", "[::1]80", "[::1]:", "[::1]:65536", "[::1]:-1", "[10.0.0.1]:80",
        "10.0.0.1:80", "[]:80", "[host]:80", "[::1]:80:80", "[::1%2]:80"}) {
    EXPECT_FALSE(Format6().FromText(text).ok()) << text;
  }
}

TEST(Ipv6SocketAddress, HostsHaveTheAddressesOfTheirNumbers) {
  EXPECT_EQ(Format6().ToText(Format6().OfHost(258, 7)), "[2001:db8::102]:7");
  EXPECT_EQ(Format6().HostNumber(Address6("[2001:db8::102]:7")), 258);
  EXPECT_EQ(Format6().HostNumber(Address6("2001:db8:1::1")), 0);
}

TEST(Ipv6SocketAddress, IsAnEndpoint) {
  const Endpoint endpoint = ToEndpoint(Address6("[2001:db8::1]:5000"));
  EXPECT_EQ(endpoint.address, IpAddress(*Ipv6Address::FromString("2001:db8::1")));
  EXPECT_EQ(endpoint.port, 5000);
  EXPECT_EQ(ToSocketAddress(endpoint), Address6("[2001:db8::1]:5000"));
}

}  // namespace
}  // namespace inet
