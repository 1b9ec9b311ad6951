#include "providers/osi/tp4/tpdu_header.h"

#include "absl/strings/str_cat.h"
#include "providers/osi/tp4/tpdu_fault.h"

namespace osi {
namespace {

constexpr uint8_t kReservedLengthIndicator = 255;
constexpr size_t kCommonOctets = 4;  // LI, type, DST-REF

bool IsTpduType(uint8_t octet) {
  switch (static_cast<TpduType>(octet & 0xF0)) {
    case TpduType::kEd:
    case TpduType::kEa:
    case TpduType::kRj:
    case TpduType::kAk:
    case TpduType::kEr:
    case TpduType::kDr:
    case TpduType::kDc:
    case TpduType::kCc:
    case TpduType::kCr:
    case TpduType::kDt:
      return true;
  }
  return false;
}

}  // namespace

absl::string_view TpduTypeName(TpduType type) {
  switch (type) {
    case TpduType::kEd:
      return "ED";
    case TpduType::kEa:
      return "EA";
    case TpduType::kRj:
      return "RJ";
    case TpduType::kAk:
      return "AK";
    case TpduType::kEr:
      return "ER";
    case TpduType::kDr:
      return "DR";
    case TpduType::kDc:
      return "DC";
    case TpduType::kCc:
      return "CC";
    case TpduType::kCr:
      return "CR";
    case TpduType::kDt:
      return "DT";
  }
  return "?";
}

bool MayCarryUserData(TpduType type) {
  switch (type) {
    case TpduType::kCr:
    case TpduType::kCc:
    case TpduType::kDr:
    case TpduType::kDt:
    case TpduType::kEd:
      return true;
    case TpduType::kEa:
    case TpduType::kRj:
    case TpduType::kAk:
    case TpduType::kEr:
    case TpduType::kDc:
      return false;
  }
  return false;
}

absl::StatusOr<TpduHeader> TpduHeader::Parse(ByteSpan bytes) {
  if (bytes.empty()) {
    return TpduError({.kind = TpduFaultKind::kInvalidLength}, "no TPDU (ISO 8073 13.2)");
  }
  const uint8_t length_indicator = bytes[0];
  const TpduFault wrong_length{.kind = TpduFaultKind::kInvalidLength, .rejected_octets = 1};
  if (length_indicator == kReservedLengthIndicator) {
    return TpduError(wrong_length, "LI 255 is reserved (ISO 8073 13.2.1)");
  }
  if (length_indicator + 1u > bytes.size()) {
    return TpduError(wrong_length, absl::StrCat("LI ", length_indicator, " beyond the NSDU of ",
                                                bytes.size(), " octets (ISO 8073 13.2.1)"));
  }
  if (length_indicator + 1u < kCommonOctets) {
    return TpduError(wrong_length, absl::StrCat("LI ", length_indicator,
                                                " leaves no room for DST-REF (ISO 8073 13.2.2)"));
  }
  if (!IsTpduType(bytes[1])) {
    return TpduError({.kind = TpduFaultKind::kInvalidTpduType, .rejected_octets = 2},
                     absl::StrCat("no TPDU has the code ", absl::Hex(bytes[1], absl::kZeroPad2),
                                  " (ISO 8073 13.2.2.1)"));
  }
  return TpduHeader{.header_octets = length_indicator + size_t{1},
                    .type = static_cast<TpduType>(bytes[1] & 0xF0),
                    .destination_reference = static_cast<uint16_t>(bytes[2] << 8 | bytes[3])};
}

absl::StatusOr<ByteSpan> TakeTpdu(ByteSpan& nsdu) {
  const absl::StatusOr<TpduHeader> header = TpduHeader::Parse(nsdu);
  if (!header.ok()) {
    nsdu = {};
    return header.status();
  }
  const size_t size = MayCarryUserData(header->type) ? nsdu.size() : header->header_octets;
  const ByteSpan tpdu = nsdu.first(size);
  nsdu.remove_prefix(size);
  return tpdu;
}

}  // namespace osi
