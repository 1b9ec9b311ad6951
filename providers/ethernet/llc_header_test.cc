#include "providers/ethernet/llc_header.h"

#include <cstdint>
#include <vector>

#include "gtest/gtest.h"
#include "providers/wire/codec_testing.h"

namespace ethernet {
namespace {

using wire::ByteSpan;
using wire::FromHex;

std::vector<uint8_t> Clnp() { return FromHex("fefe03"); }
LlcHeader ClnpHeader() { return {.destination_sap = kSapOsiNetwork, .source_sap = kSapOsiNetwork}; }

TEST(LlcHeader, ReadsUnnumberedInformation) {
  const absl::StatusOr<LlcHeader> header = LlcHeader::Parse(Clnp());
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(*header, ClnpHeader());
}

TEST(LlcHeader, ReadsOtherUnnumberedPdus) {
  const absl::StatusOr<LlcHeader> exchange_identification = LlcHeader::Parse(FromHex("0001af"));
  ASSERT_TRUE(exchange_identification.ok()) << exchange_identification.status();
  EXPECT_EQ(*exchange_identification,
            (LlcHeader{.destination_sap = 0x00, .source_sap = 0x01, .control = 0xAF}));
}

TEST(LlcHeader, WritesTheSameOctets) {
  std::vector<uint8_t> written;
  ClnpHeader().AppendTo(written);
  EXPECT_EQ(written, Clnp());
  EXPECT_EQ(written.size(), ClnpHeader().size());
}

TEST(LlcHeader, RefusesEveryTruncation) {
  wire::ForEveryTruncation(Clnp(), [](ByteSpan prefix) {
    EXPECT_EQ(LlcHeader::Parse(prefix).status().message(), "LLC header truncated");
  });
}

TEST(LlcHeader, RefusesPdusOfLinkConnections) {
  EXPECT_EQ(LlcHeader::Parse(FromHex("fefe 0000")).status().message(), "LLC control 0x00");
  EXPECT_EQ(LlcHeader::Parse(FromHex("fefe 0100")).status().message(), "LLC control 0x01");
  EXPECT_EQ(LlcHeader::Parse(FromHex("fefe 0200")).status().message(), "LLC control 0x02");
}

TEST(LlcHeader, DamagedOctetsAreRefusedOrReadAsTheyStand) {
  wire::ForMutations(Clnp(), /*seed=*/8802, 3000, [](ByteSpan octets) {
    const absl::StatusOr<LlcHeader> header = LlcHeader::Parse(octets);
    if (!header.ok()) return;
    std::vector<uint8_t> written;
    header->AppendTo(written);
    EXPECT_EQ(ByteSpan(written), octets.first(3));
  });
}

}  // namespace
}  // namespace ethernet
