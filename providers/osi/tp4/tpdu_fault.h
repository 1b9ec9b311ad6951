// Why a TPDU was refused, attached to the absl::Status that its Parse returns. The text of the
// status names the rule; the fault says what the protocol needs: whether to discard in silence, and
// what an ER TPDU or a DR TPDU would report.
#ifndef PROVIDERS_OSI_TP4_TPDU_FAULT_H_
#define PROVIDERS_OSI_TP4_TPDU_FAULT_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace osi {

// The cause octet of an ER TPDU (ISO 8073 13.12.3).
enum class RejectCause : uint8_t {
  kUnspecified = 0,
  kInvalidParameterCode = 1,
  kInvalidTpduType = 2,
  kInvalidParameterValue = 3,
};

enum class TpduFaultKind : uint8_t {
  kWrongChecksum,          // discarded as if it had never arrived (6.17.3)
  kInvalidLength,          // the header or a parameter does not fit (DR reason 138)
  kInvalidTpduType,        // not a TPDU of class 4
  kInvalidParameterCode,   // a parameter that this TPDU does not carry
  kInvalidParameterValue,  // a field or parameter with a value that it cannot have
  kProtocolError,          // any other rule, such as a limit on user data
};

struct TpduFault {
  TpduFaultKind kind = TpduFaultKind::kProtocolError;
  // Octets from the front of the TPDU up to and including the one at fault: what an ER TPDU returns
  // in its parameter "rejected TPDU" (13.12.4). At most the length of the TPDU.
  size_t rejected_octets = 0;

  // What an ER TPDU says of it. A wrong checksum is never reported.
  RejectCause cause() const;
  friend bool operator==(const TpduFault&, const TpduFault&) = default;
};

// DataLoss for a wrong checksum, else InvalidArgument, with the fault attached.
absl::Status TpduError(TpduFault fault, absl::string_view text);

// The fault that TpduError attached; nothing for any other status.
std::optional<TpduFault> TpduFaultOf(const absl::Status& status);

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_FAULT_H_
