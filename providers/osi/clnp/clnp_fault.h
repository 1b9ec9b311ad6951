// Why a PDU is discarded, attached to the absl::Status that its Parse returns: what an error report
// about it would say (ISO 8473 6.10, 7.9).
#ifndef PROVIDERS_OSI_CLNP_CLNP_FAULT_H_
#define PROVIDERS_OSI_CLNP_CLNP_FAULT_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace osi {

// The first octet of the parameter "reason for discard". Other values may arrive.
enum class DiscardReason : uint8_t {
  kUnspecified = 0x00,
  kProtocolProcedureError = 0x01,
  kIncorrectChecksum = 0x02,
  kCongestion = 0x03,
  kHeaderSyntaxError = 0x04,
  kSegmentationNeeded = 0x05,  // but not permitted
  kIncompletePdu = 0x06,
  kDuplicateOption = 0x07,
  kDestinationUnreachable = 0x80,
  kDestinationUnknown = 0x81,
  kSourceRoutingUnspecified = 0x90,
  kSourceRoutingSyntaxError = 0x91,
  kSourceRoutingUnknownAddress = 0x92,
  kSourceRoutingPathNotAcceptable = 0x93,
  kLifetimeExpiredInTransit = 0xA0,
  kLifetimeExpiredInReassembly = 0xA1,
  kUnsupportedOption = 0xB0,
  kUnsupportedProtocolVersion = 0xB1,
  kUnsupportedSecurity = 0xB2,
  kUnsupportedSourceRouting = 0xB3,
  kUnsupportedRecordingOfRoute = 0xB4,
  kReassemblyInterference = 0xC0,
};

// Such as "lifetime expired in transit"; "unspecified" for a value that has no name.
absl::string_view DiscardReasonName(DiscardReason reason);

struct ClnpFault {
  DiscardReason reason = DiscardReason::kUnspecified;
  uint8_t octet = 0;  // the first octet of the field at fault, from 1; 0 where no one octet is
  friend bool operator==(const ClnpFault&, const ClnpFault&) = default;
};

// DataLoss for a wrong checksum, else InvalidArgument, with the fault attached.
absl::Status ClnpError(ClnpFault fault, absl::string_view text);

// The fault that ClnpError attached; nothing for any other status.
std::optional<ClnpFault> ClnpFaultOf(const absl::Status& status);

}  // namespace osi

#endif  // PROVIDERS_OSI_CLNP_CLNP_FAULT_H_
