// What the user has written and the peer has not acknowledged.
#ifndef PROVIDERS_INET_TCP_SEND_BUFFER_H_
#define PROVIDERS_INET_TCP_SEND_BUFFER_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "providers/inet/tcp/byte_ring.h"
#include "providers/wire/bytes.h"

namespace inet {

// Offsets count octets of the sequence space from the initial sequence number: the SYN stands at 0
// and the first octet of data at 1.
class SendBuffer {
 public:
  static constexpr uint64_t kFirstOffset = 1;

  // At most `capacity` octets are held.
  explicit SendBuffer(size_t capacity) : ring_(kFirstOffset), capacity_(capacity) {}

  // Takes as many octets of `pieces` as there is room for, and returns how many.
  size_t Append(absl::Span<const wire::ByteSpan> pieces);
  // Lets go of what lies before `offset`, which is at most end().
  void Acknowledge(uint64_t offset);
  // Fills `out` with held octets from `offset` on.
  void Copy(uint64_t offset, wire::MutableByteSpan out) const { ring_.Load(offset, out); }

  // The first octet held, and behind the last one.
  uint64_t begin() const { return ring_.begin(); }
  uint64_t end() const { return ring_.end(); }
  size_t size() const { return static_cast<size_t>(end() - begin()); }
  size_t capacity() const { return capacity_; }
  // May become less than size(): nothing is lost, and nothing taken until there is room.
  void set_capacity(size_t capacity) { capacity_ = capacity; }
  size_t room() const { return capacity_ > size() ? capacity_ - size() : 0; }

  // Lets go of everything and the memory with it.
  void Free() {
    ring_.DropBefore(ring_.end());
    ring_.Free();
  }

 private:
  ByteRing ring_;
  size_t capacity_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_SEND_BUFFER_H_
