// Data acknowledgement and expedited data acknowledgement (ISO 8073 13.9, 13.10).
//
//      1     2        3 .. 4        5
//    +----+--------+---------+--------------+-----------------+
//    | LI | AK6CDT | DST-REF | 0 | 7 bits   | 8A, 8C, C3      |   normal format
//    | LI | EA20   |         | 0 | 7 bits   | C3              |
//    +----+--------+---------+--------------+-----------------+
//      1     2        3 .. 4      5 .. 8        9 .. 10
//    +----+--------+---------+--------------+---------+------------+
//    | LI | AK60   | DST-REF | 0 | 31 bits  | CDT     | 8A, 8C, C3 |   extended format
//    | LI | EA20   |         | 0 | 31 bits  | C3      |
//    +----+--------+---------+--------------+---------+------------+
#ifndef PROVIDERS_OSI_TP4_TPDU_ACKNOWLEDGE_H_
#define PROVIDERS_OSI_TP4_TPDU_ACKNOWLEDGE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/osi/tp4/tpdu_header.h"

namespace osi {

// Parameter 8C: what the last AK in sequence said, returned to its sender (12.2.3.9).
struct FlowControlConfirmation {
  uint32_t lower_window_edge = 0;  // 31 bits
  uint16_t your_subsequence = 0;
  uint16_t your_credit = 0;
  friend bool operator==(const FlowControlConfirmation&, const FlowControlConfirmation&) = default;
};

struct AkTpdu {
  TpduFormat format = TpduFormat::kNormal;
  uint16_t destination_reference = 0;
  uint32_t your_tpdu_number = 0;    // YR-TU-NR: the next DT expected; 7 or 31 bits
  uint16_t credit = 0;              // CDT: 0 .. 15 in the normal format
  uint16_t subsequence_number = 0;  // parameter 8A; not sent where 0
  std::optional<FlowControlConfirmation> flow_control_confirmation;
  bool checksum = true;  // C3 is there, and right

  // `tpdu` is one whole TPDU. The error is a TpduError.
  static absl::StatusOr<AkTpdu> Parse(ByteSpan tpdu, TpduFormat format);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const AkTpdu&, const AkTpdu&) = default;
};

struct EaTpdu {
  TpduFormat format = TpduFormat::kNormal;
  uint16_t destination_reference = 0;
  uint32_t your_tpdu_number = 0;  // YR-EDTU-NR: the number of the ED itself
  bool checksum = true;           // C3 is there, and right

  // `tpdu` is one whole TPDU. The error is a TpduError.
  static absl::StatusOr<EaTpdu> Parse(ByteSpan tpdu, TpduFormat format);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const EaTpdu&, const EaTpdu&) = default;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_ACKNOWLEDGE_H_
