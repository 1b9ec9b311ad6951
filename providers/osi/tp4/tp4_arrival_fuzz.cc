// Any NSDUs in any state of a connection: nothing breaks. The first octet of the input chooses the
// state; then come NSDUs, each with its length in front, and the top bit of that says whether its
// checksum is made right first (which no mutation would hit upon).
#include <algorithm>
#include <vector>

#include "absl/types/span.h"
#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/tp4/tp4_script.h"
#include "providers/osi/tp4/tpdu_fuzz_corpus.h"
#include "providers/wire/fuzz_target.h"

namespace osi {
namespace {

constexpr uint8_t kStates = 8;
constexpr uint8_t kWithChecksum = 0x80;
constexpr size_t kMostNsdus = 20;

void GoTo(Tp4Script& s, uint8_t state) {
  switch (state % kStates) {
    case 0:
      return s.Listen();
    case 1:
      return s.GoToWfcc();
    case 2:
      return s.GoToWftresp();
    case 3:
      return s.GoToAkwait();
    case 4:
      return s.GoToOpen();
    case 5:
      return s.GoToOpenAsResponder();
    case 6:
      return s.GoToClosing();
    default:
      return s.GoToRefwait();
  }
}

// Where the parameter still stands in its place.
void MakeChecksumRight(std::vector<uint8_t>& tpdu) {
  for (size_t i = 4; i + 4 <= tpdu.size(); ++i) {
    if (tpdu[i] == 0xC3 && tpdu[i + 1] == 2) return StoreChecksum(absl::MakeSpan(tpdu), i + 2);
  }
}

}  // namespace
}  // namespace osi

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  osi::Tp4Script::Run([data, size](osi::Tp4Script& s) {
    wire::ByteSpan rest(data + 1, size - 1);
    osi::GoTo(s, data[0]);
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
  });
  return 0;
}

std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  const std::vector<osi::Tpdu> tpdus = osi::TpdusOfEveryKind(osi::TpduFormat::kNormal);
  std::vector<std::vector<uint8_t>> corpus;
  for (uint8_t state = 0; state < osi::kStates; ++state) {
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
