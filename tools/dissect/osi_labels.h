// CLNP packets in a few words: the transport and session PDUs in them.
#ifndef TOOLS_DISSECT_OSI_LABELS_H_
#define TOOLS_DISSECT_OSI_LABELS_H_

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/types/span.h"
#include "providers/osi/clnp/nsap.h"
#include "providers/osi/tp4/tpdu.h"

namespace wsim {

// Reads packets in the order in which they were sent, for it remembers which transport connections
// carry the session protocol, and where their TSDUs begin.
class OsiLabels {
 public:
  // "CR", "AK 1, credit 8", "DT 0 \"hello\"", "DT 3: FN \"2\"", "AK 1, credit 8 + DC".
  std::string Label(absl::Span<const uint8_t> packet);

 private:
  using Octets = absl::Span<const uint8_t>;
  // A transport connection's end: the system and the reference that it has given itself.
  using End = std::pair<osi::Nsap, uint16_t>;
  static constexpr size_t kNumbers = 128;  // of DT TPDUs in the normal format

  std::string LabelTpdu(const osi::Nsap& source, const osi::Nsap& destination, Octets tpdu);
  std::string LabelDt(const End& receiver, const osi::DtTpdu& dt);

  // Ends of connections that carry the session protocol: the DT numbers with which a TSDU begins,
  // as far as it is known.
  absl::btree_map<End, std::bitset<kNumbers>> session_ends_;
};

}  // namespace wsim

#endif  // TOOLS_DISSECT_OSI_LABELS_H_
