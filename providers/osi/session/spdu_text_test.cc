#include "providers/osi/session/spdu_text.h"

#include "gtest/gtest.h"
#include "providers/osi/session/spdu_test_support.h"

namespace osi {
namespace {

TEST(SpduText, SaysWhatMatters) {
  CnSpdu cn{.calling_selector = {0x11, 0x11}, .called_selector = {0x22, 0x22}};
  cn.item.versions = kSessionVersion1 | kSessionVersion2;
  EXPECT_EQ(SpduText(cn), "version 1 2, from 1111 to 2222");
  AcSpdu ac{.user_data = Text("welcome")};
  ac.item.versions = kSessionVersion2;
  EXPECT_EQ(SpduText(ac), "version 2, \"welcome\"");
  EXPECT_EQ(SpduText(RfSpdu{.reason = RefuseReason::kSelectorUnknown}),
            "reason 129 session selector unknown");
  EXPECT_EQ(SpduText(AbSpdu{.transport_disconnect = {.user_abort = true}}), "by the user");
  EXPECT_EQ(SpduText(AbSpdu::ForProtocolError(Octets("FF00"))), "protocol error in ff00");
  EXPECT_EQ(SpduText(AbSpdu{}), "no reason");
  EXPECT_EQ(SpduText(DtSpdu{}), "");
}

TEST(SpduText, ShowsUserDataThatCanBeRead) {
  EXPECT_EQ(SpduText(FnSpdu{}), "");
  EXPECT_EQ(SpduText(FnSpdu{.user_data = Text("client-total=2")}), "\"client-total=2\"");
  EXPECT_EQ(SpduText(DnSpdu{.user_data = Octets("0041")}), "2 octets");
  EXPECT_EQ(SpduText(DnSpdu{.user_data = Text(std::string(41, 'x'))}), "41 octets");
}

}  // namespace
}  // namespace osi
