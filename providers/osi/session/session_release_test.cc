// S-RELEASE: the rows of STA713, STA03, STA09 and STA16 about it (X.225 Annex A, 7.6, 7.7).

#include <string>

#include "gtest/gtest.h"
#include "providers/osi/session/session_script.h"

namespace osi {
namespace {

using State = SessionState;
using Script = SessionScript;
using transport::Cause;
using transport::Farewell;

TEST(SessionSta713, ReleaseRequestSendsFn) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Releases("client-total=2");
    us.SendsOctets(Octets("0913 110101 C10E", "client-total=2"));
    us.IsIn(State::kSta03);
    us.HearsNothing();
  });
}

TEST(SessionSta713, FnIsIndicatedWithItsData) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Receives(Script::Fn("client-total=2"));
    us.Hears("release: client-total=2");
    us.Hears("readable");  // the end of data
    us.HearsNothing();
    EXPECT_EQ(us.Reads(), "$");
    us.IsIn(State::kSta09);
    us.SendsNothing();
  });
}

TEST(SessionSta713, FnIsIndicatedBehindAllDataButDoesNotWaitForItToBeRead) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.lower().Deliver(Octets("0100 0100", "one"));
    us.lower().Deliver(Octets("0100 0100", "two"));
    us.Receives(Script::Fn("bye"));
    us.Hears("readable");
    us.Hears("readable");
    us.Hears("release: bye");
    us.HearsNothing();
    EXPECT_EQ(us.Reads(), "one|two|$");
  });
}

TEST(SessionSta03, DnConfirmsTheRelease) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Releases();
    us.Receives(Script::Dn("server-grand-total=4"));
    us.Hears("release: server-grand-total=4");
    us.Hears("readable");
    us.Hears("released");
    us.DisconnectsTransport();
    us.IsIn(State::kSta01);
    EXPECT_EQ(us.Reads(), "$");
    us.Leaves(Farewell::kGraceful);
    us.IsGone();
  });
}

TEST(SessionSta03, DataBeforeDnOutliveTheTransportConnection) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Releases();
    us.lower().Deliver(Octets("0100 0100", "one"));
    us.Receives(Script::Dn("bye"));
    us.DisconnectsTransport();
    EXPECT_EQ(us.Reads(), "one|$");
  });
}

TEST(SessionSta03, AnyOtherSpduIsAProtocolError) {
  for (const Spdu& spdu :
       std::vector<Spdu>{Script::Cn(), Script::Ac(), RfSpdu{}, NfSpdu{}, AaSpdu{}}) {
    Tell([&](Script& us) {
      us.EstablishAsInitiator();
      us.Releases();
      us.lower().written().clear();
      us.Receives(spdu);
      us.Sends(Script::ProtocolError(spdu));
      us.Hears("disconnected ProtocolError 0");
      us.IsIn(State::kSta16);
    });
  }
}

TEST(SessionSta03, TransportDisconnectIndicationIsAProviderAbort) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Releases();
    us.TransportDisconnects(Cause::kPeerLost);
    us.Hears("disconnected PeerLost 128");
    us.IsIn(State::kSta01);
  });
}

TEST(SessionSta09, ReleaseResponseSendsDnAndWaitsForThePeerToDisconnect) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Receives(Script::Fn());
    us.user().heard().clear();
    us.Releases("server-grand-total=4");
    us.SendsOctets(Octets("0A16 C114", "server-grand-total=4"));
    us.IsIn(State::kSta16);
    us.KeepsTransport();
    us.HearsNothing();
    us.TransportDisconnects();
    us.Hears("released");
    us.IsIn(State::kSta01);
    EXPECT_EQ(us.Reads(), "$");
    us.Leaves(Farewell::kGraceful);
    us.IsGone();
  });
}

TEST(SessionSta09, InitiatorOfTheTransportConnectionAnswersAFinishToo) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Receives(Script::Fn());
    us.Releases("bye");
    us.Sends(Script::Dn("bye"));
    us.IsIn(State::kSta16);
  });
}

TEST(SessionSta09, AnyOtherSpduIsAProtocolError) {
  for (const Spdu& spdu : std::vector<Spdu>{Script::Cn(), Script::Ac(), RfSpdu{}, Script::Fn(),
                                            Script::Dn(), NfSpdu{}, AaSpdu{}}) {
    Tell([&](Script& us) {
      us.EstablishAsAcceptor();
      us.Receives(Script::Fn());
      us.user().heard().clear();
      us.Receives(spdu);
      us.Sends(Script::ProtocolError(spdu));
      us.Hears("disconnected ProtocolError 0");
      us.IsIn(State::kSta16);
    });
  }
}

TEST(SessionSta09, UserWhoLeavesAnswersWithoutData) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Receives(Script::Fn());
    us.Leaves(Farewell::kGraceful);
    us.Sends(Script::Dn());
    us.KeepsTransport();
    us.TransportDisconnects();
    us.IsGone();
  });
}

TEST(SessionSta16, MachineLivesOnWhenTheUserLeavesBehindTheAnswer) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Receives(Script::Fn());
    us.Releases("grand total");
    us.Leaves(Farewell::kAbortive);
    us.Sends(Script::Dn("grand total"));
    us.SendsNothing();
    us.KeepsTransport();
    EXPECT_EQ(us.entity().connection_count(), 1u);
    us.TransportDisconnects();
    us.IsGone();
  });
}

TEST(SessionSta16, LateSpdusAreIgnored) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Receives(Script::Fn());
    us.Releases();
    us.Sends(Script::Dn());
    for (const Spdu& spdu : std::vector<Spdu>{Script::Fn(), Script::Dn(), Script::Dt("late"),
                                              Script::Ac(), RfSpdu{}}) {
      us.Receives(spdu);
    }
    us.ReceivesOctets(Octets("FFFFFF"));
    us.IsIn(State::kSta16);
    us.SendsNothing();
    us.KeepsTransport();
    EXPECT_EQ(us.lower().unread_octets(), 0u);
  });
}

TEST(SessionSta16, TimEndsTheTransportConnection) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Receives(Script::Fn());
    us.user().heard().clear();
    us.Releases();
    us.Passes(kTimDuration - absl::Milliseconds(1));
    us.KeepsTransport();
    us.Passes(absl::Milliseconds(1));
    us.DisconnectsTransport();
    us.Hears("disconnected NoAnswer 0");  // nobody knows whether the DN has arrived
    us.IsIn(State::kSta01);
  });
}

TEST(SessionSta16, TimFindsTheReleaseDoneIfTheDnIsAcknowledged) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Receives(Script::Fn());
    us.user().heard().clear();
    us.Releases();
    us.lower().Drain();
    us.Passes(kTimDuration);
    us.DisconnectsTransport();
    us.Hears("released");
  });
}

TEST(SessionSta16, LossOfTheTransportConnectionLeavesTheReleaseUndone) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Receives(Script::Fn());
    us.user().heard().clear();
    us.Releases();
    us.TransportDisconnects(Cause::kNoAnswer);
    us.Hears("disconnected NoAnswer 128");
  });
}

TEST(SessionSta16, AbAaOrCnEndTheTransportConnection) {
  struct Story {
    Spdu spdu;
    absl::string_view heard;
  };
  for (const Story& story : {Story{Script::UserAbort("x"), "disconnected PeerUser 3: x"},
                             Story{AaSpdu{}, "disconnected ProtocolError 0"},
                             Story{Script::Cn(), "disconnected ProtocolError 0"}}) {
    Tell([&](Script& us) {
      us.EstablishAsAcceptor();
      us.Receives(Script::Fn());
      us.user().heard().clear();
      us.Releases();
      us.Receives(story.spdu);
      us.DisconnectsTransport();
      us.Hears(story.heard);
      us.IsIn(State::kSta01);
    });
  }
}

TEST(SessionCollision, InitiatorAnswersAtOnceAndDisconnectsBehindTheOtherAnswer) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Releases("ours");
    us.Sends(Script::Fn("ours"));
    us.Receives(Script::Fn("theirs"));
    us.Sends(Script::Dn());
    us.Hears("release: theirs");
    us.Hears("readable");
    us.HearsNothing();
    us.IsIn(State::kSta03);
    us.Receives(Script::Dn());
    us.Hears("released");
    us.DisconnectsTransport();
    us.IsIn(State::kSta01);
  });
}

TEST(SessionCollision, AcceptorAnswersWhenTheInitiatorHas) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Releases("ours");
    us.Sends(Script::Fn("ours"));
    us.Receives(Script::Fn("theirs"));
    us.Hears("release: theirs");
    us.Hears("readable");
    us.HearsNothing();
    us.SendsNothing();
    us.IsIn(State::kSta09);
    us.Receives(Script::Dn());
    us.Sends(Script::Dn());
    us.Hears("released");
    us.IsIn(State::kSta16);
    us.TransportDisconnects();
    us.IsIn(State::kSta01);
    us.HearsNothing();
  });
}

TEST(SessionCollision, NothingMoreCanBeSentOrReleased) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Releases();
    us.Receives(Script::Fn());
    us.lower().written().clear();
    EXPECT_EQ(us.connection().writable_octets(), 0u);
    EXPECT_EQ(us.Writes("late"), 0u);
    us.Releases("again");
    us.SendsNothing();
  });
}

TEST(SessionCollision, DataAreAProtocolError) {
  for (const bool is_initiator : {true, false}) {
    Tell([&](Script& us) {
      is_initiator ? us.EstablishAsInitiator() : us.EstablishAsAcceptor();
      us.Releases();
      us.Receives(Script::Fn());
      us.lower().written().clear();
      us.Receives(Script::Dt("late"));
      us.Sends(Script::ProtocolError(Script::Dt("late")));
    });
  }
}

TEST(SessionCollision, SecondFnIsAProtocolError) {
  for (const bool is_initiator : {true, false}) {
    Tell([&](Script& us) {
      is_initiator ? us.EstablishAsInitiator() : us.EstablishAsAcceptor();
      us.Releases();
      us.Receives(Script::Fn());
      us.lower().written().clear();
      us.Receives(Script::Fn());
      us.Sends(Script::ProtocolError(Script::Fn()));
    });
  }
}

TEST(SessionCollision, EndsWithoutUsers) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    us.Leaves(Farewell::kGraceful);
    us.Sends(Script::Fn());
    us.Receives(Script::Fn("unheard"));
    us.Receives(Script::Dn());
    us.Sends(Script::Dn());
    us.TransportDisconnects();
    us.IsGone();
  });
}

TEST(SessionRelease, UserWhoLeavesFinishesWithoutData) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Writes("last");
    us.Leaves(Farewell::kGraceful);
    us.Sends(Script::Dt("last"));
    us.Sends(Script::Fn());
    us.Passes(absl::Hours(1));  // the peer's user may take its time
    us.KeepsTransport();
    us.Receives(Script::Dn("unheard"));
    us.DisconnectsTransport();
    us.IsGone();
  });
}

TEST(SessionRelease, UserWhoLeavesBehindItsReleaseSaysNothingMore) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Releases("bye");
    us.Leaves(Farewell::kGraceful);
    us.Sends(Script::Fn("bye"));
    us.SendsNothing();
    us.Receives(Script::Dn());
    us.IsGone();
  });
}

TEST(SessionRelease, UnreadDataDoNotKeepTheEndFromAUserWhoHasLeft) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    for (int i = 0; i < 10; ++i) us.Receives(Script::Dt(std::string(10000, 'x')));
    us.Releases();
    us.Receives(Script::Dn());
    us.Leaves(Farewell::kGraceful);
    // What came before the user left is nobody's fault.
    us.DisconnectsTransport();
    us.IsGone();
  });
}

TEST(SessionRelease, ReleaseEndsAnSsduThatWasBegun) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Writes("half", /*ends_message=*/false);
    us.Releases();
    us.Sends(Script::Dt("half"));
    us.Sends(Script::Fn());
  });
}

TEST(SessionRelease, FnWaitsForRoomBehindTheData) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.lower().set_room(6);
    us.Writes("ab");
    us.Releases("bye");
    us.Sends(Script::Dt("ab"));
    us.SendsNothing();
    EXPECT_FALSE(us.connection().is_drained());
    us.lower().MakeRoom(3);
    us.lower().MakeRoom(100);
    us.Sends(Script::Fn("bye"));
  });
}

TEST(SessionRelease, DataIsHeldToTheLimitOfTheVersion) {
  Tell([](Script& us) {
    us.EstablishAsInitiator(kSessionVersion1);
    us.Releases(std::string(512, 'x'));
    us.Sends(Script::Fn(std::string(512, 'x')));
  });
  Tell([](Script& us) {
    us.EstablishAsInitiator(kSessionVersion1);
    us.Releases(std::string(513, 'x'));  // none is sent, rather than a part
    us.Sends(Script::Fn());
  });
  Tell([](Script& us) {
    us.EstablishAsAcceptor(kSessionVersion2);
    us.Receives(Script::Fn(std::string(10240, 'y')));
    us.Hears("release: " + std::string(10240, 'y'));
    us.Releases(std::string(10240, 'x'));
    us.Sends(Script::Dn(std::string(10240, 'x')));
  });
}

TEST(SessionRelease, SpduInPartsIsReadWhenAllOfItHasCome) {
  Tell([](Script& us) {
    us.EstablishAsAcceptor();
    const std::vector<uint8_t> fn = Written(Script::Fn("goodbye"));
    us.ReceivesOctets(ByteSpan(fn).first(1), false);
    us.ReceivesOctets(ByteSpan(fn).subspan(1, 7), false);
    us.HearsNothing();
    us.ReceivesOctets(ByteSpan(fn).subspan(8));
    us.Hears("release: goodbye");
  });
}

}  // namespace
}  // namespace osi
