#include "providers/inet/icmp/icmp_layout.h"

#include <vector>

#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"

namespace inet {
namespace {

using wire::ByteSpan;

TEST(IcmpLayout, ReadsAndWritesTheSameOctetsWithoutTheChecksum) {
  const std::vector<uint8_t> golden = wire::FromHex("0304 abcd 00000500 45");
  const absl::StatusOr<IcmpLayout> layout = IcmpLayout::Parse(golden, "ICMP");
  ASSERT_TRUE(layout.ok()) << layout.status();
  EXPECT_EQ(layout->type, 3);
  EXPECT_EQ(layout->code, 4);
  EXPECT_EQ(layout->number, 1280);
  EXPECT_EQ(layout->rest, ByteSpan(golden).subspan(8));
  std::vector<uint8_t> written = {0xAA};
  EXPECT_EQ(layout->AppendTo(written), 1);
  EXPECT_EQ(written, wire::FromHex("aa 0304 0000 00000500 45"));
}

TEST(IcmpLayout, RefusesEveryTruncationOfTheHeader) {
  wire::ForEveryTruncation(wire::FromHex("0304 abcd 00000500"), [](ByteSpan prefix) {
    EXPECT_EQ(IcmpLayout::Parse(prefix, "ICMP").status().message(), "ICMP header truncated");
  });
}

TEST(IcmpEcho, KeepsIdentifierAndSequenceInTheSecondWord) {
  const IcmpEcho echo{.identifier = 0x1234, .sequence = 0x5678, .data = {1, 2}};
  EXPECT_EQ(echo.As(8).number, 0x12345678);
  EXPECT_EQ(IcmpEcho::Of(echo.As(8), /*is_reply=*/false), echo);
}

TEST(BeginningOf, IsNoLongerThanThePacket) {
  const std::vector<uint8_t> packet = {1, 2, 3};
  EXPECT_EQ(BeginningOf(packet, 2), (std::vector<uint8_t>{1, 2}));
  EXPECT_EQ(BeginningOf(packet, 9), packet);
}

}  // namespace
}  // namespace inet
