// A short form of the fuzzers: what they do, over damaged SPDUs of every kind in every state.
#include "providers/osi/session/session_fuzz.h"

#include <vector>

#include "gtest/gtest.h"
#include "providers/osi/session/session_script.h"

namespace osi {
namespace {

using Script = SessionScript;

std::vector<std::vector<uint8_t>> WellFormed() {
  CnSpdu cn = Script::Cn();
  cn.identifier = {Text("ref"), Text("common"), Text("1234")};
  cn.item.tsdu_maximum_initiator_to_responder = 300;
  const std::vector<Spdu> spdus = {cn,
                                   Script::Ac(),
                                   RfSpdu{.reason = RefuseReason::kUserWithData},
                                   Script::Fn("bye"),
                                   FnSpdu{.releases_transport = false},
                                   FnSpdu{.enclosure = Enclosure{.beginning = true}},
                                   FnSpdu{.enclosure = Enclosure{.end = true}},
                                   Script::Dn("bye"),
                                   NfSpdu{},
                                   Script::UserAbort("bye"),
                                   AbSpdu{.transport_disconnect = {.releases_transport = false}},
                                   AaSpdu{},
                                   GtSpdu{},
                                   PtSpdu{.user_data = Text("please")},
                                   Script::Dt("data"),
                                   DtSpdu{.enclosure = Enclosure{.beginning = true}},
                                   PrSpdu{}};
  std::vector<std::vector<uint8_t>> all;
  for (const Spdu& spdu : spdus) AppendSpdu(spdu, all.emplace_back());
  return all;
}

TEST(SessionFuzz, CodecTakesAnything) {
  uint64_t seed = 0;
  for (const std::vector<uint8_t>& octets : WellFormed()) {
    wire::ForMutations(octets, ++seed, /*count=*/500,
                       [](ByteSpan damaged) { FuzzSpduCodec(damaged); });
  }
}

// Two SPDUs after each other, of which the first or the second is damaged.
TEST(SessionFuzz, AnythingMayArriveInEveryState) {
  const std::vector<std::vector<uint8_t>> all = WellFormed();
  for (uint8_t choice = 0; choice < 20; ++choice) {
    for (size_t i = 0; i < all.size(); ++i) {
      const std::vector<uint8_t>& next = all[(i * 7 + choice) % all.size()];
      const std::vector<uint8_t>* const pair[] = {&all[i], &next};
      std::vector<uint8_t> octets = {choice};
      for (const std::vector<uint8_t>* tsdu : pair) {
        octets.push_back(static_cast<uint8_t>(tsdu->size()));
        octets.insert(octets.end(), tsdu->begin(), tsdu->end());
      }
      FuzzSpduArrivals(octets);
      wire::ForMutations(octets, /*seed=*/i * 20 + choice, /*count=*/5,
                         [](ByteSpan damaged) { FuzzSpduArrivals(damaged); });
    }
  }
}

}  // namespace
}  // namespace osi
