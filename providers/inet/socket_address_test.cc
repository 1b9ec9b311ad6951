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

}  // namespace
}  // namespace inet
