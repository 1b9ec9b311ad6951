// TCP segments in a few words, with sequence numbers that count from 0 in each direction.
#ifndef TOOLS_DISSECT_TCP_LABELS_H_
#define TOOLS_DISSECT_TCP_LABELS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/types/span.h"
#include "providers/inet/endpoint.h"
#include "providers/inet/tcp/seq_num.h"

namespace wsim {

// Reads segments in the order in which they were sent, for it remembers where each direction's
// numbers began: at its SYN, which has 0, so that data begin with 1.
class TcpLabels {
 public:
  // "SYN", "SYN ACK", "data 1 \"hello\"", "ACK 6", "ACK 6, SACK 11-21", "FIN 6, ACK 1", "RST".
  std::string Label(const inet::IpAddress& source, const inet::IpAddress& destination,
                    absl::Span<const uint8_t> segment);

 private:
  using End = inet::Endpoint;
  using Flow = std::pair<End, End>;  // from, to

  // `seq` counted from the beginning of `flow`. Nullopt: that was not seen.
  std::optional<uint32_t> Relative(const Flow& flow, inet::SeqNum seq) const;

  absl::btree_map<Flow, inet::SeqNum> initial_;
};

}  // namespace wsim

#endif  // TOOLS_DISSECT_TCP_LABELS_H_
