#include "providers/osi/tp4/tpdu_acknowledge.h"

#include "providers/osi/tp4/tpdu_test_support.h"

namespace osi {
namespace {

TEST(AkTpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets("08 64 5678 00 C302 51AD");
  const AkTpdu ak{.destination_reference = 0x5678, .credit = 4};
  EXPECT_EQ(AkTpdu::Parse(octets, TpduFormat::kNormal).value(), ak);
  EXPECT_EQ(Written(ak), octets);
  ExpectTruncationsRefused(octets);
}

TEST(AkTpdu, FillsInTheChecksumWorkedOutByHand) {
  const AkTpdu ak{.destination_reference = 0x5678, .your_tpdu_number = 2, .credit = 4};
  EXPECT_EQ(Written(ak), Octets("08 64 5678 02 C302 49B3"));
}

TEST(AkTpdu, HasALongNumberAndALongCreditInTheExtendedFormat) {
  const std::vector<uint8_t> octets = Octets("09 60 5678 7FFFFFFF 0123");
  const AkTpdu ak{.format = TpduFormat::kExtended,
                  .destination_reference = 0x5678,
                  .your_tpdu_number = 0x7FFFFFFF,
                  .credit = 0x0123,
                  .checksum = false};
  EXPECT_EQ(AkTpdu::Parse(octets, TpduFormat::kExtended).value(), ak);
  EXPECT_EQ(Written(ak), octets);
  for (size_t size = 0; size < octets.size(); ++size) {
    EXPECT_FALSE(AkTpdu::Parse(ByteSpan(octets).first(size), TpduFormat::kExtended).ok());
  }
}

TEST(AkTpdu, CarriesASubsequenceNumberAndAFlowControlConfirmation) {
  const AkTpdu ak{.destination_reference = 1,
                  .your_tpdu_number = 5,
                  .credit = 3,
                  .subsequence_number = 0x0201,
                  .flow_control_confirmation = FlowControlConfirmation{
                      .lower_window_edge = 0x0A0B0C0D, .your_subsequence = 7, .your_credit = 9}};
  const std::vector<uint8_t> octets =
      Summed("16 63 0001 05 8A020201 8C080A0B0C0D00070009 C3020000");
  EXPECT_EQ(Written(ak), octets);
  EXPECT_EQ(AkTpdu::Parse(octets, TpduFormat::kNormal).value(), ak);
  ExpectTruncationsRefused(octets);
}

TEST(AkTpdu, ReadsParametersInAnyOrderAndTheLastOfEach) {
  const std::vector<uint8_t> octets = Summed("10 60 0001 05 C3020000 8A020001 8A020002");
  EXPECT_EQ(AkTpdu::Parse(octets, TpduFormat::kNormal)->subsequence_number, 2);
}

TEST(AkTpdu, RefusesANumberWithItsTopBitSet) {
  const TpduFault fault{.kind = TpduFaultKind::kInvalidParameterValue, .rejected_octets = 5};
  EXPECT_EQ(FaultIn(Octets("04 60 0001 80")), fault);
  EXPECT_EQ(FaultIn(Octets("09 60 0001 80000000 0000"), TpduFormat::kExtended), fault);
}

TEST(AkTpdu, RefusesAShortCreditInTheExtendedFormat) {
  EXPECT_EQ(FaultIn(Octets("09 64 0001 00000000 0004"), TpduFormat::kExtended),
            (TpduFault{.kind = TpduFaultKind::kInvalidTpduType, .rejected_octets = 2}));
}

TEST(AkTpdu, RefusesBadParameters) {
  EXPECT_EQ(FaultIn(Octets("07 60 0001 00 8A0101")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterValue, .rejected_octets = 8}));
  EXPECT_EQ(FaultIn(Octets("07 60 0001 00 8C0101")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterValue, .rejected_octets = 8}));
  EXPECT_EQ(FaultIn(Octets("0E 60 0001 00 8C088000000000000000")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterValue, .rejected_octets = 15}));
  EXPECT_EQ(FaultIn(Octets("07 60 0001 00 8F0101")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterCode, .rejected_octets = 6}));
}

TEST(AkTpdu, HasNoUserData) {
  EXPECT_EQ(FaultIn(Octets("04 60 0001 00", "x")),
            (TpduFault{.kind = TpduFaultKind::kProtocolError, .rejected_octets = 6}));
}

TEST(EaTpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Octets("08 20 1234 00 C302 1EAD");
  const EaTpdu ea{.destination_reference = 0x1234};
  EXPECT_EQ(EaTpdu::Parse(octets, TpduFormat::kNormal).value(), ea);
  EXPECT_EQ(Written(ea), octets);
  ExpectTruncationsRefused(octets);
}

TEST(EaTpdu, HasALongNumberInTheExtendedFormat) {
  const std::vector<uint8_t> octets = Octets("07 20 1234 01020304");
  const EaTpdu ea{.format = TpduFormat::kExtended,
                  .destination_reference = 0x1234,
                  .your_tpdu_number = 0x01020304,
                  .checksum = false};
  EXPECT_EQ(EaTpdu::Parse(octets, TpduFormat::kExtended).value(), ea);
  EXPECT_EQ(Written(ea), octets);
}

TEST(EaTpdu, RefusesWhatItCannotHold) {
  EXPECT_EQ(FaultIn(Octets("04 20 0001 80")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterValue, .rejected_octets = 5}));
  EXPECT_EQ(FaultIn(Octets("08 20 0001 00 8A020001")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterCode, .rejected_octets = 6}));
  EXPECT_EQ(FaultIn(Octets("04 21 0001 00")),
            (TpduFault{.kind = TpduFaultKind::kInvalidTpduType, .rejected_octets = 2}));
}

}  // namespace
}  // namespace osi
