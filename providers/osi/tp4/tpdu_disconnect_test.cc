#include "providers/osi/tp4/tpdu_disconnect.h"

#include "providers/osi/tp4/tpdu_test_support.h"

namespace osi {
namespace {

DrTpdu GoodbyeWithTheMostUserData() {
  return {.destination_reference = 0x1234,
          .source_reference = 0x5678,
          .reason = DisconnectReason::kNormal,
          .user_data = std::vector<uint8_t>(DrTpdu::kMaxUserData, 'D')};
}

TEST(DrTpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets =
      Octets("0A 80 1234 5678 80 C302 12F6", std::string(DrTpdu::kMaxUserData, 'D'));
  EXPECT_EQ(DrTpdu::Parse(octets).value(), GoodbyeWithTheMostUserData());
  EXPECT_EQ(Written(GoodbyeWithTheMostUserData()), octets);
  // The sums cannot see 15 of these octets go, for 15 * 44h is 4 * 255: the header it is, and then
  // user data of which they can.
  ExpectTruncationsRefused(ByteSpan(octets).first(11));
  DrTpdu dr = GoodbyeWithTheMostUserData();
  dr.user_data = Text("the total is 2");
  ExpectTruncationsRefused(Written(dr));
}

TEST(DrTpdu, CarriesAdditionalInformation) {
  const DrTpdu dr{.destination_reference = 1,
                  .source_reference = 0,
                  .reason = DisconnectReason::kNegotiationFailed,
                  .additional_information = Text("why"),
                  .checksum = false};
  EXPECT_EQ(Written(dr), Octets("0B 80 0001 0000 82 E003 776879"));
  EXPECT_EQ(DrTpdu::Parse(Written(dr)).value(), dr);
}

TEST(DrTpdu, KeepsAReasonWithoutName) {
  const std::vector<uint8_t> octets = Octets("06 80 0001 0002 86");
  const DrTpdu dr = DrTpdu::Parse(octets).value();
  EXPECT_EQ(static_cast<int>(dr.reason), 134);
  EXPECT_EQ(DisconnectReasonName(dr.reason), "unspecified");
  EXPECT_EQ(Written(dr), octets);
}

TEST(DrTpdu, NamesEachReason) {
  EXPECT_EQ(DisconnectReasonName(DisconnectReason::kNegotiationFailed), "negotiation failed");
  for (int reason : {1, 2, 3, 128, 129, 130, 131, 132, 133, 135, 136, 138}) {
    EXPECT_NE(DisconnectReasonName(static_cast<DisconnectReason>(reason)), "unspecified") << reason;
  }
}

TEST(DrTpdu, RefusesMoreUserDataThanAllowed) {
  DrTpdu dr = GoodbyeWithTheMostUserData();
  dr.user_data.push_back('D');
  EXPECT_EQ(FaultIn(Written(dr)),
            (TpduFault{.kind = TpduFaultKind::kProtocolError, .rejected_octets = 11 + 65}));
}

TEST(DrTpdu, RefusesAnUnknownParameter) {
  EXPECT_EQ(FaultIn(Octets("09 80 0001 0002 80 8A0105")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterCode, .rejected_octets = 8}));
}

TEST(DrTpdu, RefusesAFixedPartThatIsTooShort) {
  EXPECT_EQ(FaultIn(Octets("05 80 0001 0002 80")),
            (TpduFault{.kind = TpduFaultKind::kInvalidLength, .rejected_octets = 1}));
}

TEST(DcTpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets("09 C0 5678 1234 C302 FE5C");
  const DcTpdu dc{.destination_reference = 0x5678, .source_reference = 0x1234};
  EXPECT_EQ(DcTpdu::Parse(octets).value(), dc);
  EXPECT_EQ(Written(dc), octets);
  ExpectTruncationsRefused(octets);
}

TEST(DcTpdu, MayGoWithoutChecksum) {
  const DcTpdu dc{.destination_reference = 1, .source_reference = 2, .checksum = false};
  EXPECT_EQ(Written(dc), Octets("05 C0 0001 0002"));
  EXPECT_EQ(DcTpdu::Parse(Written(dc)).value(), dc);
}

TEST(DcTpdu, HasNoUserData) {
  EXPECT_EQ(FaultIn(Octets("05 C0 0001 0002", "total")),
            (TpduFault{.kind = TpduFaultKind::kProtocolError, .rejected_octets = 7}));
}

TEST(DcTpdu, RefusesAnUnknownParameter) {
  EXPECT_EQ(FaultIn(Octets("08 C0 0001 0002 E00141")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterCode, .rejected_octets = 7}));
}

TEST(DcTpdu, RefusesACreditInItsType) {
  EXPECT_EQ(FaultIn(Octets("05 C1 0001 0002")),
            (TpduFault{.kind = TpduFaultKind::kInvalidTpduType, .rejected_octets = 2}));
}

}  // namespace
}  // namespace osi
