#include "providers/osi/tp4/tpdu.h"

namespace osi {
namespace {

template <typename Xx>
absl::StatusOr<Tpdu> Widen(absl::StatusOr<Xx> parsed) {
  if (!parsed.ok()) return parsed.status();
  return Tpdu(*std::move(parsed));
}

}  // namespace

absl::StatusOr<Tpdu> ParseTpdu(ByteSpan tpdu, TpduFormat format) {
  const absl::StatusOr<TpduHeader> header = TpduHeader::Parse(tpdu);
  if (!header.ok()) return header.status();
  switch (header->type) {
    case TpduType::kCr:
      return Widen(CrTpdu::Parse(tpdu));
    case TpduType::kCc:
      return Widen(CcTpdu::Parse(tpdu));
    case TpduType::kDr:
      return Widen(DrTpdu::Parse(tpdu));
    case TpduType::kDc:
      return Widen(DcTpdu::Parse(tpdu));
    case TpduType::kDt:
      return Widen(DtTpdu::Parse(tpdu, format));
    case TpduType::kEd:
      return Widen(EdTpdu::Parse(tpdu, format));
    case TpduType::kAk:
      return Widen(AkTpdu::Parse(tpdu, format));
    case TpduType::kEa:
      return Widen(EaTpdu::Parse(tpdu, format));
    case TpduType::kEr:
      return Widen(ErTpdu::Parse(tpdu));
    case TpduType::kRj:
      break;
  }
  return TpduError({.kind = TpduFaultKind::kInvalidTpduType, .rejected_octets = 2},
                   "RJ is a TPDU of classes 1 and 3 (ISO 8073 13.11)");
}

void AppendTpdu(const Tpdu& tpdu, std::vector<uint8_t>& out) {
  std::visit([&out](const auto& xx) { xx.AppendTo(out); }, tpdu);
}

}  // namespace osi
