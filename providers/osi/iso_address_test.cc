#include "providers/osi/iso_address.h"

#include <cstdint>
#include <vector>

#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"

namespace osi {
namespace {

using transport::Address;
using transport::AddressCheck;

const IsoAddressFormat& Format() { return IsoAddresses(); }

// `head` in hexadecimal, then zeros.
std::vector<uint8_t> Sockaddr(absl::string_view head) {
  std::vector<uint8_t> octets = wire::FromHex(head);
  octets.resize(IsoAddressFormat::kSize);
  return octets;
}

std::vector<uint8_t> Host1Port5000() {
  return Sockaddr("0700 0000 0c00 0200 1388 49000100005e00530121");
}

TEST(IsoAddress, IsLaidOutAsSockaddrTp) {
  const Address address = Format().OfHost(1, 5000);
  const std::vector<uint8_t> octets = Host1Port5000();
  EXPECT_EQ(address, Address(octets.begin(), octets.end()));
  EXPECT_EQ(Format().Port(address), 5000);
  EXPECT_EQ(Format().HostNumber(address), 1u);
  EXPECT_FALSE(Format().IsWildcard(address));
  EXPECT_EQ(ToTransportAddress(address).nsap.ToText(), "49.0001.0000.5e00.5301.21");
}

TEST(IsoAddress, TextGoesBothWays) {
  const Address address = Format().OfHost(1, 5000);
  EXPECT_EQ(Format().ToText(address), "49.0001.0000.5e00.5301.21:5000");
  EXPECT_EQ(*Format().FromText("49.0001.0000.5e00.5301.21:5000"), address);
  EXPECT_EQ(Format().ToText(Format().HostPart(address)), "49.0001.0000.5e00.5301.21");
  EXPECT_EQ(Format().ToText(Format().Wildcard(7)), "*:7");
  EXPECT_EQ(*Format().FromText("*:7"), Format().Wildcard(7));
}

TEST(IsoAddress, OtherTextIsRefused) {
  for (const char* text : {"", ":5000", "49.0001:", "49.0001:65536", "49.0001:+5", "49.000:5",
                           "49.0001:5:5", "zz:5"}) {
    EXPECT_FALSE(Format().FromText(text).ok()) << text;
  }
}

TEST(IsoAddress, AWildcardHasNoNsap) {
  const Address wildcard = Format().Wildcard(5000);
  const std::vector<uint8_t> octets = Sockaddr("0700 0000 0200 0200 1388");
  EXPECT_EQ(wildcard, Address(octets.begin(), octets.end()));
  EXPECT_TRUE(Format().IsWildcard(wildcard));
  EXPECT_EQ(Format().HostNumber(wildcard), 0u);
  EXPECT_TRUE(Format().IsWildcard(Format().WithPort(wildcard, 1)));
}

TEST(IsoAddress, OneAddressHasOneCanonicalForm) {
  // No selector is selector 0.
  EXPECT_EQ(Format().Canonical(Sockaddr("0700 0000 0a00 0000 49000100005e00530121")),
            Format().OfHost(1, 0));
  // The network entity's selector is replaced by the transport entity's.
  EXPECT_EQ(Format().Canonical(Sockaddr("0700 0000 0c00 0200 1388 49000100005e00530100")),
            Format().OfHost(1, 5000));
  // What stands behind the address counts for nothing.
  std::vector<uint8_t> noise = Host1Port5000();
  noise[60] = 0xFF;
  noise.push_back(0xFF);
  EXPECT_EQ(Format().Canonical(noise), Format().OfHost(1, 5000));
}

TEST(IsoAddress, AnAddressOfNoSimulatedSystemKeepsItsOctets) {
  const Address other = *Format().FromText("47.0005.80:9");
  EXPECT_EQ(Format().ToText(other), "47.0005.80:9");
  EXPECT_EQ(Format().HostNumber(other), 0u);
}

TEST(IsoAddress, ChecksEveryField) {
  const std::vector<uint8_t> good = Host1Port5000();
  EXPECT_EQ(Format().Check(good), AddressCheck::kGood);
  EXPECT_EQ(Format().Check(Sockaddr("0700")), AddressCheck::kGood);
  wire::ForEveryTruncation(
      good, [](wire::ByteSpan cut) { EXPECT_EQ(Format().Check(cut), AddressCheck::kTooShort); });
  EXPECT_EQ(Format().Check(wire::WithOctet(good, 0, 2)), AddressCheck::kWrongFamily);
  EXPECT_EQ(Format().Check(wire::WithOctet(good, 1, 7)), AddressCheck::kWrongFamily);
  EXPECT_EQ(Format().Check(wire::WithOctet(good, 2, 1)), AddressCheck::kMalformed);
  EXPECT_EQ(Format().Check(wire::WithOctet(good, 4, 1)), AddressCheck::kMalformed);
  EXPECT_EQ(Format().Check(wire::WithOctet(good, 4, 23)), AddressCheck::kMalformed);
  EXPECT_EQ(Format().Check(wire::WithOctet(good, 5, 1)), AddressCheck::kMalformed);
  EXPECT_EQ(Format().Check(wire::WithOctet(good, 6, 1)), AddressCheck::kMalformed);
  EXPECT_EQ(Format().Check(wire::WithOctet(good, 7, 1)), AddressCheck::kMalformed);
}

TEST(IsoAddress, DamagedAddressesAreRefusedOrHaveACanonicalForm) {
  wire::ForMutations(Host1Port5000(), 1, 2000, [](wire::ByteSpan damaged) {
    if (Format().Check(damaged) != AddressCheck::kGood) return;
    const Address canonical = Format().Canonical(damaged);
    EXPECT_EQ(Format().Canonical(canonical), canonical);
    EXPECT_EQ(*Format().FromText(Format().ToText(canonical)), canonical);
  });
}

}  // namespace
}  // namespace osi
