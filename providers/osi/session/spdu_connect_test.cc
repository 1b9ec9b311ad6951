#include "providers/osi/session/spdu_connect.h"

#include "providers/osi/session/spdu_test_support.h"

namespace osi {
namespace {

constexpr absl::string_view kCnHeader =
    "0D35 0116 0A05 7265662D41 0B0D 3931303130313030303030305A 0506 130100 160102 14020002 "
    "33025341 34025342 C107";
constexpr absl::string_view kAcHeader =
    "0E34 0116 0905 7265662D41 0B0D 3931303130313030303030305A 0506 130100 160102 14020002 "
    "33025341 34025342 C106";

CnSpdu Connect() {
  return {
      .identifier = {.user_reference = Text("ref-A"), .common_reference = Text("910101000000Z")},
      .item = {.versions = kSessionVersion2},
      .requirements = kDuplexUnit,
      .calling_selector = Text("SA"),
      .called_selector = Text("SB"),
      .user_data = Text("connect")};
}

TEST(CnSpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets(kCnHeader, "connect");
  EXPECT_EQ(Read<CnSpdu>(octets), Connect());
  EXPECT_EQ(Written(Connect()), octets);
  ExpectTruncationsRefused(octets);
}

TEST(AcSpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets(kAcHeader, "accept");
  const AcSpdu ac{
      .identifier = {.user_reference = Text("ref-A"), .common_reference = Text("910101000000Z")},
      .item = {.versions = kSessionVersion2},
      .requirements = kDuplexUnit,
      .calling_selector = Text("SA"),
      .responding_selector = Text("SB"),
      .user_data = Text("accept")};
  EXPECT_EQ(Read<AcSpdu>(octets), ac);
  EXPECT_EQ(Written(ac), octets);
  ExpectTruncationsRefused(octets);
}

TEST(CnSpdu, CarriesEveryParameterInAscendingOrder) {
  const CnSpdu cn{.identifier = {.additional = Text("more")},
                  .item = {.extended_concatenation = true,
                           .tsdu_maximum_initiator_to_responder = 0x0102,
                           .tsdu_maximum_responder_to_initiator = 0x0304,
                           .versions = kSessionVersion1 | kSessionVersion2,
                           .initial_serial_number = Text("42"),
                           .token_setting = 0xC3},
                  .requirements = kDuplexUnit | kHalfDuplexUnit,
                  .data_overflow = true,
                  .user_data = Text("x")};
  const std::vector<uint8_t> octets = Octets(
      "0D27 0106 0C04 6D6F7265 0513 130101 150401020304 160103 17023432 1A01C3 14020003 "
      "3C0101 C10178");
  EXPECT_EQ(Written(cn), octets);
  EXPECT_EQ(Read<CnSpdu>(octets), cn);
  ExpectTruncationsRefused(octets);
}

TEST(CnSpdu, WhatIsAbsentHasTheDefaultsOfVersion1) {
  const CnSpdu cn = Read<CnSpdu>(Octets("0D00"));
  EXPECT_EQ(cn.item.versions, kSessionVersion1);
  EXPECT_EQ(cn.requirements, 0x0349);
  EXPECT_EQ(cn.item.tsdu_maximum_initiator_to_responder, 0);
}

TEST(CnSpdu, MoreThan512OctetsOfUserDataGoInTheExtendedParameter) {
  CnSpdu cn{.user_data = std::vector<uint8_t>(512, 'x')};
  const std::vector<uint8_t> plain = Written(cn);
  EXPECT_EQ(plain[plain.size() - 512 - 4], 193);
  EXPECT_EQ(Read<CnSpdu>(plain), cn);

  cn.user_data.push_back('x');
  const std::vector<uint8_t> extended = Written(cn);
  EXPECT_EQ(extended[extended.size() - 513 - 4], 194);
  EXPECT_EQ(Read<CnSpdu>(extended), cn);

  cn.user_data.resize(CnSpdu::kMaxExtendedUserData);
  EXPECT_EQ(Read<CnSpdu>(Written(cn)), cn);
  cn.user_data.push_back('x');
  EXPECT_FALSE(ParseSpdu(Written(cn)).ok()) << "10241 octets";
}

TEST(CnSpdu, ParametersAreReadInAnyOrder) {
  EXPECT_EQ(Read<CnSpdu>(Octets("0D07 34025342 C10178")),
            Read<CnSpdu>(Octets("0D07 C10178 34025342")));
}

TEST(CnSpdu, RefusesWhatItDoesNotCarry) {
  ExpectRefused("0D03 110101", "no parameter 17");
  ExpectRefused("0D03 160102", "no parameter 22");  // outside its group
  ExpectRefused("0D06 C10178 C20179", "both kinds");
  ExpectRefused("0D06 C20179 C10178", "both kinds");
  ExpectRefused("0D06 C10178 C10178", "twice");
  ExpectRefused("0D13 3311 0102030405060708091011121314151617", "parameter 51");
  ExpectRefused("0D13 3411 0102030405060708091011121314151617", "parameter 52");
  ExpectRefused("0D03 140101", "parameter 20");
  ExpectRefused("0D02 3C00", "parameter 60");
}

TEST(CnSpdu, RefusesBadGroups) {
  ExpectRefused("0D05 0103 090141", "no parameter 9");  // the reference of the called user
  ExpectRefused("0D09 0107 0C05 0102030405", "parameter 12");
  ExpectRefused("0D08 0106 0A0141 0A0142", "twice");
  ExpectRefused("0D05 0103 0A0241", "parameter 10 beyond LI");
  ExpectRefused("0D05 0503 110101", "no parameter 17");
  ExpectRefused("0D04 0502 1300", "parameter 19");
  ExpectRefused("0D06 0504 15020102", "parameter 21");
  ExpectRefused("0D06 0504 16020102", "parameter 22");
  ExpectRefused("0D0B 0509 1707 30313233343536", "parameter 23");
  ExpectRefused("0D04 0502 1A00", "parameter 26");
}

TEST(CnSpdu, RefusesLongReferences) {
  CnSpdu cn{.identifier = {.user_reference = std::vector<uint8_t>(64, 'r')}};
  EXPECT_EQ(Read<CnSpdu>(Written(cn)), cn);
  cn.identifier.user_reference.push_back('r');
  EXPECT_FALSE(ParseSpdu(Written(cn)).ok());
  cn.identifier = {.common_reference = std::vector<uint8_t>(65, 'r')};
  EXPECT_FALSE(ParseSpdu(Written(cn)).ok());
}

TEST(AcSpdu, CarriesTokensAndItsPlaceInASegmentedSsdu) {
  const AcSpdu ac{.tokens = kDataToken,
                  .enclosure = Enclosure{.beginning = true},
                  .user_data = std::vector<uint8_t>(600, 'x')};
  const std::vector<uint8_t> octets = Octets(
      "0E FF026E 0506 130100 160101 100101 14020349 190101 C1 FF0258", std::string(600, 'x'));
  EXPECT_EQ(Written(ac), octets);
  EXPECT_EQ(Read<AcSpdu>(octets), ac);
}

TEST(AcSpdu, RefusesWhatItDoesNotCarry) {
  ExpectRefused("0E02 C200", "no parameter 194");
  ExpectRefused("0E05 0103 0A0141", "no parameter 10");  // the reference of the calling user
  ExpectRefused("0E02 1000", "parameter 16");
  ExpectRefused("0E03 190104", "parameter 25");
}

TEST(RfSpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets("0C08 110101 3203 02", "no");
  const RfSpdu rf{.reason = RefuseReason::kUserWithData, .user_data = Text("no")};
  EXPECT_EQ(Read<RfSpdu>(octets), rf);
  EXPECT_EQ(Written(rf), octets);
  ExpectTruncationsRefused(octets);
}

TEST(RfSpdu, CarriesEveryParameterInAscendingOrder) {
  const RfSpdu rf{.identifier = {.user_reference = Text("r")},
                  .releases_transport = false,
                  .requirements = kDuplexUnit,
                  .versions = kSessionVersion2,
                  .enclosure = Enclosure{.end = true},
                  .reason = RefuseReason::kVersionsNotSupported};
  const std::vector<uint8_t> octets =
      Octets("0C15 0103 090172 110100 14020002 160102 190102 320184");
  EXPECT_EQ(Written(rf), octets);
  EXPECT_EQ(Read<RfSpdu>(octets), rf);
}

TEST(RfSpdu, WithoutReasonIsTheUsers) {
  const RfSpdu rf = Read<RfSpdu>(Octets("0C00"));
  EXPECT_EQ(rf.reason, RefuseReason::kUser);
  EXPECT_TRUE(rf.releases_transport);
}

TEST(RfSpdu, RefusesWhatItDoesNotCarry) {
  ExpectRefused("0C02 C100", "no parameter 193");
  ExpectRefused("0C02 3200", "parameter 50");
  ExpectRefused("0C04 32020141", "parameter 50");  // data behind a reason that has none
  ExpectRefused("0C02 1100", "parameter 17");
  ExpectRefused("0C03 140101", "parameter 20");
  ExpectRefused("0C02 1600", "parameter 22");
}

TEST(RefuseReason, HasANameForEachValueOfTheStandard) {
  for (int reason : {0, 1, 2, 129, 130, 131, 132, 133, 134}) {
    EXPECT_NE(RefuseReasonName(static_cast<RefuseReason>(reason)), "unspecified") << reason;
  }
  EXPECT_EQ(RefuseReasonName(static_cast<RefuseReason>(99)), "unspecified");
}

}  // namespace
}  // namespace osi
