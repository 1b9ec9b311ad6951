// What all TPDUs have in common (ISO 8073 13.2), and how several stand in one NSDU (6.4).
//
//      1      2         3 .. 4        .. LI+1
//    +----+--------+---------+---------------+-----------+
//    | LI | type   | DST-REF | rest of fixed | user data |
//    |    |  | CDT |         | part, then    | CR CC DR  |
//    |    |        |         | parameters    | DT ED     |
//    +----+--------+---------+---------------+-----------+
//
// LI counts the octets of the header after itself, at most 254.
#ifndef PROVIDERS_OSI_TP4_TPDU_HEADER_H_
#define PROVIDERS_OSI_TP4_TPDU_HEADER_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/wire/bytes.h"

namespace osi {

using wire::ByteSpan;
using wire::MutableByteSpan;

// Octet 2 without CDT (13.2.2.1). RJ exists in classes 1 and 3 only.
enum class TpduType : uint8_t {
  kEd = 0x10,
  kEa = 0x20,
  kRj = 0x50,
  kAk = 0x60,
  kEr = 0x70,
  kDr = 0x80,
  kDc = 0xC0,
  kCc = 0xD0,
  kCr = 0xE0,
  kDt = 0xF0,
};

// "CR", "CC", ...
absl::string_view TpduTypeName(TpduType type);

// CR, CC, DR, DT and ED end with the NSDU that they stand in; each other ends with its header.
bool MayCarryUserData(TpduType type);

// Of the TPDUs with a sequence number, and of AK's CDT: 7 and 4 bits, or 31 and 16. Agreed by CR
// and CC, hence known only with the connection.
enum class TpduFormat : uint8_t { kNormal, kExtended };

// The largest sequence number of a format; the next one after it is 0.
constexpr uint32_t LargestTpduNumber(TpduFormat format) {
  return format == TpduFormat::kNormal ? 0x7F : 0x7FFFFFFF;
}

// Enough of a TPDU to find the connection that it is for.
struct TpduHeader {
  size_t header_octets = 0;  // LI + 1: all but the user data
  TpduType type = TpduType::kCr;
  uint16_t destination_reference = 0;  // 0 in CR, and where the sender does not know it yet

  // Reads the TPDU at the front of `bytes`, of any type above, RJ included. The error is a
  // TpduError.
  static absl::StatusOr<TpduHeader> Parse(ByteSpan bytes);
  friend bool operator==(const TpduHeader&, const TpduHeader&) = default;
};

// Separation, 6.4: takes the next TPDU off the front of `nsdu`, which is not empty. After an error
// (a TpduError) `nsdu` is empty, for nothing says where a further TPDU would begin.
absl::StatusOr<ByteSpan> TakeTpdu(ByteSpan& nsdu);

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_HEADER_H_
