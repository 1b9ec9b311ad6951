// The header of logical link control, ISO/IEC 8802-2 3.2, for unnumbered PDUs: what carries CLNP
// and ES-IS on an IEEE 802.3 link.
//
//   +-----------+-----------+--------------+
//   | DSAP (1)  | SSAP (1)  | Control (1)  |
//   +-----------+-----------+--------------+
#ifndef PROVIDERS_ETHERNET_LLC_HEADER_H_
#define PROVIDERS_ETHERNET_LLC_HEADER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/wire/bytes.h"

namespace ethernet {

// The service access point of the OSI network layer, ISO/IEC TR 9577.
inline constexpr uint8_t kSapOsiNetwork = 0xFE;

struct LlcHeader {
  static constexpr size_t kSize = 3;  // octets
  // Control field of unnumbered information, ISO/IEC 8802-2 5.4.1; the poll bit is clear.
  static constexpr uint8_t kUnnumberedInformation = 0x03;

  uint8_t destination_sap = 0;
  uint8_t source_sap = 0;
  uint8_t control = kUnnumberedInformation;

  // Reads the header at the front of `bytes`. InvalidArgument: a truncated header, or the control
  // field of an information or supervisory PDU, which is two octets long and belongs to connections
  // of the link layer.
  static absl::StatusOr<LlcHeader> Parse(wire::ByteSpan bytes);

  // Octets that WriteTo fills.
  size_t size() const { return kSize; }
  // Writes the header to the front of `out`, which has room for size() octets.
  void WriteTo(uint8_t* out) const;
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const LlcHeader&, const LlcHeader&) = default;
};

}  // namespace ethernet

#endif  // PROVIDERS_ETHERNET_LLC_HEADER_H_
