// Sequence numbers of TCP: 32 bits that wrap (RFC 9293 3.4).
#ifndef PROVIDERS_INET_TCP_SEQ_NUM_H_
#define PROVIDERS_INET_TCP_SEQ_NUM_H_

#include <cstdint>

namespace inet {

// A point in the sequence space. There is no `<`: numbers that wrap have no order. Ask whether one
// lies in a window, or unwrap to a 64-bit stream offset, which has an order.
class SeqNum {
 public:
  constexpr SeqNum() = default;
  constexpr explicit SeqNum(uint32_t value) : value_(value) {}

  constexpr uint32_t value() const { return value_; }

  // Whether this is one of the `size` numbers that begin with `first`. Nothing lies in a window of
  // size 0. "SND.UNA =< SEG.ACK =< SND.NXT" is `ack.InWindow(una, una.DistanceTo(nxt) + 1)`.
  constexpr bool InWindow(SeqNum first, uint32_t size) const {
    return first.DistanceTo(*this) < size;
  }
  // Steps forward from here to `later`, 0 to 2^32-1.
  constexpr uint32_t DistanceTo(SeqNum later) const { return later.value_ - value_; }
  // The stream offset nearest to `reference_offset` at which this number stands, where `reference`
  // stands at `reference_offset`. Offsets below zero appear as numbers near 2^64, beyond any
  // window. Exact while the two are less than 2^31 apart.
  constexpr uint64_t Unwrap(SeqNum reference, uint64_t reference_offset) const {
    const uint32_t forward = reference.DistanceTo(*this);
    if (forward < 0x80000000u) return reference_offset + forward;
    return reference_offset - (uint64_t{0x100000000u} - forward);
  }

  constexpr SeqNum& operator+=(uint32_t steps) {
    value_ += steps;
    return *this;
  }
  constexpr SeqNum& operator-=(uint32_t steps) {
    value_ -= steps;
    return *this;
  }
  friend constexpr SeqNum operator+(SeqNum from, uint32_t steps) { return from += steps; }
  friend constexpr SeqNum operator-(SeqNum from, uint32_t steps) { return from -= steps; }
  friend constexpr bool operator==(SeqNum, SeqNum) = default;

 private:
  uint32_t value_ = 0;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_SEQ_NUM_H_
