#include "providers/osi/clnp/clnp_fault.h"

#include <string>

#include "absl/strings/cord.h"

namespace osi {
namespace {

constexpr absl::string_view kPayloadName = "osi/clnp-fault";

}  // namespace

absl::string_view DiscardReasonName(DiscardReason reason) {
  switch (reason) {
    case DiscardReason::kUnspecified:
      return "unspecified";
    case DiscardReason::kProtocolProcedureError:
      return "protocol procedure error";
    case DiscardReason::kIncorrectChecksum:
      return "incorrect checksum";
    case DiscardReason::kCongestion:
      return "congestion";
    case DiscardReason::kHeaderSyntaxError:
      return "header syntax error";
    case DiscardReason::kSegmentationNeeded:
      return "segmentation needed but not permitted";
    case DiscardReason::kIncompletePdu:
      return "incomplete PDU";
    case DiscardReason::kDuplicateOption:
      return "duplicate option";
    case DiscardReason::kDestinationUnreachable:
      return "destination unreachable";
    case DiscardReason::kDestinationUnknown:
      return "destination unknown";
    case DiscardReason::kSourceRoutingUnspecified:
      return "unspecified source routing error";
    case DiscardReason::kSourceRoutingSyntaxError:
      return "syntax error in source routing";
    case DiscardReason::kSourceRoutingUnknownAddress:
      return "unknown address in source routing";
    case DiscardReason::kSourceRoutingPathNotAcceptable:
      return "path not acceptable";
    case DiscardReason::kLifetimeExpiredInTransit:
      return "lifetime expired in transit";
    case DiscardReason::kLifetimeExpiredInReassembly:
      return "lifetime expired during reassembly";
    case DiscardReason::kUnsupportedOption:
      return "unsupported option";
    case DiscardReason::kUnsupportedProtocolVersion:
      return "unsupported protocol version";
    case DiscardReason::kUnsupportedSecurity:
      return "unsupported security option";
    case DiscardReason::kUnsupportedSourceRouting:
      return "unsupported source routing option";
    case DiscardReason::kUnsupportedRecordingOfRoute:
      return "unsupported recording of route option";
    case DiscardReason::kReassemblyInterference:
      return "reassembly interference";
  }
  return "unspecified";
}

absl::Status ClnpError(ClnpFault fault, absl::string_view text) {
  absl::Status status = fault.reason == DiscardReason::kIncorrectChecksum
                            ? absl::DataLossError(text)
                            : absl::InvalidArgumentError(text);
  const char payload[] = {static_cast<char>(fault.reason), static_cast<char>(fault.octet)};
  status.SetPayload(kPayloadName, absl::Cord(absl::string_view(payload, sizeof(payload))));
  return status;
}

std::optional<ClnpFault> ClnpFaultOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayloadName);
  if (!payload.has_value()) return std::nullopt;
  const std::string octets(*payload);
  return ClnpFault{.reason = static_cast<DiscardReason>(static_cast<uint8_t>(octets[0])),
                   .octet = static_cast<uint8_t>(octets[1])};
}

}  // namespace osi
