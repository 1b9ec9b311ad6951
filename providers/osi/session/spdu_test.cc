#include "providers/osi/session/spdu.h"

#include "providers/osi/session/spdu_test_support.h"

namespace osi {
namespace {

struct NamedTsdu {
  absl::string_view name;
  std::vector<uint8_t> octets;
};

// In the order of the variant.
std::vector<NamedTsdu> OneOfEach() {
  return {
      {"CN", Octets("0D35 0116 0A05 7265662D41 0B0D 3931303130313030303030305A 0506 130100 160102"
                    "14020002 33025341 34025342 C107",
                    "connect")},
      {"AC", Octets("0E34 0116 0905 7265662D41 0B0D 3931303130313030303030305A 0506 130100 160102"
                    "14020002 33025341 34025342 C106",
                    "accept")},
      {"RF", Octets("0C08 110101 3203 02", "no")},
      {"FN", Octets("0913 110101 C10E", "client-total=2")},
      {"DN", Octets("0A16 C114", "server-grand-total=4")},
      {"NF", Octets("0809 C107", "not yet")},
      {"AB", Octets("1908 110103 C103", "bye")},
      {"AA", Octets("1A00")},
      {"GT", Octets("0100")},
      {"PT", Octets("0203 100101")},
      {"DT", Octets("0100 0100", "abc")},
      {"EX", Octets("0500", "urgent")},
      {"PR", Octets("0703 180104")},
  };
}

TEST(Spdu, EveryTypeIsReadAndWrittenThroughTheVariant) {
  for (const NamedTsdu& tsdu : OneOfEach()) {
    const absl::StatusOr<Spdu> spdu = ParseSpdu(tsdu.octets);
    ASSERT_TRUE(spdu.ok()) << tsdu.name << ": " << spdu.status();
    EXPECT_EQ(SpduName(*spdu), tsdu.name);
    std::vector<uint8_t> out = {0xEE};
    AppendSpdu(*spdu, out);
    EXPECT_EQ(out.front(), 0xEE) << "what stood before stays";
    EXPECT_EQ(std::vector<uint8_t>(out.begin() + 1, out.end()), tsdu.octets);
  }
}

TEST(Spdu, IdentifiersThatAreNotInUseAreRefused) {
  ExpectRefused("", "empty TSDU");
  ExpectRefused("2100", "identifier 33");  // typed data
  ExpectRefused("0F00", "identifier 15");  // connect data overflow
  ExpectRefused("FF00", "identifier 255");
}

TEST(Spdu, EachParseRefusesTheOthersIdentifiers) {
  const std::vector<uint8_t> aa = Octets("1A00");
  EXPECT_FALSE(CnSpdu::Parse(aa).ok());
  EXPECT_FALSE(AcSpdu::Parse(aa).ok());
  EXPECT_FALSE(RfSpdu::Parse(aa).ok());
  EXPECT_FALSE(FnSpdu::Parse(aa).ok());
  EXPECT_FALSE(DnSpdu::Parse(aa).ok());
  EXPECT_FALSE(NfSpdu::Parse(aa).ok());
  EXPECT_FALSE(AbSpdu::Parse(aa).ok());
  EXPECT_FALSE(AaSpdu::Parse(Octets("1900")).ok());
  EXPECT_FALSE(GtSpdu::Parse(aa).ok());
  EXPECT_FALSE(PtSpdu::Parse(aa).ok());
  EXPECT_FALSE(DtSpdu::Parse(aa).ok());
  EXPECT_FALSE(ExSpdu::Parse(aa).ok());
  EXPECT_FALSE(PrSpdu::Parse(aa).ok());
}

// Whatever is accepted can be written, and then means the same.
TEST(Spdu, MutationsNeverCrashAndWhatIsAcceptedSurvivesARoundTrip) {
  size_t accepted = 0;
  for (const NamedTsdu& tsdu : OneOfEach()) {
    wire::ForMutations(tsdu.octets, 8327, 4000, [&](ByteSpan damaged) {
      const absl::StatusOr<Spdu> spdu = ParseSpdu(damaged);
      if (!spdu.ok()) {
        EXPECT_EQ(spdu.status().code(), absl::StatusCode::kInvalidArgument);
        return;
      }
      ++accepted;
      std::vector<uint8_t> written;
      AppendSpdu(*spdu, written);
      EXPECT_EQ(ParseSpdu(written).value(), *spdu);
    });
  }
  EXPECT_GT(accepted, 1000u);
}

}  // namespace
}  // namespace osi
