// The arithmetic checksum that ISO 8073 (6.17, annex B) puts over a TPDU and ISO 8473 (6.11, annex
// C) over a PDU header. With a[1] .. a[L] the octets of the unit, both of these hold modulo 255:
//
//     sum of a[i] = 0          sum of i * a[i] = 0
//
// Two octets of the unit are chosen so that they do. A residue of 0 may stand on the wire as 00 or
// as FF; FF is sent, because in ISO 8473 a zero octet says that no checksum is used.
#ifndef PROVIDERS_OSI_CHECKSUM_ISO_CHECKSUM_H_
#define PROVIDERS_OSI_CHECKSUM_ISO_CHECKSUM_H_

#include <cstddef>
#include <cstdint>

#include "providers/wire/bytes.h"

namespace osi {

struct ChecksumOctets {
  uint8_t x = 0;
  uint8_t y = 0;
  friend bool operator==(const ChecksumOctets&, const ChecksumOctets&) = default;
};

// The sums over a unit that may lie in several pieces, such as a header and its user data.
class IsoChecksum {
 public:
  // Adds the next octets of the unit, in order.
  void Add(wire::ByteSpan octets);
  // True where the unit as added carries a right checksum.
  bool Holds() const { return c0_ == 0 && c1_ == 0; }
  // What to store at `offset` and `offset` + 1 (from 0) of the unit as added, in which these two
  // octets were zero. Neither is ever 00.
  ChecksumOctets OctetsFor(size_t offset) const;

 private:
  uint64_t c0_ = 0;  // the sum of the octets, reduced modulo 255
  uint64_t c1_ = 0;  // the sum of all values that c0_ had, reduced modulo 255
  size_t length_ = 0;
};

// True where the octets of `unit` satisfy both sums: the checksum stands somewhere within it.
bool ChecksumHolds(wire::ByteSpan unit);

// Fills in the two octets at `offset` (from 0) of `unit`, whatever they held.
void StoreChecksum(wire::MutableByteSpan unit, size_t offset);

// Gives the octet at `changed` a new value and corrects the checksum at `checksum_offset` for it,
// without summing again: how a node lowers the lifetime of a PDU in transit (ISO 8473 annex C).
// `changed` is not one of the checksum's own octets. A wrong checksum stays wrong.
void ChangeOctet(wire::MutableByteSpan unit, size_t checksum_offset, size_t changed, uint8_t value);

}  // namespace osi

#endif  // PROVIDERS_OSI_CHECKSUM_ISO_CHECKSUM_H_
