#include "providers/osi/checksum/iso_checksum.h"

#include <vector>

#include "gtest/gtest.h"

namespace osi {
namespace {

std::vector<uint8_t> Counting(size_t count) {
  std::vector<uint8_t> octets(count);
  for (size_t i = 0; i < count; ++i) octets[i] = static_cast<uint8_t>(i * 37 + 11);
  return octets;
}

TEST(IsoChecksum, GeneratesTheWorkedExample) {  // AK, credit 4, DST-REF 5678, next expected 2
  std::vector<uint8_t> ak = {0x08, 0x64, 0x56, 0x78, 0x02, 0xC3, 0x02, 0x00, 0x00};
  IsoChecksum sums;
  sums.Add(ak);
  EXPECT_EQ(sums.OctetsFor(7), (ChecksumOctets{.x = 0x49, .y = 0xB3}));
  StoreChecksum(absl::MakeSpan(ak), 7);
  EXPECT_EQ(ak, (std::vector<uint8_t>{0x08, 0x64, 0x56, 0x78, 0x02, 0xC3, 0x02, 0x49, 0xB3}));
  EXPECT_TRUE(ChecksumHolds(ak));
}

TEST(IsoChecksum, SatisfiesBothSumsForEveryLengthAndPlace) {
  for (size_t length = 2; length < 40; ++length) {
    for (size_t offset = 0; offset + 1 < length; ++offset) {
      std::vector<uint8_t> unit = Counting(length);
      StoreChecksum(absl::MakeSpan(unit), offset);
      uint32_t sum = 0;
      uint32_t weighted = 0;
      for (size_t i = 0; i < length; ++i) {
        sum += unit[i];
        weighted += static_cast<uint32_t>(i + 1) * unit[i];
      }
      EXPECT_EQ(sum % 255, 0u) << length << " octets, checksum at " << offset;
      EXPECT_EQ(weighted % 255, 0u) << length << " octets, checksum at " << offset;
      EXPECT_NE(unit[offset], 0) << "residue 0 is sent as FF";
      EXPECT_NE(unit[offset + 1], 0) << "residue 0 is sent as FF";
    }
  }
}

TEST(IsoChecksum, SendsResidueZeroAsAllOnes) {
  std::vector<uint8_t> unit = {0, 0, 0, 0};
  StoreChecksum(absl::MakeSpan(unit), 1);
  EXPECT_EQ(unit, (std::vector<uint8_t>{0, 0xFF, 0xFF, 0}));
}

TEST(IsoChecksum, SumsPiecesAsIfTheyWereOne) {
  const std::vector<uint8_t> unit = Counting(1000);
  IsoChecksum whole;
  whole.Add(unit);
  for (size_t cut : {0, 1, 2, 3, 5, 500, 997, 1000}) {
    IsoChecksum pieces;
    pieces.Add(wire::ByteSpan(unit).first(cut));
    pieces.Add(wire::ByteSpan(unit).subspan(cut));
    EXPECT_EQ(pieces.OctetsFor(17), whole.OctetsFor(17)) << "cut at " << cut;
  }
}

TEST(IsoChecksum, HoldsOverTheLongestUnit) {
  std::vector<uint8_t> unit(65535, 0xFE);
  StoreChecksum(absl::MakeSpan(unit), 7);
  EXPECT_TRUE(ChecksumHolds(unit));
}

TEST(IsoChecksum, DetectsEveryFlippedBit) {
  std::vector<uint8_t> unit = Counting(64);
  StoreChecksum(absl::MakeSpan(unit), 20);
  for (size_t bit = 0; bit < unit.size() * 8; ++bit) {
    unit[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
    EXPECT_FALSE(ChecksumHolds(unit)) << "bit " << bit;
    unit[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
  }
}

TEST(IsoChecksum, LoweringTheLifetimeOfAClnpHeaderCorrectsItsChecksum) {
  std::vector<uint8_t> header = {0x81, 0x1F, 0x01, 0x1E, 0x3C, 0x00, 0x1F, 0x45, 0x4E, 0x0A, 0x49,
                                 0x00, 0x01, 0x00, 0x00, 0x5E, 0x00, 0x53, 0x02, 0x21, 0x0A, 0x49,
                                 0x00, 0x01, 0x00, 0x00, 0x5E, 0x00, 0x53, 0x01, 0x21};
  EXPECT_TRUE(ChecksumHolds(header));
  ChangeOctet(absl::MakeSpan(header), 7, 3, 0x1D);
  EXPECT_EQ(header[3], 0x1D);
  EXPECT_EQ(header[7], 0x4A);
  EXPECT_EQ(header[8], 0x4A);
  EXPECT_TRUE(ChecksumHolds(header));
}

TEST(IsoChecksum, ChangingAnyOctetToAnyValueKeepsTheChecksumRight) {
  std::vector<uint8_t> unit = Counting(20);
  StoreChecksum(absl::MakeSpan(unit), 7);
  for (size_t changed = 0; changed < unit.size(); ++changed) {
    if (changed == 7 || changed == 8) continue;
    for (int value = 0; value < 256; value += 5) {
      ChangeOctet(absl::MakeSpan(unit), 7, changed, static_cast<uint8_t>(value));
      ASSERT_TRUE(ChecksumHolds(unit)) << "octet " << changed << " to " << value;
      ASSERT_NE(unit[7], 0);
      ASSERT_NE(unit[8], 0);
    }
  }
}

TEST(IsoChecksum, ChangingAnOctetKeepsAWrongChecksumWrong) {
  std::vector<uint8_t> unit = Counting(20);
  StoreChecksum(absl::MakeSpan(unit), 7);
  unit[12] ^= 0x04;
  ChangeOctet(absl::MakeSpan(unit), 7, 3, 9);
  EXPECT_FALSE(ChecksumHolds(unit));
}

}  // namespace
}  // namespace osi
