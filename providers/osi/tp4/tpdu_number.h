// Sequence numbers of DT and ED TPDUs (ISO 8073 13.2.2, 12.2.3.3): 7 or 31 bits on the wire, here
// counted without end from 0.
#ifndef PROVIDERS_OSI_TP4_TPDU_NUMBER_H_
#define PROVIDERS_OSI_TP4_TPDU_NUMBER_H_

#include <cstdint>

#include "providers/osi/tp4/tpdu_header.h"

namespace osi {

// How many TPDUs were sent before this one.
using TpduNumber = uint64_t;

// What stands on the wire for it.
constexpr uint32_t OnTheWire(TpduNumber number, TpduFormat format) {
  return static_cast<uint32_t>(number & LargestTpduNumber(format));
}

// The number nearest to `expected`, half of the numbers behind it and half of them before it, that
// stands on the wire as `wire`. Below 0 there is none: then the next one that is not.
constexpr TpduNumber NearestNumber(uint32_t wire, TpduNumber expected, TpduFormat format) {
  const uint64_t mask = LargestTpduNumber(format);
  const uint64_t ahead = (wire - expected) & mask;
  const uint64_t behind = mask + 1 - ahead;
  return ahead <= mask / 2 || behind > expected ? expected + ahead : expected - behind;
}

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_NUMBER_H_
