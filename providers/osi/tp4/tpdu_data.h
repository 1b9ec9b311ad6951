// Data and expedited data (ISO 8073 13.7, 13.8).
//
//      1     2      3 .. 4        5
//    +----+------+---------+----------------+----+-----------+
//    | LI | DTF0 | DST-REF | EOT | 7 bits   | C3 | user data |   normal format
//    | LI | ED10 |         |     | number   |    |           |
//    +----+------+---------+----------------+----+-----------+
//      1     2      3 .. 4      5 .. 8
//    +----+------+---------+----------------+----+-----------+
//    | LI | DTF0 | DST-REF | EOT | 31 bits  | C3 | user data |   extended format
//    | LI | ED10 |         |     | number   |    |           |
//    +----+------+---------+----------------+----+-----------+
#ifndef PROVIDERS_OSI_TP4_TPDU_DATA_H_
#define PROVIDERS_OSI_TP4_TPDU_DATA_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/osi/tp4/tpdu_header.h"

namespace osi {

// Refers to its user data, which lives elsewhere: in the NSDU that was parsed, or with the sender.
struct DtTpdu {
  TpduFormat format = TpduFormat::kNormal;
  uint16_t destination_reference = 0;
  bool end_of_tsdu = false;  // EOT
  uint32_t number = 0;       // TPDU-NR, 7 or 31 bits
  bool checksum = true;      // C3 is there, and right
  ByteSpan user_data;

  // `tpdu` is one whole TPDU. The error is a TpduError.
  static absl::StatusOr<DtTpdu> Parse(ByteSpan tpdu, TpduFormat format);
  void AppendTo(std::vector<uint8_t>& out) const;

  // For a sender that lays out the TPDU itself: header_octets() octets go in front of the user
  // data. The checksum covers both, wherever user_data lies now. `header` has that size.
  size_t header_octets() const { return HeaderOctets(format, checksum); }
  void WriteHeaderTo(MutableByteSpan header) const;
  static constexpr size_t HeaderOctets(TpduFormat format, bool checksum) {
    return (format == TpduFormat::kNormal ? 5 : 8) + (checksum ? 4 : 0);
  }

  friend bool operator==(const DtTpdu&, const DtTpdu&) = default;
};

// Refers to its user data as DtTpdu does. EOT is always set on the wire.
struct EdTpdu {
  static constexpr size_t kMaxUserData = 16;

  TpduFormat format = TpduFormat::kNormal;
  uint16_t destination_reference = 0;
  uint32_t number = 0;  // EDTPDU-NR, 7 or 31 bits
  bool checksum = true;
  ByteSpan user_data;  // 1 .. 16 octets

  // `tpdu` is one whole TPDU. The error is a TpduError.
  static absl::StatusOr<EdTpdu> Parse(ByteSpan tpdu, TpduFormat format);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const EdTpdu&, const EdTpdu&) = default;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_DATA_H_
