// A 64-bit hash of integers that is the same on every machine.
#ifndef SIM_TRACE_HASH64_H_
#define SIM_TRACE_HASH64_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace sim {

// A bijection of 64 bits in which each bit of the argument moves about half of the result's:
// xor-shifts and odd multipliers, as in the finaliser of MurmurHash3 (variant 13 of D. Stafford's
// search).
constexpr uint64_t Mix64(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
  return value ^ (value >> 31);
}

// Adds up integers one after another; the value depends on each of them and on their order. Defined
// by arithmetic modulo 2^64 alone, so that no compiler, optimisation or byte order changes it. Not
// for secrets.
class Hash64 {
 public:
  constexpr Hash64() = default;
  constexpr explicit Hash64(uint64_t seed) : state_(Mix64(seed + kStep)) {}

  constexpr void Add(uint64_t value) { state_ = Mix64(state_ ^ value) + kStep; }
  // The count first, so that the border between two runs of octets shows.
  constexpr void AddOctets(absl::Span<const uint8_t> octets) {
    AddBytes(octets.data(), octets.size());
  }
  constexpr void AddText(absl::string_view text) { AddBytes(text.data(), text.size()); }

  constexpr uint64_t value() const { return state_; }

 private:
  // Many octets are taken in blocks of four words, which a processor can work on side by side.
  static constexpr size_t kBlock = 32;
  static constexpr uint64_t kStep = 0x9E3779B97F4A7C15u;  // 2^64 over the golden ratio, odd

  template <class Byte>
  constexpr void AddBytes(const Byte* bytes, size_t count) {
    Add(count);
    size_t i = 0;
    if (count >= kBlock) {
      uint64_t a = 1, b = 2, c = 3, d = 4;
      for (; i + kBlock <= count; i += kBlock) {
        a = Stir(a, Word(bytes + i));
        b = Stir(b, Word(bytes + i + 8));
        c = Stir(c, Word(bytes + i + 16));
        d = Stir(d, Word(bytes + i + 24));
      }
      for (uint64_t lane : {a, b, c, d}) Add(lane);
    }
    for (; i + 8 <= count; i += 8) Add(Word(bytes + i));
    if (i == count) return;
    uint64_t rest = 0;
    for (size_t k = 0; i + k < count; ++k) rest |= At(bytes + i, k);
    Add(rest);
  }

  static constexpr uint64_t Stir(uint64_t lane, uint64_t word) {
    lane = (lane ^ word) * kStep;
    return lane ^ (lane >> 32);
  }
  // Little-endian, written out so that compilers see one load where that is what it is.
  template <class Byte>
  static constexpr uint64_t Word(const Byte* bytes) {
    return At(bytes, 0) | At(bytes, 1) | At(bytes, 2) | At(bytes, 3) | At(bytes, 4) | At(bytes, 5) |
           At(bytes, 6) | At(bytes, 7);
  }
  template <class Byte>
  static constexpr uint64_t At(const Byte* bytes, size_t i) {
    return static_cast<uint64_t>(static_cast<uint8_t>(bytes[i])) << (8 * i);
  }

  uint64_t state_ = 0;
};

}  // namespace sim

#endif  // SIM_TRACE_HASH64_H_
