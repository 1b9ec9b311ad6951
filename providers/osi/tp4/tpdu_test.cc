#include "providers/osi/tp4/tpdu.h"

#include "providers/osi/tp4/tpdu_test_support.h"

namespace osi {
namespace {

std::vector<std::vector<uint8_t>> OneOfEach() {
  return {
      Octets("29 E4 0000 1234 40 C104 54532D41 C204 54532D42 C0010A C40101 C60101 850200C8"
             "F2040000EA60 C30274B7",
             "hi"),
      Octets("26 D4 1234 5678 40 C104 54532D41 C204 54532D42 C0010A C60101 850200C8 F2040000EA60"
             "C3027506",
             "accept-data-from-B"),
      Octets("0A 80 1234 5678 80 C302 12F6", std::string(64, 'D')),
      Octets("09 C0 5678 1234 C302 FE5C"),
      Octets("08 F0 5678 00 C302 91AA", "hello "),
      Octets("08 10 5678 80 C302 A694", "urgent"),
      Octets("08 64 5678 00 C302 51AD"),
      Octets("08 20 1234 00 C302 1EAD"),
      Summed("0E 70 1234 01 C104 0460568F C3020000"),
      Octets("09 60 5678 00000000 0004"),
      Octets("07 F0 5678 80000000", "extended"),
  };
}

TEST(Tpdu, EveryTypeIsReadAndWrittenThroughTheVariant) {
  const std::vector<std::vector<uint8_t>> tpdus = OneOfEach();
  for (size_t i = 0; i < 9; ++i) {
    const absl::StatusOr<Tpdu> tpdu = ParseTpdu(tpdus[i], TpduFormat::kNormal);
    ASSERT_TRUE(tpdu.ok()) << tpdu.status();
    EXPECT_EQ(tpdu->index(), i);
    std::vector<uint8_t> out = {0xEE};
    AppendTpdu(*tpdu, out);
    EXPECT_EQ(out.front(), 0xEE) << "what stood before stays";
    EXPECT_EQ(std::vector<uint8_t>(out.begin() + 1, out.end()), tpdus[i]);
  }
}

TEST(Tpdu, AnRjIsNotOfClass4) {
  EXPECT_EQ(FaultIn(Octets("04 54 5678 00")),
            (TpduFault{.kind = TpduFaultKind::kInvalidTpduType, .rejected_octets = 2}));
}

TEST(Tpdu, EveryFlippedBitOfASummedTpduIsNoticed) {
  for (std::vector<uint8_t> tpdu : OneOfEach()) {
    if (!ChecksumHolds(tpdu)) continue;
    for (size_t bit = 0; bit < tpdu.size() * 8; ++bit) {
      tpdu[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
      const absl::StatusOr<Tpdu> parsed = ParseTpdu(tpdu, TpduFormat::kNormal);
      // Damage to LI or to a parameter code can hide the checksum; the sums then still tell.
      EXPECT_TRUE(!parsed.ok() || !ChecksumHolds(tpdu)) << "bit " << bit;
      EXPECT_FALSE(ChecksumHolds(tpdu)) << "bit " << bit;
      tpdu[bit / 8] ^= static_cast<uint8_t>(1u << bit % 8);
    }
  }
}

// True where `tpdu` is accepted. It can then be written, and means the same.
bool SurvivesARoundTrip(ByteSpan tpdu, TpduFormat format) {
  const absl::StatusOr<Tpdu> parsed = ParseTpdu(tpdu, format);
  if (!parsed.ok()) {
    EXPECT_TRUE(TpduFaultOf(parsed.status()).has_value());
    return false;
  }
  std::vector<uint8_t> written;
  AppendTpdu(*parsed, written);
  EXPECT_EQ(ParseTpdu(written, format).value(), *parsed);
  return true;
}

TEST(Tpdu, MutationsNeverCrashAndWhatIsAcceptedSurvivesARoundTrip) {
  size_t accepted = 0;
  for (const std::vector<uint8_t>& original : OneOfEach()) {
    wire::ForMutations(original, 8073, 4000, [&](ByteSpan damaged) {
      // As it is, and with a right checksum, to reach the rules behind it.
      for (bool summed : {false, true}) {
        std::vector<uint8_t> tpdu(damaged.begin(), damaged.end());
        for (size_t i = 5; summed && i + 4 <= tpdu.size(); ++i) {
          if (tpdu[i] == 0xC3 && tpdu[i + 1] == 2) StoreChecksum(absl::MakeSpan(tpdu), i + 2);
        }
        accepted += SurvivesARoundTrip(tpdu, TpduFormat::kNormal);
        accepted += SurvivesARoundTrip(tpdu, TpduFormat::kExtended);
        ByteSpan rest(tpdu);
        while (!rest.empty()) (void)TakeTpdu(rest);
      }
    });
  }
  EXPECT_GT(accepted, 1000u);
}

}  // namespace
}  // namespace osi
