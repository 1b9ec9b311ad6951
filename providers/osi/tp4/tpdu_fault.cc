#include "providers/osi/tp4/tpdu_fault.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace osi {
namespace {

constexpr absl::string_view kPayloadName = "osi/tpdu-fault";

}  // namespace

RejectCause TpduFault::cause() const {
  switch (kind) {
    case TpduFaultKind::kInvalidTpduType:
      return RejectCause::kInvalidTpduType;
    case TpduFaultKind::kInvalidParameterCode:
      return RejectCause::kInvalidParameterCode;
    case TpduFaultKind::kInvalidParameterValue:
      return RejectCause::kInvalidParameterValue;
    case TpduFaultKind::kWrongChecksum:
    case TpduFaultKind::kInvalidLength:
    case TpduFaultKind::kProtocolError:
      return RejectCause::kUnspecified;
  }
  return RejectCause::kUnspecified;
}

absl::Status TpduError(TpduFault fault, absl::string_view text) {
  absl::Status status = fault.kind == TpduFaultKind::kWrongChecksum
                            ? absl::DataLossError(text)
                            : absl::InvalidArgumentError(text);
  // One digit for the kind, then the count.
  status.SetPayload(kPayloadName,
                    absl::Cord(absl::StrCat(static_cast<int>(fault.kind), fault.rejected_octets)));
  return status;
}

std::optional<TpduFault> TpduFaultOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayloadName);
  if (!payload.has_value()) return std::nullopt;
  const std::string text(*payload);
  absl::string_view digits(text);
  TpduFault fault{.kind = static_cast<TpduFaultKind>(digits[0] - '0')};
  digits.remove_prefix(1);
  uint64_t rejected_octets = 0;
  if (!absl::SimpleAtoi(digits, &rejected_octets)) return std::nullopt;
  fault.rejected_octets = rejected_octets;
  return fault;
}

}  // namespace osi
