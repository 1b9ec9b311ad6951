// OPEN: data, acknowledgement, credit, retransmission and silence (ISO 8073 12.2.3).
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "providers/osi/tp4/tp4_options.h"
#include "providers/osi/tp4/tp4_script.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using transport::OptionStatus;

constexpr size_t kTpduSize = 128;              // as the scripted peer agrees to
constexpr size_t kDtCapacity = kTpduSize - 9;  // octets of user data

OptionStatus SetBuffer(Tp4Script& s, int name, uint32_t octets) {
  const uint8_t value[] = {static_cast<uint8_t>(octets), static_cast<uint8_t>(octets >> 8),
                           static_cast<uint8_t>(octets >> 16), static_cast<uint8_t>(octets >> 24)};
  return s.us().SetOption(kSocketLevel, name, value);
}

std::string Repeated(size_t octets) {
  std::string text;
  for (size_t i = 0; i < octets; ++i) text.push_back(static_cast<char>('a' + i % 26));
  return text;
}

// ---- Sending

TEST(Tp4Send, ATsduIsCutIntoDtsOfWhichTheLastSaysEot) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    const std::string text = Repeated(kDtCapacity + 1);
    EXPECT_EQ(s.Write(text), text.size());
    DtTpdu dt = s.Sends<DtTpdu>();
    EXPECT_EQ(dt.destination_reference, kPeerReference);
    EXPECT_EQ(dt.number, 0u);
    EXPECT_FALSE(dt.end_of_tsdu);
    EXPECT_EQ(ToString(dt.user_data), text.substr(0, kDtCapacity));
    EXPECT_EQ(s.sent().size(), 128u);
    dt = s.Sends<DtTpdu>();
    EXPECT_EQ(dt.number, 1u);
    EXPECT_TRUE(dt.end_of_tsdu);
    EXPECT_EQ(ToString(dt.user_data), text.substr(kDtCapacity));
    EXPECT_FALSE(s.us().is_drained());
    s.Receives(s.PeerAk(2));
    EXPECT_TRUE(s.us().is_drained());
    EXPECT_THAT(s.Hears(), ElementsAre("drained"));
  });
}

TEST(Tp4Send, ATsduMayBeWrittenInParts) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Write("one ", /*end_of_message=*/false);
    EXPECT_FALSE(s.Sends<DtTpdu>().end_of_tsdu);
    s.Write("two");
    DtTpdu dt = s.Sends<DtTpdu>();
    EXPECT_TRUE(dt.end_of_tsdu);
    EXPECT_EQ(ToString(dt.user_data), "two");
  });
}

TEST(Tp4Send, TheEndAloneFollowsInAnEmptyDt) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Write("all of it", /*end_of_message=*/false);
    EXPECT_FALSE(s.Sends<DtTpdu>().end_of_tsdu);
    s.Write("");
    const DtTpdu dt = s.Sends<DtTpdu>();
    EXPECT_TRUE(dt.end_of_tsdu);
    EXPECT_TRUE(dt.user_data.empty());
    // A TSDU without octets does not exist.
    s.Write("");
    s.SendsNothing();
  });
}

TEST(Tp4Send, NothingIsSentBeyondTheCredit) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWfcc();
    CcTpdu cc = s.PeerCc();
    cc.credit = 1;
    s.Receives(cc);
    s.Sends<AkTpdu>();
    s.Write("first");
    s.Write("second");
    s.Write("third");
    EXPECT_EQ(ToString(s.Sends<DtTpdu>().user_data), "first");
    s.SendsNothing();
    s.Receives(s.PeerAk(1, 0));
    s.SendsNothing(absl::Seconds(3));  // nothing is outstanding, so nothing is retransmitted
    s.Receives(s.PeerAk(1, 2));
    // The window was closed: the AK that opens it is confirmed.
    const AkTpdu ak = s.Sends<AkTpdu>();
    ASSERT_TRUE(ak.flow_control_confirmation.has_value());
    EXPECT_EQ(*ak.flow_control_confirmation,
              (FlowControlConfirmation{.lower_window_edge = 1, .your_credit = 2}));
    EXPECT_EQ(ToString(s.Sends<DtTpdu>().user_data), "second");
    EXPECT_EQ(ToString(s.Sends<DtTpdu>().user_data), "third");
  });
}

TEST(Tp4Send, TheWindowOpensSlowly) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    for (int i = 0; i < 8; ++i) s.Write("x");
    for (uint32_t number : {0u, 1u}) EXPECT_EQ(s.Sends<DtTpdu>().number, number);
    s.SendsNothing();
    s.Receives(s.PeerAk(2));
    for (uint32_t number : {2u, 3u, 4u, 5u}) EXPECT_EQ(s.Sends<DtTpdu>().number, number);
    s.SendsNothing();
    s.Receives(s.PeerAk(6));
    for (uint32_t number : {6u, 7u}) EXPECT_EQ(s.Sends<DtTpdu>().number, number);
  });
}

TEST(Tp4Send, OldAcknowledgementsAreIgnored) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Write("x");
    s.Sends<DtTpdu>();
    s.Receives(s.PeerAk(1, 4));
    s.Receives(s.PeerAk(0, 15));  // overtaken by the one before
    s.Receives(s.PeerAk(1, 3));   // less credit without a subsequence number
    s.Receives(s.PeerAk(2, 15));  // of a DT that was never sent
    EXPECT_THAT(s.Drops(),
                ElementsAre("AK: out of sequence", "AK: out of sequence", "AK: out of sequence"));
    s.SendsNothing();
  });
}

TEST(Tp4Send, ADtIsRetransmittedOctetForOctet) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.IgnoreAks();
    s.Write("precious");
    s.Sends<DtTpdu>();
    const std::vector<uint8_t> first = s.sent();
    for (int seconds : {1, 2, 4, 4}) {
      s.SendsNothing(absl::Seconds(seconds) - absl::Milliseconds(2));
      s.Sends<DtTpdu>(absl::Milliseconds(4));
      EXPECT_EQ(s.sent(), first);
    }
    s.Receives(s.PeerAk(1));
    s.SendsNothing(absl::Seconds(5));
  });
}

TEST(Tp4Send, AfterT1OneDtTestsTheWayAndTheOthersFollow) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Write("0");
    s.Write("1");
    s.Sends<DtTpdu>();
    s.Sends<DtTpdu>();
    s.Receives(s.PeerAk(2));
    s.Hears();
    for (const char* text : {"2", "3", "4", "5"}) s.Write(text);
    for (int i = 0; i < 4; ++i) s.Sends<DtTpdu>();
    EXPECT_EQ(s.Sends<DtTpdu>().number, 2u);  // T1
    s.SendsNothing(absl::Milliseconds(100));
    s.Receives(s.PeerAk(3));
    EXPECT_EQ(s.Sends<DtTpdu>().number, 3u);
    EXPECT_EQ(s.Sends<DtTpdu>().number, 4u);
    s.SendsNothing(absl::Milliseconds(100));
    s.Receives(s.PeerAk(6));  // the peer had kept what came behind the gap
    s.SendsNothing(absl::Seconds(5));
    EXPECT_TRUE(s.us().is_drained());
  });
}

TEST(Tp4Send, AfterNTransmissionsTheConnectionIsGivenUp) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.IgnoreAks();
    s.Write("is anybody there");
    for (int i = 0; i < kMaxTransmissions; ++i) s.Sends<DtTpdu>();
    // The answer to the last one may take as long as W and the lifetime of an NSDU.
    s.SendsNothing(absl::Seconds(4) + kWindowTime);
    const DrTpdu dr = s.Sends<DrTpdu>(kNsduLifetime);
    EXPECT_EQ(dr.reason, DisconnectReason::kUnspecified);
    EXPECT_EQ(s.state(), Tp4State::kClosing);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kNoAnswer 0"));
  });
}

TEST(Tp4Send, T1AdaptsToTheRoundTrip) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    for (uint32_t i = 0; i < 20; ++i) {
      s.Write("x");
      EXPECT_EQ(s.Sends<DtTpdu>().number, i);
      s.Receives(s.PeerAk(i + 1));
    }
    s.Write("lost");
    s.Sends<DtTpdu>();
    s.SendsNothing(kLeastT1 - absl::Milliseconds(2));
    s.Sends<DtTpdu>(absl::Milliseconds(4));
  });
}

TEST(Tp4Send, AWriterIsToldWhenThereIsRoomAgain) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    const std::string text = Repeated(kSendOctets + 10);
    EXPECT_EQ(s.us().writable_octets(), kSendOctets);
    EXPECT_EQ(s.Write(text), kSendOctets);
    EXPECT_EQ(s.us().writable_octets(), 0u);
    EXPECT_EQ(s.Write("more"), 0u);
    s.Sends<DtTpdu>();
    s.Sends<DtTpdu>();
    EXPECT_THAT(s.Hears(), IsEmpty());
    s.Receives(s.PeerAk(2));
    EXPECT_THAT(s.Hears(), ElementsAre("writable"));
    EXPECT_EQ(s.us().writable_octets(), 2 * kDtCapacity);
    for (int i = 0; i < 4; ++i) s.Sends<DtTpdu>();
    s.us().Disconnect({});
    s.Sends<DrTpdu>();
    EXPECT_EQ(s.us().writable_octets(), 0u);
    EXPECT_EQ(s.Write("too late"), 0u);
  });
}

TEST(Tp4Send, TheSendBufferBoundsWhatIsNotAcknowledged) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    EXPECT_EQ(SetBuffer(s, kSendBufferOption, 3 * kDtCapacity), OptionStatus::kDone);
    EXPECT_EQ(s.us().writable_octets(), 3 * kDtCapacity);
    EXPECT_EQ(s.Write(Repeated(1000)), 3 * kDtCapacity);
    EXPECT_EQ(s.us().writable_octets(), 0u);
    s.Sends<DtTpdu>();
    s.Receives(s.PeerAk(1));
    EXPECT_EQ(s.us().writable_octets(), kDtCapacity);
    // Less than a DT: one is buffered all the same, when the others have gone.
    EXPECT_EQ(SetBuffer(s, kSendBufferOption, 0), OptionStatus::kDone);
    EXPECT_EQ(s.us().writable_octets(), 0u);
    s.Receives(s.PeerAk(3));
    EXPECT_EQ(s.us().writable_octets(), kDtCapacity);
    EXPECT_EQ(SetBuffer(s, kSendBufferOption, 0x80000000), OptionStatus::kInvalidValue);
  });
}

TEST(Tp4Send, NumbersGoOnFromZeroAfterTheLast) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    for (uint32_t i = 0; i < 300; ++i) {
      s.Write("x");
      EXPECT_EQ(s.Sends<DtTpdu>().number, i % 128);
      s.Receives(s.PeerAk((i + 1) % 128));
    }
    EXPECT_TRUE(s.us().is_drained());
    EXPECT_THAT(s.Drops(), IsEmpty());
  });
}

// ---- Receiving

TEST(Tp4Receive, ATsduIsReadAsAWhole) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(s.PeerDt(0, "one ", /*end_of_tsdu=*/false));
    EXPECT_THAT(s.Hears(), ElementsAre("readable"));
    EXPECT_TRUE(s.us().is_readable());
    EXPECT_FALSE(s.us().has_whole_message());
    s.Receives(s.PeerDt(1, "two"));
    s.Receives(s.PeerDt(2, "next"));
    EXPECT_TRUE(s.us().has_whole_message());
    EXPECT_EQ(s.us().readable_octets(), 7u);
    EXPECT_EQ(s.Read(), "one two");
    EXPECT_EQ(s.us().readable_octets(), 4u);
    EXPECT_EQ(s.Read(), "next");
    EXPECT_FALSE(s.us().is_readable());
    s.Sends<AkTpdu>();
  });
}

TEST(Tp4Receive, EverySecondDtIsAcknowledgedAtOnceAndOneAloneALittleLater) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(s.PeerDt(0, "0"));
    s.Receives(s.PeerDt(1, "1"));
    EXPECT_EQ(
        s.Sends<AkTpdu>(absl::Milliseconds(2)),
        (AkTpdu{.destination_reference = kPeerReference, .your_tpdu_number = 2, .credit = 13}));
    s.Receives(s.PeerDt(2, "2"));
    s.SendsNothing(kAcknowledgeTime - absl::Milliseconds(5));
    EXPECT_EQ(s.Sends<AkTpdu>(absl::Milliseconds(10)).your_tpdu_number, 3u);
    s.SendsNothing(absl::Seconds(1));
  });
}

TEST(Tp4Receive, TheReceiveBufferBoundsTheCredit) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    EXPECT_EQ(SetBuffer(s, kReceiveBufferOption, 3 * kTpduSize), OptionStatus::kDone);
    s.Receives(s.PeerDt(0, Repeated(kDtCapacity)));
    s.Receives(s.PeerDt(1, Repeated(kDtCapacity)));
    EXPECT_EQ(s.Sends<AkTpdu>().credit, 1u);
    s.Receives(s.PeerDt(2, Repeated(kDtCapacity)));
    EXPECT_EQ(s.Sends<AkTpdu>(2 * kAcknowledgeTime).credit, 0u);
    EXPECT_EQ(s.us().queued_octets(), 3 * kDtCapacity);
    for (int i = 0; i < 3; ++i) s.Read();
    EXPECT_EQ(s.us().queued_octets(), 0u);
    EXPECT_EQ(s.Sends<AkTpdu>().credit, 1u);  // as soon as there is room for one
    EXPECT_EQ(s.Sends<AkTpdu>().credit, 3u);
  });
}

TEST(Tp4Receive, WhatComesOutOfOrderIsPutInOrder) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(s.PeerDt(2, "2"));
    s.Receives(s.PeerDt(1, "1"));
    EXPECT_THAT(s.Hears(), IsEmpty());
    s.SendsNothing();
    s.Receives(s.PeerDt(0, "0"));
    EXPECT_EQ(s.Sends<AkTpdu>().your_tpdu_number, 3u);
    for (const char* text : {"0", "1", "2"}) EXPECT_EQ(s.Read(), text);
  });
}

TEST(Tp4Receive, ADuplicateIsAcknowledgedAgainAndNotDelivered) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(s.PeerDt(0, "once"));
    EXPECT_EQ(s.Read(), "once");
    s.Sends<AkTpdu>();
    s.Receives(s.PeerDt(0, "once"));
    const AkTpdu ak = s.Sends<AkTpdu>();
    EXPECT_EQ(ak.your_tpdu_number, 1u);
    EXPECT_TRUE(ak.flow_control_confirmation.has_value());  // so that it is not answered
    EXPECT_FALSE(s.us().is_readable());
    s.Receives(s.PeerDt(2, "kept"));
    s.Receives(s.PeerDt(2, "kept"));  // twice before its turn
    s.Sends<AkTpdu>();
    EXPECT_THAT(s.Drops(), ElementsAre("DT: a duplicate", "DT: a duplicate"));
    s.Receives(s.PeerDt(1, "between"));
    EXPECT_EQ(s.Read(), "between");
    EXPECT_EQ(s.Read(), "kept");
  });
}

TEST(Tp4Receive, WhatIsOutsideTheWindowIsDiscarded) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(s.PeerDt(15, "too far"));
    s.SendsNothing();
    EXPECT_THAT(s.Drops(), ElementsAre("DT: outside the window"));
  });
}

TEST(Tp4Receive, DamagedTpdusAreDiscardedInSilence) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    std::vector<uint8_t> octets;
    s.PeerDt(0, "damaged").AppendTo(octets);
    for (size_t bit = 0; bit < 8 * octets.size(); ++bit) {
      std::vector<uint8_t> damaged = octets;
      damaged[bit / 8] = static_cast<uint8_t>(damaged[bit / 8] ^ 0x80 >> bit % 8);
      s.ReceivesOctets(damaged);
    }
    s.SendsNothing();
    EXPECT_THAT(s.Hears(), IsEmpty());
    EXPECT_GE(s.Drops().size(), 8 * octets.size());
    EXPECT_EQ(s.state(), Tp4State::kOpen);
  });
}

TEST(Tp4Receive, AUserThatDoesNotReadClosesTheWindowAndReadingOpensItAgain) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    AkTpdu ak;
    for (uint32_t i = 0; i < 15; ++i) {
      s.Receives(s.PeerDt(i, "x"));
      if (i % 2 == 1) ak = s.Sends<AkTpdu>();
      if (i % 2 == 1) {
        EXPECT_EQ(ak.your_tpdu_number + ak.credit, 15u);  // the upper edge stands still
      }
    }
    ak = s.Sends<AkTpdu>();
    EXPECT_EQ(ak.your_tpdu_number, 15u);
    EXPECT_EQ(ak.credit, 0);
    s.Receives(s.PeerDt(15, "beyond"));
    EXPECT_THAT(s.Drops(), ElementsAre("DT: outside the window"));
    s.Hears();
    EXPECT_EQ(s.Read(), "x");
    ak = s.Sends<AkTpdu>();
    EXPECT_EQ(ak.credit, 1);
    EXPECT_EQ(ak.subsequence_number, 0);
    // The peer waits for this AK, and so it is repeated until the peer confirms it.
    EXPECT_EQ(s.Sends<AkTpdu>(absl::Milliseconds(1100)), ak);
    EXPECT_EQ(s.Sends<AkTpdu>(absl::Milliseconds(2100)), ak);
    AkTpdu confirming = s.PeerAk(0);
    confirming.flow_control_confirmation = {.lower_window_edge = 15, .your_credit = 1};
    s.Receives(confirming);
    s.SendsNothing(absl::Seconds(6));
  });
}

TEST(Tp4Receive, ADtAlsoShowsThatTheWindowIsKnownToBeOpen) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    for (uint32_t i = 0; i < 15; ++i) s.Receives(s.PeerDt(i, "x"));
    for (int i = 0; i < 8; ++i) s.Sends<AkTpdu>();
    s.Read();
    s.Sends<AkTpdu>();
    s.Receives(s.PeerDt(15, "y"));
    EXPECT_EQ(s.Sends<AkTpdu>().your_tpdu_number, 16u);
    s.SendsNothing(absl::Seconds(6));
  });
}

TEST(Tp4Receive, CreditIsRenewedWhileTheUserReads) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    for (uint32_t i = 0; i < 10; ++i) s.Receives(s.PeerDt(i, "x"));
    for (int i = 0; i < 5; ++i) s.Sends<AkTpdu>();
    for (int i = 0; i < 7; ++i) s.Read();
    s.SendsNothing();
    s.Read();
    const AkTpdu ak = s.Sends<AkTpdu>();
    EXPECT_EQ(ak.your_tpdu_number, 10u);
    EXPECT_EQ(ak.credit, 13);
    s.SendsNothing(absl::Seconds(3));  // nobody waits for it: it is not repeated
  });
}

TEST(Tp4Receive, ReadsMayBeShortAndMayPeek) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(s.PeerDt(0, "abc", /*end_of_tsdu=*/false));
    s.Receives(s.PeerDt(1, "def"));
    uint8_t into[4];
    for (int i = 0; i < 2; ++i) {
      const transport::ReadResult peeked = s.us().Read(absl::MakeSpan(into), /*peek=*/true);
      EXPECT_EQ(ToString(into), "abcd");
      EXPECT_FALSE(peeked.end_of_message);
    }
    EXPECT_EQ(s.Read(2), "ab...");
    EXPECT_EQ(s.us().readable_octets(), 4u);
    EXPECT_EQ(s.Read(4), "cdef");
    EXPECT_EQ(s.Read(4), "...");
  });
}

// ---- Duties in silence

TEST(Tp4Open, AnAkIsSentEveryW) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    for (int i = 0; i < 3; ++i) {
      s.SendsNothing(kWindowTime - absl::Milliseconds(10));
      s.Sends<AkTpdu>(absl::Milliseconds(20));
    }
  });
}

TEST(Tp4Open, WIsWellBelowThePeersI) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToWfcc();
    CcTpdu cc = s.PeerCc();
    cc.inactivity_time = 4000;
    s.Receives(cc);
    s.Sends<AkTpdu>();
    s.SendsNothing(absl::Milliseconds(1990));
    s.Sends<AkTpdu>(absl::Milliseconds(20));
  });
}

TEST(Tp4Open, ARepeatedAkIsConfirmedUnlessItConfirmsItself) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(s.PeerAk(0));
    s.SendsNothing();
    s.Receives(s.PeerAk(0));
    EXPECT_TRUE(s.Sends<AkTpdu>().flow_control_confirmation.has_value());
    AkTpdu ak = s.PeerAk(0);
    ak.flow_control_confirmation = FlowControlConfirmation{};
    s.Receives(ak);
    s.SendsNothing();
  });
}

TEST(Tp4Open, APeerThatIsSilentForIIsLost) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.IgnoreAks();
    s.Advance(absl::Seconds(150));
    s.Receives(s.PeerAk(0));  // any TPDU counts
    s.Advance(kInactivityTime - absl::Seconds(1));
    EXPECT_EQ(s.state(), Tp4State::kOpen);
    s.Advance(absl::Seconds(2));
    EXPECT_EQ(s.state(), Tp4State::kClosing);
    EXPECT_THAT(s.Hears(), ElementsAre("disconnect kPeerLost 0"));
    EXPECT_EQ(s.Sends<DrTpdu>().reason, DisconnectReason::kUnspecified);
  });
}

TEST(Tp4Open, ADuplicateCcIsAcknowledgedAgain) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Receives(s.PeerCc());
    EXPECT_EQ(s.Sends<AkTpdu>().your_tpdu_number, 0u);
    EXPECT_THAT(s.Hears(), IsEmpty());
  });
}

TEST(Tp4Open, ACcOfSomebodyElseGetsADr) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    CcTpdu cc = s.PeerCc();
    cc.source_reference = 9;
    s.Receives(cc);
    const DrTpdu dr = s.Sends<DrTpdu>();
    EXPECT_EQ(dr.destination_reference, 9);
    EXPECT_EQ(s.state(), Tp4State::kOpen);
  });
}

TEST(Tp4Open, ACrThatComesAgainIsIgnored) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpenAsResponder();
    s.Receives(s.PeerCr());
    s.SendsNothing();
    EXPECT_EQ(s.state(), Tp4State::kOpen);
    EXPECT_THAT(s.Drops(), ElementsAre("CR: a repeated CR"));
  });
}

TEST(Tp4Open, SeveralTpdusInOneNsduAreTakenApart) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.Write("x");
    s.Sends<DtTpdu>();
    std::vector<uint8_t> nsdu;
    s.PeerAk(1).AppendTo(nsdu);
    s.PeerDt(0, "y").AppendTo(nsdu);
    s.ReceivesOctets(nsdu);
    EXPECT_THAT(s.Hears(), ElementsAre("drained", "readable"));
  });
}

TEST(Tp4Open, ATpduFromAnotherSystemIsForNoConnection) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    DtTpdu dt = s.PeerDt(0, "x");
    dt.destination_reference = kOurReference + 1;
    s.Receives(dt);
    EXPECT_THAT(s.Drops(), ElementsAre("DT: for no connection"));
  });
}

TEST(Tp4Open, AUserMayLeaveInsideACallOfTheConnection) {
  Tp4Script::Run([](Tp4Script& s) {
    s.GoToOpen();
    s.user.reaction = [&s](absl::string_view what) {
      if (what == "readable") s.us().Detach(transport::Farewell::kAbortive);
    };
    s.Receives(s.PeerDt(0, "x"));
    s.Sends<DrTpdu>();
    EXPECT_EQ(s.state(), Tp4State::kClosing);
  });
}

}  // namespace
}  // namespace osi
