// The rows of the state table (ISO 8073 12.2, annex A) that lead to OPEN or fail on the way there.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/osi/iso_address.h"
#include "providers/osi/tp4/tp4.h"
#include "providers/osi/tp4/tp4_script.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

DrTpdu Withdrawal() {
  return {.source_reference = kPeerReference, .reason = DisconnectReason::kNormal};
}

// ---- CLOSED

TEST(Tp4Closed, ARequestIsSentAsCr) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Connect("hello");
    const CrTpdu cr = s.Sends<CrTpdu>();
    EXPECT_EQ(s.state(), Tp4State::kWfcc);
    EXPECT_EQ(cr.source_reference, kOurReference);
    EXPECT_EQ(cr.preferred_class, 4);
    EXPECT_EQ(cr.credit, 15);
    EXPECT_THAT(cr.calling_tsap_id, ElementsAre(kOurPort >> 8, kOurPort & 0xFF));
    EXPECT_THAT(cr.called_tsap_id, ElementsAre(kPeerPort >> 8, kPeerPort & 0xFF));
    EXPECT_EQ(cr.maximum_tpdu_size, 1024);  // an MTU of 1500 less 40 octets of LLC and CLNP
    EXPECT_TRUE(cr.additional_options->transport_expedited);
    EXPECT_FALSE(cr.additional_options->checksum_non_use);
    EXPECT_EQ(cr.inactivity_time, 200'000u);
    EXPECT_EQ(ToString(cr.user_data), "hello");
    EXPECT_TRUE(cr.checksum);
  });
}

TEST(Tp4Closed, AGoodCrIsIndicatedToTheUser) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Listen();
    s.Receives(s.PeerCr("hello"));
    EXPECT_EQ(s.state(), Tp4State::kWftresp);
    EXPECT_THAT(s.Hears(), ElementsAre("request 49.0001.0000.5e00.5302.21:6000 hello"));
    EXPECT_EQ(ToString(s.us().connect_data()), "hello");
    EXPECT_EQ(IsoAddresses().ToText(s.us().local_address()), "49.0001.0000.5e00.5301.21:5000");
    s.SendsNothing(absl::Seconds(30));  // the user has all the time it wants
  });
}

TEST(Tp4Closed, ACrForASelectorWithoutListenerIsRefused) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Receives(s.PeerCr());
    const DrTpdu dr = s.Sends<DrTpdu>();
    EXPECT_EQ(dr.destination_reference, kPeerReference);
    EXPECT_EQ(dr.source_reference, 0);
    EXPECT_EQ(dr.reason, DisconnectReason::kSessionEntityNotAttached);
    s.SendsNothing(absl::Seconds(2));  // a refusal is not retransmitted
  });
}

TEST(Tp4Closed, ACrWithoutASelectorOfOursIsRefused) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Listen();
    CrTpdu cr = s.PeerCr();
    cr.called_tsap_id = {'T', 'S', 'A', 'P'};
    s.Receives(cr);
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kAddressUnknown);
    EXPECT_THAT(s.Hears(), IsEmpty());
  });
}

TEST(Tp4Closed, ACrOfAnotherClassIsRefusedUnlessClass4IsAnAlternative) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Listen();
    CrTpdu cr = s.PeerCr();
    cr.preferred_class = 2;
    s.Receives(cr);
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kNegotiationFailed);
    cr.source_reference = 0x5679;
    cr.alternative_classes = {4};
    s.Receives(cr);
    s.us().Accept({});
    EXPECT_EQ(s.Sends<CcTpdu>().preferred_class, 4);
  });
}

TEST(Tp4Closed, ACrThatBreaksARuleGetsAnEr) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Listen();
    CrTpdu cr = s.PeerCr();
    cr.called_tsap_id = std::vector<uint8_t>(33);  // a TSAP-ID has at most 32 octets
    s.Receives(cr);
    const ErTpdu er = s.Sends<ErTpdu>();
    EXPECT_EQ(er.destination_reference, kPeerReference);
    EXPECT_EQ(er.cause, RejectCause::kInvalidParameterValue);
    EXPECT_TRUE(er.rejected_tpdu.empty());  // optional in class 4
    EXPECT_THAT(s.Hears(), IsEmpty());
  });
}

TEST(Tp4Closed, ACrThatTheUserHasNoRoomForIsRefused) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Listen(/*has_room=*/false);
    s.Receives(s.PeerCr());
    const DrTpdu dr = s.Sends<DrTpdu>();
    EXPECT_EQ(dr.reason, DisconnectReason::kCongestionAtTsap);
    EXPECT_EQ(dr.source_reference, 0);
    s.Hears();
    s.Receives(s.PeerCr());  // a repetition gets the same DR, and no room is asked for
    EXPECT_EQ(s.Sends<DrTpdu>(), dr);
    EXPECT_THAT(s.Hears(), IsEmpty());
  });
}

TEST(Tp4Closed, ACcForNoConnectionIsAnsweredWithDr) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Receives(s.PeerCc());
    const DrTpdu dr = s.Sends<DrTpdu>();
    EXPECT_EQ(dr.destination_reference, kPeerReference);
    EXPECT_EQ(dr.source_reference, kOurReference);
    EXPECT_EQ(dr.reason, DisconnectReason::kMismatchedReferences);
  });
}

TEST(Tp4Closed, ADrForNoConnectionIsAnsweredWithDc) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Receives(DrTpdu{.destination_reference = 77, .source_reference = kPeerReference});
    EXPECT_EQ(s.Sends<DcTpdu>(),
              (DcTpdu{.destination_reference = kPeerReference, .source_reference = 77}));
    // Without a source reference there is nobody to answer.
    s.Receives(DrTpdu{.destination_reference = 77});
    s.SendsNothing();
  });
}

TEST(Tp4Closed, OtherTpdusForNoConnectionAreIgnored) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Receives(s.PeerDt(0, "x"));
    s.Receives(s.PeerAk(0));
    s.Receives(EdTpdu{.destination_reference = 1, .user_data = OctetsOf("x")});
    s.Receives(EaTpdu{.destination_reference = 1});
    s.Receives(DcTpdu{.destination_reference = 1, .source_reference = 2});
    s.Receives(ErTpdu{.destination_reference = 1});
    s.SendsNothing();
    EXPECT_THAT(s.Drops(), ElementsAre("DT: for no connection", "AK: for no connection",
                                       "ED: for no connection", "EA: for no connection",
                                       "DC: for no connection", "ER: for no connection"));
  });
}

TEST(Tp4Closed, WithoutARouteTheUserIsToldAtOnceButNotInsideItsCall) {
  Tp4Script::Run([](Tp4Script& s) {
    transport::Connection* connection =
        s.transport().Connect({.local = IsoAddresses().OfHost(1, kOurPort),
                               .remote = *IsoAddresses().FromText("47.0005.80:6000")},
                              s.user);
    EXPECT_THAT(s.Hears(), IsEmpty());
    const sim::Time before = s.world().now();
    s.Advance(absl::ZeroDuration());
    EXPECT_EQ(s.world().now(), before);
    s.Advance(absl::Nanoseconds(1));
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kNetworkUnreachable 0"));
    connection->Detach(transport::Farewell::kAbortive);
    s.SendsNothing(absl::Seconds(1));
  });
}

// ---- WFCC

TEST(Tp4Wfcc, ACcOpensAndIsAcknowledgedAtOnce) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWfcc();
    s.Receives(s.PeerCc("welcome"));
    EXPECT_EQ(s.Sends<AkTpdu>(), (AkTpdu{.destination_reference = kPeerReference, .credit = 15}));
    EXPECT_EQ(s.state(), Tp4State::kOpen);
    EXPECT_THAT(s.Hears(), ElementsAre("connected welcome"));
  });
}

TEST(Tp4Wfcc, ACcThatIsNoAnswerToTheProposalEndsIt) {
  for (int rule = 0; rule < 4; ++rule) {
    Tp4Script::Run([rule](Tp4Script& s) {
      s.GoToWfcc();
      CcTpdu cc = s.PeerCc();
      if (rule == 0) cc.preferred_class = 2;
      if (rule == 1) cc.extended_formats = true;
      if (rule == 2) cc.maximum_tpdu_size = 2048;
      if (rule == 3) cc.additional_options = AdditionalOptions{.checksum_non_use = true};
      s.Receives(cc);
      const DrTpdu dr = s.Sends<DrTpdu>();
      EXPECT_EQ(dr.reason, DisconnectReason::kNegotiationFailed) << rule;
      EXPECT_EQ(dr.destination_reference, kPeerReference);
      EXPECT_EQ(s.state(), Tp4State::kClosing);
      EXPECT_THAT(s.Hears(), ElementsAre("disconnect kNegotiationFailed 130"));
    });
  }
}

TEST(Tp4Wfcc, ACcThatBreaksARuleEndsIt) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWfcc();
    CcTpdu cc = s.PeerCc();
    cc.calling_tsap_id = std::vector<uint8_t>(33);
    s.Receives(cc);
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kProtocolError);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kProtocolError 133"));
  });
}

TEST(Tp4Wfcc, ARefusalIsIndicatedWithItsReason) {
  struct {
    DisconnectReason reason;
    const char* heard;
  } const cases[] = {
      {DisconnectReason::kNormal, "disconnect kRefusedByUser 128 no"},
      {DisconnectReason::kUnspecified, "disconnect kRefusedByUser 0"},
      {DisconnectReason::kCongestionAtTsap, "disconnect kCongestion 1"},
      {DisconnectReason::kRemoteCongestion, "disconnect kCongestion 129"},
      {DisconnectReason::kSessionEntityNotAttached, "disconnect kNothingThere 2"},
      {DisconnectReason::kAddressUnknown, "disconnect kNothingThere 3"},
      {DisconnectReason::kNegotiationFailed, "disconnect kNegotiationFailed 130"},
      {DisconnectReason::kProtocolError, "disconnect kProtocolError 133"},
  };
  for (const auto& c : cases) {
    Tp4Script::Run([&c](Tp4Script& s) {
      s.GoToWfcc();
      s.Receives(DrTpdu{
          .destination_reference = kOurReference, .reason = c.reason, .user_data = {'n', 'o'}});
      s.SendsNothing();  // there is no reference that a DC could go to
      EXPECT_EQ(s.state(), Tp4State::kRefwait);
      EXPECT_THAT(s.Hears(), ElementsAre(c.heard));
    });
  }
}

TEST(Tp4Wfcc, ADrWithAReferenceIsConfirmed) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWfcc();
    s.Receives(DrTpdu{.destination_reference = kOurReference, .source_reference = 9});
    EXPECT_EQ(s.Sends<DcTpdu>(),
              (DcTpdu{.destination_reference = 9, .source_reference = kOurReference}));
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
  });
}

TEST(Tp4Wfcc, AnErEndsIt) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWfcc();
    s.Receives(ErTpdu{.destination_reference = kOurReference,
                      .cause = RejectCause::kInvalidParameterCode});
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kProtocolError 1"));
  });
}

TEST(Tp4Wfcc, TheCrIsSentNTimesOctetForOctetAndThenGivenUp) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Connect();
    s.Sends<CrTpdu>();
    const std::vector<uint8_t> first = s.sent();
    for (int i = 1; i < kMaxTransmissions; ++i) {
      s.Sends<CrTpdu>();
      EXPECT_EQ(s.sent(), first);
      EXPECT_THAT(s.Hears(), IsEmpty());
    }
    s.SendsNothing(absl::Seconds(30));
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kNoAnswer 0"));
  });
}

TEST(Tp4Wfcc, EachWaitIsTwiceAsLongAsTheOneBeforeUpToALimit) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Connect();
    s.Sends<CrTpdu>();
    for (int seconds : {1, 2, 4, 4}) {
      s.SendsNothing(absl::Seconds(seconds) - absl::Milliseconds(1));
      s.Sends<CrTpdu>(absl::Milliseconds(2));
    }
  });
}

TEST(Tp4Wfcc, ADisconnectSendsADrWithoutThePeersReference) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWfcc();
    s.us().Disconnect(OctetsOf("never mind"));
    const DrTpdu dr = s.Sends<DrTpdu>();
    EXPECT_EQ(dr.destination_reference, 0);
    EXPECT_EQ(dr.source_reference, kOurReference);
    EXPECT_EQ(ToString(dr.user_data), "never mind");
    EXPECT_EQ(s.state(), Tp4State::kClosing);
    s.Receives(s.PeerCc());  // it crossed the DR
    s.SendsNothing();
    s.Receives(DcTpdu{.destination_reference = kOurReference, .source_reference = kPeerReference});
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    EXPECT_THAT(s.Hears(), ElementsAre("released"));
  });
}

TEST(Tp4Wfcc, AReportThatThePeerIsUnreachableEndsIt) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWfcc();
    s.ReceivesErrorReport(DiscardReason::kDestinationUnreachable, s.sent());
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kHostUnreachable 0"));
  });
}

TEST(Tp4Wfcc, AReportOfCongestionDoesNot) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWfcc();
    s.ReceivesErrorReport(DiscardReason::kCongestion, s.sent());
    EXPECT_EQ(s.state(), Tp4State::kWfcc);
    s.Sends<CrTpdu>();
  });
}

TEST(Tp4Wfcc, DataAndAcknowledgementsAreIgnored) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWfcc();
    s.Receives(s.PeerDt(0, "early"));
    s.Receives(s.PeerAk(0));
    s.SendsNothing();
    EXPECT_EQ(s.state(), Tp4State::kWfcc);
    EXPECT_THAT(s.Drops(), ElementsAre("DT: not in this state", "AK: not in this state"));
  });
}

// ---- WFTRESP

TEST(Tp4Wftresp, TheResponseIsSentAsCc) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWftresp();
    s.us().Accept(OctetsOf("welcome"));
    const CcTpdu cc = s.Sends<CcTpdu>();
    EXPECT_EQ(s.state(), Tp4State::kAkwait);
    EXPECT_EQ(cc.destination_reference, kPeerReference);
    EXPECT_EQ(cc.source_reference, kOurReference);
    EXPECT_EQ(cc.maximum_tpdu_size, 1024);
    EXPECT_THAT(cc.calling_tsap_id, ElementsAre(kPeerPort >> 8, kPeerPort & 0xFF));
    EXPECT_EQ(ToString(cc.user_data), "welcome");
    EXPECT_THAT(s.Hears(), IsEmpty());  // connected only by the third TPDU
  });
}

TEST(Tp4Wftresp, TheResponseOnlyWeakensTheProposal) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Listen();
    CrTpdu cr = s.PeerCr();
    cr.extended_formats = true;
    cr.maximum_tpdu_size = std::nullopt;  // 128
    cr.additional_options =
        AdditionalOptions{.transport_expedited = false, .checksum_non_use = true};
    s.Receives(cr);
    s.us().Accept({});
    const CcTpdu cc = s.Sends<CcTpdu>();
    EXPECT_FALSE(cc.extended_formats);
    EXPECT_EQ(cc.maximum_tpdu_size, 128);
    EXPECT_FALSE(cc.additional_options->transport_expedited);
    EXPECT_FALSE(cc.additional_options->checksum_non_use);
  });
}

TEST(Tp4Wftresp, ARefusalCarriesUserDataAndIsRepeatedForARepeatedCr) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWftresp();
    s.us().Refuse(OctetsOf("not you"));
    const DrTpdu dr = s.Sends<DrTpdu>();
    EXPECT_EQ(dr.destination_reference, kPeerReference);
    EXPECT_EQ(dr.source_reference, 0);
    EXPECT_EQ(dr.reason, DisconnectReason::kNormal);
    EXPECT_EQ(ToString(dr.user_data), "not you");
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    s.us().Detach(transport::Farewell::kAbortive);
    s.Receives(s.PeerCr());
    EXPECT_EQ(s.Sends<DrTpdu>(), dr);
    EXPECT_THAT(s.Hears(), IsEmpty());
  });
}

TEST(Tp4Wftresp, ADisconnectRefusesAndTheUserIsToldThatItIsDone) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWftresp();
    s.us().Disconnect(OctetsOf("not you"));
    EXPECT_EQ(ToString(s.Sends<DrTpdu>().user_data), "not you");
    EXPECT_THAT(s.Hears(), ElementsAre("released"));
  });
}

TEST(Tp4Wftresp, AUserThatLeavesRefuses) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWftresp();
    s.us().Detach(transport::Farewell::kGraceful);
    EXPECT_EQ(s.Sends<DrTpdu>().source_reference, 0);
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
  });
}

TEST(Tp4Wftresp, ARepeatedCrIsIgnored) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWftresp();
    s.Receives(s.PeerCr());
    s.SendsNothing();
    EXPECT_THAT(s.Hears(), IsEmpty());
    EXPECT_THAT(s.Drops(), ElementsAre("CR: a repeated CR"));
  });
}

TEST(Tp4Wftresp, ARequestCanBeWithdrawn) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWftresp();
    s.Receives(Withdrawal());
    EXPECT_EQ(s.Sends<DcTpdu>(),
              (DcTpdu{.destination_reference = kPeerReference, .source_reference = kOurReference}));
    EXPECT_EQ(s.state(), Tp4State::kRefwait);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kPeerUser 128"));
    s.us().Accept({});  // too late
    s.SendsNothing();
    s.us().Detach(transport::Farewell::kAbortive);
  });
}

// ---- AKWAIT

TEST(Tp4Akwait, EachOfAkDtEdAndEaOpens) {
  for (int third = 0; third < 4; ++third) {
    Tp4Script::Run([third](Tp4Script& s) {
      s.GoToAkwait();
      if (third == 0) s.Receives(s.PeerAk(0));
      if (third == 1) s.Receives(s.PeerDt(0, "data"));
      if (third == 2) {
        s.Receives(EdTpdu{.destination_reference = kOurReference, .user_data = OctetsOf("urgent")});
      }
      if (third == 3) s.Receives(EaTpdu{.destination_reference = kOurReference});
      EXPECT_EQ(s.state(), Tp4State::kOpen) << third;
      const std::vector<std::string> heard = s.Hears();
      ASSERT_FALSE(heard.empty());
      EXPECT_EQ(heard[0], "connected");
      // The TPDU itself counts as well.
      if (third == 1) {
        EXPECT_EQ(s.Read(), "data");
      }
      if (third == 2) {
        EXPECT_EQ(ToString(s.us().ReadExpedited(false)->octets), "urgent");
      }
    });
  }
}

TEST(Tp4Akwait, ARepeatedCrGetsTheCcAgain) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToAkwait();
    const std::vector<uint8_t> cc = s.sent();
    s.Receives(s.PeerCr());
    s.Sends<CcTpdu>();
    EXPECT_EQ(s.sent(), cc);
    EXPECT_EQ(s.state(), Tp4State::kAkwait);
  });
}

TEST(Tp4Akwait, TheCcIsSentNTimesAndThenGivenUpWithADr) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToAkwait();
    const std::vector<uint8_t> cc = s.sent();
    for (int i = 1; i < kMaxTransmissions; ++i) {
      s.Sends<CcTpdu>();
      EXPECT_EQ(s.sent(), cc);
    }
    EXPECT_EQ(s.Sends<DrTpdu>(absl::Seconds(30)).reason, DisconnectReason::kUnspecified);
    EXPECT_EQ(s.state(), Tp4State::kClosing);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kNoAnswer 0"));
  });
}

TEST(Tp4Akwait, WhatIsWrittenWaitsForTheThirdTpdu) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToAkwait();
    EXPECT_EQ(s.Write("early"), 5u);
    s.SendsNothing();
    s.Receives(s.PeerAk(0));
    EXPECT_EQ(ToString(s.Sends<DtTpdu>().user_data), "early");
  });
}

TEST(Tp4Akwait, ADrEndsIt) {
  for (uint16_t reference : {kOurReference, uint16_t{0}}) {
    Tp4Script::Run([reference](Tp4Script& s) {
      s.GoToAkwait();
      DrTpdu dr = Withdrawal();
      dr.destination_reference = reference;
      dr.user_data = {'b', 'y', 'e'};
      s.Receives(dr);
      EXPECT_EQ(s.Sends<DcTpdu>().destination_reference, kPeerReference);
      EXPECT_EQ(s.state(), Tp4State::kRefwait);
      EXPECT_THAT(s.Hears(), ElementsAre("disconnect kPeerUser 128 bye"));
    });
  }
}

TEST(Tp4Akwait, AnErEndsIt) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToAkwait();
    s.Receives(ErTpdu{.destination_reference = kOurReference,
                      .cause = RejectCause::kInvalidParameterCode});
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kProtocolError);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kProtocolError 1"));
    EXPECT_EQ(s.state(), Tp4State::kClosing);
  });
}

TEST(Tp4Akwait, ADisconnectSendsADr) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToAkwait();
    s.us().Disconnect(OctetsOf("after all"));
    const DrTpdu dr = s.Sends<DrTpdu>();
    EXPECT_EQ(dr.destination_reference, kPeerReference);
    EXPECT_EQ(ToString(dr.user_data), "after all");
    EXPECT_EQ(s.state(), Tp4State::kClosing);
  });
}

TEST(Tp4Akwait, ATpduThatBreaksARuleIsIgnored) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToAkwait();
    s.Receives(DtTpdu{.destination_reference = kOurReference, .checksum = false});
    s.SendsNothing();
    EXPECT_EQ(s.state(), Tp4State::kAkwait);
    EXPECT_THAT(s.Drops(), ElementsAre("DT: no checksum"));
  });
}

// ---- Listeners and addresses

TEST(Tp4Listen, OnlyOneListensAtASelector) {
  Tp4Script::Run([](Tp4Script& s) {
    s.Listen();
    struct Nobody final : transport::ListenerUser {
      bool OnConnectIndication(transport::Connection&) override { return false; }
    } nobody;
    EXPECT_EQ(s.transport().Listen({.local = IsoAddresses().Wildcard(kOurPort)}, nobody), nullptr);
    // A specific address is another one, and comes first.
    auto specific = s.transport().Listen({.local = IsoAddresses().OfHost(1, kOurPort)}, nobody);
    ASSERT_NE(specific, nullptr);
    EXPECT_EQ(specific->local_address(), IsoAddresses().OfHost(1, kOurPort));
    s.Receives(s.PeerCr());
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kCongestionAtTsap);
    EXPECT_THAT(s.Hears(), IsEmpty());
    specific.reset();
    CrTpdu cr = s.PeerCr();
    cr.source_reference = 9;
    s.Receives(cr);
    EXPECT_EQ(s.Hears().size(), 1u);
  });
}

TEST(Tp4Listen, KnowsItsOwnAddressesAndThoseInUse) {
  Tp4Script::Run([](Tp4Script& s) {
    const transport::Address own = IsoAddresses().OfHost(1, kOurPort);
    EXPECT_TRUE(s.transport().IsLocal(own));
    EXPECT_TRUE(s.transport().IsLocal(IsoAddresses().Wildcard(1)));
    EXPECT_FALSE(s.transport().IsLocal(IsoAddresses().OfHost(2, kOurPort)));
    EXPECT_FALSE(s.transport().IsInUse(own));
    s.GoToClosing();
    EXPECT_TRUE(s.transport().IsInUse(own));
    EXPECT_TRUE(s.transport().IsInUse(IsoAddresses().Wildcard(kOurPort)));
    s.Receives(DcTpdu{.destination_reference = kOurReference, .source_reference = kPeerReference});
    EXPECT_FALSE(s.transport().IsInUse(own));
  });
}

TEST(Tp4Registration, SaysWhatTheProtocolCanDo) {
  const transport::Registration registration = Tp4Registration();
  EXPECT_EQ(registration.name, "tp4");
  EXPECT_EQ(registration.address_family, 7);
  EXPECT_EQ(registration.capabilities.connect_data_max, 32u);
  EXPECT_EQ(registration.capabilities.accept_data_max, 32u);
  EXPECT_EQ(registration.capabilities.refuse_data_max, 64u);
  EXPECT_EQ(registration.capabilities.disconnect_data_max, 64u);
  EXPECT_EQ(registration.capabilities.disconnect_reply_data_max, 0u);
  EXPECT_FALSE(registration.capabilities.graceful_close);
  EXPECT_FALSE(registration.capabilities.empty_messages);
}

}  // namespace
}  // namespace osi
