// S-CONNECT: the rows of STA01, STA01B, STA01C, STA02A and STA08 (X.225 Annex A).

#include <string>

#include "gtest/gtest.h"
#include "providers/osi/session/session_script.h"

namespace osi {
namespace {

using State = SessionState;
using Script = SessionScript;
using transport::Cause;
using transport::Farewell;

RfSpdu Rf(RefuseReason reason, absl::string_view data = "") {
  return {.reason = reason, .user_data = Text(data)};
}

TEST(SessionSta01, ConnectRequestAsksForATransportConnection) {
  Tell([](Script& us) {
    us.Connects();
    us.IsIn(State::kSta01B);
    EXPECT_EQ(us.lower().local_address(), us.Ours(kSessionEntityPort));
    EXPECT_EQ(us.lower().remote_address(), us.Theirs(kSessionEntityPort));
    EXPECT_EQ(us.connection().local_address(), us.Ours(Script::kOurPort));
    EXPECT_EQ(us.connection().remote_address(), us.Theirs(Script::kTheirPort));
    us.SendsNothing();
  });
}

TEST(SessionSta01, ConnectRequestFailsWithoutATransportConnection) {
  Tell([](Script& us) {
    us.lower_transport().RefuseToConnect();
    us.Connects();
    us.IsGone();
    EXPECT_FALSE(us.entity().IsInUse(us.Ours(Script::kOurPort)));
  });
}

TEST(SessionSta01, TransportConnectIndicationIsAccepted) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    EXPECT_TRUE(us.lower().accepted_with().has_value());
    us.SendsNothing();
    us.HearsNothing();
  });
}

TEST(SessionSta01B, TransportConnectConfirmSendsCn) {
  Tell([](Script& us) {
    us.Connects("hello");
    us.TransportConnects();
    us.SendsOctets(Octets("0D1B 0506 130100 160103 14020002 33021111 34022222 C105", "hello"));
    us.IsIn(State::kSta02A);
  });
}

TEST(SessionSta01B, MoreThan512OctetsOfUserDataTakeVersion2) {
  Tell([](Script& us) {
    const std::string data(10240, 'x');
    us.Connects(data);
    us.TransportConnects();
    CnSpdu cn{.requirements = kDuplexUnit,
              .calling_selector = {0x11, 0x11},
              .called_selector = {0x22, 0x22},
              .user_data = Text(data)};
    cn.item.versions = kSessionVersion2;
    us.Sends(cn);
  });
}

TEST(SessionSta01B, TransportDisconnectIndicationEndsTheAttempt) {
  Tell([](Script& us) {
    us.Connects();
    us.TransportDisconnects(Cause::kNothingThere);
    us.Hears("disconnected NothingThere 128");
    us.IsIn(State::kSta01);
    us.Leaves(Farewell::kAbortive);
    us.IsGone();
  });
}

TEST(SessionSta01B, UserAbortDisconnectsTheTransport) {
  Tell([](Script& us) {
    us.Connects();
    us.Aborts();
    us.DisconnectsTransport();
    us.IsIn(State::kSta01);
    us.Leaves(Farewell::kAbortive);
    us.IsGone();
    us.HearsNothing();
  });
}

TEST(SessionSta01C, CnIsIndicatedToWhoListensAtItsSelector) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    CnSpdu cn = Script::Cn();
    cn.user_data = Text("hello");
    us.Receives(cn);
    us.IsIn(State::kSta08);
    EXPECT_EQ(us.connection().connect_data(), ByteSpan(Text("hello")));
    EXPECT_EQ(us.connection().local_address(), us.Ours(Script::kOurPort));
    EXPECT_EQ(us.connection().remote_address(), us.Theirs(Script::kTheirPort));
    EXPECT_TRUE(us.entity().IsInUse(us.Ours(Script::kOurPort)));
    us.SendsNothing();
    us.HearsNothing();
  });
}

TEST(SessionSta01C, AListenerAtTheAddressComesBeforeOneAtAnyAddress) {
  Tell([](Script& us) {
    us.Listens(/*room=*/0);
    struct : transport::ListenerUser {
      bool OnConnectIndication(transport::Connection&) override { return heard = true; }
      bool heard = false;
    } specific;
    auto listener = us.entity().Listen({.local = us.Ours(Script::kOurPort)}, specific);
    EXPECT_EQ(us.entity().Listen({.local = us.Ours(Script::kOurPort)}, specific), nullptr);
    us.TransportIndicates();
    us.Receives(Script::Cn());
    EXPECT_TRUE(specific.heard);
  });
}

struct Refusal {
  CnSpdu cn;
  RefuseReason reason;
};

std::vector<Refusal> Refusals() {
  CnSpdu unknown = Script::Cn();
  unknown.called_selector = {0x99, 0x99};
  CnSpdu none = Script::Cn();
  none.called_selector.clear();
  CnSpdu long_selector = Script::Cn();
  long_selector.called_selector.push_back(0);
  CnSpdu version_3 = Script::Cn();
  version_3.item.versions = 0x04;
  CnSpdu half_duplex = Script::Cn();
  half_duplex.requirements = kHalfDuplexUnit;
  CnSpdu overflow = Script::Cn();
  overflow.data_overflow = true;
  return {{unknown, RefuseReason::kSelectorUnknown},
          {none, RefuseReason::kSelectorUnknown},
          {long_selector, RefuseReason::kSelectorUnknown},
          {version_3, RefuseReason::kVersionsNotSupported},
          {half_duplex, RefuseReason::kImplementationRestriction},
          {overflow, RefuseReason::kImplementationRestriction}};
}

TEST(SessionSta01C, CnThatIsNotAcceptableIsRefused) {
  for (const Refusal& refusal : Refusals()) {
    Tell([&](Script& us) {
      us.Listens();
      us.TransportIndicates();
      us.Receives(refusal.cn);
      us.Sends(Rf(refusal.reason));
      us.KeepsTransport();
      us.TransportDisconnects();
      us.IsGone();
      us.HearsNothing();
    });
  }
}

TEST(SessionSta01C, CnIsRefusedWhenTheListenerHasNoRoom) {
  Tell([](Script& us) {
    us.Listens(/*room=*/0);
    us.TransportIndicates();
    us.Receives(Script::Cn());
    us.Sends(Rf(RefuseReason::kUserCongestion));
    us.Passes(kTimDuration);
    us.DisconnectsTransport();
    us.IsGone();
    EXPECT_FALSE(us.entity().IsInUse(us.Ours(Script::kOurPort)));
  });
}

TEST(SessionSta01C, AnyOtherSpduDisconnectsTheTransport) {
  for (const Spdu& spdu : std::vector<Spdu>{Script::Ac(), Script::Fn(), Script::Dt("data"),
                                            Script::UserAbort(), AaSpdu{}}) {
    Tell([&](Script& us) {
      us.Listens();
      us.TransportIndicates();
      us.Receives(spdu);
      us.DisconnectsTransport();
      us.SendsNothing();
      us.IsGone();
    });
  }
}

TEST(SessionSta01C, OctetsThatAreNoSpduDisconnectTheTransport) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    us.ReceivesOctets(Octets("FF00"));
    us.DisconnectsTransport();
    us.IsGone();
  });
}

TEST(SessionSta01C, SilenceEndsTheTransportConnection) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    us.Passes(kAwaitConnectDuration - absl::Milliseconds(1));
    us.KeepsTransport();
    us.Passes(absl::Milliseconds(1));
    us.DisconnectsTransport();
    us.IsGone();
  });
}

TEST(SessionSta01C, TransportDisconnectIndicationIsTheEnd) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    us.TransportDisconnects();
    us.IsGone();
    us.HearsNothing();
  });
}

TEST(SessionSta01C, SilentTransportConnectionsAreLimited) {
  Tell([](Script& us) {
    us.Listens();
    for (size_t i = 0; i < SessionTransport::kMaxAwaitingConnect; ++i) us.TransportIndicates();
    transport::FakeConnection* last = &us.lower();
    us.TransportIndicates();
    EXPECT_FALSE(us.has_lower());
    last->End({Cause::kPeerUser, 128, ""});
    us.TransportIndicates();
    EXPECT_TRUE(us.has_lower());
  });
}

TEST(SessionSta02A, AcConfirmsTheConnection) {
  Tell([](Script& us) {
    us.Connects();
    us.TransportConnects();
    AcSpdu ac = Script::Ac();
    ac.user_data = Text("welcome");
    us.Receives(ac);
    us.Hears("connected: welcome");
    us.HearsNothing();
    us.IsIn(State::kSta713);
    EXPECT_EQ(us.connection().version(), kSessionVersion2);
    EXPECT_EQ(us.connection().agreed_capabilities()->disconnect_data_max, 10240u);
  });
}

TEST(SessionSta02A, AcMayChooseVersion1) {
  Tell([](Script& us) {
    us.EstablishAsInitiator(kSessionVersion1);
    EXPECT_EQ(us.connection().version(), kSessionVersion1);
    EXPECT_EQ(us.connection().agreed_capabilities()->disconnect_data_max, 512u);
    EXPECT_EQ(us.connection().agreed_capabilities()->abort_data_max, 9u);
  });
}

TEST(SessionSta02A, AcThatAgreesToNothingOfOursIsAProtocolError) {
  AcSpdu both_versions = Script::Ac();
  both_versions.item.versions = kSessionVersion1 | kSessionVersion2;
  AcSpdu version_3 = Script::Ac();
  version_3.item.versions = 0x04;
  AcSpdu half_duplex = Script::Ac();
  half_duplex.requirements = kHalfDuplexUnit;
  AcSpdu too_much_data = Script::Ac();
  too_much_data.item.versions = kSessionVersion1;
  too_much_data.user_data.resize(513);
  for (const AcSpdu& ac : {both_versions, version_3, half_duplex, too_much_data}) {
    Tell([&](Script& us) {
      us.Connects();
      us.TransportConnects();
      us.lower().written().clear();
      us.Receives(ac);
      us.Sends(Script::ProtocolError(ac));
      us.Hears("disconnected ProtocolError 0");
      us.IsIn(State::kSta16);
    });
  }
}

TEST(SessionSta02A, RfEndsTheAttempt) {
  struct Answer {
    RfSpdu rf;
    absl::string_view heard;
  };
  for (const Answer& answer :
       {Answer{Rf(RefuseReason::kUser), "disconnected RefusedByUser 0"},
        Answer{Rf(RefuseReason::kUserWithData, "no"), "disconnected RefusedByUser 2: no"},
        Answer{Rf(RefuseReason::kUserCongestion), "disconnected Congestion 1"},
        Answer{Rf(RefuseReason::kProviderCongestion), "disconnected Congestion 131"},
        Answer{Rf(RefuseReason::kSelectorUnknown), "disconnected NothingThere 129"},
        Answer{Rf(RefuseReason::kUserNotAttached), "disconnected NothingThere 130"},
        Answer{Rf(RefuseReason::kVersionsNotSupported), "disconnected NegotiationFailed 132"},
        Answer{Rf(RefuseReason::kProvider), "disconnected RefusedByUser 133"}}) {
    Tell([&](Script& us) {
      us.Connects();
      us.TransportConnects();
      us.Receives(answer.rf);
      us.DisconnectsTransport();
      us.Hears(answer.heard);
      us.IsIn(State::kSta01);
      us.Leaves(Farewell::kGraceful);
      us.IsGone();
    });
  }
}

TEST(SessionSta02A, RfThatKeepsTheTransportConnectionEndsItAllTheSame) {
  Tell([](Script& us) {
    us.Connects();
    us.TransportConnects();
    us.Receives(RfSpdu{.releases_transport = false});
    us.DisconnectsTransport();
    us.Hears("disconnected RefusedByUser 0");
  });
}

TEST(SessionSta02A, AnyOtherSpduIsAProtocolError) {
  for (const Spdu& spdu :
       std::vector<Spdu>{Script::Cn(), Script::Fn(), Script::Dn(), Script::Dt("x"), AaSpdu{}}) {
    Tell([&](Script& us) {
      us.Connects();
      us.TransportConnects();
      us.lower().written().clear();
      us.Receives(spdu);
      us.Sends(Script::ProtocolError(spdu));
      us.Hears("disconnected ProtocolError 0");
      us.IsIn(State::kSta16);
    });
  }
}

TEST(SessionSta02A, UserWhoLeavesAborts) {
  Tell([](Script& us) {
    us.Connects();
    us.TransportConnects();
    us.lower().written().clear();
    us.Leaves(Farewell::kGraceful);
    us.Sends(Script::UserAbort());
    us.TransportDisconnects();
    us.IsGone();
  });
}

TEST(SessionSta08, AcceptanceSendsAc) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    us.Receives(Script::Cn());
    us.Accepts("welcome");
    us.SendsOctets(Octets("0E1D 0506 130100 160102 14020002 33022222 34021111 C107", "welcome"));
    us.IsIn(State::kSta713);
    us.Hears("connected");
  });
}

TEST(SessionSta08, Version1IsChosenIfNothingElseIsProposed) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    CnSpdu cn = Script::Cn();
    cn.item.versions = kSessionVersion1;
    us.Receives(cn);
    us.Accepts(
        std::string(513, 'x'));  // more than version 1 carries: none is sent, rather than a part
    AcSpdu ac = Script::Ac();
    ac.item.versions = kSessionVersion1;
    ac.calling_selector = {0x22, 0x22};
    ac.responding_selector = {0x11, 0x11};
    us.Sends(ac);
    EXPECT_EQ(us.connection().version(), kSessionVersion1);
  });
}

TEST(SessionSta08, RefusalSendsRfAndWaitsForTheInitiatorToDisconnect) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    us.Receives(Script::Cn());
    us.Refuses("no");
    us.Sends(Rf(RefuseReason::kUserWithData, "no"));
    us.IsIn(State::kSta16);
    us.Leaves(Farewell::kAbortive);
    us.KeepsTransport();
    us.TransportDisconnects();
    us.IsGone();
    us.HearsNothing();
  });
}

TEST(SessionSta08, RefusalWithoutDataGivesNoReason) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    us.Receives(Script::Cn());
    us.Leaves(Farewell::kGraceful);
    us.Sends(Rf(RefuseReason::kUser));
  });
}

TEST(SessionSta08, InitiatorMayWithdraw) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    us.Receives(Script::Cn());
    us.Receives(Script::UserAbort());
    us.Hears("disconnected PeerUser 3");
    us.DisconnectsTransport();
    us.Accepts();  // too late, and without effect
    us.SendsNothing();
    us.Leaves(Farewell::kGraceful);
    us.IsGone();
  });
}

TEST(SessionSta08, TransportDisconnectIndicationWithdrawsToo) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    us.Receives(Script::Cn());
    us.TransportDisconnects(Cause::kPeerLost);
    us.Hears("disconnected PeerLost 128");
    us.Refuses();
    us.Leaves(Farewell::kGraceful);
    us.IsGone();
  });
}

TEST(SessionSta08, DataBeforeTheAnswerIsAProtocolError) {
  Tell([](Script& us) {
    us.Listens();
    us.TransportIndicates();
    us.Receives(Script::Cn());
    us.Receives(Script::Dt("early"));
    us.Sends(Script::ProtocolError(Script::Dt("early")));
    us.Hears("disconnected ProtocolError 0");
  });
}

}  // namespace
}  // namespace osi
