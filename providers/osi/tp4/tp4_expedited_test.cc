// Expedited data (ISO 8073 6.11).
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/osi/tp4/tp4_script.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

EdTpdu PeerEd(uint32_t number, absl::string_view text) {
  return {.destination_reference = kOurReference, .number = number, .user_data = OctetsOf(text)};
}
EaTpdu PeerEa(uint32_t number) {
  return {.destination_reference = kOurReference, .your_tpdu_number = number};
}

TEST(Tp4Expedited, OneEdIsUnderWayAtATime) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    EXPECT_TRUE(s.us().WriteExpedited(OctetsOf("one")));
    EXPECT_FALSE(s.us().WriteExpedited(OctetsOf("two")));
    EdTpdu ed = s.Sends<EdTpdu>();
    EXPECT_EQ(ed.destination_reference, kPeerReference);
    EXPECT_EQ(ed.number, 0u);
    EXPECT_EQ(ToString(ed.user_data), "one");
    EXPECT_FALSE(s.us().is_drained());
    s.Receives(PeerEa(0));
    EXPECT_THAT(s.Hears(), ElementsAre("writable", "drained"));
    EXPECT_TRUE(s.us().WriteExpedited(OctetsOf("two")));
    EXPECT_EQ(s.Sends<EdTpdu>().number, 1u);
  });
}

TEST(Tp4Expedited, NewDataWaitsForTheEa) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.us().WriteExpedited(OctetsOf("first of all"));
    s.Write("then this");
    s.Sends<EdTpdu>();
    s.SendsNothing();
    s.Receives(PeerEa(0));
    EXPECT_EQ(ToString(s.Sends<DtTpdu>().user_data), "then this");
  });
}

TEST(Tp4Expedited, DataThatWasSentBeforeIsStillRetransmitted) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Write("before");
    s.Sends<DtTpdu>();
    s.us().WriteExpedited(OctetsOf("urgent"));
    s.Sends<EdTpdu>();
    const DtTpdu dt = s.Sends<DtTpdu>();
    EXPECT_EQ(ToString(dt.user_data), "before");
  });
}

TEST(Tp4Expedited, AnEdIsSentNTimesOctetForOctetAndThenGivenUp) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.IgnoreAks();
    s.us().WriteExpedited(OctetsOf("urgent"));
    s.Sends<EdTpdu>();
    const std::vector<uint8_t> first = s.sent();
    for (int i = 1; i < kMaxTransmissions; ++i) {
      s.Sends<EdTpdu>();
      EXPECT_EQ(s.sent(), first);
    }
    s.SendsNothing(absl::Seconds(4) + kWindowTime);
    s.Sends<DrTpdu>(kNsduLifetime);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kNoAnswer 0"));
  });
}

TEST(Tp4Expedited, AnEaOfAnotherNumberIsIgnored) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(PeerEa(0));
    s.us().WriteExpedited(OctetsOf("urgent"));
    s.Sends<EdTpdu>();
    s.Receives(PeerEa(1));
    EXPECT_FALSE(s.us().WriteExpedited(OctetsOf("more")));
    EXPECT_THAT(s.Drops(),
                ElementsAre("EA: not for the ED under way", "EA: not for the ED under way"));
  });
}

TEST(Tp4Expedited, AnEdIsDeliveredWithItsPlaceInTheData) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(s.PeerDt(0, "12345"));
    s.Hears();
    s.Receives(PeerEd(0, "urgent"));
    EXPECT_EQ(s.Sends<EaTpdu>(),
              (EaTpdu{.destination_reference = kPeerReference, .your_tpdu_number = 0}));
    EXPECT_THAT(s.Hears(), ElementsAre("expedited"));
    EXPECT_EQ(s.us().ReadExpedited(/*peek=*/true)->octets_before, 5u);
    s.Read(2);
    EXPECT_EQ(s.us().ReadExpedited(/*peek=*/true)->octets_before, 3u);
    s.Read();
    const auto unit = s.us().ReadExpedited(/*peek=*/false);
    EXPECT_EQ(ToString(unit->octets), "urgent");
    EXPECT_EQ(unit->octets_before, 0u);
    EXPECT_FALSE(s.us().ReadExpedited(/*peek=*/false).has_value());
  });
}

TEST(Tp4Expedited, ADuplicateIsAcknowledgedAgainAndNotDelivered) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(PeerEd(0, "urgent"));
    s.Receives(PeerEd(0, "urgent"));
    EXPECT_EQ(s.Sends<EaTpdu>().your_tpdu_number, 0u);
    EXPECT_EQ(s.Sends<EaTpdu>().your_tpdu_number, 0u);
    EXPECT_THAT(s.Hears(), ElementsAre("expedited"));
  });
}

TEST(Tp4Expedited, AnEdThatThereIsNoRoomForIsNotAcknowledged) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    uint32_t number = 0;
    for (; number < kReceiveExpedited; ++number) {
      s.Receives(PeerEd(number % 128, "urgent"));
      s.Sends<EaTpdu>();
    }
    s.Receives(PeerEd(number % 128, "once too often"));
    s.SendsNothing();
    s.us().ReadExpedited(/*peek=*/false);
    s.Receives(PeerEd(number % 128, "once too often"));
    EXPECT_EQ(s.Sends<EaTpdu>().your_tpdu_number, number % 128);
  });
}

TEST(Tp4Expedited, WithoutAgreementThereIsNone) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWfcc();
    CcTpdu cc = s.PeerCc();
    cc.additional_options = AdditionalOptions{.transport_expedited = false};
    s.Receives(cc);
    s.Sends<AkTpdu>();
    s.Hears();
    EXPECT_FALSE(s.us().WriteExpedited(OctetsOf("urgent")));
    s.SendsNothing();
    s.Receives(PeerEd(0, "urgent"));
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kProtocolError);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kProtocolError 133"));
  });
}

TEST(Tp4Expedited, AnEmptyEdBreaksTheProtocol) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(PeerEd(0, ""));
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kProtocolError);
  });
}

}  // namespace
}  // namespace osi
