#include "providers/osi/tp4/tpdu_acknowledge.h"

#include "providers/osi/tp4/tpdu_parameter.h"

namespace osi {
namespace {

constexpr size_t kNumberOffset = 4;
constexpr uint32_t kTopBit = 0x80000000;

uint32_t ReadNumber(wire::ByteReader& in, TpduFormat format) {
  return format == TpduFormat::kNormal ? in.U8() : in.U32();
}

void WriteNumber(wire::ByteWriter& out, uint32_t number, TpduFormat format) {
  if (format == TpduFormat::kNormal) {
    out.U8(static_cast<uint8_t>(number));
  } else {
    out.U32(number);
  }
}

absl::Status ReadAkParameter(const Parameter& parameter, AkTpdu& ak) {
  wire::ByteReader in(parameter.value);
  switch (parameter.code) {
    case ParameterCode::kSubsequenceNumber:
      if (parameter.value.size() != 2) break;
      ak.subsequence_number = in.U16();
      return absl::OkStatus();
    case ParameterCode::kFlowControlConfirmation: {
      if (parameter.value.size() != 8) break;
      const FlowControlConfirmation confirmation{
          .lower_window_edge = in.U32(), .your_subsequence = in.U16(), .your_credit = in.U16()};
      if (confirmation.lower_window_edge & kTopBit) break;
      ak.flow_control_confirmation = confirmation;
      return absl::OkStatus();
    }
    default:
      return UnknownParameter(TpduType::kAk, parameter);
  }
  return BadParameter(TpduType::kAk, parameter, "13.9.4");
}

}  // namespace

absl::StatusOr<AkTpdu> AkTpdu::Parse(ByteSpan tpdu, TpduFormat format) {
  const bool normal = format == TpduFormat::kNormal;
  const absl::StatusOr<TpduParts> parts = CutTpdu(tpdu, TpduType::kAk, normal ? 5 : 10, normal);
  if (!parts.ok()) return parts.status();
  wire::ByteReader in(parts->fixed);
  AkTpdu ak{.format = format, .destination_reference = in.U16()};
  ak.your_tpdu_number = ReadNumber(in, format);
  if (ak.your_tpdu_number > LargestTpduNumber(format)) {
    return BadField(TpduType::kAk, kNumberOffset, "YR-TU-NR has its top bit set", "13.9.3");
  }
  ak.credit = normal ? parts->credit : in.U16();
  ak.checksum = parts->checksum;
  ParameterReader parameters(*parts);
  for (Parameter parameter; parameters.Next(parameter);) {
    if (absl::Status status = ReadAkParameter(parameter, ak); !status.ok()) return status;
  }
  return ak;
}

void AkTpdu::AppendTo(std::vector<uint8_t>& out) const {
  const bool normal = format == TpduFormat::kNormal;
  TpduWriter writer(out, TpduType::kAk, normal ? static_cast<uint8_t>(credit) : 0);
  writer.fixed().U16(destination_reference);
  WriteNumber(writer.fixed(), your_tpdu_number, format);
  if (!normal) writer.fixed().U16(credit);
  if (subsequence_number != 0) {
    writer.AddNumber(ParameterCode::kSubsequenceNumber, subsequence_number, 2);
  }
  if (flow_control_confirmation.has_value()) {
    const FlowControlConfirmation& confirmation = *flow_control_confirmation;
    writer.AddNumber(ParameterCode::kFlowControlConfirmation,
                     uint64_t{confirmation.lower_window_edge} << 32 |
                         uint64_t{confirmation.your_subsequence} << 16 | confirmation.your_credit,
                     8);
  }
  writer.Finish(checksum);
}

absl::StatusOr<EaTpdu> EaTpdu::Parse(ByteSpan tpdu, TpduFormat format) {
  const size_t fixed_octets = format == TpduFormat::kNormal ? 5 : 8;
  const absl::StatusOr<TpduParts> parts = CutTpdu(tpdu, TpduType::kEa, fixed_octets);
  if (!parts.ok()) return parts.status();
  ParameterReader parameters(*parts);
  if (Parameter parameter; parameters.Next(parameter)) {
    return UnknownParameter(TpduType::kEa, parameter);
  }
  wire::ByteReader in(parts->fixed);
  EaTpdu ea{.format = format, .destination_reference = in.U16()};
  ea.your_tpdu_number = ReadNumber(in, format);
  if (ea.your_tpdu_number > LargestTpduNumber(format)) {
    return BadField(TpduType::kEa, kNumberOffset, "YR-EDTU-NR has its top bit set", "13.10.3");
  }
  ea.checksum = parts->checksum;
  return ea;
}

void EaTpdu::AppendTo(std::vector<uint8_t>& out) const {
  TpduWriter writer(out, TpduType::kEa);
  writer.fixed().U16(destination_reference);
  WriteNumber(writer.fixed(), your_tpdu_number, format);
  writer.Finish(checksum);
}

}  // namespace osi
