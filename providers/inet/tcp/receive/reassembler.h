// Data received, in order or not (RFC 9293 3.10.7.4, seventh check).
#ifndef PROVIDERS_INET_TCP_RECEIVE_REASSEMBLER_H_
#define PROVIDERS_INET_TCP_RECEIVE_REASSEMBLER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "providers/inet/tcp/byte_ring.h"
#include "providers/wire/bytes.h"

namespace inet {

// Offsets count octets of the peer's sequence space from its initial sequence number: its SYN
// stands at 0, its first octet of data at 1. On overlap the first copy stays.
class Reassembler {
 public:
  static constexpr uint64_t kFirstOffset = 1;
  // Separate runs of octets behind a gap; what would make another one is not kept, and comes again.
  static constexpr size_t kMaxBlocks = 256;

  // Octets from begin up to end were received beyond a gap.
  struct Block {
    uint64_t begin;
    uint64_t end;
    friend bool operator==(const Block&, const Block&) = default;
  };

  // Keeps `octets`, the first of which stands at `offset`. The caller has cut off what its window
  // does not allow. Octets before next() are ignored. Returns the first run of octets that were
  // held beyond a gap already, if there is one.
  std::optional<Block> Insert(uint64_t offset, wire::ByteSpan octets);

  // The first octet not received: everything before it came. RCV.NXT, but for SYN and FIN.
  uint64_t next() const { return next_; }
  // The first octet not consumed.
  uint64_t read_offset() const { return ring_.begin(); }
  // Octets from read_offset() up to next().
  size_t in_order() const { return static_cast<size_t>(next_ - read_offset()); }
  // What waits for a gap to be filled, in stream order.
  const std::vector<Block>& blocks() const { return blocks_; }

  // Fills `out` with octets from `offset` on, all of them in order.
  void Copy(uint64_t offset, wire::MutableByteSpan out) const { ring_.Load(offset, out); }
  // Lets go of `count` octets that are in order.
  void Consume(size_t count) { ring_.DropBefore(read_offset() + count); }

  // Lets go of everything and the memory with it. Nothing can be read any more.
  void Free();

 private:
  void JoinFirstBlock();

  ByteRing ring_{kFirstOffset};
  uint64_t next_ = kFirstOffset;
  std::vector<Block> blocks_;  // disjoint, with gaps between them and after next_
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECEIVE_REASSEMBLER_H_
