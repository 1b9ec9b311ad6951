// The state tables of kernel and duplex (ISO 8327 annex A): every state, every event, what is done.
// The table that stands in docs/session-state-table.md is made here, and compared with that text.
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "providers/osi/session/session_script.h"

namespace osi {
namespace {

using Script = SessionScript;
using transport::Cause;
using transport::Farewell;

// ---- Ways to each state

void Keeps(Script& us) { us.Chooses(SO_SESSION_KEEP_TRANSPORT, 1); }

void GoToSta01B(Script& us) { us.Connects(); }
void GoToSta01C(Script& us) {
  us.Listens(/*room=*/2);
  us.TransportIndicates();
}
void GoToSta02A(Script& us) {
  us.Connects();
  us.TransportConnects();
}
void GoToSta08(Script& us) {
  GoToSta01C(us);
  us.Receives(Script::Cn());
}
void GoToSta713(Script& us) { us.EstablishAsInitiator(); }
void GoToSta03(Script& us) {
  us.EstablishAsInitiator();
  us.Releases();
}
void GoToSta09(Script& us) {
  us.EstablishAsAcceptor();
  us.Receives(Script::Fn());
}
void GoToSta16(Script& us) {
  GoToSta09(us);
  us.Releases();
}
void GoToSta01A(Script& us) {
  Keeps(us);
  GoToSta713(us);
  us.Aborts();
}
void GoToKept(Script& us) {
  Keeps(us);
  GoToSta03(us);
  us.Receives(Script::Dn());
  us.Leaves(Farewell::kGraceful);
}

struct State {
  const char* name;
  void (*go)(Script& us);
};

constexpr State kStates[] = {
    {"STA01A", GoToSta01A},
    {"STA01B", GoToSta01B},
    {"STA01C, Vtca", GoToSta01C},
    {"STA01C, not Vtca", GoToKept},
    {"STA02A", GoToSta02A},
    {"STA02A, keeping", [](Script& us) { Keeps(us), GoToSta02A(us); }},
    {"STA03", GoToSta03},
    {"STA03, Vtrr", [](Script& us) { Keeps(us), GoToSta03(us); }},
    {"STA03, Vcoll", [](Script& us) { GoToSta03(us), us.Receives(Script::Fn()); }},
    {"STA08", GoToSta08},
    {"STA08, keeping", [](Script& us) { Keeps(us), GoToSta08(us); }},
    {"STA09", GoToSta09},
    {"STA09, Vtrr",
     [](Script& us) {
       us.EstablishAsAcceptor();
       us.Receives(FnSpdu{.releases_transport = false});
     }},
    {"STA09, Vcoll",
     [](Script& us) {
       us.EstablishAsAcceptor();
       us.Releases();
       us.Receives(Script::Fn());
     }},
    {"STA16", GoToSta16},
    {"STA713", GoToSta713},
    {"STA713, Vtca", [](Script& us) { us.EstablishAsAcceptor(); }},
    {"STA713, keeping", [](Script& us) { Keeps(us), GoToSta713(us); }},
};

// ---- Events

AbSpdu Ab(bool keeps) {
  AbSpdu ab = Script::UserAbort("bye");
  ab.transport_disconnect.releases_transport = !keeps;
  return ab;
}

CnSpdu CnOfVersion3() {
  CnSpdu cn = Script::Cn();
  cn.item.versions = 0x04;
  return cn;
}

struct Event {
  const char* name;
  void (*happen)(Script& us);
};

const std::vector<Event>& Events() {
  static const auto& events = *new std::vector<Event>{
      {"S-CONNECT req", [](Script& us) { us.Connects("hello"); }},
      {"S-CONNECT resp+", [](Script& us) { us.Accepts("welcome"); }},
      {"S-CONNECT resp-", [](Script& us) { us.Refuses("no"); }},
      {"S-DATA req", [](Script& us) { us.Writes("data"); }},
      {"S-RELEASE req or resp+", [](Script& us) { us.Releases("bye"); }},
      {"S-U-ABORT req", [](Script& us) { us.Aborts("bye"); }},
      {"T-CONNECT conf", [](Script& us) { us.TransportConnects(); }},
      {"T-DISCONNECT ind", [](Script& us) { us.TransportDisconnects(); }},
      {"T-DISCONNECT ind, peer lost",
       [](Script& us) { us.TransportDisconnects(Cause::kPeerLost); }},
      {"CN", [](Script& us) { us.Receives(Script::Cn()); }},
      {"CN, not acceptable", [](Script& us) { us.Receives(CnOfVersion3()); }},
      {"AC", [](Script& us) { us.Receives(Script::Ac()); }},
      {"RF(released)", [](Script& us) { us.Receives(RfSpdu{}); }},
      {"RF(kept)", [](Script& us) { us.Receives(RfSpdu{.releases_transport = false}); }},
      {"DT", [](Script& us) { us.Receives(Script::Dt("data")); }},
      {"FN(released)", [](Script& us) { us.Receives(Script::Fn("bye")); }},
      {"FN(kept)",
       [](Script& us) {
         us.Receives(FnSpdu{.releases_transport = false, .user_data = Text("bye")});
       }},
      {"DN", [](Script& us) { us.Receives(Script::Dn("bye")); }},
      {"NF", [](Script& us) { us.Receives(NfSpdu{}); }},
      {"AB(released), by the user", [](Script& us) { us.Receives(Ab(/*keeps=*/false)); }},
      {"AB(kept), by the user", [](Script& us) { us.Receives(Ab(/*keeps=*/true)); }},
      {"AB(released), protocol error",
       [](Script& us) { us.Receives(AbSpdu::ForProtocolError({})); }},
      {"AA", [](Script& us) { us.Receives(AaSpdu{}); }},
      {"GT alone", [](Script& us) { us.Receives(GtSpdu{}); }},
      {"PT alone", [](Script& us) { us.Receives(PtSpdu{}); }},
      {"GT with tokens, DT",
       [](Script& us) { us.Receives(DtSpdu{.first = GtSpdu{.tokens = kDataToken}}); }},
      {"EX", [](Script& us) { us.ReceivesOctets(Octets("0500", "!")); }},
      {"PR", [](Script& us) { us.Receives(PrSpdu{}); }},
      {"octets that are no SPDU", [](Script& us) { us.ReceivesOctets(Octets("FF00")); }},
      {"TIM", [](Script& us) { us.Passes(kTimDuration); }},
  };
  return events;
}

bool In(absl::string_view state, absl::string_view prefix) {
  return absl::StartsWith(state, prefix);
}

// A request of a user that the service does not allow in the state is no row.
bool Applies(absl::string_view state, absl::string_view event) {
  const bool has_user = !In(state, "STA01A") && !In(state, "STA01C");
  if (event == "S-CONNECT req") return state == "STA01C, not Vtca";
  if (absl::StartsWith(event, "S-CONNECT")) return In(state, "STA08");
  if (event == "S-DATA req" || absl::StartsWith(event, "S-RELEASE")) {
    return In(state, "STA713") || In(state, "STA03") || In(state, "STA09");
  }
  if (event == "S-U-ABORT req") return has_user;
  if (event == "T-CONNECT conf") return state == "STA01B";
  if (event == "TIM") return state == "STA01A" || state == "STA16";
  // Nothing but these two can come before the transport connection is there.
  if (state == "STA01B") return absl::StartsWith(event, "T-DISCONNECT");
  return true;
}

// ---- What comes of it

std::string Sent(const std::vector<uint8_t>& tsdu) {
  const absl::StatusOr<Spdu> spdu = ParseSpdu(tsdu);
  if (!spdu.ok()) return std::string(spdu.status().message());
  std::string name(SpduName(*spdu));
  const auto kept = [](bool releases) { return releases ? "(released" : "(kept"; };
  if (const auto* rf = std::get_if<RfSpdu>(&*spdu)) {
    return absl::StrCat(name, kept(rf->releases_transport), ", reason ",
                        static_cast<int>(rf->reason), ")");
  }
  if (const auto* fn = std::get_if<FnSpdu>(&*spdu)) {
    return absl::StrCat(name, kept(fn->releases_transport), ")");
  }
  if (const auto* ab = std::get_if<AbSpdu>(&*spdu)) {
    return absl::StrCat(
        name, kept(ab->transport_disconnect.releases_transport),
        ab->transport_disconnect.user_abort ? ", by the user)" : ", protocol error)");
  }
  return std::holds_alternative<DtSpdu>(*spdu) ? "GT, DT" : name;
}

// "sends DN; user: released; STA16".
std::string Outcome(const State& state, const Event& event) {
  std::string outcome;
  TellWatched([&](Script& us, SessionSteps& steps) {
    state.go(us);
    us.Forget();
    steps.States();
    steps.Drops();
    const bool had_transport = !us.lower().farewell().has_value();
    event.happen(us);
    std::vector<std::string> parts;
    for (const auto& tsdu : us.lower().written()) {
      parts.push_back(absl::StrCat("sends ", Sent(tsdu.octets)));
    }
    if (had_transport && us.lower().disconnected_with().has_value()) {
      parts.emplace_back("T-DISCONNECT req");
    }
    for (const std::string& heard : us.user().heard()) {
      parts.push_back(absl::StrCat("user: ", heard));
    }
    for (const std::string& drop : steps.Drops()) {
      if (us.lower().written().empty() && !us.lower().farewell().has_value()) {
        parts.push_back(absl::StrCat("ignored (", drop, ")"));
      }
    }
    std::vector<std::string> entered = steps.States();
    if (!entered.empty()) parts.push_back(absl::StrJoin(entered, ", "));
    outcome = absl::StrJoin(parts, "; ");
    if (us.has_connection()) us.Leaves(Farewell::kAbortive);
  });
  return outcome.empty() ? "nothing" : outcome;
}

// ---- The tests that tell the stories of rows. The first entry whose state and event are
// beginnings of the row's own counts.

struct Story {
  absl::string_view state;
  absl::string_view event;
  absl::string_view test;
};

constexpr Story kStories[] = {
    {"STA01A", "AB(kept)", "SessionReuse, AbortsThatCrossKeepItToo"},
    {"STA01A", "AA", "SessionReuse, AbortMayKeepItAndAaConfirmsThat"},
    {"STA01A", "AB(released)", "SessionReuse, WhatEndsTheWaitForAa"},
    {"STA01A", "CN", "SessionReuse, WhatEndsTheWaitForAa"},
    {"STA01A", "T", "SessionReuse, WhatEndsTheWaitForAa"},
    {"STA01A", "octets", "SessionReuse, WhatEndsTheWaitForAa"},
    {"STA01A", "AC", "SessionReuse, AbortMayKeepItAndAaConfirmsThat"},
    {"STA01A", "", "SessionReuse, AbortMayKeepItAndAaConfirmsThat"},
    {"STA01B", "T-CONNECT", "SessionSta01B, TransportConnectConfirmSendsCn"},
    {"STA01B", "T-DISCONNECT", "SessionSta01B, TransportDisconnectIndicationEndsTheAttempt"},
    {"STA01B", "S-U-ABORT", "SessionSta01B, UserAbortDisconnectsTheTransport"},
    {"STA01C, not", "S-CONNECT",
     "SessionReuse, NextConnectGoesOverTheTransportConnectionThatWasKept"},
    {"STA01C, not", "T-DISCONNECT", "SessionReuse, LossOfWhatIsKeptIsNobodysLoss"},
    {"STA01C, not", "", "SessionReuse, InitiatorThatIsSpokenToInSta01CDisconnects"},
    {"STA01C", "CN, not", "SessionSta01C, CnThatIsNotAcceptableIsRefused"},
    {"STA01C", "CN", "SessionSta01C, CnIsIndicatedToWhoListensAtItsSelector"},
    {"STA01C", "T-DISCONNECT", "SessionSta01C, TransportDisconnectIndicationIsTheEnd"},
    {"STA01C", "octets", "SessionSta01C, OctetsThatAreNoSpduDisconnectTheTransport"},
    {"STA01C", "", "SessionSta01C, AnyOtherSpduDisconnectsTheTransport"},
    {"STA02A, keeping", "RF(kept)", "SessionReuse, RefusalMayKeepIt"},
    {"STA02A", "RF(kept)", "SessionSta02A, RfThatKeepsTheTransportConnectionEndsItAllTheSame"},
    {"STA02A", "RF", "SessionSta02A, RfEndsTheAttempt"},
    {"STA02A", "AC", "SessionSta02A, AcConfirmsTheConnection"},
    {"STA03, Vtrr", "DN", "SessionReuse, NextConnectGoesOverTheTransportConnectionThatWasKept"},
    {"STA03, Vtrr", "FN", "SessionReuse, CollisionEndsTheTransportConnection"},
    {"STA03, Vcoll", "DN",
     "SessionCollision, InitiatorAnswersAtOnceAndDisconnectsBehindTheOtherAnswer"},
    {"STA03, Vcoll", "FN", "SessionCollision, SecondFnIsAProtocolError"},
    {"STA03, Vcoll", "DT", "SessionCollision, DataAreAProtocolError"},
    {"STA03", "DN", "SessionSta03, DnConfirmsTheRelease"},
    {"STA03", "FN", "SessionCollision, InitiatorAnswersAtOnceAndDisconnectsBehindTheOtherAnswer"},
    {"STA03", "DT", "SessionSta03, DataStillArrive"},
    {"STA03", "S-DATA", "SessionSta03, DataRequestIsNotAllowed"},
    {"STA03", "T-DISCONNECT", "SessionSta03, TransportDisconnectIndicationIsAProviderAbort"},
    {"STA08", "S-CONNECT resp+", "SessionSta08, AcceptanceSendsAc"},
    {"STA08, keeping", "S-CONNECT resp-", "SessionReuse, RefusalMayKeepIt"},
    {"STA08", "S-CONNECT resp-", "SessionSta08, RefusalSendsRfAndWaitsForTheInitiatorToDisconnect"},
    {"STA08", "AB(released), by", "SessionSta08, InitiatorMayWithdraw"},
    {"STA08", "T-DISCONNECT", "SessionSta08, TransportDisconnectIndicationWithdrawsToo"},
    {"STA08", "DT", "SessionSta08, DataBeforeTheAnswerIsAProtocolError"},
    {"STA09, Vtrr", "S-RELEASE", "SessionReuse, ReleaseIsDoneWhenTheDnIsAcknowledged"},
    {"STA09, Vcoll", "DN", "SessionCollision, AcceptorAnswersWhenTheInitiatorHas"},
    {"STA09, Vcoll", "FN", "SessionCollision, SecondFnIsAProtocolError"},
    {"STA09, Vcoll", "DT", "SessionCollision, DataAreAProtocolError"},
    {"STA09, Vcoll", "S-", "SessionCollision, NothingMoreCanBeSentOrReleased"},
    {"STA09", "S-RELEASE", "SessionSta09, ReleaseResponseSendsDnAndWaitsForThePeerToDisconnect"},
    {"STA09", "S-DATA", "SessionSta09, DataCanStillBeSent"},
    {"STA09", "DT", "SessionSta09, DataBehindFnAreAProtocolError"},
    {"STA16", "TIM", "SessionSta16, TimEndsTheTransportConnection"},
    {"STA16", "T-DISCONNECT ind, peer",
     "SessionSta16, LossOfTheTransportConnectionLeavesTheReleaseUndone"},
    {"STA16", "T-DISCONNECT", "SessionSta09, ReleaseResponseSendsDnAndWaitsForThePeerToDisconnect"},
    {"STA16", "AC", "SessionSta16, LateSpdusAreIgnored"},
    {"STA16", "A", "SessionSta16, AbAaOrCnEndTheTransportConnection"},
    {"STA16", "CN", "SessionSta16, AbAaOrCnEndTheTransportConnection"},
    {"STA16", "", "SessionSta16, LateSpdusAreIgnored"},
    {"STA713, Vtca", "S-RELEASE",
     "SessionReuse, OnlyTheInitiatorOfTheTransportConnectionOffersToKeepIt"},
    {"STA713, keeping", "S-RELEASE",
     "SessionReuse, NextConnectGoesOverTheTransportConnectionThatWasKept"},
    {"STA713, keeping", "S-U-ABORT", "SessionReuse, AbortMayKeepItAndAaConfirmsThat"},
    {"STA713", "S-RELEASE", "SessionSta713, ReleaseRequestSendsFn"},
    {"STA713", "S-DATA", "SessionSta713, DataRequestSendsGtAndDt"},
    {"STA713", "FN(kept)", "SessionReuse, AcceptorTakesTheNextCnOnTheSameTransportConnection"},
    {"STA713", "FN", "SessionSta713, FnIsIndicatedWithItsData"},
    {"STA713", "DT", "SessionSta713, DtIsIndicated"},
    {"STA713", "octets", "SessionSta713, OctetsThatAreNoSpduAreAProtocolError"},
    {"STA713", "GT with", "SessionSta713, TokensDoNotExistInTheKernel"},
    {"STA713", "T-DISCONNECT", "SessionSta713, TransportDisconnectIndicationIsAProviderAbort"},
    // Of all states in which the users are associated.
    {"", "S-U-ABORT", "SessionAbort, UserAbortRequestSendsAbAndWaitsForThePeerToDisconnect"},
    {"STA02A, keeping", "AB(kept)", "SessionReuse, AbortThatKeepsItIsAnsweredWithAa"},
    {"STA08, keeping", "AB(kept)", "SessionReuse, AbortThatKeepsItIsAnsweredWithAa"},
    {"STA713, keeping", "AB(kept)", "SessionReuse, AbortThatKeepsItIsAnsweredWithAa"},
    {"", "AB(kept)", "SessionAbort, AbortThatKeepsTheTransportConnectionEndsItAllTheSame"},
    {"", "AB(released), by", "SessionAbort, UserAbortIsIndicatedWithItsData"},
    {"", "AB(released), protocol", "SessionAbort, ProviderAbortIsIndicated"},
    {"", "T-DISCONNECT", "SessionSta713, TransportDisconnectIndicationIsAProviderAbort"},
    {"STA02A", "", "SessionSta02A, AnyOtherSpduIsAProtocolError"},
    {"STA03", "", "SessionSta03, AnyOtherSpduIsAProtocolError"},
    {"STA08", "", "SessionSta08, DataBeforeTheAnswerIsAProtocolError"},
    {"STA09", "", "SessionSta09, AnyOtherSpduIsAProtocolError"},
    {"STA713", "", "SessionSta713, AnyOtherSpduIsAProtocolError"},
};

absl::string_view StoryOf(const State& state, const Event& event) {
  for (const Story& story : kStories) {
    if (absl::StartsWith(state.name, story.state) && absl::StartsWith(event.name, story.event)) {
      return story.test;
    }
  }
  return "";
}

constexpr char kIntroduction[] =
    R"text(# The state tables of session: kernel and duplex

ISO 8327 (X.225) annex A says what a session protocol machine does in each state at each event. Here is what this one
does. `session_state_table_test` makes this table from the protocol machine: it takes a machine to each state, lets each
event happen and writes down what is sent, what the user hears and which states the machine then enters. The test
compares the result with this text, so that neither changes alone. The last column names the test that tells the story
of the row, from the first SPDU on (providers/osi/session/).

PI 17, the transport disconnect item, is shown as released or kept. "user: disconnected PeerUser 3: bye" is an S-U-ABORT
or S-P-ABORT indication, or S-CONNECT conf-: the cause, the number that the SPDU gave, the user data. STA01C, STA01 in one
row: the machine keeps the transport connection, hands it over to a new one, which begins in STA01C, and ends. Vcoll:
FINISHes have crossed; Vtrr: the transport connection may be reused; Vtca: it was accepted here; keeping: the user
allows that it is kept (SO_SESSION_KEEP_TRANSPORT).

What the standard has and this table has not:

| of the standard | why it is not here |
|---|---|
| STA01: S-CONNECT req, T-CONNECT ind | they begin a machine, in STA01B (SessionSta01, ConnectRequestAsksForATransportConnection) or STA01C (SessionSta01, TransportConnectIndicationIsAccepted) |
| states and events of activities, synchronization, resynchronization, exceptions, capability data, typed data, expedited data | functional units beside kernel and duplex, which a CN of ours does not propose and an AC does not choose |
| CDO, OA and the states between them | connects with more than 10240 octets of user data are refused with RF 134 (SessionSta01C, CnThatIsNotAcceptableIsRefused) |
| S-RELEASE resp-, NF sent, NF as an answer | negotiated release needs the release token; neither side proposes the unit, so an NF is a protocol error |
| S-TOKEN-GIVE, S-TOKEN-PLEASE, GT and PT with tokens | kernel and duplex have no token; the empty GT in front of each DT is all there is (SessionSta713, TokensDoNotExistInTheKernel) |
| TEXP, EX, PR | the transport connection has no expedited flow in use; an EX or PR is a protocol error |
| Vcoll: S-RELEASE resp+ | the crossed FN has told the user all that an answer could, so the answers go by themselves, empty (SessionCollision, InitiatorAnswersAtOnceAndDisconnectsBehindTheOtherAnswer) |

STA01B: the transport connection carries nothing yet, so no SPDU can come. TIM stands only where it runs; the time-outs for
silent and for kept transport connections are local matters (SessionSta01C, SilenceEndsTheTransportConnection;
SessionReuse, WhatIsKeptIsNotKeptForEver).
)text";

std::string Table() {
  std::string text = kIntroduction;
  for (const State& state : kStates) {
    absl::StrAppend(&text, "\n## ", state.name, "\n\n| event | action | story |\n|---|---|---|\n");
    for (const Event& event : Events()) {
      if (!Applies(state.name, event.name)) continue;
      absl::StrAppend(&text, "| ", event.name, " | ", Outcome(state, event), " | ",
                      StoryOf(state, event), " |\n");
    }
  }
  return text;
}

std::string ContentOf(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

TEST(SessionStateTable, IsTheOneInTheDocumentation) {
  const std::string table = Table();
  if (const char* folder = std::getenv("TEST_UNDECLARED_OUTPUTS_DIR")) {
    std::ofstream(absl::StrCat(folder, "/session-state-table.md")) << table;
  }
  EXPECT_EQ(ContentOf("docs/session-state-table.md"), table)
      << "the new table is among the outputs of this test";
}

TEST(SessionStateTable, EveryRowHasItsStoryAndEveryStoryIsTold) {
  std::string sources;
  for (const char* name : {"abort", "data", "establishment", "negotiation", "release", "reuse"}) {
    sources += ContentOf(absl::StrCat("providers/osi/session/session_", name, "_test.cc"));
  }
  for (const Story& story : kStories) {
    EXPECT_TRUE(absl::StrContains(sources, absl::StrCat("TEST(", story.test, ")"))) << story.test;
  }
  for (const State& state : kStates) {
    for (const Event& event : Events()) {
      if (Applies(state.name, event.name)) {
        EXPECT_NE(StoryOf(state, event), "") << state.name << " " << event.name;
      }
    }
  }
}

// What annex A says of every invalid or unexpected SPDU where the users are associated: AB with
// bit 3 and the first octets of what came, an S-P-ABORT indication, STA16.
TEST(SessionStateTable, EveryProtocolErrorIsAnsweredWithAbAndIndicated) {
  int errors = 0;
  for (const State& state : kStates) {
    for (const Event& event : Events()) {
      if (!Applies(state.name, event.name)) continue;
      const std::string outcome = Outcome(state, event);
      if (!absl::StrContains(outcome, "protocol error)")) continue;
      EXPECT_EQ(outcome,
                "sends AB(released, protocol error); user: disconnected ProtocolError 0; STA16")
          << state.name << " " << event.name;
      ++errors;
    }
  }
  EXPECT_GT(errors, 100);
}

}  // namespace
}  // namespace osi
