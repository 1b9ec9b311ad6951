#include "providers/osi/tp4/negotiation.h"

#include "gtest/gtest.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {
namespace {

constexpr Offer kOffer{.tpdu_size = 1024};

CrTpdu Request() { return CrTpdu{Proposal(kOffer)}; }
CcTpdu Response() { return CcTpdu{Answer({.expedited = true, .tpdu_size = 512})}; }

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
  const Agreement agreement = *AgreeTo(Response(), kOffer);
  EXPECT_EQ(agreement.tpdu_size, 512u);
  EXPECT_TRUE(agreement.expedited);
  EXPECT_TRUE(agreement.checksum);
  EXPECT_EQ(agreement.format, TpduFormat::kNormal);
  EXPECT_FALSE(AgreeTo(Response(), {.tpdu_size = 256}).ok());
  CcTpdu extended = Response();
  extended.extended_formats = true;
  EXPECT_FALSE(AgreeTo(extended, kOffer).ok());
  CcTpdu without_checksums = Response();
  without_checksums.additional_options->checksum_non_use = true;
  EXPECT_FALSE(AgreeTo(without_checksums, kOffer).ok());
  CcTpdu class2 = Response();
  class2.preferred_class = 2;
  EXPECT_FALSE(AgreeTo(class2, kOffer).ok());
  CcTpdu preferred = Response();
  preferred.maximum_tpdu_size.reset();
  preferred.preferred_maximum_tpdu_size = 11;
  EXPECT_FALSE(AgreeTo(preferred, kOffer).ok());
}

TEST(Negotiation, ExtendedFormatsAndTheNonUseOfChecksumsNeedBothEnds) {
  const Offer everything = OfferOf({.extended_formats = true, .checksum = false}, 1460);
  const CrTpdu request{Proposal(everything)};
  EXPECT_TRUE(request.extended_formats);
  EXPECT_TRUE(request.additional_options->checksum_non_use);
  for (bool extended : {false, true}) {
    for (bool checksum : {false, true}) {
      const Agreement there =
          Weakened(*AgreeTo(request, 1460), {.extended_formats = extended, .checksum = checksum});
      EXPECT_EQ(there.format, extended ? TpduFormat::kExtended : TpduFormat::kNormal);
      EXPECT_EQ(there.checksum, checksum);
      const Agreement here = *AgreeTo(CcTpdu{Answer(there)}, everything);
      EXPECT_EQ(here.format, there.format);
      EXPECT_EQ(here.checksum, there.checksum);
    }
  }
  // What was not proposed is not answered.
  const Agreement plain =
      Weakened(*AgreeTo(Request(), 1460), {.extended_formats = true, .checksum = false});
  EXPECT_EQ(plain.format, TpduFormat::kNormal);
  EXPECT_TRUE(plain.checksum);
}

TEST(Negotiation, ExpeditedDataMayBeWeakenedToNone) {
  EXPECT_FALSE(Weakened(*AgreeTo(Request(), 1024), {.expedited = false}).expedited);
  const Offer without = OfferOf({.expedited = false}, 1024);
  EXPECT_FALSE(AgreeTo(CrTpdu{Proposal(without)}, 1024)->expedited);
  EXPECT_FALSE(AgreeTo(Response(), without).value_or(Agreement{.expedited = true}).expedited);
}

TEST(Negotiation, ASizeThatIsNoPowerOf2IsThePreferredOne) {
  EXPECT_EQ(OfferOf({}, 1460).preferred_units, 0);
  EXPECT_EQ(OfferOf({.tpdu_size = 1024}, 1460).preferred_units, 0);
  EXPECT_EQ(OfferOf({.tpdu_size = 300}, 1460).tpdu_size, 256);
  EXPECT_EQ(OfferOf({.tpdu_size = 300}, 1460).preferred_units, 0);
  const Offer offer = OfferOf({.tpdu_size = 8192}, 1460);
  EXPECT_EQ(offer.tpdu_size, 1024);
  EXPECT_EQ(offer.preferred_units, 11);  // 1408 octets
  const CrTpdu request{Proposal(offer)};

  const Agreement there = *AgreeTo(request, 1460);
  EXPECT_EQ(there.tpdu_size, 1408u);
  const CcTpdu answer{Answer(there)};
  EXPECT_FALSE(answer.maximum_tpdu_size.has_value());
  EXPECT_EQ(answer.preferred_maximum_tpdu_size, 11u);
  EXPECT_EQ(AgreeTo(answer, offer)->tpdu_size, 1408u);

  EXPECT_EQ(AgreeTo(request, 700)->tpdu_size, 640u);
  EXPECT_EQ(Weakened(there, {.tpdu_size = 1300}).tpdu_size, 1280u);
  EXPECT_EQ(Weakened(*AgreeTo(Request(), 1460), {.tpdu_size = 1000}).tpdu_size, 512u);
  // An answer to the other of the two parameters.
  EXPECT_EQ(AgreeTo(Response(), offer)->tpdu_size, 512u);
}

}  // namespace
}  // namespace osi
