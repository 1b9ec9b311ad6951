// Octets of a stream, held by their offset in it.
#ifndef PROVIDERS_INET_TCP_BYTE_RING_H_
#define PROVIDERS_INET_TCP_BYTE_RING_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "providers/wire/bytes.h"

namespace inet {

// A ring that covers the offsets from begin() on as far as anything was stored. No memory before
// the first octet; it grows by doubling, and when it is empty it keeps no more than a few segments
// need, which a reader that keeps pace fills again at once.
class ByteRing {
 public:
  explicit ByteRing(uint64_t begin) : begin_(begin), end_(begin) {}
  ByteRing(const ByteRing&) = delete;
  ByteRing& operator=(const ByteRing&) = delete;

  uint64_t begin() const { return begin_; }
  // Behind the last octet stored. What lies before it and was never stored is indeterminate.
  uint64_t end() const { return end_; }

  // `offset` is not below begin().
  void Store(uint64_t offset, wire::ByteSpan octets);
  // Fills `out` with the octets from `offset` on, all of which are covered.
  void Load(uint64_t offset, wire::MutableByteSpan out) const;
  // Lets go of what lies before `offset`, which is not below begin().
  void DropBefore(uint64_t offset);
  // Lets go of everything, and the memory with it. end() becomes begin().
  void Free();

  size_t allocated() const { return capacity_; }

 private:
  static constexpr size_t kLeastCapacity = 512;
  static constexpr size_t kKept = 4096;

  size_t Position(uint64_t offset) const { return offset & (capacity_ - 1); }
  void Grow(size_t needed);

  std::unique_ptr<uint8_t[]> octets_;
  size_t capacity_ = 0;  // a power of two, or 0
  uint64_t begin_;
  uint64_t end_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_BYTE_RING_H_
