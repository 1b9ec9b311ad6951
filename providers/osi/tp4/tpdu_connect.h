// Connection request and connection confirm (ISO 8073 13.3, 13.4).
//
//      1      2         3 .. 4    5 .. 6      7        8 .. LI+1
//    +----+----------+---------+---------+---------+------------+-----------+
//    | LI | CR E|CDT | DST-REF | SRC-REF | class | | parameters | user data |
//    |    | CC D|CDT | CR: 0   |         | option  |            |   0 .. 32 |
//    +----+----------+---------+---------+---------+------------+-----------+
//
// Parameters, in the order in which they are sent; C3 stands last:
//
//    C1  calling TSAP-ID           1 .. 32   C7  alternative classes        n
//    C2  called TSAP-ID            1 .. 32   85  acknowledge time           2
//    C0  maximum TPDU size         1         89  throughput                 12, 24
//    F0  preferred max. TPDU size  1 .. 4    86  residual error rate        3
//    C4  version                   1         87  priority                   2
//    C5  protection                n         88  transit delay              8
//    C6  additional options        1         F2  inactivity timer           4
//                                            C3  checksum                   2
#ifndef PROVIDERS_OSI_TP4_TPDU_CONNECT_H_
#define PROVIDERS_OSI_TP4_TPDU_CONNECT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/osi/tp4/tpdu_header.h"
#include "providers/osi/tp4/tpdu_quality.h"

namespace osi {

// Parameter C6 as far as it concerns class 4. Bits for other classes are sent as 0 and not read.
struct AdditionalOptions {
  bool transport_expedited = true;  // bit 1
  bool checksum_non_use = false;    // bit 2
  friend bool operator==(const AdditionalOptions&, const AdditionalOptions&) = default;
};

// All that CR and CC have in common. What is absent has the default of 13.3.4: a maximum TPDU size
// of 128 octets, version 1, expedited data and checksums used.
struct ConnectTpduContent {
  static constexpr size_t kMaxUserData = 32;
  static constexpr size_t kMaxTsapId = 32;
  static constexpr uint16_t kDefaultTpduSize = 128;

  uint8_t credit = 0;  // CDT: 0 .. 15, in extended formats too
  uint16_t source_reference = 0;
  uint8_t preferred_class = 4;  // CC: the class selected. 0 .. 4
  bool extended_formats = false;
  bool no_explicit_flow_control = false;  // means something in class 2 only

  // Opaque, at most 32 octets, absent where empty. "Calling" is who sent the CR, in CC as well.
  std::vector<uint8_t> calling_tsap_id;
  std::vector<uint8_t> called_tsap_id;
  std::optional<uint16_t> maximum_tpdu_size;  // octets, header included: 128, 256, .. 8192
  std::optional<uint32_t> preferred_maximum_tpdu_size;  // in units of 128 octets, not 0
  bool states_version = false;                          // C4 is there; it says 1
  std::optional<std::vector<uint8_t>> protection;       // defined by the users
  std::optional<AdditionalOptions> additional_options;
  std::vector<uint8_t> alternative_classes;  // 0 .. 4 each
  std::optional<uint16_t> acknowledge_time;  // AL, milliseconds
  QualityOfService quality;
  std::optional<uint32_t> inactivity_time;  // I of the sender, milliseconds
  bool checksum = true;                     // C3 is there, and right
  std::vector<uint8_t> user_data;           // at most 32 octets

  friend bool operator==(const ConnectTpduContent&, const ConnectTpduContent&) = default;
};

struct CrTpdu : ConnectTpduContent {
  static constexpr size_t kMaxSize = 128;  // octets, user data included (6.5.5)

  // `tpdu` is one whole TPDU. A parameter that is unknown or has a bad value is ignored, except
  // that the class, the TSAP-IDs, C3, C6 and C7 must be right (13.3.4, 6.22). One whose preferred
  // class is 4 carries a checksum. Whether that class will do is for the caller to see. The error
  // is a TpduError.
  static absl::StatusOr<CrTpdu> Parse(ByteSpan tpdu);
  // The caller sees to it that the result does not exceed kMaxSize.
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const CrTpdu&, const CrTpdu&) = default;
};

struct CcTpdu : ConnectTpduContent {
  uint16_t destination_reference = 0;

  // `tpdu` is one whole TPDU. Any unknown parameter or bad value is an error, a TpduError. Whether
  // it is an answer to the request that was made is for the caller to see.
  static absl::StatusOr<CcTpdu> Parse(ByteSpan tpdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const CcTpdu&, const CcTpdu&) = default;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_CONNECT_H_
