// Any NSDUs in any state of a connection: nothing breaks. The first octet of the input chooses the
// state; then come NSDUs, each with its length in front, and the top bit of that says whether its
// checksum is made right first (which no mutation would hit upon).
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/tp4/tp4_options.h"
#include "providers/osi/tp4/tp4_script.h"
#include "providers/osi/tp4/tpdu_fuzz_corpus.h"
#include "providers/wire/fuzz_target.h"

namespace osi {
namespace {

constexpr uint8_t kWithChecksum = 0x80;
constexpr size_t kMostNsdus = 20;

// DTs of several TSDUs, of which the last is not whole, and an ED are not acknowledged.
void SendMuch(Tp4Script& s) {
  for (int i = 0; i < 4; ++i) s.Write(std::string(200, 'x'), /*end_of_message=*/i < 3);
  s.us().WriteExpedited(OctetsOf("urgent"));
}

constexpr void (*kStates[])(Tp4Script& s) = {
    [](Tp4Script& s) { s.Listen(); },
    [](Tp4Script& s) { s.GoToWfcc(); },
    [](Tp4Script& s) { s.GoToWftresp(); },
    [](Tp4Script& s) { s.GoToAkwait(); },
    [](Tp4Script& s) { s.GoToOpen(); },
    [](Tp4Script& s) { s.GoToOpenAsResponder(); },
    [](Tp4Script& s) { s.GoToClosing(); },
    [](Tp4Script& s) { s.GoToRefwait(); },
    [](Tp4Script& s) { s.GoToOpen(), SendMuch(s); },
    [](Tp4Script& s) {  // OPEN, in the extended formats and without checksums
      s.options = {{kTransportLevel, kExtendedFormats, {1, 0, 0, 0}},
                   {kTransportLevel, kUseOfChecksum, {0, 0, 0, 0}}};
      s.Connect();
      s.Sends<CrTpdu>();
      CcTpdu cc = s.PeerCc();
      cc.extended_formats = true;
      cc.additional_options = AdditionalOptions{.checksum_non_use = true};
      s.Receives(cc);
      SendMuch(s);
    },
};
constexpr size_t kExtendedState = std::size(kStates) - 1;

// Where the parameter still stands in its place.
void MakeChecksumRight(std::vector<uint8_t>& tpdu) {
  for (size_t i = 4; i + 4 <= tpdu.size(); ++i) {
    if (tpdu[i] == 0xC3 && tpdu[i + 1] == 2) return StoreChecksum(absl::MakeSpan(tpdu), i + 2);
  }
}

// Whatever has become of the connection, its user may do anything.
void UseToTheEnd(Tp4Script& s) {
  if (!s.has_connection()) return;
  s.Read();
  s.us().ReadExpedited(/*peek=*/false);
  s.Write("more");
  s.Advance(absl::Seconds(2));
  s.us().Disconnect(OctetsOf("bye"));
}

}  // namespace
}  // namespace osi

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  osi::Tp4Script::Run([data, size](osi::Tp4Script& s) {
    wire::ByteSpan rest(data + 1, size - 1);
    osi::kStates[data[0] % std::size(osi::kStates)](s);
    s.IgnoreAks();
    for (size_t n = 0; n < osi::kMostNsdus && !rest.empty(); ++n) {
      const uint8_t head = rest[0];
      rest.remove_prefix(1);
      const size_t length = std::min<size_t>(head & ~osi::kWithChecksum, rest.size());
      std::vector<uint8_t> nsdu(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(length));
      rest.remove_prefix(length);
      if ((head & osi::kWithChecksum) != 0) osi::MakeChecksumRight(nsdu);
      s.ReceivesOctets(nsdu);
    }
    osi::UseToTheEnd(s);
  });
  return 0;
}

std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  std::vector<std::vector<uint8_t>> corpus;
  for (uint8_t state = 0; state < std::size(osi::kStates); ++state) {
    const bool is_extended = state == osi::kExtendedState;
    const std::vector<osi::Tpdu> tpdus =
        osi::TpdusOfEveryKind(is_extended ? osi::TpduFormat::kExtended : osi::TpduFormat::kNormal);
    // Three of them at a time, so that each state sees each kind.
    for (size_t first = 0; first < tpdus.size(); first += 3) {
      std::vector<uint8_t>& input = corpus.emplace_back();
      input.push_back(state);
      for (size_t i = first; i < std::min(first + 3, tpdus.size()); ++i) {
        std::vector<uint8_t> tpdu;
        osi::AppendTpdu(tpdus[i], tpdu);
        input.push_back(static_cast<uint8_t>(osi::kWithChecksum | tpdu.size()));
        input.insert(input.end(), tpdu.begin(), tpdu.end());
      }
    }
  }
  return corpus;
}

size_t wire::FuzzMutations() { return 25; }
