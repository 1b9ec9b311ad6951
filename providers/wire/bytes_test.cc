#include "providers/wire/bytes.h"

#include <vector>

#include "gtest/gtest.h"

namespace wire {
namespace {

TEST(ByteReader, ReadsBigEndianNumbersInOrder) {
  const std::vector<uint8_t> octets = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  ByteReader in(octets);
  EXPECT_EQ(in.U8(), 0x01);
  EXPECT_EQ(in.U16(), 0x0203);
  EXPECT_EQ(in.U24(), 0x040506u);
  EXPECT_EQ(in.U32(), 0x0708090Au);
  EXPECT_EQ(in.remaining(), 1u);
  EXPECT_TRUE(in.ok());
}

TEST(ByteReader, LatchesTheFirstReadBeyondTheEnd) {
  const std::vector<uint8_t> octets = {1, 2, 3};
  ByteReader in(octets);
  EXPECT_EQ(in.U32(), 0u);
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(in.U8(), 0);  // One octet would be there, but a failed reader gives nothing more.
  EXPECT_EQ(in.remaining(), 0u);
}

TEST(ByteReader, TakesSpansAndTheRest) {
  const std::vector<uint8_t> octets = {1, 2, 3, 4};
  ByteReader in(octets);
  EXPECT_EQ(in.Bytes(2), ByteSpan(octets).subspan(0, 2));
  EXPECT_EQ(in.Rest(), ByteSpan(octets).subspan(2));
  EXPECT_TRUE(in.Rest().empty());
  EXPECT_TRUE(in.ok());
}

TEST(ByteWriter, AppendsWhatAReaderReadsBack) {
  std::vector<uint8_t> octets = {0xAA};
  ByteWriter out(octets);
  out.U8(1);
  out.U16(0x0203);
  out.U24(0x040506);
  out.U32(0x0708090A);
  out.U64(0x0B0C0D0E0F101112);
  out.Zeros(1);
  EXPECT_EQ(octets, (std::vector<uint8_t>{0xAA, 1,  2,  3,  4,  5,  6,  7,  8,  9,
                                          10,   11, 12, 13, 14, 15, 16, 17, 18, 0}));
}

}  // namespace
}  // namespace wire
