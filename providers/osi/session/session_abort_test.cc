// S-U-ABORT and S-P-ABORT: their rows in STA02A, STA03, STA08, STA09 and STA713 (X.225 Annex
// A, 7.9).

#include <string>

#include "gtest/gtest.h"
#include "providers/osi/session/session_script.h"

namespace osi {
namespace {

using State = SessionState;
using Script = SessionScript;
using transport::Cause;
using transport::Farewell;

// Leads to each state in which the users are associated, with everything taken off the records.
struct Way {
  State state;
  void (*lead)(Script& us);
};

void Quiet(Script& us) {
  us.lower().written().clear();
  us.user().heard().clear();
}

constexpr Way kWays[] = {
    {State::kSta02A,
     [](Script& us) {
       us.Connects();
       us.TransportConnects();
       Quiet(us);
     }},
    {State::kSta03,
     [](Script& us) {
       us.EstablishAsInitiator();
       us.Releases();
       Quiet(us);
     }},
    {State::kSta08,
     [](Script& us) {
       us.Listens();
       us.TransportIndicates();
       us.Receives(Script::Cn());
       Quiet(us);
     }},
    {State::kSta09,
     [](Script& us) {
       us.EstablishAsAcceptor();
       us.Receives(Script::Fn());
       Quiet(us);
     }},
    {State::kSta713, [](Script& us) { us.EstablishAsInitiator(); }},
};

TEST(SessionAbort, UserAbortRequestSendsAbAndWaitsForThePeerToDisconnect) {
  for (const Way& way : kWays) {
    Tell([&](Script& us) {
      way.lead(us);
      us.IsIn(way.state);
      us.Aborts("bye");
      us.SendsOctets(Octets("1908 110103 C103", "bye"));
      us.IsIn(State::kSta16);
      us.KeepsTransport();
      us.Leaves(Farewell::kAbortive);
      us.TransportDisconnects();
      us.IsGone();
      us.HearsNothing();
    });
  }
}

TEST(SessionAbort, TimEndsTheTransportConnectionOfAnAbort) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Aborts();
    us.Leaves(Farewell::kAbortive);
    us.Passes(kTimDuration - absl::Milliseconds(1));
    us.KeepsTransport();
    us.Passes(absl::Milliseconds(1));
    us.DisconnectsTransport();
    us.IsGone();
  });
}

TEST(SessionAbort, UserAbortIsIndicatedWithItsData) {
  for (const Way& way : kWays) {
    Tell([&](Script& us) {
      way.lead(us);
      us.Receives(Script::UserAbort("bye"));
      us.DisconnectsTransport();
      us.Hears("disconnected PeerUser 3: bye");
      us.HearsNothing();
      us.SendsNothing();
      us.IsIn(State::kSta01);
      us.Leaves(Farewell::kGraceful);
      us.IsGone();
    });
  }
}

TEST(SessionAbort, ProviderAbortIsIndicated) {
  struct Story {
    TransportDisconnect why;
    absl::string_view heard;
  };
  for (const Story& story :
       {Story{{.protocol_error = true}, "disconnected ProtocolError 5"},
        Story{{.no_reason = true}, "disconnected PeerUser 9"},
        Story{{.implementation_restriction = true}, "disconnected ProtocolError 17"}}) {
    Tell([&](Script& us) {
      us.EstablishAsInitiator();
      us.Receives(AbSpdu{.transport_disconnect = story.why});
      us.Hears(story.heard);
      us.DisconnectsTransport();
    });
  }
}

TEST(SessionAbort, AbortThatKeepsTheTransportConnectionEndsItAllTheSame) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Receives(AbSpdu{.transport_disconnect = {.releases_transport = false, .user_abort = true}});
    us.Hears("disconnected PeerUser 2");
    us.DisconnectsTransport();
  });
}

TEST(SessionAbort, AbortDestroysDataThatWereNotRead) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.lower().Deliver(Octets("0100 0100", "lost"));
    us.Hears("readable");
    us.Receives(Script::UserAbort());
    us.Hears("disconnected PeerUser 3");
    EXPECT_EQ(us.Reads(), "");
  });
}

TEST(SessionAbort, AbortsThatCrossAreQuiet) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Aborts();
    us.Receives(Script::UserAbort());
    us.DisconnectsTransport();
    us.IsIn(State::kSta01);
    us.HearsNothing();
  });
}

TEST(SessionAbort, AbortGoesBeforeWhatHadNoRoom) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.lower().set_room(0);
    us.Releases("never sent");
    us.Aborts();
    us.lower().MakeRoom(100);
    us.Sends(Script::UserAbort());
    us.SendsNothing();
  });
}

// An SSDU that was begun cannot be taken back: to end it would make it look whole.
TEST(SessionAbort, AbortWithinAnSsduDisconnectsTheTransport) {
  Tell([](Script& us) {
    us.EstablishAsInitiator();
    us.Writes("half", /*ends_message=*/false);
    us.Aborts();
    us.DisconnectsTransport();
    us.IsIn(State::kSta01);
    ASSERT_EQ(us.lower().written().size(), 1u);
    EXPECT_FALSE(us.lower().written().front().is_whole);
  });
}

TEST(SessionAbort, UserWhoLeavesAbortively) {
  for (const Way& way : kWays) {
    if (way.state == State::kSta08) continue;  // leaving is refusing there
    Tell([&](Script& us) {
      way.lead(us);
      us.Leaves(Farewell::kAbortive);
      us.Sends(Script::UserAbort());
      us.TransportDisconnects();
      us.IsGone();
    });
  }
}

TEST(SessionAbort, DataIsHeldToTheLimitOfTheVersion) {
  Tell([](Script& us) {
    us.EstablishAsInitiator(kSessionVersion1);
    us.Aborts("123456789");
    us.Sends(Script::UserAbort("123456789"));
  });
  Tell([](Script& us) {
    us.EstablishAsInitiator(kSessionVersion1);
    us.Aborts("1234567890");  // none is sent, rather than a part
    us.Sends(Script::UserAbort());
  });
  Tell([](Script& us) {
    us.EstablishAsInitiator(kSessionVersion2);
    us.Aborts("1234567890");
    us.Sends(Script::UserAbort("1234567890"));
  });
}

// Whatever arrives, in whatever state: the machine comes to its end and leaves nothing behind.
TEST(SessionAbort, AnythingMayArriveInEveryState) {
  const std::vector<Spdu> spdus = {Script::Cn(),
                                   Script::Ac(),
                                   RfSpdu{.reason = RefuseReason::kUserWithData},
                                   Script::Fn("bye"),
                                   Script::Dn("bye"),
                                   NfSpdu{},
                                   Script::UserAbort("bye"),
                                   AaSpdu{},
                                   Script::Dt("data")};
  for (const Way& way : kWays) {
    for (const Spdu& spdu : spdus) {
      std::vector<uint8_t> golden;
      AppendSpdu(spdu, golden);
      wire::ForMutations(golden, /*seed=*/static_cast<uint64_t>(way.state), /*count=*/20,
                         [&](ByteSpan damaged) {
                           Tell([&](Script& us) {
                             way.lead(us);
                             us.ReceivesOctets(damaged);
                             us.Receives(spdu);
                             us.Leaves(Farewell::kGraceful);
                             if (!us.lower().farewell().has_value()) us.TransportDisconnects();
                             us.IsGone();
                           });
                         });
    }
  }
}

TEST(SessionAbort, UserMayLeaveWhileItIsTold) {
  struct Leaver final : transport::ConnectionUser {
    void OnConnected(ByteSpan) override { Leave(); }
    void OnReadable() override { Leave(); }
    void OnWritable() override { Leave(); }
    void OnExpedited() override {}
    void OnReleaseIndication(ByteSpan) override { Leave(); }
    void OnReleased() override { Leave(); }
    void OnDisconnectIndication(transport::Reason, ByteSpan) override { Leave(); }
    void Leave() {
      connection->Detach(farewell);
      ++left;
    }
    transport::Connection* connection = nullptr;
    Farewell farewell = Farewell::kGraceful;
    int left = 0;
  };
  for (const Farewell farewell : {Farewell::kGraceful, Farewell::kAbortive}) {
    for (const Spdu& spdu : std::vector<Spdu>{Script::Dt("data"), Script::Fn("bye"),
                                              Script::UserAbort(), Script::Cn()}) {
      Tell([&](Script& us) {
        us.EstablishAsInitiator();
        Leaver leaver;
        leaver.connection = &us.connection();
        leaver.farewell = farewell;
        us.connection().SetUser(&leaver);
        us.Receives(spdu);
        EXPECT_EQ(leaver.left, 1);
        if (!us.lower().farewell().has_value()) us.TransportDisconnects();
        us.IsGone();
      });
    }
  }
}

}  // namespace
}  // namespace osi
