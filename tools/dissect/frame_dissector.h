// What a frame says, in a few words: the label of an arrow in a ladder.
#ifndef TOOLS_DISSECT_FRAME_DISSECTOR_H_
#define TOOLS_DISSECT_FRAME_DISSECTOR_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "providers/osi/clnp/nsap.h"

namespace wsim {

// Reads frames in the order in which they were sent, for it remembers which transport connections
// carry the session protocol. Labels are one line of valid UTF-8: "SYN ACK", "DT 0 \"hello\"", "DT
// 3 FN \"2\"".
class FrameDissector {
 public:
  // `frame` is a whole Ethernet frame. What cannot be read is named by the protocol that it belongs
  // to.
  std::string Label(absl::Span<const uint8_t> frame);

 private:
  using Octets = absl::Span<const uint8_t>;
  // A transport connection's end: the system and the reference that it has given itself.
  using TransportEnd = std::pair<osi::Nsap, uint16_t>;

  std::string LabelIpv4(Octets packet);
  std::string LabelClnp(Octets packet);
  std::string LabelTpdu(const osi::Nsap& source, const osi::Nsap& destination, Octets tpdu);

  absl::btree_set<TransportEnd> session_ends_;
  // Ends in the middle of a TSDU: what comes next is no SPDU's beginning.
  absl::btree_set<TransportEnd> inside_tsdu_;
};

// Octets for people: "\"done\"" as they are while printable and short, else cut, with the count.
std::string QuoteOctets(absl::Span<const uint8_t> octets);

}  // namespace wsim

#endif  // TOOLS_DISSECT_FRAME_DISSECTOR_H_
