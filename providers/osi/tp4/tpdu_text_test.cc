#include "providers/osi/tp4/tpdu_text.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "providers/osi/tp4/tpdu.h"

namespace osi {
namespace {

std::string TextOf(const Tpdu& tpdu) {
  std::vector<uint8_t> octets;
  AppendTpdu(tpdu, octets);
  return TpduText(octets, TpduFormat::kNormal);
}

TEST(TpduText, SaysWhatAPersonWantsToKnow) {
  const std::vector<uint8_t> five(5, 'x');
  CrTpdu cr;
  cr.source_reference = 1;
  cr.credit = 15;
  cr.maximum_tpdu_size = 1024;
  cr.user_data = five;
  EXPECT_EQ(TextOf(cr), "src-ref 1 cdt 15 size 1024 expedited, 5 octets");
  CcTpdu cc;
  cc.source_reference = 2;
  cc.destination_reference = 1;
  cc.additional_options = AdditionalOptions{.transport_expedited = false};
  EXPECT_EQ(TextOf(cc), "dst-ref 1 src-ref 2 cdt 0 size 128");
  EXPECT_EQ(TextOf(DtTpdu{.end_of_tsdu = true, .number = 3, .user_data = five}),
            "nr 3 EOT, 5 octets");
  EXPECT_EQ(TextOf(EdTpdu{.number = 3, .user_data = ByteSpan(five).first(1)}), "nr 3, 1 octet");
  EXPECT_EQ(TextOf(AkTpdu{.your_tpdu_number = 4, .credit = 9}), "nr 4 cdt 9");
  EXPECT_EQ(TextOf(AkTpdu{.your_tpdu_number = 4,
                          .subsequence_number = 2,
                          .flow_control_confirmation =
                              FlowControlConfirmation{.lower_window_edge = 7, .your_credit = 8}}),
            "nr 4 cdt 0 subsequence 2 confirms nr 7 cdt 8");
  EXPECT_EQ(TextOf(EaTpdu{.your_tpdu_number = 6}), "nr 6");
  EXPECT_EQ(TextOf(DrTpdu{.reason = DisconnectReason::kNormal, .user_data = five}),
            "reason 128 normal disconnect, 5 octets");
  EXPECT_EQ(TextOf(DcTpdu{}), "");
  EXPECT_EQ(TextOf(ErTpdu{.cause = RejectCause::kInvalidTpduType}), "cause 2");
}

TEST(TpduText, SaysWhyATpduCannotBeRead) {
  EXPECT_NE(TpduText(std::vector<uint8_t>{1, 2}, TpduFormat::kNormal), "");
}

}  // namespace
}  // namespace osi
