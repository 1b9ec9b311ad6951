#include "providers/osi/tp4/tpdu_error.h"

#include "providers/osi/tp4/tpdu_test_support.h"

namespace osi {
namespace {

TEST(ErTpdu, OctetsAndFieldsAgree) {
  const std::vector<uint8_t> octets = Summed("0E 70 1234 01 C104 046056 8F C3020000");
  const ErTpdu er{.destination_reference = 0x1234,
                  .cause = RejectCause::kInvalidParameterCode,
                  .rejected_tpdu = Octets("0460568F")};
  EXPECT_EQ(ErTpdu::Parse(octets).value(), er);
  EXPECT_EQ(Written(er), octets);
  ExpectTruncationsRefused(octets);
}

TEST(ErTpdu, MayLeaveOutTheRejectedTpdu) {
  const ErTpdu er{.destination_reference = 1, .checksum = false};
  EXPECT_EQ(Written(er), Octets("04 70 0001 00"));
  EXPECT_EQ(ErTpdu::Parse(Written(er)).value(), er);
}

TEST(ErTpdu, HoldsAsMuchOfTheRejectedTpduAsAHeaderAllows) {
  const ErTpdu er{.destination_reference = 1,
                  .rejected_tpdu = std::vector<uint8_t>(ErTpdu::kMaxRejectedTpdu, 0xAB)};
  EXPECT_EQ(Written(er)[0], 254);
  EXPECT_EQ(ErTpdu::Parse(Written(er)).value(), er);
}

TEST(ErTpdu, RefusesAnUnknownCause) {
  EXPECT_EQ(FaultIn(Octets("04 70 0001 04")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterValue, .rejected_octets = 5}));
}

TEST(ErTpdu, RefusesAnUnknownParameter) {
  EXPECT_EQ(FaultIn(Octets("07 70 0001 00 C20141")),
            (TpduFault{.kind = TpduFaultKind::kInvalidParameterCode, .rejected_octets = 6}));
}

TEST(ErTpdu, HasNoUserData) {
  EXPECT_EQ(FaultIn(Octets("04 70 0001 00", "x")),
            (TpduFault{.kind = TpduFaultKind::kProtocolError, .rejected_octets = 6}));
}

}  // namespace
}  // namespace osi
