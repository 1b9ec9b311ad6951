#include "providers/ethernet/ethernet_header.h"

#include <cstdint>
#include <vector>

#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"

namespace ethernet {
namespace {

using wire::ByteSpan;
using wire::FromHex;

constexpr Address kClient = {0x02, 0, 0, 0, 0, 0x01};
constexpr Address kServer = {0x02, 0, 0, 0, 0, 0x02};

// An IPv4 datagram begins behind it.
std::vector<uint8_t> TypeFrame() { return FromHex("020000000002 020000000001 0800 4500 0014"); }
EthernetHeader TypeHeader() {
  return {.destination = kServer, .source = kClient, .type_or_length = kTypeIpv4};
}

// Four octets of LLC and data, two of padding.
std::vector<uint8_t> LengthFrame() {
  return FromHex("ffffffffffff 020000000001 0004 fefe0381 0000");
}
EthernetHeader LengthHeader() {
  return {.destination = kBroadcast, .source = kClient, .type_or_length = 4};
}

TEST(EthernetHeader, ReadsAFrameWithAType) {
  const std::vector<uint8_t> frame = TypeFrame();
  ByteSpan payload;
  const absl::StatusOr<EthernetHeader> header = EthernetHeader::Parse(frame, &payload);
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(*header, TypeHeader());
  EXPECT_FALSE(header->has_length());
  EXPECT_EQ(payload, ByteSpan(frame).subspan(14));
}

TEST(EthernetHeader, ReadsAFrameWithALengthWithoutItsPadding) {
  const std::vector<uint8_t> frame = LengthFrame();
  ByteSpan payload;
  const absl::StatusOr<EthernetHeader> header = EthernetHeader::Parse(frame, &payload);
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(*header, LengthHeader());
  EXPECT_TRUE(header->has_length());
  EXPECT_EQ(payload, ByteSpan(frame).subspan(14, 4));
}

TEST(EthernetHeader, WritesTheSameOctets) {
  std::vector<uint8_t> written;
  TypeHeader().AppendTo(written);
  EXPECT_EQ(ByteSpan(written), ByteSpan(TypeFrame()).first(14));
  LengthHeader().AppendTo(written);
  EXPECT_EQ(ByteSpan(written).subspan(14), ByteSpan(LengthFrame()).first(14));
}

TEST(EthernetHeader, RefusesEveryTruncation) {
  wire::ForEveryTruncation(ByteSpan(TypeFrame()).first(14), [](ByteSpan prefix) {
    EXPECT_EQ(EthernetHeader::Parse(prefix).status().message(), "Ethernet header truncated");
  });
  wire::ForEveryTruncation(ByteSpan(LengthFrame()).first(18), [](ByteSpan prefix) {
    EXPECT_FALSE(EthernetHeader::Parse(prefix).ok());
  });
}

TEST(EthernetHeader, RefusesALengthBeyondTheFrame) {
  EXPECT_EQ(EthernetHeader::Parse(wire::WithOctet(LengthFrame(), 13, 7)).status().message(),
            "Ethernet length 7 with 6 octets of data");
}

TEST(EthernetHeader, RefusesAValueBetweenLengthsAndTypes) {
  std::vector<uint8_t> frame(14 + 1600);
  wire::StoreU16(frame.data() + 12, 1500);
  EXPECT_TRUE(EthernetHeader::Parse(frame).ok());
  wire::StoreU16(frame.data() + 12, 1501);
  EXPECT_EQ(EthernetHeader::Parse(frame).status().message(),
            "Ethernet type or length 1501 is neither");
  wire::StoreU16(frame.data() + 12, 1535);
  EXPECT_FALSE(EthernetHeader::Parse(frame).ok());
  wire::StoreU16(frame.data() + 12, 1536);
  EXPECT_TRUE(EthernetHeader::Parse(frame).ok());
}

TEST(EthernetHeader, DamagedOctetsAreRefusedOrReadAsTheyStand) {
  for (const std::vector<uint8_t>& golden : {TypeFrame(), LengthFrame()}) {
    wire::ForMutations(golden, /*seed=*/8023, 3000, [](ByteSpan octets) {
      const absl::StatusOr<EthernetHeader> header = EthernetHeader::Parse(octets);
      if (!header.ok()) return;
      std::vector<uint8_t> written;
      header->AppendTo(written);
      EXPECT_EQ(ByteSpan(written), octets.first(14));
    });
  }
}

}  // namespace
}  // namespace ethernet
