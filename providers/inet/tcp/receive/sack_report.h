// What a receiver says of the octets beyond the cumulative acknowledgment: RFC 2018 4, and RFC 2883
// of those that came twice.
#ifndef PROVIDERS_INET_TCP_RECEIVE_SACK_REPORT_H_
#define PROVIDERS_INET_TCP_RECEIVE_SACK_REPORT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "providers/inet/tcp/receive/reassembler.h"
#include "providers/inet/tcp/tcp_header.h"

namespace inet {

// Remembers in which order blocks were heard of; the blocks themselves are the Reassembler's, and
// offsets are as there.
class SackReport {
 public:
  using Block = Reassembler::Block;
  using Blocks = absl::InlinedVector<Block, TcpOptions::kMaxSackBlocks>;

  // Octets from `offset` on were kept beyond a gap; `held` is what is there since then.
  void OnArrival(uint64_t offset, const std::vector<Block>& held);
  // These octets came although they were here. Of several the first is reported.
  void OnDuplicate(const Block& octets);
  // A segment took the report along: a duplicate is told once (RFC 2883 4).
  void OnSent() {
    if (report_ != nullptr) report_->duplicate = {0, 0};
  }

  // At most `room` blocks of those held: first a duplicate and the block around it, then the block
  // of the segment that came last, then the others from the latest to the earliest.
  Blocks Make(const std::vector<Block>& held, size_t room) const;

 private:
  struct Report {
    // One octet of each block reported, that of the latest first.
    std::vector<uint64_t> latest;
    Block duplicate{0, 0};
    bool has_duplicate() const { return duplicate.end > duplicate.begin; }
  };
  Report& report() {
    if (report_ == nullptr) report_ = std::make_unique<Report>();
    return *report_;
  }

  std::unique_ptr<Report> report_;  // null: nothing has ever come out of order, or twice
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECEIVE_SACK_REPORT_H_
