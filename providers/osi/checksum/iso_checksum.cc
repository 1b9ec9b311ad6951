#include "providers/osi/checksum/iso_checksum.h"

namespace osi {
namespace {

constexpr int64_t kModulus = 255;

// The residue of `value`, which may be negative, as it is sent: 1 .. FF.
uint8_t SentResidue(int64_t value) {
  int64_t residue = value % kModulus;
  if (residue <= 0) residue += kModulus;
  return static_cast<uint8_t>(residue);
}

}  // namespace

void IsoChecksum::Add(wire::ByteSpan octets) {
  // No sum can overflow before 2^27 octets, far beyond any unit, so they are reduced once. Four
  // octets are taken at a time: what they add to c1 does not wait for c0 to pass through each.
  uint64_t c0 = c0_;
  uint64_t c1 = c1_;
  const uint8_t* at = octets.data();
  size_t left = octets.size();
  for (; left >= 4; left -= 4, at += 4) {
    c1 += 4 * c0 + 4 * uint64_t{at[0]} + 3 * uint64_t{at[1]} + 2 * uint64_t{at[2]} + at[3];
    c0 += uint64_t{at[0]} + at[1] + at[2] + at[3];
  }
  for (; left > 0; --left, ++at) {
    c0 += *at;
    c1 += c0;
  }
  c0_ = c0 % kModulus;
  c1_ = c1 % kModulus;
  length_ += octets.size();
}

ChecksumOctets IsoChecksum::OctetsFor(size_t offset) const {
  const int64_t c0 = static_cast<int64_t>(c0_);
  const int64_t c1 = static_cast<int64_t>(c1_);
  const int64_t behind = static_cast<int64_t>(length_) - static_cast<int64_t>(offset) - 1;  // L - n
  return {.x = SentResidue(behind * c0 - c1), .y = SentResidue(c1 - (behind + 1) * c0)};
}

bool ChecksumHolds(wire::ByteSpan unit) {
  IsoChecksum sums;
  sums.Add(unit);
  return sums.Holds();
}

void StoreChecksum(wire::MutableByteSpan unit, size_t offset) {
  unit[offset] = 0;
  unit[offset + 1] = 0;
  IsoChecksum sums;
  sums.Add(unit);
  const ChecksumOctets octets = sums.OctetsFor(offset);
  unit[offset] = octets.x;
  unit[offset + 1] = octets.y;
}

void ChangeOctet(wire::MutableByteSpan unit, size_t checksum_offset, size_t changed,
                 uint8_t value) {
  const int64_t difference = int64_t{value} - int64_t{unit[changed]};
  const int64_t distance = static_cast<int64_t>(changed) - static_cast<int64_t>(checksum_offset);
  unit[changed] = value;
  uint8_t& x = unit[checksum_offset];
  uint8_t& y = unit[checksum_offset + 1];
  x = SentResidue(x + (distance - 1) * difference);
  y = SentResidue(y - distance * difference);
}

}  // namespace osi
