#include "providers/osi/clnp/clnp_outline.h"

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "providers/osi/clnp/clnp_pdu.h"
#include "providers/wire/codec_testing.h"

namespace osi {
namespace {

constexpr char kText[] = "what was sent";
constexpr size_t kHeader = 31;

std::vector<uint8_t> Octets(uint8_t lifetime = 1) {
  std::vector<uint8_t> octets;
  ClnpDataPdu{.lifetime = lifetime,
              .error_report_allowed = true,
              .destination = Nsap::Local(1, {0, 0, 0x5E, 0, 0x53, 2}, 0x21),
              .source = Nsap::Local(1, {0, 0, 0x5E, 0, 0x53, 1}, 0x21),
              .data = {reinterpret_cast<const uint8_t*>(kText), sizeof(kText) - 1}}
      .AppendTo(octets);
  return octets;
}

TEST(ClnpOutline, SaysWhoSentWhatToWhom) {
  const std::vector<uint8_t> octets = Octets();
  const std::optional<ClnpOutline> outline = ClnpOutline::Parse(octets);
  ASSERT_TRUE(outline.has_value());
  EXPECT_TRUE(outline->error_report_allowed);
  EXPECT_EQ(outline->destination.ToText(), "49.0001.0000.5e00.5302.21");
  EXPECT_EQ(outline->source.ToText(), "49.0001.0000.5e00.5301.21");
  EXPECT_EQ(std::string(outline->data.begin(), outline->data.end()), kText);
}

TEST(ClnpOutline, TheHeadOfAPduWillDoIfItsHeaderIsWhole) {
  const std::vector<uint8_t> octets = Octets();
  ASSERT_EQ(octets.size(), kHeader + sizeof(kText) - 1);
  for (size_t size = 0; size < octets.size(); ++size) {
    const std::optional<ClnpOutline> outline =
        ClnpOutline::Parse(wire::ByteSpan(octets).first(size));
    EXPECT_EQ(outline.has_value(), size >= kHeader) << size;
    if (outline.has_value()) {
      EXPECT_EQ(outline->data.size(), size - kHeader);
    }
  }
}

TEST(ClnpOutline, OptionsThatParseRefusesDoNotMatter) {
  // The text begins inside the header now, and is no options part.
  std::vector<uint8_t> octets = Octets();
  octets[1] += 5;
  octets[7] = octets[8] = 0;  // no checksum
  EXPECT_FALSE(ClnpDataPdu::Parse(octets).ok());
  const std::optional<ClnpOutline> outline = ClnpOutline::Parse(octets);
  ASSERT_TRUE(outline.has_value());
  EXPECT_EQ(std::string(outline->data.begin(), outline->data.end()), "was sent");
}

TEST(ClnpOutline, NothingIsToldOfADamagedHeader) {
  const std::vector<uint8_t> octets = Octets();
  for (size_t octet = 0; octet < kHeader; ++octet) {
    EXPECT_FALSE(ClnpOutline::Parse(wire::WithOctet(octets, octet, octets[octet] ^ 2)).has_value())
        << octet;
  }
}

TEST(ClnpOutline, AnErrorReportHasNone) {
  std::vector<uint8_t> report;
  ClnpErrorReportPdu{.lifetime = 9,
                     .destination = Nsap::Local(1, {0, 0, 0x5E, 0, 0x53, 2}, 0x21),
                     .source = Nsap::Local(1, {0, 0, 0x5E, 0, 0x53, 1}, 0)}
      .AppendTo(report);
  EXPECT_FALSE(ClnpOutline::Parse(report).has_value());
}

TEST(ClnpOutline, MutationsBreakNothing) {
  wire::ForMutations(Octets(), 3, 3000, [](wire::ByteSpan damaged) {
    const std::optional<ClnpOutline> outline = ClnpOutline::Parse(damaged);
    if (outline.has_value()) {
      EXPECT_LE(outline->data.size(), damaged.size());
    }
  });
}

}  // namespace
}  // namespace osi
