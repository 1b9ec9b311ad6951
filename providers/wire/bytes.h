// Octets as they stand on the wire: a reader that latches failure, and a writer. Every multi-octet
// number is big-endian, as in all protocols that wsim speaks.
#ifndef PROVIDERS_WIRE_BYTES_H_
#define PROVIDERS_WIRE_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace wire {

using ByteSpan = absl::Span<const uint8_t>;
using MutableByteSpan = absl::Span<uint8_t>;

// Reads numbers from the front of a span. A read beyond the end yields zeros and latches failure,
// so that one look at ok() covers all reads before it. Does not own the octets.
class ByteReader {
 public:
  explicit ByteReader(ByteSpan bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  // Octets not read yet; 0 after a failure.
  size_t remaining() const { return ok_ ? bytes_.size() - position_ : 0; }
  // Octets read so far.
  size_t position() const { return position_; }

  uint8_t U8() { return static_cast<uint8_t>(Number(1)); }
  uint16_t U16() { return static_cast<uint16_t>(Number(2)); }
  uint32_t U24() { return static_cast<uint32_t>(Number(3)); }
  uint32_t U32() { return static_cast<uint32_t>(Number(4)); }
  uint64_t U64() { return Number(8); }
  // The next `count` octets; empty, with failure latched, where there are fewer.
  ByteSpan Bytes(size_t count) {
    if (!Has(count)) return {};
    ByteSpan taken = bytes_.subspan(position_, count);
    position_ += count;
    return taken;
  }
  // Everything that is left.
  ByteSpan Rest() { return Bytes(remaining()); }
  void Skip(size_t count) { Bytes(count); }

 private:
  bool Has(size_t count) {
    if (ok_ && bytes_.size() - position_ >= count) return true;
    ok_ = false;
    return false;
  }
  uint64_t Number(size_t count) {
    uint64_t value = 0;
    for (uint8_t octet : Bytes(count)) value = value << 8 | octet;
    return value;
  }

  ByteSpan bytes_;
  size_t position_ = 0;
  bool ok_ = true;
};

// Appends numbers to a vector that the caller owns and that outlives the writer.
class ByteWriter {
 public:
  explicit ByteWriter(std::vector<uint8_t>& out) : out_(out) {}

  void U8(uint8_t value) { out_.push_back(value); }
  void U16(uint16_t value) { Number(value, 2); }
  void U24(uint32_t value) { Number(value, 3); }
  void U32(uint32_t value) { Number(value, 4); }
  void U64(uint64_t value) { Number(value, 8); }
  void Bytes(ByteSpan bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
  void Zeros(size_t count) { out_.insert(out_.end(), count, 0); }
  // Octets in the vector, including those that stood there before.
  size_t size() const { return out_.size(); }

 private:
  void Number(uint64_t value, size_t count) {
    for (size_t i = count; i-- > 0;) out_.push_back(static_cast<uint8_t>(value >> (8 * i)));
  }

  std::vector<uint8_t>& out_;
};

// Stores `value` at the front of `out`, which has room for it: for fields that are filled in later.
inline void StoreU16(uint8_t* out, uint16_t value) {
  out[0] = static_cast<uint8_t>(value >> 8);
  out[1] = static_cast<uint8_t>(value);
}

inline void StoreU32(uint8_t* out, uint32_t value) {
  StoreU16(out, static_cast<uint16_t>(value >> 16));
  StoreU16(out + 2, static_cast<uint16_t>(value));
}

}  // namespace wire

#endif  // PROVIDERS_WIRE_BYTES_H_
