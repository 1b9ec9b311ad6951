// Disconnect request and disconnect confirm (ISO 8073 13.5, 13.6).
//
//      1     2      3 .. 4    5 .. 6     7       8 .. LI+1
//    +----+------+---------+---------+--------+------------+-----------+
//    | LI | DR80 | DST-REF | SRC-REF | reason | E0, C3     | user data |
//    |    |      |         |         |        |            |   0 .. 64 |
//    +----+------+---------+---------+--------+------------+-----------+
//    | LI | DCC0 | DST-REF | SRC-REF | C3 |
//    +----+------+---------+---------+----+
//
// A DC carries no user data: there is no way to answer a DR with some.
#ifndef PROVIDERS_OSI_TP4_TPDU_DISCONNECT_H_
#define PROVIDERS_OSI_TP4_TPDU_DISCONNECT_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "providers/osi/tp4/tpdu_header.h"

namespace osi {

// The reason octet of a DR TPDU (13.5.3). Other values may arrive and mean kUnspecified.
enum class DisconnectReason : uint8_t {
  kUnspecified = 0,
  kCongestionAtTsap = 1,
  kSessionEntityNotAttached = 2,
  kAddressUnknown = 3,
  kNormal = 128,  // invoked by the session entity
  kRemoteCongestion = 129,
  kNegotiationFailed = 130,
  kDuplicateSourceReference = 131,
  kMismatchedReferences = 132,
  kProtocolError = 133,
  kReferenceOverflow = 135,
  kRequestRefused = 136,  // on this network connection
  kInvalidLength = 138,   // of the header or of a parameter
};

// In the words of 13.5.3, such as "negotiation failed"; "unspecified" for a value that has no name.
absl::string_view DisconnectReasonName(DisconnectReason reason);

struct DrTpdu {
  static constexpr size_t kMaxUserData = 64;

  uint16_t destination_reference = 0;  // 0: not known to the sender
  uint16_t source_reference = 0;       // 0: the sender has none, as in a refusal
  DisconnectReason reason = DisconnectReason::kUnspecified;
  std::vector<uint8_t> additional_information;  // parameter E0; absent where empty
  bool checksum = true;                         // C3 is there, and right
  std::vector<uint8_t> user_data;               // at most 64 octets

  // `tpdu` is one whole TPDU. The error is a TpduError.
  static absl::StatusOr<DrTpdu> Parse(ByteSpan tpdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const DrTpdu&, const DrTpdu&) = default;
};

struct DcTpdu {
  uint16_t destination_reference = 0;
  uint16_t source_reference = 0;
  bool checksum = true;  // C3 is there, and right

  // `tpdu` is one whole TPDU. The error is a TpduError.
  static absl::StatusOr<DcTpdu> Parse(ByteSpan tpdu);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const DcTpdu&, const DcTpdu&) = default;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_DISCONNECT_H_
