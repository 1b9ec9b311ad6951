// Source routing and recording of route (ISO 8473 6.14, 6.15, 7.5.4, 7.5.5): the values of options
// C8 and CB.
//
//      1      2        3 ..
//    +------+--------+----------------------------------+
//    | type | offset | network entity titles, each with |
//    | 0, 1 |        | its length in front              |
//    +------+--------+----------------------------------+
//
// Type 1 is complete, type 0 partial. The offset counts octets of the value from 1: where the next
// title to go to stands, or where the next title is to be recorded; 255: no more are recorded.
#ifndef PROVIDERS_OSI_CLNP_CLNP_ROUTE_H_
#define PROVIDERS_OSI_CLNP_CLNP_ROUTE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/osi/clnp/nsap.h"
#include "providers/wire/bytes.h"

namespace osi {

// The systems that a PDU is to pass, in their order.
struct ClnpSourceRoute {
  bool is_complete = false;  // and no others in between
  std::vector<Nsap> path;    // network entity titles
  size_t next = 0;           // the first of them that it has not reached

  bool is_over() const { return next == path.size(); }

  // The value of option C8. The error is a ClnpError: syntax error in source routing.
  static absl::StatusOr<ClnpSourceRoute> Parse(wire::ByteSpan value);
  std::vector<uint8_t> ToValue() const;
  friend bool operator==(const ClnpSourceRoute&, const ClnpSourceRoute&) = default;
};

// The value of option CB that a sender provides, with room for so many octets of titles.
std::vector<uint8_t> EmptyRecordOfRoute(bool is_complete, size_t octets);
// Adds a title to the value of option CB, or notes that there was no room for it; from then on no
// further one is added.
void RecordSystem(std::vector<uint8_t>& value, const Nsap& title);
// The titles in the value of option CB, as far as it can be read.
std::vector<Nsap> RecordedSystems(wire::ByteSpan value);

}  // namespace osi

#endif  // PROVIDERS_OSI_CLNP_CLNP_ROUTE_H_
