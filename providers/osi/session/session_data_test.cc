// S-DATA: the rows of STA713, and data in STA03 and STA09 (X.225 Annex A, 7.11).

#include <string>

#include "gtest/gtest.h"
#include "providers/osi/session/session_script.h"

namespace osi {
namespace {

using State = SessionState;
using Script = SessionScript;
using transport::Cause;
using transport::Farewell;

TEST(SessionSta713, DataRequestSendsGtAndDt) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    EXPECT_EQ(us.Writes("abc"), 3u);
    us.SendsOctets(Octets("0100 0100", "abc"));
    us.IsIn(State::kSta713);
  });
}

TEST(SessionSta713, DtIsIndicated) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Receives(Script::Dt("abc"));
    us.Hears("readable");
    us.HearsNothing();
    EXPECT_EQ(us.connection().readable_octets(), 3u);
    EXPECT_TRUE(us.connection().has_whole_message());
    EXPECT_EQ(us.Reads(), "abc|");
    EXPECT_FALSE(us.connection().is_readable());
  });
}

TEST(SessionSta713, EmptySsduIsDataToo) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    EXPECT_EQ(us.Writes(""), 0u);
    us.SendsOctets(Octets("0100 0100"));
    us.Receives(Script::Dt(""));
    us.Hears("readable");
    EXPECT_EQ(us.Reads(), "|");
  });
}

TEST(SessionSta713, SsduWrittenInPartsIsOneTsdu) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Writes("one, ", /*ends_message=*/false);
    us.Writes("", /*ends_message=*/false);  // says nothing
    us.Writes("two", /*ends_message=*/false);
    us.Writes("", /*ends_message=*/true);
    us.SendsOctets(Octets("0100 0100", "one, two"));
    us.SendsNothing();
  });
}

TEST(SessionSta713, PiecesOfOneWriteAreGathered) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    const std::vector<uint8_t> one = Text("one");
    const std::vector<uint8_t> two = Text("two");
    EXPECT_EQ(us.connection().Write({ByteSpan(one), ByteSpan(), ByteSpan(two)}, true), 6u);
    us.SendsOctets(Octets("0100 0100", "onetwo"));
  });
}

TEST(SessionSta713, SsduCanBeReadBeforeAllOfItHasCome) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.ReceivesOctets(Octets("0100 01"), /*is_whole=*/false);
    us.HearsNothing();
    us.ReceivesOctets(Octets("00", "ab"), /*is_whole=*/false);
    us.Hears("readable");
    EXPECT_FALSE(us.connection().has_whole_message());
    EXPECT_EQ(us.Reads(), "ab");
    us.ReceivesOctets(Octets("", "c"));
    us.Hears("readable");
    EXPECT_EQ(us.Reads(), "c|");
  });
}

TEST(SessionSta713, EndOfAnSsduMayComeAlone) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.ReceivesOctets(Octets("0100 0100", "abc"), /*is_whole=*/false);
    EXPECT_EQ(us.Reads(), "abc");
    us.user().heard().clear();
    us.ReceivesOctets({});
    us.Hears("readable");
    EXPECT_EQ(us.Reads(), "|");
  });
}

TEST(SessionSta713, PeekTakesNothing) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Receives(Script::Dt("abc"));
    std::vector<uint8_t> octets(2);
    const transport::ReadResult seen = us.connection().Read(absl::MakeSpan(octets), true);
    EXPECT_EQ(seen.octets, 2u);
    EXPECT_FALSE(seen.end_of_message);
    EXPECT_EQ(us.Reads(), "abc|");
  });
}

// Version 2: an SSDU in several DTs, each with an enclosure item.
DtSpdu Segment(absl::string_view data, bool beginning, bool end) {
  DtSpdu dt = Script::Dt(data);
  dt.enclosure = Enclosure{.beginning = beginning, .end = end};
  return dt;
}

TEST(SessionSta713, SegmentsMakeOneSsdu) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Receives(Segment("one, ", true, false));
    us.Receives(Segment("two, ", false, false));
    EXPECT_FALSE(us.connection().has_whole_message());
    us.Receives(Segment("three", false, true));
    us.Receives(Segment("all", true, true));
    EXPECT_EQ(us.Reads(), "one, two, three|all|");
  });
}

TEST(SessionSta713, SegmentsOutOfPlaceAreAProtocolError) {
  struct Story {
    SessionVersions version;
    std::vector<DtSpdu> dts;  // of which the last is wrong
  };
  for (const Story& story :
       {Story{kSessionVersion2, {Segment("x", false, true)}},
        Story{kSessionVersion2, {Segment("x", true, false), Segment("x", true, true)}},
        Story{kSessionVersion2, {Segment("x", true, false), Script::Dt("x")}},
        Story{kSessionVersion1, {Segment("x", true, true)}}}) {
    Tell([&](Script& us) {
      us.EstablishAsInitiator(story.version);
      for (const DtSpdu& dt : story.dts) us.Receives(dt);
      us.Sends(Script::ProtocolError(story.dts.back()));
      us.IsIn(State::kSta16);
    });
  }
}

TEST(SessionSta713, TokensDoNotExistInTheKernel) {
  for (const DtSpdu& dt : {DtSpdu{.first = GtSpdu{.tokens = kDataToken}},
                           DtSpdu{.first = PtSpdu{.tokens = kDataToken}}}) {
    Tell([&](Script& us) {
      us.EstablishAsInitiator();
      us.Receives(dt);
      us.Sends(Script::ProtocolError(dt));
      us.Hears("disconnected ProtocolError 0");
    });
  }
}

TEST(SessionSta713, DataWaitForRoomBeneath) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.lower().set_room(4 + 2);
    EXPECT_EQ(us.connection().writable_octets(), 2u);
    EXPECT_EQ(us.Writes("abcd"), 2u);
    EXPECT_EQ(us.Writes("cd"), 0u);
    EXPECT_EQ(us.connection().writable_octets(), 0u);
    us.HearsNothing();
    us.lower().MakeRoom(100);
    us.Hears("writable");
    EXPECT_EQ(us.Writes("cd"), 2u);
    us.SendsOctets(Octets("0100 0100", "abcd"));
  });
}

// The header must not go without the first octet: a user who then writes nothing would have begun
// an SSDU all the same.
TEST(SessionSta713, HeaderIsNeverTornFromTheFirstOctet) {
  for (size_t room = 1; room <= 4; ++room) {
    Tell([&](Script& us) {
      us.EstablishAsInitiator();
      us.lower().set_room(room);
      EXPECT_EQ(us.connection().writable_octets(), 1u);
      EXPECT_EQ(us.Writes("abc"), 1u) << room;
      EXPECT_EQ(us.connection().writable_octets(), 0u);
      us.lower().MakeRoom(100);
      us.Hears("writable");
      EXPECT_EQ(us.Writes("bc"), 2u);
      us.SendsOctets(Octets("0100 0100", "abc"));
    });
  }
}

TEST(SessionSta713, ShortSsduWaitsWithItsHeader) {
  for (const absl::string_view data : {"", "a"}) {
    Tell([&](Script& us) {
      us.EstablishAsInitiator();
      us.lower().set_room(3);
      EXPECT_EQ(us.Writes(data), data.size());
      us.HearsNothing();
      EXPECT_FALSE(us.connection().is_drained());
      us.lower().MakeRoom(100);
      us.SendsOctets(Octets("0100 0100", data));
      us.HearsNothing();  // nobody was turned away
    });
  }
}

TEST(SessionSta713, FullTransportConnectionTakesNothing) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.lower().set_room(0);
    EXPECT_EQ(us.connection().writable_octets(), 0u);
    EXPECT_EQ(us.Writes(""), 0u);
    us.SendsNothing();
    us.lower().MakeRoom(100);
    us.Hears("writable");
    us.SendsNothing();
  });
}

TEST(SessionSta713, UserWhoDoesNotReadStopsThePeer) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    const std::string ssdu(10000, 'x');
    for (int i = 0; i < 10; ++i) us.Receives(Script::Dt(ssdu));
    EXPECT_GT(us.lower().unread_octets(), 60000u);
    EXPECT_EQ(us.Reads().size(), 10u * 10001u);
    EXPECT_EQ(us.lower().unread_octets(), 0u);
  });
}

TEST(SessionSta713, EmptySsdusStopThePeerToo) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    for (int i = 0; i < 5000; ++i) us.lower().Deliver(Octets("0100 0100"));
    EXPECT_TRUE(us.lower().has_unread());
    EXPECT_EQ(us.Reads().size(), 5000u);
  });
}

TEST(SessionSta713, AnyOtherSpduIsAProtocolError) {
  for (const Spdu& spdu : std::vector<Spdu>{Script::Cn(), Script::Ac(), Script::Dn(), NfSpdu{},
                                            AaSpdu{}, GtSpdu{}, PtSpdu{}, PrSpdu{}, RfSpdu{}}) {
    Tell([&](Script& us) {
      us.EstablishAsInitiator();
      us.Receives(spdu);
      us.Sends(Script::ProtocolError(spdu));
      us.Hears("disconnected ProtocolError 0");
      us.IsIn(State::kSta16);
      us.TransportDisconnects();
      us.IsIn(State::kSta01);
      us.HearsNothing();
    });
  }
}

TEST(SessionSta713, OctetsThatAreNoSpduAreAProtocolError) {
  for (const absl::string_view hex : {"FF", "0100 0200", "0101", "0900 00", "1903"}) {
    Tell([&](Script& us) {
      us.EstablishAsInitiator();
      us.ReceivesOctets(Octets(hex));
      us.Sends(AbSpdu::ForProtocolError(Octets(hex)));
      us.Hears("disconnected ProtocolError 0");
      us.IsIn(State::kSta16);
    });
  }
}

TEST(SessionSta713, TransportDisconnectIndicationIsAProviderAbort) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Receives(Script::Dt("unread"));
    us.user().heard().clear();
    us.TransportDisconnects(Cause::kNoAnswer);
    us.Hears("disconnected NoAnswer 128");
    us.IsIn(State::kSta01);
    EXPECT_EQ(us.Reads(), "");
    us.Leaves(Farewell::kGraceful);
    us.IsGone();
    EXPECT_FALSE(us.entity().IsInUse(us.Ours(Script::kOurPort)));
  });
}

TEST(SessionSta03, DataStillArrive) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Releases();
    us.Receives(Script::Dt("late"));
    us.Hears("readable");
    EXPECT_EQ(us.Reads(), "late|");
    us.IsIn(State::kSta03);
  });
}

TEST(SessionSta03, DataRequestIsNotAllowed) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Releases();
    us.Sends(Script::Fn());
    EXPECT_EQ(us.connection().writable_octets(), 0u);
    EXPECT_EQ(us.Writes("late"), 0u);
    us.SendsNothing();
  });
}

TEST(SessionSta03, DataForAUserWhoHasLeftAbort) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Leaves(Farewell::kGraceful);
    us.Sends(Script::Fn());
    us.Receives(Script::Dt("late"));
    us.Sends(Script::UserAbort());
    us.TransportDisconnects();
    us.IsGone();
  });
}

TEST(SessionSta09, DataCanStillBeSent) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Receives(Script::Fn());
    EXPECT_EQ(us.Writes("late"), 4u);
    us.SendsOctets(Octets("0100 0100", "late"));
    us.IsIn(State::kSta09);
  });
}

TEST(SessionSta09, DataBehindFnAreAProtocolError) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Receives(Script::Fn());
    us.Receives(Script::Dt("late"));
    us.Sends(Script::ProtocolError(Script::Dt("late")));
  });
}

}  // namespace
}  // namespace osi
