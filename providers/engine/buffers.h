// The caller's buffers.
#ifndef PROVIDERS_ENGINE_BUFFERS_H_
#define PROVIDERS_ENGINE_BUFFERS_H_

#include <cstddef>
#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "providers/engine/words.h"
#include "providers/transport/transport.h"

namespace engine {

using transport::ByteSpan;

// An array of WSABUF as one stretch of octets, and a place in it. The array is copied, the octets
// are the caller's until the call is over.
class Buffers {
 public:
  Buffers() = default;
  // Returns 0, WSAEINVAL (no buffer at all), or WSAEFAULT (an address missing).
  static int Check(const WSABUF* buffers, DWORD count);
  // Of buffers that passed Check.
  Buffers(const WSABUF* buffers, DWORD count);

  size_t total() const { return total_; }
  // Octets before the place, and behind it.
  size_t done() const { return done_; }
  size_t left() const { return total_ - done_; }
  bool is_full() const { return done_ == total_; }

  // From the place to the end of the buffer in which it stands; empty only at the end of all.
  absl::Span<uint8_t> room() const;
  // Moves the place forward, by at most left().
  void Advance(size_t octets);
  // Copies octets to the place and moves it behind them; at most left().
  void Append(ByteSpan octets);
  // Everything behind the place.
  absl::InlinedVector<ByteSpan, 2> pieces() const;

 private:
  absl::InlinedVector<absl::Span<uint8_t>, 2> spans_;  // none is empty
  size_t total_ = 0;
  size_t done_ = 0;
  size_t index_ = 0;   // of the buffer with the place
  size_t offset_ = 0;  // into it
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_BUFFERS_H_
