// What every codec's test needs: octets written as hexadecimal text, every truncation of a message,
// and seeded damage. For tests only.
#ifndef PROVIDERS_WIRE_CODEC_TESTING_H_
#define PROVIDERS_WIRE_CODEC_TESTING_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/strings/string_view.h"
#include "providers/wire/bytes.h"

namespace wire {

// The octets of "45 00 0073": pairs of hexadecimal digits, spaces and line ends anywhere between
// them. Any other text yields no octets at all.
std::vector<uint8_t> FromHex(absl::string_view text);

// `golden` with `value` in place of the octet at `position`, which it has.
std::vector<uint8_t> WithOctet(ByteSpan golden, size_t position, uint8_t value);

// Calls `check` with each proper prefix of `golden`, the empty one first. Each stands in a block of
// exactly its size, so that AddressSanitizer sees a read beyond its end.
void ForEveryTruncation(ByteSpan golden, const std::function<void(ByteSpan)>& check);

// Calls `check` with `count` damaged copies of `golden`, each in a block of exactly its size:
// flipped bits, octets replaced by edge values, cut ends, added octets, in turn and together. The
// same seed gives the same damage.
void ForMutations(ByteSpan golden, uint64_t seed, size_t count,
                  const std::function<void(ByteSpan)>& check);

}  // namespace wire

#endif  // PROVIDERS_WIRE_CODEC_TESTING_H_
