// How connections end: OPEN to CLOSING, CLOSING, REFWAIT (ISO 8073 6.7, 6.18, 6.22, 12.2.4).
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/tp4/tp4_script.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using transport::Farewell;

DrTpdu PeerDr(absl::string_view text = "") {
  return {.destination_reference = kOurReference,
          .source_reference = kPeerReference,
          .reason = DisconnectReason::kNormal,
          .user_data = {text.begin(), text.end()}};
}
DcTpdu PeerDc() {
  return {.destination_reference = kOurReference, .source_reference = kPeerReference};
}
const DcTpdu kOurDc{.destination_reference = kPeerReference, .source_reference = kOurReference};

// ---- OPEN

TEST(Tp4Release, ADisconnectOvertakesTheData) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Write("lost");
    s.us().Disconnect(OctetsOf("42 transactions"));
    s.Sends<DtTpdu>();
    const DrTpdu dr = s.Sends<DrTpdu>();
    EXPECT_EQ(dr.destination_reference, kPeerReference);
    EXPECT_EQ(dr.source_reference, kOurReference);
    EXPECT_EQ(dr.reason, DisconnectReason::kNormal);
    EXPECT_EQ(ToString(dr.user_data), "42 transactions");
    EXPECT_EQ(s.state(), Tp4State::kClosing);
    s.Receives(PeerDc());
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    EXPECT_THAT(s.Hears(), ElementsAre("released"));
    s.us().Detach(Farewell::kGraceful);
    s.SendsNothing(absl::Seconds(5));
  });
}

TEST(Tp4Release, ADrIsIndicatedWithItsDataAndConfirmedWithoutAny) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(s.PeerDt(0, "not read in time"));
    s.Hears();
    s.Receives(PeerDr("42 transactions"));
    EXPECT_EQ(s.Sends<DcTpdu>(), kOurDc);
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kPeerUser 128 42 transactions"));
    EXPECT_FALSE(s.us().is_readable());
    s.us().Disconnect(OctetsOf("an answer"));  // there is no connection left to answer on
    s.SendsNothing();
    s.us().Detach(Farewell::kGraceful);
  });
}

TEST(Tp4Release, OnlyThePeersUserSendsData) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    DrTpdu dr = PeerDr("noise");
    dr.reason = DisconnectReason::kProtocolError;
    s.Receives(dr);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kProtocolError 133"));
  });
}

TEST(Tp4Release, ADrOfAnotherConnectionIsConfirmedAndIgnored) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    DrTpdu dr = PeerDr();
    dr.source_reference = 9;
    s.Receives(dr);
    EXPECT_EQ(s.Sends<DcTpdu>().destination_reference, 9);
    dr.source_reference = 0;
    s.Receives(dr);
    s.SendsNothing();
    EXPECT_EQ(s.state(), Tp4State::kOpen);
    EXPECT_THAT(s.Hears(), IsEmpty());
  });
}

TEST(Tp4Release, AGracefulFarewellWaitsForTheAcknowledgement) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Write("0");
    s.Write("1");
    s.Write("2");
    s.us().Detach(Farewell::kGraceful);
    s.Sends<DtTpdu>();
    s.Sends<DtTpdu>();
    s.SendsNothing();
    s.Receives(s.PeerAk(2));
    EXPECT_EQ(s.Sends<DtTpdu>().number, 2u);
    EXPECT_EQ(s.Sends<DtTpdu>().number, 2u);  // lost once
    s.Receives(s.PeerAk(3));
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kNormal);
    s.Receives(PeerDc());
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    EXPECT_THAT(s.Hears(), IsEmpty());
  });
}

TEST(Tp4Release, AGracefulFarewellWithNothingToSendDisconnectsAtOnce) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.us().Detach(Farewell::kGraceful);
    s.Sends<DrTpdu>();
  });
}

TEST(Tp4Release, AnAbortiveFarewellDisconnectsAtOnce) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Write("lost");
    s.us().Detach(Farewell::kAbortive);
    s.Sends<DtTpdu>();
    s.Sends<DrTpdu>();
  });
}

TEST(Tp4Release, WhatComesAfterTheUserHasLeftIsAcknowledgedAndForgotten) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    for (uint32_t i = 0; i < 15; ++i) s.Receives(s.PeerDt(i, "x"));
    for (int i = 0; i < 8; ++i) s.Sends<AkTpdu>();
    s.Write("last words");
    s.us().Detach(Farewell::kGraceful);
    s.Sends<DtTpdu>();
    EXPECT_EQ(s.Sends<AkTpdu>().credit, 15);  // the window, which was closed, opens for good
    for (uint32_t i = 15; i < 47; ++i) s.Receives(s.PeerDt(i, "y"));
    for (int i = 0; i < 16; ++i) s.Sends<AkTpdu>();
    s.Receives(s.PeerAk(1));
    s.Sends<DrTpdu>();
  });
}

TEST(Tp4Release, AGracefulFarewellInAkwaitStillDeliversTheData) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToAkwait();
    s.Write("hello and goodbye");
    s.us().Detach(Farewell::kGraceful);
    s.SendsNothing();
    s.Receives(s.PeerAk(0));
    s.Sends<DtTpdu>();
    s.Receives(s.PeerAk(1));
    s.Sends<DrTpdu>();
  });
}

// ---- Protocol errors

TEST(Tp4ProtocolError, ReleasesAnOpenConnection) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    // A DT may be empty only at the end of a TSDU of several.
    s.Receives(s.PeerDt(0, ""));
    const DrTpdu dr = s.Sends<DrTpdu>();
    EXPECT_EQ(dr.reason, DisconnectReason::kProtocolError);
    EXPECT_EQ(s.state(), Tp4State::kClosing);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kProtocolError 133"));
  });
}

TEST(Tp4ProtocolError, AWrongLengthIsReportedAsSuch) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    // A parameter that reaches beyond the header.
    std::vector<uint8_t> ak = {10, 0x60, 0, kOurReference, 0, 0xC3, 2, 0, 0, 0x8A, 2};
    StoreChecksum(absl::MakeSpan(ak), 7);
    s.ReceivesOctets(ak);
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kInvalidLength);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kProtocolError 138"));
  });
}

TEST(Tp4ProtocolError, RjIsNotATpduOfClass4) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    std::vector<uint8_t> damaged;
    EaTpdu{.destination_reference = kOurReference}.AppendTo(damaged);
    damaged[1] = 0x50;
    s.ReceivesOctets(damaged);
    EXPECT_EQ(s.state(), Tp4State::kOpen);
    // With a checksum it is an RJ that somebody means.
    std::vector<uint8_t> rj = {8, 0x50, 0, kOurReference, 0, 0xC3, 2, 0, 0};
    StoreChecksum(absl::MakeSpan(rj), 7);
    s.ReceivesOctets(rj);
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kProtocolError);
  });
}

TEST(Tp4ProtocolError, AnErReleasesAnOpenConnection) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(
        ErTpdu{.destination_reference = kOurReference, .cause = RejectCause::kInvalidTpduType});
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kProtocolError);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kProtocolError 2"));
  });
}

TEST(Tp4ProtocolError, AnErIsNeverAnsweredWithAnEr) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWftresp();
    s.Receives(ErTpdu{.destination_reference = kOurReference});
    s.SendsNothing();
    EXPECT_EQ(s.state(), Tp4State::kWftresp);
    EXPECT_THAT(s.Drops(), ElementsAre("ER: not in this state"));
  });
}

TEST(Tp4ProtocolError, AnNsduThatIsNoTpduIsDiscarded) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.ReceivesOctets(std::vector<uint8_t>{200, 0xF0, 0, kOurReference, 0});  // LI beyond the end
    s.ReceivesOctets(std::vector<uint8_t>{255, 0xF0, 0, kOurReference, 0});
    s.ReceivesOctets(std::vector<uint8_t>{0});
    s.SendsNothing();
    EXPECT_EQ(s.Drops().size(), 3u);
    EXPECT_EQ(s.state(), Tp4State::kOpen);
  });
}

// ---- CLOSING

TEST(Tp4Closing, TheDrIsSentNTimesOctetForOctet) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToClosing();
    const std::vector<uint8_t> dr = s.sent();
    for (int i = 1; i < kMaxTransmissions; ++i) {
      s.Sends<DrTpdu>();
      EXPECT_EQ(s.sent(), dr);
    }
    EXPECT_THAT(s.Hears(), IsEmpty());
    s.SendsNothing(absl::Seconds(30));
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    EXPECT_THAT(s.Hears(), ElementsAre("released"));
  });
}

TEST(Tp4Closing, ADrThatCrossesOursConfirmsIt) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToClosing();
    s.Receives(PeerDr("never seen"));
    s.SendsNothing();  // no DC
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    EXPECT_THAT(s.Hears(), ElementsAre("released"));
  });
}

TEST(Tp4Closing, AnErConfirmsIt) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToClosing();
    s.Receives(ErTpdu{.destination_reference = kOurReference});
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
  });
}

TEST(Tp4Closing, EverythingElseIsIgnored) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToClosing();
    s.Receives(s.PeerDt(0, "x"));
    s.Receives(s.PeerAk(0));
    s.Receives(s.PeerCc());
    s.Receives(EaTpdu{.destination_reference = kOurReference});
    s.Receives(EdTpdu{.destination_reference = kOurReference, .user_data = OctetsOf("x")});
    DcTpdu other = PeerDc();
    other.source_reference = 9;
    s.Receives(other);
    s.SendsNothing();
    EXPECT_EQ(s.state(), Tp4State::kClosing);
    EXPECT_EQ(s.Drops().size(), 6u);
  });
}

// ---- REFWAIT

TEST(Tp4Refwait, ADrIsConfirmedAndACcGetsADr) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToRefwait();
    s.Receives(PeerDr());
    EXPECT_EQ(s.Sends<DcTpdu>(), kOurDc);
    s.Receives(s.PeerCc());
    EXPECT_EQ(s.Sends<DrTpdu>().destination_reference, kPeerReference);
    s.Receives(s.PeerDt(0, "x"));
    s.SendsNothing();
    EXPECT_THAT(s.Hears(), IsEmpty());
  });
}

TEST(Tp4Refwait, ACrOfAConnectionThatIsOverOpensNone) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpenAsResponder();
    s.Receives(PeerDr());
    s.Sends<DcTpdu>();
    s.Hears();
    s.us().Detach(Farewell::kAbortive);
    s.Receives(s.PeerCr());  // delayed in the network
    s.SendsNothing();
    EXPECT_THAT(s.Hears(), IsEmpty());
    EXPECT_THAT(s.Drops(), ElementsAre("CR: of a connection that is over"));
    s.Advance(FreezeTime());
    EXPECT_EQ(s.state(), Tp4State::kClosed);
    s.Receives(s.PeerCr());  // the peer uses the reference again
    EXPECT_EQ(s.state(), Tp4State::kWftresp);
  });
}

TEST(Tp4Refwait, AReferenceIsNotUsedAgain) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToRefwait();
    s.Advance(FreezeTime() - absl::Seconds(1));
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    s.Receives(s.PeerDt(0, "late"));
    EXPECT_THAT(s.Drops(), ElementsAre("DT: for no connection"));
    s.us().Detach(Farewell::kAbortive);
    s.Connect();
    EXPECT_EQ(s.Sends<CrTpdu>().source_reference, kOurReference + 1);
  });
}

TEST(Tp4Refwait, AReferenceIsFreeAfterL) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToRefwait();
    s.Advance(FreezeTime());
    EXPECT_EQ(s.state(), Tp4State::kClosed);
  });
}

TEST(Tp4Refwait, AUserThatLeavesEarlyLeavesNothingBehind) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.us().Disconnect({});
    s.us().Detach(Farewell::kGraceful);
    s.Sends<DrTpdu>();
    s.Receives(PeerDc());
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    EXPECT_THAT(s.Hears(), IsEmpty());
  });
}

}  // namespace
}  // namespace osi
