#include "providers/wire/codec_testing.h"

#include "absl/strings/ascii.h"

namespace wire {
namespace {

// SplitMix64: a full-period sequence from any seed.
class Sequence {
 public:
  explicit Sequence(uint64_t seed) : state_(seed) {}
  // 0 to `limit` - 1; `limit` is not 0.
  size_t Below(size_t limit) {
    state_ += 0x9E3779B97F4A7C15;
    uint64_t mixed = state_;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
    return static_cast<size_t>((mixed ^ mixed >> 31) % limit);
  }

 private:
  uint64_t state_;
};

void Damage(std::vector<uint8_t>& octets, Sequence& choose) {
  constexpr uint8_t kEdges[] = {0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF};
  const size_t kind = octets.empty() ? 3 : choose.Below(5);
  switch (kind) {
    case 0:
      octets[choose.Below(octets.size())] ^= static_cast<uint8_t>(1u << choose.Below(8));
      return;
    case 1:
      octets[choose.Below(octets.size())] = kEdges[choose.Below(sizeof kEdges)];
      return;
    case 2:
      octets[choose.Below(octets.size())] = static_cast<uint8_t>(choose.Below(256));
      return;
    case 3:
      octets.insert(octets.begin() + static_cast<std::ptrdiff_t>(choose.Below(octets.size() + 1)),
                    static_cast<uint8_t>(choose.Below(256)));
      return;
    default:
      octets.resize(choose.Below(octets.size()));
  }
}

}  // namespace

std::vector<uint8_t> FromHex(absl::string_view text) {
  std::vector<uint8_t> octets;
  int high = -1;
  for (char c : text) {
    const auto letter = static_cast<unsigned char>(c);
    if (absl::ascii_isspace(letter)) continue;
    if (!absl::ascii_isxdigit(letter)) return {};
    const int digit =
        absl::ascii_isdigit(letter) ? c - '0' : absl::ascii_tolower(letter) - 'a' + 10;
    if (high < 0) {
      high = digit;
    } else {
      octets.push_back(static_cast<uint8_t>(high << 4 | digit));
      high = -1;
    }
  }
  return high < 0 ? octets : std::vector<uint8_t>();
}

std::vector<uint8_t> WithOctet(ByteSpan golden, size_t position, uint8_t value) {
  std::vector<uint8_t> octets(golden.begin(), golden.end());
  octets[position] = value;
  return octets;
}

void ForEveryTruncation(ByteSpan golden, const std::function<void(ByteSpan)>& check) {
  for (size_t size = 0; size < golden.size(); ++size) {
    const ByteSpan prefix = golden.subspan(0, size);
    check(std::vector<uint8_t>(prefix.begin(), prefix.end()));
  }
}

void ForMutations(ByteSpan golden, uint64_t seed, size_t count,
                  const std::function<void(ByteSpan)>& check) {
  Sequence choose(seed);
  for (size_t i = 0; i < count; ++i) {
    std::vector<uint8_t> octets(golden.begin(), golden.end());
    for (size_t damages = 1 + choose.Below(4); damages > 0; --damages) Damage(octets, choose);
    // A copy of its own: a vector that grew has room behind its end.
    check(std::vector<uint8_t>(octets.begin(), octets.end()));
  }
}

}  // namespace wire
