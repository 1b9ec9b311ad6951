#include "providers/osi/session/session_fuzz.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "providers/osi/session/session_script.h"

namespace osi {
namespace {

using Script = SessionScript;

void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

constexpr void (*kWays[])(Script& us) = {
    [](Script& us) { us.Listens(2), us.TransportIndicates(); },    // STA01C
    [](Script& us) { us.Connects(), us.TransportConnects(); },     // STA02A
    [](Script& us) { us.EstablishAsInitiator(), us.Releases(); },  // STA03
    [](Script& us) { us.Listens(2), us.TransportIndicates(), us.Receives(Script::Cn()); },  // STA08
    [](Script& us) { us.EstablishAsAcceptor(), us.Receives(Script::Fn()); },                // STA09
    [](Script& us) {                                                                        // STA16
      us.EstablishAsAcceptor(), us.Receives(Script::Fn()), us.Releases();
    },
    [](Script& us) { us.EstablishAsInitiator(); },                 // STA713
    [](Script& us) { us.EstablishAsAcceptor(kSessionVersion1); },  // the same, version 1
    [](Script& us) { us.EstablishAsInitiator(), us.Aborts(); },    // STA16, or STA01A
    [](Script& us) {                                               // Vcoll
      us.EstablishAsAcceptor(), us.Releases(), us.Receives(Script::Fn());
    },
};
// Added to the choice: the transport connection may be kept, and TSDUs are limited.
constexpr size_t kWithOptions = std::size(kWays);

}  // namespace

void FuzzSpduCodec(wire::ByteSpan octets) {
  const absl::StatusOr<Spdu> spdu = ParseSpdu(octets);
  if (!spdu.ok()) return;
  std::vector<uint8_t> written;
  AppendSpdu(*spdu, written);
  const absl::StatusOr<Spdu> again = ParseSpdu(written);
  Require(again.ok() && *again == *spdu, "an SPDU survives a round trip");
}

void FuzzSpduArrivals(wire::ByteSpan octets) {
  if (octets.empty()) return;
  const size_t choice = octets[0] % (2 * std::size(kWays));
  wire::ByteSpan rest = octets.subspan(1);
  Tell([&](Script& us) {
    if (choice >= kWithOptions) {
      us.Chooses(SO_SESSION_KEEP_TRANSPORT, 1);
      us.Chooses(SO_SESSION_TSDU_MAXIMUM_SEND, 256);
      us.Chooses(SO_SESSION_TSDU_MAXIMUM_RECEIVE, 300);
    }
    kWays[choice % std::size(kWays)](us);
    while (!rest.empty() && !us.lower().farewell().has_value()) {
      const size_t length = std::min<size_t>(rest[0], rest.size() - 1);
      us.ReceivesOctets(rest.subspan(1, length));
      rest.remove_prefix(1 + length);
    }
    if (us.has_connection()) {
      us.Reads();
      us.Writes("an answer");
      us.Leaves(transport::Farewell::kGraceful);
    }
    if (!us.lower().farewell().has_value()) us.TransportDisconnects();
    Require(us.entity().connection_count() == 0, "nothing is left behind");
  });
}

}  // namespace osi
