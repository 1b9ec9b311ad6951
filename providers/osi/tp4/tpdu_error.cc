#include "providers/osi/tp4/tpdu_error.h"

#include "providers/osi/tp4/tpdu_parameter.h"

namespace osi {

absl::StatusOr<ErTpdu> ErTpdu::Parse(ByteSpan tpdu) {
  const absl::StatusOr<TpduParts> parts = CutTpdu(tpdu, TpduType::kEr, 5);
  if (!parts.ok()) return parts.status();
  wire::ByteReader in(parts->fixed);
  ErTpdu er;
  er.destination_reference = in.U16();
  const uint8_t cause = in.U8();
  if (cause > static_cast<uint8_t>(RejectCause::kInvalidParameterValue)) {
    return BadField(TpduType::kEr, 4, "unknown reject cause", "13.12.3");
  }
  er.cause = static_cast<RejectCause>(cause);
  er.checksum = parts->checksum;
  ParameterReader parameters(*parts);
  for (Parameter parameter; parameters.Next(parameter);) {
    if (parameter.code != ParameterCode::kRejectedTpdu) {
      return UnknownParameter(TpduType::kEr, parameter);
    }
    er.rejected_tpdu.assign(parameter.value.begin(), parameter.value.end());
  }
  return er;
}

void ErTpdu::AppendTo(std::vector<uint8_t>& out) const {
  TpduWriter writer(out, TpduType::kEr);
  writer.fixed().U16(destination_reference);
  writer.fixed().U8(static_cast<uint8_t>(cause));
  if (!rejected_tpdu.empty()) writer.AddParameter(ParameterCode::kRejectedTpdu, rejected_tpdu);
  writer.Finish(checksum);
}

}  // namespace osi
