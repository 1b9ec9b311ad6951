#include "sim/decision/seeded_source.h"

#include "absl/numeric/int128.h"
#include "sim/trace/hash64.h"

namespace sim {
namespace {

// The `attempt`-th 64 bits of draw `n`.
uint64_t Bits(uint64_t key, uint64_t n, uint64_t attempt) {
  Hash64 hash(key);
  hash.Add(n);
  hash.Add(attempt);
  return hash.value();
}

// The high half of bits * bound is below `bound`, and each number is hit equally often once the
// lowest 2^64 mod bound of the low halves are left out (D. Lemire, "Fast Random Integer Generation
// in an Interval").
uint64_t DrawBelow(uint64_t bound, uint64_t key, uint64_t n) {
  for (uint64_t attempt = 0;; ++attempt) {
    const absl::uint128 product = absl::uint128(Bits(key, n, attempt)) * bound;
    const uint64_t low = absl::Uint128Low64(product);
    if (low >= bound || low >= (0 - bound) % bound) return absl::Uint128High64(product);
  }
}

}  // namespace

uint32_t SeededSource::OpenStream(absl::string_view name) {
  Hash64 key(seed_);
  key.AddText(name);
  keys_.push_back(key.value());
  return static_cast<uint32_t>(keys_.size() - 1);
}

bool SeededSource::Branch(uint32_t stream, uint64_t n, Ratio strikes) {
  return DrawBelow(Ratio::kOne, keys_[stream], n) < strikes.billionths;
}

uint64_t SeededSource::Magnitude(uint32_t stream, uint64_t n, uint64_t bound) {
  return DrawBelow(bound, keys_[stream], n);
}

}  // namespace sim
