// What the two ends agree on: versions, TSDU sizes and segments, connection identifiers (X.225 7.1,
// 7.4, 7.5, 6.3.5, 8.3.1).

#include <string>

#include "gtest/gtest.h"
#include "providers/osi/session/session_script.h"

namespace osi {
namespace {

using State = SessionState;
using Script = SessionScript;
using transport::OptionStatus;

DtSpdu Segment(absl::string_view data, bool beginning, bool end) {
  DtSpdu dt = Script::Dt(data);
  dt.enclosure = Enclosure{.beginning = beginning, .end = end};
  return dt;
}

// The TSDU maximum sizes of both directions, as the initiator's option and the acceptor's AC say.
void ConnectWithLimit(Script& us, int limit, SessionVersions version = kSessionVersion2) {
  us.Chooses(SO_SESSION_TSDU_MAXIMUM_SEND, limit);
  us.Chooses(SO_SESSION_TSDU_MAXIMUM_RECEIVE, limit);
  us.Connects();
  us.TransportConnects();
  AcSpdu ac = Script::Ac();
  ac.item.versions = version;
  us.Receives(ac);
  us.Forget();
}

// ---- Versions

TEST(SessionVersion, InitiatorProposesWhatItsUserAllows) {
  for (const int versions : {1, 2, 3}) {
    Tell([&](Script& us) {
      us.Chooses(SO_SESSION_VERSIONS, versions);
      us.Connects();
      us.TransportConnects();
      CnSpdu cn{.requirements = kDuplexUnit,
                .calling_selector = {0x11, 0x11},
                .called_selector = {0x22, 0x22}};
      cn.item.versions = static_cast<SessionVersions>(versions);
      us.Sends(cn);
    });
  }
}

TEST(SessionVersion, AcceptorChoosesTheLaterOfThoseInCommon) {
  struct Row {
    int ours;
    SessionVersions theirs;
    SessionVersions chosen;
  };
  for (const Row& row : {Row{3, 3, 2}, Row{3, 1, 1}, Row{3, 2, 2}, Row{1, 3, 1}, Row{2, 3, 2}}) {
    Tell([&](Script& us) {
      us.Chooses(SO_SESSION_VERSIONS, row.ours);
      us.Listens();
      us.TransportIndicates();
      CnSpdu cn = Script::Cn();
      cn.item.versions = row.theirs;
      us.Receives(cn);
      us.Accepts();
      EXPECT_EQ(us.connection().version(), row.chosen);
      EXPECT_EQ(us.Option(SO_SESSION_VERSIONS), row.chosen);
      const size_t user_data_max = row.chosen == kSessionVersion1 ? 512 : 10240;
      EXPECT_EQ(us.connection().agreed_capabilities()->disconnect_data_max, user_data_max);
      EXPECT_EQ(us.connection().agreed_capabilities()->accept_data_max, user_data_max);
    });
  }
}

TEST(SessionVersion, RequestOfAVersionThatTheListenerDoesNotTakeIsRefused) {
  Tell([](Script& us) {
    us.Chooses(SO_SESSION_VERSIONS, 2);
    us.Listens();
    us.TransportIndicates();
    CnSpdu cn = Script::Cn();
    cn.item.versions = kSessionVersion1;
    us.Receives(cn);
    us.Sends(RfSpdu{.reason = RefuseReason::kVersionsNotSupported});
    us.Hears("disconnected NegotiationFailed 132");  // it was in the listener's queue
    us.IsIn(State::kSta16);
  });
}

TEST(SessionVersion, ExtendedUserDataNeedVersion2) {
  Tell([](Script& us) {
    us.Chooses(SO_SESSION_VERSIONS, 1);
    us.Listens();
    us.TransportIndicates();
    CnSpdu cn = Script::Cn();
    cn.user_data.resize(513);
    us.Receives(cn);
    us.Sends(RfSpdu{.reason = RefuseReason::kVersionsNotSupported});
  });
}

TEST(SessionVersion, AcOfAVersionThatWasNotProposedIsAProtocolError) {
  for (const int versions : {1, 2}) {
    Tell([&](Script& us) {
      us.Chooses(SO_SESSION_VERSIONS, versions);
      us.Connects();
      us.TransportConnects();
      us.Forget();
      AcSpdu ac = Script::Ac();
      ac.item.versions = static_cast<SessionVersions>(3 - versions);
      us.Receives(ac);
      us.Sends(Script::ProtocolError(ac));
      us.Hears("disconnected ProtocolError 0");
    });
  }
}

TEST(SessionVersion, ConnectDataAreHeldToTheVersionsProposed) {
  Tell([](Script& us) {
    const int version_1 = 1;
    const auto* octets = reinterpret_cast<const uint8_t*>(&version_1);
    const transport::ConnectOptions::Option option = {
        kSessionProtocol, SO_SESSION_VERSIONS, {octets, octets + sizeof(version_1)}};
    const transport::Capabilities* capabilities = us.entity().CapabilitiesWith({option});
    ASSERT_NE(capabilities, nullptr);
    EXPECT_EQ(capabilities->connect_data_max, 512u);
    EXPECT_EQ(us.entity().CapabilitiesWith({}), nullptr);
  });
}

TEST(SessionVersion, Version1HoldsThePeerToItsLimits) {
  const std::vector<uint8_t> too_much(513);
  struct Row {
    Spdu spdu;
    bool releases_first;
  };
  for (const Row& row : std::vector<Row>{{FnSpdu{.user_data = too_much}, false},
                                         {FnSpdu{.enclosure = Enclosure{true, true}}, false},
                                         {DnSpdu{.user_data = too_much}, true},
                                         {DnSpdu{.enclosure = Enclosure{true, true}}, true}}) {
    Tell([&](Script& us) {
      us.EstablishAsInitiator(kSessionVersion1);
      if (row.releases_first) us.Releases();
      us.Forget();
      us.Receives(row.spdu);
      us.Sends(Script::ProtocolError(row.spdu));
      us.Hears("disconnected ProtocolError 0");
      us.IsIn(State::kSta16);
    });
  }
  Tell([](Script& us) {  // an AB ends the connection, however long it is
    us.EstablishAsInitiator(kSessionVersion1);
    us.Receives(Script::UserAbort("ten octets"));
    us.Hears("disconnected PeerUser 3: ten octets");
  });
}

TEST(SessionVersion, CannotBeChangedOnceConnected) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    const int value = 1;
    const ByteSpan octets(reinterpret_cast<const uint8_t*>(&value), sizeof(value));
    for (const int name : {SO_SESSION_VERSIONS, SO_SESSION_TSDU_MAXIMUM_SEND}) {
      EXPECT_NE(us.connection().SetOption(kSessionProtocol, name, octets), OptionStatus::kDone);
    }
    EXPECT_EQ(us.connection().SetOption(kSessionProtocol, SO_SESSION_KEEP_TRANSPORT, octets),
              OptionStatus::kDone);
    EXPECT_EQ(us.connection().SetOption(kSessionProtocol, 99, octets), OptionStatus::kUnknown);
  });
}

// ---- TSDU maximum size and segments

TEST(SessionSegments, LimitsTravelInCnAndAcAndTheLesserIsInForce) {
  Tell([](Script& us) {
    us.Chooses(SO_SESSION_TSDU_MAXIMUM_SEND, 1000);
    us.Chooses(SO_SESSION_TSDU_MAXIMUM_RECEIVE, 2000);
    us.Connects();
    us.TransportConnects();
    us.SendsOctets(Octets("0D1A 050C 130100 150403E807D0 160103 14020002 33021111 34022222"));
    AcSpdu ac = Script::Ac();
    ac.item.tsdu_maximum_initiator_to_responder = 300;
    ac.item.tsdu_maximum_responder_to_initiator = 2000;
    us.Receives(ac);
    us.Hears("connected");
    EXPECT_EQ(us.Option(SO_SESSION_TSDU_MAXIMUM_SEND), 300);
    EXPECT_EQ(us.Option(SO_SESSION_TSDU_MAXIMUM_RECEIVE), 2000);
  });
  Tell([](Script& us) {
    us.Chooses(SO_SESSION_TSDU_MAXIMUM_SEND, 700);
    us.Listens();
    us.TransportIndicates();
    CnSpdu cn = Script::Cn();
    cn.item.tsdu_maximum_initiator_to_responder = 800;
    cn.item.tsdu_maximum_responder_to_initiator = 900;
    us.Receives(cn);
    us.Accepts();
    us.SendsOctets(Octets("0E1A 050C 130100 1504032002BC 160102 14020002 33022222 34021111"));
    EXPECT_EQ(us.Option(SO_SESSION_TSDU_MAXIMUM_SEND), 700);
    EXPECT_EQ(us.Option(SO_SESSION_TSDU_MAXIMUM_RECEIVE), 800);
  });
}

TEST(SessionSegments, LimitTooSmallForTheParametersIsRefused) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    CnSpdu cn = Script::Cn();
    cn.item.tsdu_maximum_responder_to_initiator = 255;
    us.Receives(cn);
    us.Sends(RfSpdu{.reason = RefuseReason::kImplementationRestriction});
  });
  Tell([](Script& us) {
    us.Connects();
    us.TransportConnects();
    us.Forget();
    AcSpdu ac = Script::Ac();
    ac.item.tsdu_maximum_initiator_to_responder = 255;
    us.Receives(ac);
    us.Sends(Script::ProtocolError(ac));
  });
}

// A refusal may say as much as any other SPDU of version 2, within the limit that the CN names.
TEST(SessionSegments, RefusalIsSentInSegments) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    CnSpdu cn = Script::Cn();
    cn.item.tsdu_maximum_responder_to_initiator = 256;
    us.Receives(cn);
    EXPECT_EQ(us.connection().agreed_capabilities()->refuse_data_max, 10240u);
    us.Refuses(std::string(10240, 'n'));
    std::vector<uint8_t> data;
    bool is_over = false;
    while (!is_over) {
      ASSERT_FALSE(us.lower().written().empty());
      const std::vector<uint8_t> tsdu = us.lower().written().front().octets;
      us.lower().written().pop_front();
      EXPECT_LE(tsdu.size(), 256u);
      const absl::StatusOr<Spdu> rf = ParseSpdu(tsdu);
      ASSERT_TRUE(rf.ok()) << rf.status();
      const RfSpdu& segment = std::get<RfSpdu>(*rf);
      EXPECT_EQ(segment.reason, RefuseReason::kUserWithData);
      EXPECT_EQ(segment.enclosure->beginning, data.empty());
      data.insert(data.end(), segment.user_data.begin(), segment.user_data.end());
      is_over = segment.enclosure->end;
    }
    EXPECT_EQ(data, Text(std::string(10240, 'n')));
    us.SendsNothing();
    us.IsIn(State::kSta16);
  });
}

TEST(SessionSegments, RefusalInSegmentsIsHeardAsAWhole) {
  Tell([](Script& us) {
    us.Connects();
    us.TransportConnects();
    us.Forget();
    RfSpdu rf{.enclosure = Enclosure{.beginning = true},
              .reason = RefuseReason::kUserWithData,
              .user_data = Text("not ")};
    us.Receives(rf);
    us.HearsNothing();
    rf.enclosure = Enclosure{.end = true};
    rf.user_data = Text("now");
    us.Receives(rf);
    us.Hears("disconnected RefusedByUser 2: not now");
    us.DisconnectsTransport();
  });
}

TEST(SessionSegments, WhoProposedVersion1AloneHearsNoRefusalOfVersion2) {
  for (const bool is_long : {false, true}) {
    Tell([&](Script& us) {
      us.Chooses(SO_SESSION_VERSIONS, 1);
      us.Connects();
      us.TransportConnects();
      us.Forget();
      RfSpdu rf{.reason = RefuseReason::kUserWithData,
                .user_data = Text(std::string(is_long ? 513 : 3, 'n'))};
      if (!is_long) rf.enclosure = Enclosure{.beginning = true};
      us.Receives(rf);
      us.Sends(Script::ProtocolError(rf));
      us.Hears("disconnected ProtocolError 0");
    });
  }
}

TEST(SessionSegments, SsduIsSentInSegments) {
  Tell([](Script& us) {
    ConnectWithLimit(us, 256);
    const std::string text(600, 'x');
    EXPECT_EQ(us.Writes(text), 600u);
    us.Sends(Segment(text.substr(0, 249), true, false));
    us.Sends(Segment(text.substr(0, 249), false, false));
    us.Sends(Segment(text.substr(0, 102), false, true));
    us.Writes("short");
    us.Sends(Segment("short", true, true));
    us.Writes("");
    us.Sends(Segment("", true, true));
    us.SendsNothing();
  });
}

TEST(SessionSegments, AcceptorSendsSegmentsToo) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    CnSpdu cn = Script::Cn();
    cn.item.tsdu_maximum_responder_to_initiator = 256;
    us.Receives(cn);
    us.Accepts();
    us.Forget();
    us.Writes(std::string(250, 'x'));
    us.Sends(Segment(std::string(249, 'x'), true, false));
    us.Sends(Segment("x", false, true));
  });
}

TEST(SessionSegments, SegmentsMakeOneSsduForTheReader) {
  Tell([](Script& us) {
    ConnectWithLimit(us, 256);
    us.Receives(Segment("one ", true, false));
    us.Receives(Segment("and ", false, false));
    us.Receives(Segment("two", false, true));
    us.Receives(Segment("three", true, true));
    us.Receives(Segment("", true, true));
    EXPECT_EQ(us.Reads(), "one and two|three||");
  });
}

TEST(SessionSegments, TsduLongerThanAgreedIsAProtocolError) {
  Tell([](Script& us) {
    ConnectWithLimit(us, 256);
    us.Receives(Segment(std::string(249, 'x'), true, true));
    us.KeepsTransport();
    EXPECT_EQ(us.Reads(), std::string(249, 'x') + "|");
    us.Forget();
    us.Receives(Segment(std::string(250, 'x'), true, true));
    us.SendsOctets(Octets("190E 110105 3109 010001031901037878"));
    us.Hears("disconnected ProtocolError 0");
    us.IsIn(State::kSta16);
  });
  Tell([](Script& us) {
    ConnectWithLimit(us, 256);
    const FnSpdu fn{.user_data = std::vector<uint8_t>(250)};
    us.Receives(fn);
    us.Sends(Script::ProtocolError(fn));
  });
}

TEST(SessionSegments, LastWordsAreSegmentedToo) {
  const std::string words(600, 'w');
  Tell([&](Script& us) {
    ConnectWithLimit(us, 256);
    us.Releases(words);
    FnSpdu all = Script::Fn(words);
    for (const Spdu& segment : InSegments(all, 256)) us.Sends(segment);
    us.SendsNothing();
    us.IsIn(State::kSta03);
    for (const Spdu& segment : InSegments(Script::Dn(words), 256)) {
      us.HearsNothing();
      us.Receives(segment);
    }
    us.Hears("release: " + words);
    us.Hears("readable");
    us.Hears("released");
    us.DisconnectsTransport();
  });
}

TEST(SessionSegments, AcAndAbMayComeInSegments) {
  const std::string words(600, 'w');
  Tell([&](Script& us) {
    us.Connects();
    us.TransportConnects();
    AcSpdu ac = Script::Ac();
    ac.user_data = Text(words);
    for (const Spdu& segment : InSegments(ac, 256)) {
      us.HearsNothing();
      us.Receives(segment);
    }
    us.Hears("connected: " + words);
    for (const Spdu& segment : InSegments(Script::UserAbort(words), 256)) {
      us.HearsNothing();
      us.Receives(segment);
    }
    us.Hears("disconnected PeerUser 3: " + words);
  });
}

TEST(SessionSegments, AnotherSpduWithinAFinishIsAProtocolError) {
  Tell([](Script& us) {
    ConnectWithLimit(us, 256);
    us.Receives(FnSpdu{.enclosure = Enclosure{.beginning = true}});
    us.HearsNothing();
    us.IsIn(State::kSta713);
    us.Receives(Segment("data", true, true));
    us.Hears("disconnected ProtocolError 0");
    us.IsIn(State::kSta16);
  });
}

TEST(SessionSegments, AbortWithinAnSsduGoesBetweenTwoSegments) {
  Tell([](Script& us) {
    ConnectWithLimit(us, 256);
    us.Writes(std::string(300, 'x'), /*ends_message=*/false);
    us.Sends(Segment(std::string(249, 'x'), true, false));
    us.Aborts("bye");
    us.Sends(Script::UserAbort("bye"));
    us.SendsNothing();
    us.IsIn(State::kSta16);
  });
}

TEST(SessionSegments, ReleaseEndsTheSsduThatWasBegun) {
  Tell([](Script& us) {
    ConnectWithLimit(us, 256);
    us.Writes("half", /*ends_message=*/false);
    us.SendsNothing();
    us.Releases();
    us.Sends(Segment("half", true, true));
    us.Sends(Script::Fn());
  });
}

TEST(SessionSegments, SegmentsWaitForRoomBeneath) {
  Tell([](Script& us) {
    ConnectWithLimit(us, 256);
    us.lower().set_room(100);
    EXPECT_EQ(us.Writes(std::string(1000, 'x')), 249u);
    EXPECT_EQ(us.connection().writable_octets(), 0u);
    us.lower().MakeRoom(1000);
    us.Hears("writable");
    us.Sends(Segment(std::string(249, 'x'), true, false));
    EXPECT_GT(us.connection().writable_octets(), 0u);
  });
}

// Version 1 knows no segments: what does not fit into one TSDU cannot be sent.
TEST(SessionSegments, Version1LimitsMessagesInstead) {
  Tell([](Script& us) {
    ConnectWithLimit(us, 300, kSessionVersion1);
    EXPECT_EQ(us.connection().agreed_capabilities()->message_max, 296u);
    EXPECT_EQ(us.connection().agreed_capabilities()->disconnect_data_max, 100u);
    us.Writes(std::string(296, 'x'));
    us.Sends(Script::Dt(std::string(296, 'x')));
  });
  Tell([](Script& us) {
    ConnectWithLimit(us, 300, kSessionVersion2);
    EXPECT_EQ(us.connection().agreed_capabilities()->message_max, 0u);  // no limit
    EXPECT_EQ(us.connection().agreed_capabilities()->disconnect_data_max, 10240u);
  });
}

// ---- Connection identifiers

TEST(SessionIdentifier, TravelsInCnAndAc) {
  Tell([](Script& us) {
    us.Chooses(SO_SESSION_USER_REFERENCE, "ref-A");
    us.Chooses(SO_SESSION_COMMON_REFERENCE, "910101000000Z");
    us.Chooses(SO_SESSION_ADDITIONAL_REFERENCE, "1234");
    us.Connects();
    us.TransportConnects();
    us.SendsOctets(
        Octets("0D32 011C 0A05 7265662D41 0B0D 3931303130313030303030305A 0C04 31323334"
               "0506 130100 160103 14020002 33021111 34022222"));
    AcSpdu ac = Script::Ac();
    ac.identifier = {
        .user_reference = Text("ref-B"), .common_reference = Text("then"), .additional = Text("5")};
    us.Receives(ac);
    EXPECT_EQ(us.OctetsOption(SO_SESSION_USER_REFERENCE), "ref-A");
    EXPECT_EQ(us.OctetsOption(SO_SESSION_PEER_USER_REFERENCE), "ref-B");
    EXPECT_EQ(us.OctetsOption(SO_SESSION_PEER_COMMON_REFERENCE), "then");
    EXPECT_EQ(us.OctetsOption(SO_SESSION_PEER_ADDITIONAL_REFERENCE), "5");
  });
}

TEST(SessionIdentifier, AcceptorHasItsOwnAndSeesTheCallers) {
  Tell([](Script& us) {
    us.Chooses(SO_SESSION_USER_REFERENCE, "ref-B");
    us.Listens();
    us.TransportIndicates();
    CnSpdu cn = Script::Cn();
    cn.identifier.user_reference = Text("ref-A");
    us.Receives(cn);
    EXPECT_EQ(us.OctetsOption(SO_SESSION_PEER_USER_REFERENCE), "ref-A");
    us.Accepts();
    us.SendsOctets(
        Octets("0E1D 0107 0905 7265662D42 0506 130100 160102 14020002 33022222 34021111"));
  });
}

TEST(SessionIdentifier, RefusalCarriesIt) {
  Tell([](Script& us) {
    us.Chooses(SO_SESSION_USER_REFERENCE, "ref-B");
    us.Listens();
    us.TransportIndicates();
    us.Receives(Script::Cn());
    us.Refuses("no");
    us.SendsOctets(Octets("0C11 0107 0905 7265662D42 110101 3203 026E6F"));
  });
}

}  // namespace
}  // namespace osi
