#include "providers/inet/checksum.h"

#include <cstdint>
#include <vector>

#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"

namespace inet {
namespace {

using wire::ByteSpan;
using wire::FromHex;

TEST(InternetChecksum, FollowsTheExampleOfTheStandard) {  // RFC 1071 3: the sum is ddf2
  EXPECT_EQ(InternetChecksum(FromHex("0001 f203 f4f5 f6f7")), 0xFFFF - 0xDDF2);
}

TEST(InternetChecksum, OfNothingIsAllOnes) { EXPECT_EQ(InternetChecksum({}), 0xFFFF); }

TEST(InternetChecksum, PadsAnOddOctetWithZero) {
  EXPECT_EQ(InternetChecksum(FromHex("0102 03")), InternetChecksum(FromHex("0102 0300")));
}

TEST(InternetChecksum, CarriesAroundTheEnd) {
  EXPECT_EQ(InternetChecksum(FromHex("ffff 0001")), 0xFFFE);
  EXPECT_EQ(InternetChecksum(std::vector<uint8_t>(65536, 0xFF)), 0);
}

TEST(InternetChecksum, OfOctetsWithTheirChecksumIsZero) {
  EXPECT_EQ(InternetChecksum(FromHex("0001 f203 f4f5 f6f7 220d")), 0);
}

TEST(ChecksumAccumulator, TakesTheOctetsInAnyPieces) {
  std::vector<uint8_t> octets;
  for (int i = 0; i < 23; ++i) octets.push_back(static_cast<uint8_t>(i * 37 + 11));
  const ByteSpan all = octets;
  for (size_t first = 0; first <= all.size(); ++first) {
    for (size_t second = first; second <= all.size(); ++second) {
      ChecksumAccumulator sum;
      sum.Add(all.subspan(0, first));
      sum.Add(all.subspan(first, second - first));
      sum.Add(all.subspan(second));
      EXPECT_EQ(sum.Finish(), InternetChecksum(all)) << first << ", " << second;
    }
  }
}

TEST(ChecksumAccumulator, TakesNumbersAsTheyStandOnTheWire) {
  ChecksumAccumulator sum;
  sum.AddU16(0x0001);
  sum.AddU32(0xF203F4F5);
  sum.AddU16(0xF6F7);
  EXPECT_EQ(sum.Finish(), 0x220D);
}

TEST(ChecksumAccumulator, TakesNumbersBehindAnOddOctet) {
  ChecksumAccumulator sum;
  sum.Add(FromHex("00"));
  sum.AddU32(0x01F203F4);
  sum.AddU16(0xF5F6);
  sum.Add(FromHex("f7"));
  EXPECT_EQ(sum.Finish(), 0x220D);
}

TEST(ChecksumAccumulator, MayBeLookedAtBeforeMoreIsAdded) {
  ChecksumAccumulator sum;
  sum.Add(FromHex("0001"));
  EXPECT_EQ(sum.Finish(), 0xFFFE);
  sum.Add(FromHex("0001"));
  EXPECT_EQ(sum.Finish(), 0xFFFD);
}

// The pseudo header written out by hand, for comparison.
uint16_t ChecksumByHand(absl::string_view pseudo_header, ByteSpan segment) {
  std::vector<uint8_t> octets = FromHex(pseudo_header);
  octets.insert(octets.end(), segment.begin(), segment.end());
  return InternetChecksum(octets);
}

TEST(PseudoHeader, OfIpv4HasAddressesProtocolAndLength) {  // RFC 9293 3.1, figure 2
  const std::vector<uint8_t> segment = FromHex("1234 5678 9a");
  const PseudoHeader pseudo(Ipv4Address{{192, 0, 2, 1}}, Ipv4Address{{198, 51, 100, 7}}, 17);
  EXPECT_EQ(pseudo.Checksum(segment), ChecksumByHand("c0000201 c6336407 00 11 0005", segment));
}

TEST(PseudoHeader, OfIpv6HasAddressesLengthAndNextHeader) {  // RFC 8200 8.1
  const std::vector<uint8_t> segment = FromHex("1234 5678 9a");
  const PseudoHeader pseudo(*Ipv6Address::FromString("2001:db8::1"),
                            *Ipv6Address::FromString("2001:db8::2"), 58);
  EXPECT_EQ(pseudo.Checksum(segment),
            ChecksumByHand("20010db8000000000000000000000001 20010db8000000000000000000000002"
                           "00000005 000000 3a",
                           segment));
}

TEST(PseudoHeader, VerifiesWhatItSummed) {
  const PseudoHeader pseudo(Ipv4Address{{192, 0, 2, 1}}, Ipv4Address{{198, 51, 100, 7}}, 17);
  std::vector<uint8_t> segment = FromHex("1234 0000 9a");
  EXPECT_FALSE(pseudo.Verifies(segment));
  wire::StoreU16(segment.data() + 2, pseudo.Checksum(segment));
  EXPECT_TRUE(pseudo.Verifies(segment));
}

TEST(PseudoHeader, SumsASegmentInPieces) {
  const PseudoHeader pseudo(Ipv4Address{{192, 0, 2, 1}}, Ipv4Address{{198, 51, 100, 7}}, 6);
  const std::vector<uint8_t> segment = FromHex("1234 5678 9abc de");
  ChecksumAccumulator sum = pseudo.Begin(7);
  sum.Add(ByteSpan(segment).first(3));
  sum.Add(ByteSpan(segment).subspan(3));
  EXPECT_EQ(sum.Finish(), pseudo.Checksum(segment));
}

}  // namespace
}  // namespace inet
