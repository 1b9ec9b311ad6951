#include "providers/osi/tp4/negotiation.h"

#include "gtest/gtest.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {
namespace {

CrTpdu Request() { return CrTpdu{Proposal(1024)}; }
CcTpdu Response() { return CcTpdu{Answer({.tpdu_size = 512, .expedited = true})}; }

TEST(Negotiation, TheLargestTpduSizeFitsIntoOneNsdu) {
  EXPECT_EQ(LargestTpduSize(1460), 1024u);
  EXPECT_EQ(LargestTpduSize(1024), 1024u);
  EXPECT_EQ(LargestTpduSize(1023), 512u);
  EXPECT_EQ(LargestTpduSize(28), 128u);  // every entity can do with that
  EXPECT_EQ(LargestTpduSize(60'000), 8192u);
}

TEST(Negotiation, TheResponderTakesTheSmallerSize) {
  EXPECT_EQ(AgreeTo(Request(), 2048)->tpdu_size, 1024u);
  EXPECT_EQ(AgreeTo(Request(), 256)->tpdu_size, 256u);
  CrTpdu silent = Request();
  silent.maximum_tpdu_size.reset();
  EXPECT_EQ(AgreeTo(silent, 2048)->tpdu_size, 128u);
}

TEST(Negotiation, ExpeditedDataIsUsedIfBothWantIt) {
  EXPECT_TRUE(AgreeTo(Request(), 1024)->expedited);
  CrTpdu without = Request();
  without.additional_options->transport_expedited = false;
  EXPECT_FALSE(AgreeTo(without, 1024)->expedited);
  EXPECT_FALSE(Answer(*AgreeTo(without, 1024)).additional_options->transport_expedited);
  CrTpdu silent = Request();
  silent.additional_options.reset();  // 13.3.4 i): absent means yes
  EXPECT_TRUE(AgreeTo(silent, 1024)->expedited);
}

TEST(Negotiation, ThePeersTimesAreTakenNoteOf) {
  CrTpdu request = Request();
  request.acknowledge_time = 250;
  request.inactivity_time = 6000;
  const Agreement agreement = *AgreeTo(request, 1024);
  EXPECT_EQ(agreement.remote_acknowledge_time, absl::Milliseconds(250));
  EXPECT_EQ(agreement.window_time, absl::Seconds(3));
  request.inactivity_time = std::nullopt;
  EXPECT_EQ(AgreeTo(request, 1024)->window_time, kWindowTime);
}

TEST(Negotiation, TheInitiatorTakesWhatIsNoMoreThanItProposed) {
  const Agreement agreement = *AgreeTo(Response(), 1024);
  EXPECT_EQ(agreement.tpdu_size, 512u);
  EXPECT_TRUE(agreement.expedited);
  EXPECT_EQ(agreement.format, TpduFormat::kNormal);
  EXPECT_FALSE(AgreeTo(Response(), 256).ok());
  CcTpdu extended = Response();
  extended.extended_formats = true;
  EXPECT_FALSE(AgreeTo(extended, 1024).ok());
  CcTpdu without_checksums = Response();
  without_checksums.additional_options->checksum_non_use = true;
  EXPECT_FALSE(AgreeTo(without_checksums, 1024).ok());
  CcTpdu class2 = Response();
  class2.preferred_class = 2;
  EXPECT_FALSE(AgreeTo(class2, 1024).ok());
}

}  // namespace
}  // namespace osi
