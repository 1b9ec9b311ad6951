// The segments in flight, each with what the sender knows of it.
#ifndef PROVIDERS_INET_TCP_RECOVERY_SENT_SEGMENTS_H_
#define PROVIDERS_INET_TCP_RECOVERY_SENT_SEGMENTS_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "sim/check.h"
#include "sim/time.h"

namespace inet {

// Offsets as in SendBuffer; a FIN takes the offset behind the last octet.
struct SentSegment {
  uint64_t end = 0;     // behind its last octet
  sim::Time sent_at;    // the last time that it was: Segment.xmit_ts of RFC 8985
  uint32_t size = 0;    // octets
  bool sacked = false;  // the peer has it, beyond the cumulative acknowledgment
  bool lost = false;    // presumed so, and not sent again since
  bool retransmitted = false;

  uint64_t begin() const { return end - size; }
  // Counts for the network: RFC 6675 4, SetPipe.
  bool is_in_network() const { return !sacked && !lost; }
};

// A queue in stream order, without gaps. No memory before the first segment, and none kept beyond
// a few segments when it is empty.
class SentSegments {
 public:
  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }
  SentSegment& operator[](size_t i) { return ring_[(head_ + i) & (capacity_ - 1)]; }
  const SentSegment& operator[](size_t i) const { return ring_[(head_ + i) & (capacity_ - 1)]; }
  const SentSegment& front() const { return (*this)[0]; }
  const SentSegment& back() const { return (*this)[size_ - 1]; }

  void Append(const SentSegment& segment) {
    CHECK(empty() || back().end == segment.begin());
    if (size_ == capacity_) Grow();
    ++size_;
    (*this)[size_ - 1] = segment;
  }
  void PopFront() {
    head_ = (head_ + 1) & (capacity_ - 1);
    if (--size_ == 0) Clear();
  }
  void Clear() {
    size_ = head_ = 0;
    if (capacity_ <= kKept) return;
    ring_.reset();
    capacity_ = 0;
  }

  // The first segment that ends behind `offset`; size() if there is none.
  size_t FirstBehind(uint64_t offset) const {
    size_t low = 0;
    for (size_t high = size_; low < high;) {
      const size_t middle = low + (high - low) / 2;
      if ((*this)[middle].end <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

 private:
  static constexpr size_t kKept = 8;

  void Grow() {
    const size_t capacity = capacity_ == 0 ? 4 : 2 * capacity_;
    std::unique_ptr<SentSegment[]> grown(new SentSegment[capacity]);
    for (size_t i = 0; i < size_; ++i) grown[i] = (*this)[i];
    ring_ = std::move(grown);
    capacity_ = capacity;
    head_ = 0;
  }

  std::unique_ptr<SentSegment[]> ring_;
  size_t capacity_ = 0;  // a power of two, or 0
  size_t head_ = 0;
  size_t size_ = 0;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECOVERY_SENT_SEGMENTS_H_
