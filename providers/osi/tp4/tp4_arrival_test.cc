// Whatever arrives, in whatever state: nothing breaks, and what is not damaged beyond its checksum
// is answered as the state table says or ignored.
#include <cstdint>
#include <vector>

#include "gtest/gtest.h"
#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/tp4/tp4_script.h"
#include "providers/osi/tp4/tp4_values.h"
#include "providers/wire/codec_testing.h"

namespace osi {
namespace {

using GoTo = void (Tp4Script::*)();

struct StateCase {
  const char* name;
  GoTo go;
};

constexpr StateCase kStates[] = {
    {"CLOSED", nullptr},
    {"WFCC", &Tp4Script::GoToWfcc},
    {"WFTRESP", &Tp4Script::GoToWftresp},
    {"AKWAIT", &Tp4Script::GoToAkwait},
    {"OPEN", &Tp4Script::GoToOpen},
    {"OPEN as responder", &Tp4Script::GoToOpenAsResponder},
    {"CLOSING", &Tp4Script::GoToClosing},
    {"REFWAIT", &Tp4Script::GoToRefwait},
};

// One of every kind, for the connection.
std::vector<std::vector<uint8_t>> Tpdus(const Tp4Script& s) {
  AkTpdu ak = s.PeerAk(0);
  ak.subsequence_number = 1;
  ak.flow_control_confirmation = FlowControlConfirmation{.your_credit = 15};
  const Tpdu tpdus[] = {
      s.PeerCr("hello"),
      s.PeerCc("welcome"),
      s.PeerDt(0, "data"),
      ak,
      EdTpdu{.destination_reference = kOurReference, .user_data = OctetsOf("urgent")},
      EaTpdu{.destination_reference = kOurReference},
      DrTpdu{.destination_reference = kOurReference,
             .source_reference = kPeerReference,
             .reason = DisconnectReason::kNormal,
             .user_data = {'b', 'y', 'e'}},
      DcTpdu{.destination_reference = kOurReference, .source_reference = kPeerReference},
      ErTpdu{.destination_reference = kOurReference},
  };
  std::vector<std::vector<uint8_t>> octets;
  for (const Tpdu& tpdu : tpdus) AppendTpdu(tpdu, octets.emplace_back());
  return octets;
}

// Makes the checksum right again, where its parameter still stands in its place.
void Repair(std::vector<uint8_t>& tpdu) {
  for (size_t i = 4; i + 4 <= tpdu.size(); ++i) {
    if (tpdu[i] == 0xC3 && tpdu[i + 1] == 2) {
      return StoreChecksum(absl::MakeSpan(tpdu), i + 2);
    }
  }
}

void Begin(Tp4Script& s, const StateCase& state) {
  if (state.go != nullptr) {
    (s.*state.go)();
  } else {
    s.Listen();
  }
}

TEST(Tp4Arrival, DamagedTpdusChangeNothingInAnyState) {
  for (const StateCase& state : kStates) {
    SCOPED_TRACE(state.name);
    Tp4Script::Run([&state](Tp4Script& s) {
      Begin(s, state);
      s.IgnoreAks();
      const Tp4State before = s.state();
      for (const std::vector<uint8_t>& tpdu : Tpdus(s)) {
        for (size_t octet = 0; octet < tpdu.size(); ++octet) {
          s.ReceivesOctets(wire::WithOctet(tpdu, octet, tpdu[octet] ^ 1));
        }
      }
      EXPECT_EQ(s.state(), before);
      EXPECT_TRUE(s.Hears().empty());
    });
  }
}

TEST(Tp4Arrival, MutatedTpdusWithARightChecksumBreakNothing) {
  for (const StateCase& state : kStates) {
    SCOPED_TRACE(state.name);
    for (size_t kind = 0; kind < 9; ++kind) {
      Tp4Script::Run([&state, kind](Tp4Script& s) {
        Begin(s, state);
        const std::vector<uint8_t> golden = Tpdus(s)[kind];
        wire::ForMutations(golden, kind + 1, 150, [&s](wire::ByteSpan damaged) {
          std::vector<uint8_t> repaired(damaged.begin(), damaged.end());
          Repair(repaired);
          s.ReceivesOctets(repaired);
        });
      });
    }
  }
}

TEST(Tp4Arrival, EveryTruncationBreaksNothing) {
  for (const StateCase& state : kStates) {
    SCOPED_TRACE(state.name);
    Tp4Script::Run([&state](Tp4Script& s) {
      Begin(s, state);
      for (const std::vector<uint8_t>& tpdu : Tpdus(s)) {
        wire::ForEveryTruncation(tpdu, [&s](wire::ByteSpan cut) { s.ReceivesOctets(cut); });
      }
    });
  }
}

TEST(Tp4Arrival, EveryPairOfTpdusInEveryStateBreaksNothing) {
  for (const StateCase& state : kStates) {
    SCOPED_TRACE(state.name);
    for (size_t pair = 0; pair < 81; ++pair) {
      Tp4Script::Run([&state, pair](Tp4Script& s) {
        Begin(s, state);
        const std::vector<std::vector<uint8_t>> tpdus = Tpdus(s);
        s.ReceivesOctets(tpdus[pair / 9]);
        s.ReceivesOctets(tpdus[pair % 9]);
      });
    }
  }
}

}  // namespace
}  // namespace osi
