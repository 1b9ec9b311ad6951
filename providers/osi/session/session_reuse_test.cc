// A transport connection that outlives its session: PI 17 of FN, RF and AB, STA01A, STA01C and Vtrr
// (X.225 6.1.4, Annex A).

#include <string>

#include "gtest/gtest.h"
#include "providers/osi/session/session_script.h"

namespace osi {
namespace {

using State = SessionState;
using Script = SessionScript;
using transport::Cause;
using transport::Farewell;

void Keeps(Script& us) { us.Chooses(SO_SESSION_KEEP_TRANSPORT, 1); }

AbSpdu AbortThatKeeps(absl::string_view data = "") {
  AbSpdu ab = Script::UserAbort(data);
  ab.transport_disconnect.releases_transport = false;
  return ab;
}

// A session of an initiator that has been released, and whose transport connection is kept.
void ReleaseAndKeep(Script& us) {
  Keeps(us);
  us.EstablishAsInitiator();
  us.Releases("bye");
  us.Sends(FnSpdu{.releases_transport = false, .user_data = Text("bye")});
  us.Receives(Script::Dn("bye too"));
  us.Hears("release: bye too");
  us.Hears("readable");
  us.Hears("released");
  us.KeepsTransport();
  us.IsIn(State::kSta01);
  us.Leaves(Farewell::kGraceful);
  us.HearsNothing();
}

// A session of an acceptor, released by its peer, which keeps the transport connection.
void AnswerAndKeep(Script& us) {
  us.Listens(/*room=*/2);
  us.TransportIndicates();
  us.Receives(Script::Cn());
  us.Accepts();
  us.Forget();
  us.Receives(FnSpdu{.releases_transport = false});
  us.Forget();
  us.Releases("bye");
  us.Sends(Script::Dn("bye"));
  us.lower().Drain();
  us.Hears("released");
  us.KeepsTransport();
  us.Leaves(Farewell::kGraceful);
}

TEST(SessionReuse, NextConnectGoesOverTheTransportConnectionThatWasKept) {
  Tell([](Script& us) {
    ReleaseAndKeep(us);
    us.Connects("again");
    EXPECT_EQ(us.lower_transport().connections().size(), 1u);
    us.IsIn(State::kSta02A);
    us.SendsOctets(Octets("0D1B 0506 130100 160103 14020002 33021111 34022222 C105", "again"));
    EXPECT_EQ(us.connection().remote_address(), us.Theirs(Script::kTheirPort));
    us.Receives(Script::Ac());
    us.Hears("connected");
    us.Writes("data");
    us.Sends(Script::Dt("data"));
    us.Receives(Script::Dt("more"));
    EXPECT_EQ(us.Reads(), "more|");
  });
}

TEST(SessionReuse, AcceptorTakesTheNextCnOnTheSameTransportConnection) {
  Tell([](Script& us) {
    AnswerAndKeep(us);
    us.Receives(Script::Cn());
    us.IsIn(State::kSta08);
    us.Accepts("welcome back");
    us.IsIn(State::kSta713);
    us.KeepsTransport();
  });
}

// The acceptor's user is told that its release is done when the peer is known to have the DN.
TEST(SessionReuse, ReleaseIsDoneWhenTheDnIsAcknowledged) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Receives(FnSpdu{.releases_transport = false});
    us.Forget();
    us.lower().set_room(0);
    us.Releases("bye");
    us.IsIn(State::kSta01C);
    us.HearsNothing();
    us.lower().MakeRoom(1000);
    us.HearsNothing();
    us.lower().Drain();
    us.Hears("released");
    us.IsIn(State::kSta01);
    us.KeepsTransport();
  });
}

TEST(SessionReuse, ReleaseIsDoneWhenThePeerGoesOn) {
  Tell([](Script& us) {
    us.Listens(/*room=*/2);
    us.TransportIndicates();
    us.Receives(Script::Cn());
    us.Accepts();
    us.Receives(FnSpdu{.releases_transport = false});
    us.Forget();
    us.Releases();
    us.HearsNothing();
    SessionConnection& first = us.connection();
    us.Receives(Script::Cn());
    us.Hears("released");
    EXPECT_NE(&us.connection(), &first);
    us.IsIn(State::kSta08);
    first.Detach(Farewell::kGraceful);
  });
}

TEST(SessionReuse, ReleaseIsDoneWhenThePeerDisconnectsAfterAll) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Receives(FnSpdu{.releases_transport = false});
    us.Forget();
    us.Releases();
    us.TransportDisconnects();
    us.Hears("released");
    us.IsIn(State::kSta01);
  });
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Receives(FnSpdu{.releases_transport = false});
    us.Forget();
    us.Releases();
    us.TransportDisconnects(Cause::kPeerLost);
    us.Hears("disconnected PeerLost 128");
  });
}

TEST(SessionReuse, OnlyTheInitiatorOfTheTransportConnectionOffersToKeepIt) {
  Tell([](Script& us) {
    Keeps(us);
    us.EstablishAsAcceptor();
    us.Releases();
    us.Sends(Script::Fn());
    us.Receives(Script::Dn());
    us.DisconnectsTransport();
  });
  Tell([](Script& us) {  // and only from it is the offer taken
    Keeps(us);
    us.EstablishAsInitiator();
    us.Receives(FnSpdu{.releases_transport = false});
    us.Releases();
    us.IsIn(State::kSta16);
  });
}

TEST(SessionReuse, CollisionEndsTheTransportConnection) {
  Tell([](Script& us) {
    Keeps(us);
    us.EstablishAsInitiator();
    us.Releases("ours");
    us.Receives(Script::Fn("theirs"));
    us.Receives(Script::Dn());
    us.DisconnectsTransport();
  });
}

TEST(SessionReuse, RefusalMayKeepIt) {
  Tell([](Script& us) {  // the acceptor
    Keeps(us);
    us.Listens(/*room=*/2);
    us.TransportIndicates();
    us.Receives(Script::Cn());
    us.Refuses("not now");
    us.Sends(RfSpdu{.releases_transport = false,
                    .reason = RefuseReason::kUserWithData,
                    .user_data = Text("not now")});
    us.Leaves(Farewell::kAbortive);
    us.KeepsTransport();
    us.Receives(Script::Cn());
    us.IsIn(State::kSta08);
  });
  Tell([](Script& us) {  // the initiator
    Keeps(us);
    us.Connects();
    us.TransportConnects();
    us.Forget();
    us.Receives(RfSpdu{.releases_transport = false});
    us.Hears("disconnected RefusedByUser 0");
    us.KeepsTransport();
    us.Leaves(Farewell::kAbortive);
    us.Connects();
    EXPECT_EQ(us.lower_transport().connections().size(), 1u);
    us.IsIn(State::kSta02A);
  });
}

TEST(SessionReuse, AbortMayKeepItAndAaConfirmsThat) {
  Tell([](Script& us) {
    Keeps(us);
    us.EstablishAsInitiator();
    us.Aborts("bye");
    us.SendsOctets(Octets("1908 110102 C103", "bye"));
    us.IsIn(State::kSta01A);
    us.Leaves(Farewell::kAbortive);
    for (const Spdu& late : std::vector<Spdu>{Script::Dt("late"), Script::Fn(), Script::Dn(),
                                              Script::Ac(), RfSpdu{}}) {
      us.Receives(late);
      us.KeepsTransport();
    }
    us.Receives(AaSpdu{});
    us.KeepsTransport();
    us.Connects();
    EXPECT_EQ(us.lower_transport().connections().size(), 1u);
    us.IsIn(State::kSta02A);
  });
}

TEST(SessionReuse, AbortsThatCrossKeepItToo) {
  Tell([](Script& us) {
    Keeps(us);
    us.EstablishAsInitiator();
    us.Aborts();
    us.Leaves(Farewell::kAbortive);
    us.Receives(AbortThatKeeps());
    us.KeepsTransport();
    us.Connects();
    us.IsIn(State::kSta02A);
  });
}

TEST(SessionReuse, WhatEndsTheWaitForAa) {
  for (const Spdu& spdu : std::vector<Spdu>{Script::UserAbort(), Script::Cn()}) {
    Tell([&](Script& us) {
      Keeps(us);
      us.EstablishAsInitiator();
      us.Aborts();
      us.Leaves(Farewell::kAbortive);
      us.Receives(spdu);
      us.DisconnectsTransport();
      us.IsGone();
    });
  }
  Tell([](Script& us) {  // TIM
    Keeps(us);
    us.EstablishAsInitiator();
    us.Aborts();
    us.Leaves(Farewell::kAbortive);
    us.Passes(kTimDuration - absl::Milliseconds(1));
    us.KeepsTransport();
    us.Passes(absl::Milliseconds(1));
    us.DisconnectsTransport();
    us.IsGone();
  });
  Tell([](Script& us) {  // T-DISCONNECT ind
    Keeps(us);
    us.EstablishAsInitiator();
    us.Aborts();
    us.Leaves(Farewell::kAbortive);
    us.TransportDisconnects();
    us.IsGone();
    us.HearsNothing();
  });
  Tell([](Script& us) {  // octets that are no SPDU do not
    Keeps(us);
    us.EstablishAsInitiator();
    us.Aborts();
    us.ReceivesOctets(Octets("FF00"));
    us.IsIn(State::kSta01A);
  });
}

TEST(SessionReuse, AbortThatKeepsItIsAnsweredWithAa) {
  Tell([](Script& us) {
    Keeps(us);
    us.EstablishAsAcceptor();
    us.Receives(AbortThatKeeps("bye"));
    us.Hears("disconnected PeerUser 2: bye");
    us.SendsOctets(Octets("1A00"));
    us.KeepsTransport();
    us.Leaves(Farewell::kAbortive);
    us.Receives(Script::Cn());  // which finds no room at the listener
    us.Sends(RfSpdu{.reason = RefuseReason::kUserCongestion});
  });
}

TEST(SessionReuse, AaCannotGoWithinATsdu) {
  Tell([](Script& us) {
    Keeps(us);
    us.EstablishAsAcceptor();
    us.Writes("half", /*ends_message=*/false);
    us.Receives(AbortThatKeeps());
    us.Hears("disconnected PeerUser 2");
    us.DisconnectsTransport();
  });
}

TEST(SessionReuse, InitiatorThatIsSpokenToInSta01CDisconnects) {
  for (const Spdu& spdu :
       std::vector<Spdu>{Script::Cn(), Script::Dt("data"), AaSpdu{}, Script::UserAbort()}) {
    Tell([&](Script& us) {
      ReleaseAndKeep(us);
      us.Receives(spdu);
      us.DisconnectsTransport();
      us.IsGone();
    });
  }
}

TEST(SessionReuse, WhatIsKeptIsNotKeptForEver) {
  Tell([](Script& us) {
    ReleaseAndKeep(us);
    us.Passes(kKeptDuration);
    us.DisconnectsTransport();
    us.IsGone();
    us.Connects();
    EXPECT_EQ(us.lower_transport().connections().size(), 2u);
    us.IsIn(State::kSta01B);
  });
  Tell([](Script& us) {
    AnswerAndKeep(us);
    us.Passes(kAwaitConnectDuration);
    us.DisconnectsTransport();
    us.IsGone();
  });
}

TEST(SessionReuse, LossOfWhatIsKeptIsNobodysLoss) {
  Tell([](Script& us) {
    ReleaseAndKeep(us);
    us.TransportDisconnects(Cause::kPeerLost);
    us.IsGone();
    us.HearsNothing();
  });
}

TEST(SessionReuse, ConnectWithoutTheOptionHasItsOwnTransportConnection) {
  Tell([](Script& us) {
    ReleaseAndKeep(us);
    us.Chooses(SO_SESSION_KEEP_TRANSPORT, 0);
    us.Connects();
    EXPECT_EQ(us.lower_transport().connections().size(), 2u);
    us.IsIn(State::kSta01B);
  });
}

TEST(SessionReuse, TransportConnectionThatAUserHasChangedIsNotKept) {
  Tell([](Script& us) {
    Keeps(us);
    us.EstablishAsInitiator();
    const uint8_t value = 1;
    us.connection().SetOption(transport::kFakeOptionLevel, transport::kFakeOption, {&value, 1});
    us.Releases();
    us.Sends(Script::Fn());
  });
}

TEST(SessionReuse, SegmentingIsAgreedOnAnew) {
  Tell([](Script& us) {
    Keeps(us);
    us.Chooses(SO_SESSION_TSDU_MAXIMUM_SEND, 256);
    us.EstablishAsInitiator();
    us.Releases();
    us.Receives(Script::Dn());
    us.Leaves(Farewell::kGraceful);
    us.Chooses(SO_SESSION_TSDU_MAXIMUM_SEND, 0);
    us.Connects();
    us.Receives(Script::Ac());
    us.Forget();
    us.Writes(std::string(300, 'x'));
    us.Sends(Script::Dt(std::string(300, 'x')));
  });
}

// The user may leave, or leave and come back, at every moment of this.
TEST(SessionReuse, UserWhoLeavesAtOnceKeepsItToo) {
  Tell([](Script& us) {
    Keeps(us);
    us.EstablishAsInitiator();
    us.Leaves(Farewell::kGraceful);
    us.Sends(FnSpdu{.releases_transport = false});
    us.Receives(Script::Dn());
    us.KeepsTransport();
    us.Connects();
    us.IsIn(State::kSta02A);
  });
  Tell([](Script& us) {
    us.Listens(/*room=*/2);
    us.TransportIndicates();
    us.Receives(Script::Cn());
    us.Accepts();
    us.Receives(FnSpdu{.releases_transport = false});
    us.Releases();
    us.Leaves(Farewell::kGraceful);
    us.KeepsTransport();
    us.Receives(Script::Cn());
    us.IsIn(State::kSta08);
  });
}

}  // namespace
}  // namespace osi
