// The state table of class 4 (ISO 8073 annex A): every state, every event, what is done. The table
// that stands in docs/tp4-state-table.md is made here, and compared with that text.
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/tp4/tp4_script.h"
#include "providers/osi/tp4/tp4_values.h"

namespace osi {
namespace {

struct State {
  const char* name;
  void (*go)(Tp4Script& s);
};

constexpr State kStates[] = {
    {"CLOSED", [](Tp4Script& s) { s.Listen(); }},
    {"WFCC", [](Tp4Script& s) { s.GoToWfcc(); }},
    {"WFTRESP", [](Tp4Script& s) { s.GoToWftresp(); }},
    {"AKWAIT", [](Tp4Script& s) { s.GoToAkwait(); }},
    {"OPEN", [](Tp4Script& s) { s.GoToOpen(); }},
    {"OPEN, as responder", [](Tp4Script& s) { s.GoToOpenAsResponder(); }},
    {"CLOSING", [](Tp4Script& s) { s.GoToClosing(); }},
    {"REFWAIT", [](Tp4Script& s) { s.GoToRefwait(); }},
};

struct Event {
  const char* name;
  void (*happen)(Tp4Script& s);
  bool is_of_a_user;  // which needs a connection
};

CcTpdu OtherCc(const Tp4Script& s) {
  CcTpdu cc = s.PeerCc();
  cc.source_reference = 9;
  return cc;
}

CcTpdu BadCc(const Tp4Script& s) {
  CcTpdu cc = s.PeerCc();
  cc.preferred_class = 2;
  return cc;
}

DrTpdu Dr(uint16_t destination_reference, uint16_t source_reference) {
  return {.destination_reference = destination_reference,
          .source_reference = source_reference,
          .reason = DisconnectReason::kNormal,
          .user_data = {'b', 'y', 'e'}};
}

void ReceiveDamaged(Tp4Script& s) {
  std::vector<uint8_t> dt;
  s.PeerDt(0, "x").AppendTo(dt);
  dt.back() ^= 1;
  s.ReceivesOctets(dt);
}

void ReceiveRj(Tp4Script& s) {
  std::vector<uint8_t> rj{8, 0x50, kOurReference >> 8, kOurReference, 0, 0xC3, 2, 0, 0};
  StoreChecksum(absl::MakeSpan(rj), 7);
  s.ReceivesOctets(rj);
}

void ReceiveBadCr(Tp4Script& s) {
  CrTpdu cr = s.PeerCr();
  cr.called_tsap_id = std::vector<uint8_t>(33);  // at most 32
  s.Receives(cr);
}

// An AK whose last parameter reaches beyond its header.
void ReceiveTooLong(Tp4Script& s) {
  std::vector<uint8_t> ak{10, 0x60, kOurReference >> 8, kOurReference, 0, 0xC3, 2, 0, 0, 0x8A, 2};
  StoreChecksum(absl::MakeSpan(ak), 7);
  s.ReceivesOctets(ak);
}

void ReceiveUnknown(Tp4Script& s) {
  std::vector<uint8_t> tpdu{8, 0x30, kOurReference >> 8, kOurReference, 0, 0xC3, 2, 0, 0};
  StoreChecksum(absl::MakeSpan(tpdu), 7);
  s.ReceivesOctets(tpdu);
}

constexpr absl::Duration kJustAfterT1 = absl::Milliseconds(1010);
constexpr absl::Duration kAfterNTimes = absl::Seconds(100);

constexpr Event kEvents[] = {
    {"T-CONNECT response", [](Tp4Script& s) { s.us().Accept({}); }, true},
    {"T-DATA request", [](Tp4Script& s) { s.Write("x"); }, true},
    {"T-EXPEDITED-DATA request", [](Tp4Script& s) { s.us().WriteExpedited(OctetsOf("!")); }, true},
    {"T-DISCONNECT request", [](Tp4Script& s) { s.us().Disconnect({}); }, true},
    {"CR, new", [](Tp4Script& s) { s.Receives(s.PeerCr("hi")); }, false},
    {"CR, repeated", [](Tp4Script& s) { s.Receives(s.PeerCr()); }, false},
    {"CR that breaks a rule", ReceiveBadCr, false},
    {"CC", [](Tp4Script& s) { s.Receives(s.PeerCc()); }, false},
    {"CC, another SRC-REF", [](Tp4Script& s) { s.Receives(OtherCc(s)); }, false},
    {"CC that is no answer to the CR", [](Tp4Script& s) { s.Receives(BadCc(s)); }, false},
    {"DR", [](Tp4Script& s) { s.Receives(Dr(kOurReference, kPeerReference)); }, false},
    {"DR, SRC-REF 0", [](Tp4Script& s) { s.Receives(Dr(kOurReference, 0)); }, false},
    {"DR, another SRC-REF", [](Tp4Script& s) { s.Receives(Dr(kOurReference, 9)); }, false},
    {"DR, DST-REF 0", [](Tp4Script& s) { s.Receives(Dr(0, kPeerReference)); }, false},
    {"DC",
     [](Tp4Script& s) {
       s.Receives(
           DcTpdu{.destination_reference = kOurReference, .source_reference = kPeerReference});
     },
     false},
    {"DC, another SRC-REF",
     [](Tp4Script& s) {
       s.Receives(DcTpdu{.destination_reference = kOurReference, .source_reference = 9});
     },
     false},
    {"AK", [](Tp4Script& s) { s.Receives(s.PeerAk(0)); }, false},
    {"DT", [](Tp4Script& s) { s.Receives(s.PeerDt(0, "x")); }, false},
    {"ED",
     [](Tp4Script& s) {
       s.Receives(EdTpdu{.destination_reference = kOurReference, .user_data = OctetsOf("!")});
     },
     false},
    {"EA", [](Tp4Script& s) { s.Receives(EaTpdu{.destination_reference = kOurReference}); }, false},
    {"ER", [](Tp4Script& s) { s.Receives(ErTpdu{.destination_reference = kOurReference}); }, false},
    {"RJ", ReceiveRj, false},
    {"DT that breaks a rule", [](Tp4Script& s) { s.Receives(s.PeerDt(0, "")); }, false},
    {"TPDU of a wrong length", ReceiveTooLong, false},
    {"TPDU of an unknown type", ReceiveUnknown, false},
    {"TPDU with a wrong checksum", ReceiveDamaged, false},
    {"N-UNITDATA report: unreachable",
     [](Tp4Script& s) {
       std::vector<uint8_t> cr;
       CrTpdu ours = s.PeerCr();
       ours.source_reference = kOurReference;
       ours.AppendTo(cr);
       s.ReceivesErrorReport(DiscardReason::kDestinationUnreachable, cr);
     },
     false},
    {"T1", [](Tp4Script& s) { s.Advance(kJustAfterT1); }, false},
    {"T1, N times", [](Tp4Script& s) { s.Advance(kAfterNTimes); }, false},
    {"T1 of a DT",
     [](Tp4Script& s) {
       s.Write("x");
       s.Advance(kJustAfterT1);
     },
     false},
    {"T1 of a DT, N times",
     [](Tp4Script& s) {
       s.IgnoreAks();
       s.Write("x");
       s.Advance(kAfterNTimes);
     },
     false},
    {"T1 of an ED",
     [](Tp4Script& s) {
       s.us().WriteExpedited(OctetsOf("!"));
       s.Advance(kJustAfterT1);
     },
     false},
    {"T1 of an ED, N times",
     [](Tp4Script& s) {
       s.IgnoreAks();
       s.us().WriteExpedited(OctetsOf("!"));
       s.Advance(kAfterNTimes);
     },
     false},
    {"W", [](Tp4Script& s) { s.Advance(kWindowTime + absl::Milliseconds(10)); }, false},
    {"I", [](Tp4Script& s) { s.Advance(kInactivityTime + absl::Milliseconds(10)); }, false},
    {"L", [](Tp4Script& s) { s.Advance(FreezeTime() + absl::Milliseconds(10)); }, false},
};

// "AK", "9 CR".
std::string Counted(const std::vector<std::string>& kinds) {
  std::vector<std::pair<std::string, int>> counts;
  for (const std::string& kind : kinds) {
    if (counts.empty() || counts.back().first != kind) counts.emplace_back(kind, 0);
    ++counts.back().second;
  }
  return absl::StrJoin(counts, ", ", [](std::string* out, const auto& count) {
    absl::StrAppend(out, count.second == 1 ? "" : absl::StrCat(count.second, " "), count.first);
  });
}

// What the event brings about: "sends DC; user: disconnect kPeerUser 128 bye; REFWAIT".
std::string Outcome(const State& state, const Event& event) {
  std::string outcome;
  Tp4Script::Run([&](Tp4Script& s) {
    state.go(s);
    const Tp4State before = s.state();
    s.Drops();
    event.happen(s);
    s.Advance(absl::Milliseconds(5));
    std::vector<std::string> parts;
    const std::vector<std::string> sent = s.Sent();
    if (!sent.empty()) parts.push_back(absl::StrCat("sends ", Counted(sent)));
    for (const std::string& heard : s.Hears()) parts.push_back(absl::StrCat("user: ", heard));
    const std::vector<std::string> drops = s.Drops();
    if (!drops.empty()) parts.push_back(absl::StrCat("ignored (", drops.front(), ")"));
    if (s.state() != before) parts.emplace_back(Tp4StateName(s.state()));
    outcome = absl::StrJoin(parts, "; ");
  });
  return outcome.empty() ? "nothing" : outcome;
}

// The test that tells the story of a row.
const std::map<std::pair<std::string, std::string>, std::string>& Stories() {
  static const auto& stories = *new std::map<std::pair<std::string, std::string>, std::string>{
      {{"CLOSED", "CR, new"}, "Tp4Closed, AGoodCrIsIndicatedToTheUser"},
      {{"CLOSED", "CR that breaks a rule"}, "Tp4Closed, ACrThatBreaksARuleGetsAnEr"},
      {{"CLOSED", "CC"}, "Tp4Closed, ACcForNoConnectionIsAnsweredWithDr"},
      {{"CLOSED", "DR"}, "Tp4Closed, ADrForNoConnectionIsAnsweredWithDc"},
      {{"CLOSED", "AK"}, "Tp4Closed, OtherTpdusForNoConnectionAreIgnored"},
      {{"WFCC", "CC"}, "Tp4Wfcc, ACcOpensAndIsAcknowledgedAtOnce"},
      {{"WFCC", "CC that is no answer to the CR"}, "Tp4Wfcc, ACcThatIsNoAnswerToTheProposalEndsIt"},
      {{"WFCC", "DR"}, "Tp4Wfcc, ADrWithAReferenceIsConfirmed"},
      {{"WFCC", "DR, SRC-REF 0"}, "Tp4Wfcc, ARefusalIsIndicatedWithItsReason"},
      {{"WFCC", "ER"}, "Tp4Wfcc, AnErEndsIt"},
      {{"WFCC", "T1, N times"}, "Tp4Wfcc, TheCrIsSentNTimesOctetForOctetAndThenGivenUp"},
      {{"WFCC", "T-DISCONNECT request"}, "Tp4Wfcc, ADisconnectSendsADrWithoutThePeersReference"},
      {{"WFCC", "N-UNITDATA report: unreachable"},
       "Tp4Wfcc, AReportThatThePeerIsUnreachableEndsIt"},
      {{"WFCC", "DT"}, "Tp4Wfcc, DataAndAcknowledgementsAreIgnored"},
      {{"WFTRESP", "T-CONNECT response"}, "Tp4Wftresp, TheResponseIsSentAsCc"},
      {{"WFTRESP", "T-DISCONNECT request"},
       "Tp4Wftresp, ADisconnectRefusesAndTheUserIsToldThatItIsDone"},
      {{"WFTRESP", "CR, repeated"}, "Tp4Wftresp, ARepeatedCrIsIgnored"},
      {{"WFTRESP", "DR, DST-REF 0"}, "Tp4Wftresp, ARequestCanBeWithdrawn"},
      {{"AKWAIT", "CR, repeated"}, "Tp4Akwait, ARepeatedCrGetsTheCcAgain"},
      {{"AKWAIT", "AK"}, "Tp4Akwait, EachOfAkDtEdAndEaOpens"},
      {{"AKWAIT", "DT"}, "Tp4Akwait, EachOfAkDtEdAndEaOpens"},
      {{"AKWAIT", "ED"}, "Tp4Akwait, EachOfAkDtEdAndEaOpens"},
      {{"AKWAIT", "EA"}, "Tp4Akwait, EachOfAkDtEdAndEaOpens"},
      {{"AKWAIT", "T-DATA request"}, "Tp4Akwait, WhatIsWrittenWaitsForTheThirdTpdu"},
      {{"AKWAIT", "T-DISCONNECT request"}, "Tp4Akwait, ADisconnectSendsADr"},
      {{"AKWAIT", "DR"}, "Tp4Akwait, ADrEndsIt"},
      {{"AKWAIT", "T1, N times"}, "Tp4Akwait, TheCcIsSentNTimesAndThenGivenUpWithADr"},
      {{"AKWAIT", "ER"}, "Tp4Akwait, AnErEndsIt"},
      {{"OPEN", "T-DATA request"}, "Tp4Send, ATsduIsCutIntoDtsOfWhichTheLastSaysEot"},
      {{"OPEN", "T-EXPEDITED-DATA request"}, "Tp4Expedited, OneEdIsUnderWayAtATime"},
      {{"OPEN", "T-DISCONNECT request"}, "Tp4Release, ADisconnectOvertakesTheData"},
      {{"OPEN, as responder", "CR, repeated"}, "Tp4Open, ACrThatComesAgainIsIgnored"},
      {{"OPEN", "CC"}, "Tp4Open, ADuplicateCcIsAcknowledgedAgain"},
      {{"OPEN", "CC, another SRC-REF"}, "Tp4Open, ACcOfSomebodyElseGetsADr"},
      {{"OPEN", "DR"}, "Tp4Release, ADrIsIndicatedWithItsDataAndConfirmedWithoutAny"},
      {{"OPEN", "DR, another SRC-REF"}, "Tp4Release, ADrOfAnotherConnectionIsConfirmedAndIgnored"},
      {{"OPEN", "AK"}, "Tp4Open, ARepeatedAkIsConfirmedUnlessItConfirmsItself"},
      {{"OPEN", "DT"}, "Tp4Receive, ATsduIsReadAsAWhole"},
      {{"OPEN", "ED"}, "Tp4Expedited, AnEdIsDeliveredWithItsPlaceInTheData"},
      {{"OPEN", "EA"}, "Tp4Expedited, AnEaOfAnotherNumberIsIgnored"},
      {{"OPEN", "ER"}, "Tp4ProtocolError, AnErReleasesAnOpenConnection"},
      {{"OPEN", "RJ"}, "Tp4ProtocolError, RjIsNotATpduOfClass4"},
      {{"OPEN", "DT that breaks a rule"}, "Tp4ProtocolError, ReleasesAnOpenConnection"},
      {{"OPEN", "TPDU of a wrong length"}, "Tp4ProtocolError, AWrongLengthIsReportedAsSuch"},
      {{"OPEN", "TPDU with a wrong checksum"}, "Tp4Receive, DamagedTpdusAreDiscardedInSilence"},
      {{"OPEN", "T1 of a DT"}, "Tp4Send, ADtIsRetransmittedOctetForOctet"},
      {{"OPEN", "T1 of an ED, N times"},
       "Tp4Expedited, AnEdIsSentNTimesOctetForOctetAndThenGivenUp"},
      {{"OPEN", "T1 of a DT, N times"}, "Tp4Send, AfterNTransmissionsTheConnectionIsGivenUp"},
      {{"OPEN", "W"}, "Tp4Open, AnAkIsSentEveryW"},
      {{"OPEN", "I"}, "Tp4Open, APeerThatIsSilentForIIsLost"},
      {{"CLOSING", "DR"}, "Tp4Closing, ADrThatCrossesOursConfirmsIt"},
      {{"CLOSING", "ER"}, "Tp4Closing, AnErConfirmsIt"},
      {{"CLOSING", "T1, N times"}, "Tp4Closing, TheDrIsSentNTimesOctetForOctet"},
      {{"CLOSING", "DT"}, "Tp4Closing, EverythingElseIsIgnored"},
      {{"REFWAIT", "DR"}, "Tp4Refwait, ADrIsConfirmedAndACcGetsADr"},
      {{"REFWAIT", "CC"}, "Tp4Refwait, ADrIsConfirmedAndACcGetsADr"},
      {{"REFWAIT", "L"}, "Tp4Refwait, AReferenceIsFreeAfterL"},
  };
  return stories;
}

std::string Story(const State& state, const Event& event) {
  auto found = Stories().find({state.name, event.name});
  return found == Stories().end() ? "" : found->second;
}

constexpr char kIntroduction[] =
    R"(# The state table of transport class 4

ISO 8073 (X.224) annex A says what a transport entity of class 4 does in each state at each event. Here is what this one
does. `tp4_state_table_test` makes this table from the protocol machine: it takes a connection to each state, lets each
event happen and writes down what is sent, what the user hears and where the connection then is. The test compares the
result with this text, so that neither changes alone. The last column names the test that tells the story of the row,
from the first TPDU on (providers/osi/tp4/).

"user: disconnect kPeerUser 128 bye" is a T-DISCONNECT indication: the cause, the reason octet of the DR, the user data.
"ignored" gives the reason that the trace shows. A state's name at the end of a row is the next state; without one the
state stays.

What the standard has and this table has not:

| of the standard | why it is not here |
|---|---|
| WFNC, N-CONNECT confirm, N-DISCONNECT and N-RESET indication | states and events of network connections; the network service here is connectionless (ISO 8073 add. 2) |
| WBCL | a T-DISCONNECT request in WFCC sends a DR with DST-REF 0 at once, the other way that 6.7.5 leaves open |
| WBOC | waits for a network connection, as WFNC does |
| T-CONNECT request | begins a connection, whatever others there are: CLOSED to WFCC with a CR (Tp4Closed, ARequestIsSentAsCr) |
| ER in answer to a TPDU of a connection | 6.22 leaves the choice: what breaks a rule releases an open connection with a DR that says so, and is ignored before and after that; a code that no TPDU has tells of no connection at all; a CR, which has none to release, gets the ER |
| timers A and T1 of an AK | local matters of an open connection (Tp4Receive, EverySecondDtIsAcknowledgedAtOnceAndOneAloneALittleLater; Tp4Receive, AUserThatDoesNotReadClosesTheWindowAndReadingOpensItAgain) |

In CLOSED somebody listens, and the user's requests need a connection. In WFCC, OPEN, CLOSING and REFWAIT we sent the CR,
so that a CR never repeats another; in WFTRESP, AKWAIT and OPEN as responder the peer did. A CR with a new SRC-REF finds
CLOSED whatever other connections there are. A timer stands only where it runs.
)";

bool Applies(const State& state, const Event& event) {
  const absl::string_view in = state.name;
  const absl::string_view happens = event.name;
  const bool is_open = absl::StartsWith(in, "OPEN");
  if (event.is_of_a_user) return in != "CLOSED";
  if (happens == "CR, new" || happens == "CR that breaks a rule") return in == "CLOSED";
  if (happens == "CR, repeated") {
    return in == "WFTRESP" || in == "AKWAIT" || in == "OPEN, as responder";
  }
  if (happens == "T1" || happens == "T1, N times") {
    return in == "WFCC" || in == "AKWAIT" || in == "CLOSING";
  }
  if (absl::StartsWith(happens, "T1 of") || happens == "W" || happens == "I") return is_open;
  if (happens == "L") return in == "REFWAIT";
  return true;
}

std::string Table() {
  std::string text = kIntroduction;
  for (const State& state : kStates) {
    absl::StrAppend(&text, "\n## ", state.name, "\n\n| event | action | story |\n|---|---|---|\n");
    for (const Event& event : kEvents) {
      if (!Applies(state, event)) continue;
      absl::StrAppend(&text, "| ", event.name, " | ", Outcome(state, event), " | ",
                      Story(state, event), " |\n");
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

TEST(Tp4StateTable, IsTheOneInTheDocumentation) {
  const std::string table = Table();
  if (const char* folder = std::getenv("TEST_UNDECLARED_OUTPUTS_DIR")) {
    std::ofstream(absl::StrCat(folder, "/tp4-state-table.md")) << table;
  }
  EXPECT_EQ(ContentOf("docs/tp4-state-table.md"), table)
      << "the new table is among the outputs of this test";
}

TEST(Tp4StateTable, EveryStoryIsTold) {
  std::string sources;
  for (const char* name : {"establishment", "data", "expedited", "release"}) {
    sources += ContentOf(absl::StrCat("providers/osi/tp4/tp4_", name, "_test.cc"));
  }
  for (const auto& [row, story] : Stories()) {
    EXPECT_TRUE(absl::StrContains(sources, absl::StrCat("TEST(", story, ")"))) << story;
  }
}

}  // namespace
}  // namespace osi
