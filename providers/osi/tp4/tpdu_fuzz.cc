// Any octets as an NSDU: what Parse accepts, AppendTo writes back to the same meaning. The first
// octet of the input chooses the formats.
#include <vector>

#include "providers/osi/tp4/tpdu.h"
#include "providers/osi/tp4/tpdu_fuzz_corpus.h"
#include "providers/wire/fuzz_target.h"

namespace {

void Check(bool holds) {
  if (!holds) __builtin_trap();
}

void CheckTpdu(wire::ByteSpan octets, osi::TpduFormat format) {
  const absl::StatusOr<osi::Tpdu> tpdu = osi::ParseTpdu(octets, format);
  if (!tpdu.ok()) return Check(osi::TpduFaultOf(tpdu.status()).has_value());
  std::vector<uint8_t> written;
  osi::AppendTpdu(*tpdu, written);
  const absl::StatusOr<osi::Tpdu> again = osi::ParseTpdu(written, format);
  Check(again.ok() && again->index() == tpdu->index());
  std::vector<uint8_t> rewritten;
  osi::AppendTpdu(*again, rewritten);
  Check(rewritten == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  wire::ByteSpan nsdu(data, size);
  if (nsdu.empty()) return 0;
  const osi::TpduFormat format =
      nsdu[0] % 2 == 0 ? osi::TpduFormat::kNormal : osi::TpduFormat::kExtended;
  nsdu.remove_prefix(1);
  while (!nsdu.empty()) {
    const absl::StatusOr<wire::ByteSpan> tpdu = osi::TakeTpdu(nsdu);
    if (tpdu.ok()) CheckTpdu(*tpdu, format);
  }
  return 0;
}

std::vector<std::vector<uint8_t>> wire::FuzzCorpus() {
  std::vector<std::vector<uint8_t>> corpus;
  for (const osi::TpduFormat format : {osi::TpduFormat::kNormal, osi::TpduFormat::kExtended}) {
    for (const osi::Tpdu& tpdu : osi::TpdusOfEveryKind(format)) {
      corpus.push_back({static_cast<uint8_t>(format)});
      osi::AppendTpdu(tpdu, corpus.back());
    }
  }
  return corpus;
}

size_t wire::FuzzMutations() { return 2000; }
