// TPDU error (ISO 8073 13.12): what a transport entity says of a TPDU that it cannot accept.
//
//      1     2      3 .. 4      5       6 .. LI+1
//    +----+------+---------+--------+------------+
//    | LI | ER70 | DST-REF | cause  | C1, C3     |
//    +----+------+---------+--------+------------+
#ifndef PROVIDERS_OSI_TP4_TPDU_ERROR_H_
#define PROVIDERS_OSI_TP4_TPDU_ERROR_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/osi/tp4/tpdu_fault.h"
#include "providers/osi/tp4/tpdu_header.h"

namespace osi {

struct ErTpdu {
  // What parameter C1 can hold beside a checksum, as LI is at most 254.
  static constexpr size_t kMaxRejectedTpdu = 254 - 4 - 2 - 4;

  uint16_t destination_reference = 0;
  RejectCause cause = RejectCause::kUnspecified;
  // Parameter C1: the TPDU refused, up to and including the octet at fault. Absent where empty.
  std::vector<uint8_t> rejected_tpdu;
  bool checksum = true;  // C3 is there, and right

  // `tpdu` is one whole TPDU. The error is a TpduError.
  static absl::StatusOr<ErTpdu> Parse(ByteSpan tpdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const ErTpdu&, const ErTpdu&) = default;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_ERROR_H_
