#include "providers/osi/session/spdu_data.h"

#include "providers/osi/session/spdu_test_support.h"

namespace osi {
namespace {

TEST(DtSpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets("0100 0100", "abc");
  const std::vector<uint8_t> abc = Text("abc");
  const DtSpdu dt{.user_information = abc};
  EXPECT_EQ(Read<DtSpdu>(octets), dt);
  EXPECT_EQ(Written(dt), octets);
}

TEST(DtSpdu, RefersToItsUserInformationWithoutCopying) {
  const std::vector<uint8_t> octets = Octets("0100 0100", "abc");
  EXPECT_EQ(DtSpdu::Parse(octets)->user_information.data(), octets.data() + 4);
}

TEST(DtSpdu, WritesItsHeaderWithoutTheUserInformation) {
  const std::vector<uint8_t> abc = Text("abc");
  std::vector<uint8_t> header;
  DtSpdu{.user_information = abc}.AppendHeaderTo(header);
  EXPECT_EQ(header, Octets("01 00 01 00"));
}

// Cut after its first SPDU a data TSDU is a GT alone; cut in its user information it is shorter.
TEST(DtSpdu, EveryTruncationOfItsHeaderIsRefusedOrAGtAlone) {
  const std::vector<uint8_t> octets = Octets("0103 100101 0103 190101");
  wire::ForEveryTruncation(octets, [](ByteSpan cut) {
    EXPECT_FALSE(DtSpdu::Parse(cut).ok()) << cut.size();
    EXPECT_EQ(ParseSpdu(cut).ok(), cut.size() == 5) << cut.size();
  });
}

TEST(DtSpdu, CarriesTokensInFrontAndItsPlaceInASegmentedSsdu) {
  const std::vector<uint8_t> abc = Text("abc");
  const DtSpdu dt{.first = GtSpdu{.tokens = kDataToken | kReleaseToken},
                  .enclosure = Enclosure{.end = true},
                  .user_information = abc};
  EXPECT_EQ(Written(dt), Octets("0103 100141 0103 190102", "abc"));
  EXPECT_EQ(Read<DtSpdu>(Written(dt)), dt);
}

TEST(DtSpdu, MayFollowAPleaseTokens) {
  const std::vector<uint8_t> abc = Text("abc");
  const DtSpdu dt{.first = PtSpdu{.tokens = kDataToken, .user_data = Text("please")},
                  .user_information = abc};
  const std::vector<uint8_t> octets = Octets("020B 100101 C106 706C65617365 0100", "abc");
  EXPECT_EQ(Written(dt), octets);
  EXPECT_EQ(Read<DtSpdu>(octets), dt);
}

TEST(DtSpdu, NeverStandsAlone) {
  ExpectRefused("0100 616263", "LI beyond the TSDU");
  ExpectRefused("0100 6100", "identifier 97");
  ExpectRefused("0103 190101 616263", "GT: no parameter 25");
}

TEST(DtSpdu, RefusesWhatItDoesNotCarry) {
  ExpectRefused("0100 0103 100101", "DT: no parameter 16");
  ExpectRefused("0100 0103 190104", "parameter 25");
  ExpectRefused("0100 0106 190101 190101", "twice");
}

TEST(GtSpdu, MayStandAlone) {
  EXPECT_EQ(Read<GtSpdu>(Octets("0100")), GtSpdu{});
  EXPECT_EQ(Written(GtSpdu{}), Octets("0100"));
  const GtSpdu gt{.tokens = kSynchronizeMinorToken | kMajorActivityToken};
  EXPECT_EQ(Written(gt), Octets("0103 100114"));
  EXPECT_EQ(Read<GtSpdu>(Written(gt)), gt);
  ExpectTruncationsRefused(Written(gt));
}

TEST(GtSpdu, RefusesWhatItDoesNotCarry) {
  ExpectRefused("0102 C100", "GT: no parameter 193");
  ExpectRefused("0102 1000", "parameter 16");
  EXPECT_FALSE(GtSpdu::Parse(Octets("0100 0100")).ok()) << "more in the same TSDU";
}

TEST(PtSpdu, OctetsAndFieldsAgree) {
  const PtSpdu pt{.tokens = kReleaseToken, .user_data = Text("please")};
  const std::vector<uint8_t> octets = Octets("020B 100140 C106", "please");
  EXPECT_EQ(Written(pt), octets);
  EXPECT_EQ(Read<PtSpdu>(octets), pt);
  ExpectTruncationsRefused(octets);
}

TEST(PtSpdu, RefusesWhatItDoesNotCarry) {
  ExpectRefused("0203 190101", "PT: no parameter 25");
  ExpectRefused("0204 10020101", "parameter 16");
  EXPECT_FALSE(PtSpdu::Parse(Octets("0200 0100")).ok()) << "more in the same TSDU";
}

TEST(ExSpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets("0500", "urgent");
  const std::vector<uint8_t> urgent = Text("urgent");
  const ExSpdu ex{.user_information = urgent};
  EXPECT_EQ(Read<ExSpdu>(octets), ex);
  EXPECT_EQ(Written(ex), octets);
}

TEST(ExSpdu, CarriesOneToFourteenOctets) {
  ExpectRefused("0500", "0 octets");
  EXPECT_TRUE(ParseSpdu(Octets("0500", std::string(14, 'x'))).ok());
  EXPECT_FALSE(ParseSpdu(Octets("0500", std::string(15, 'x'))).ok());
  ExpectRefused("0503 190101 61", "parameters");
  ExpectRefused("05", "LI beyond the TSDU");
}

TEST(PrSpdu, AnnouncesAnAbort) {
  EXPECT_EQ(Written(PrSpdu{}), Octets("0703 180104"));
  EXPECT_EQ(Read<PrSpdu>(Octets("0703 180104")).type, PrepareType::kAbort);
  EXPECT_EQ(Read<PrSpdu>(Octets("0703 180102")).type, PrepareType::kResynchronize);
  ExpectTruncationsRefused(Octets("0703 180104"));
}

TEST(PrSpdu, RefusesWhatItDoesNotCarry) {
  ExpectRefused("0700", "mandatory");
  ExpectRefused("0703 180100", "parameter 24");
  ExpectRefused("0703 180105", "parameter 24");
  ExpectRefused("0702 1800", "parameter 24");
  ExpectRefused("0703 110101", "no parameter 17");
  ExpectRefused("0706 180104 190101", "no parameter 25");
}

}  // namespace
}  // namespace osi
