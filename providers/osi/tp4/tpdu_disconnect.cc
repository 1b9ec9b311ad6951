#include "providers/osi/tp4/tpdu_disconnect.h"

#include "providers/osi/tp4/tpdu_parameter.h"

namespace osi {

absl::string_view DisconnectReasonName(DisconnectReason reason) {
  switch (reason) {
    case DisconnectReason::kUnspecified:
      return "unspecified";
    case DisconnectReason::kCongestionAtTsap:
      return "congestion at TSAP";
    case DisconnectReason::kSessionEntityNotAttached:
      return "session entity not attached to TSAP";
    case DisconnectReason::kAddressUnknown:
      return "address unknown";
    case DisconnectReason::kNormal:
      return "normal disconnect";
    case DisconnectReason::kRemoteCongestion:
      return "remote transport entity congestion";
    case DisconnectReason::kNegotiationFailed:
      return "negotiation failed";
    case DisconnectReason::kDuplicateSourceReference:
      return "duplicate source reference";
    case DisconnectReason::kMismatchedReferences:
      return "mismatched references";
    case DisconnectReason::kProtocolError:
      return "protocol error";
    case DisconnectReason::kReferenceOverflow:
      return "reference overflow";
    case DisconnectReason::kRequestRefused:
      return "connection request refused on this network connection";
    case DisconnectReason::kInvalidLength:
      return "header or parameter length invalid";
  }
  return "unspecified";
}

absl::StatusOr<DrTpdu> DrTpdu::Parse(ByteSpan tpdu) {
  absl::StatusOr<TpduParts> parts = CutTpdu(tpdu, TpduType::kDr, 7);
  if (!parts.ok()) return parts.status();
  wire::ByteReader in(parts->fixed);
  DrTpdu dr;
  dr.destination_reference = in.U16();
  dr.source_reference = in.U16();
  dr.reason = static_cast<DisconnectReason>(in.U8());
  dr.checksum = parts->checksum;
  ParameterReader parameters(*parts);
  for (Parameter parameter; parameters.Next(parameter);) {
    if (parameter.code != ParameterCode::kAdditionalInformation) {
      return UnknownParameter(TpduType::kDr, parameter);
    }
    dr.additional_information.assign(parameter.value.begin(), parameter.value.end());
  }
  if (absl::Status status = CheckUserData(*parts, 0, kMaxUserData, "13.5.5"); !status.ok()) {
    return status;
  }
  dr.user_data.assign(parts->user_data.begin(), parts->user_data.end());
  return dr;
}

void DrTpdu::AppendTo(std::vector<uint8_t>& out) const {
  TpduWriter writer(out, TpduType::kDr);
  writer.fixed().U16(destination_reference);
  writer.fixed().U16(source_reference);
  writer.fixed().U8(static_cast<uint8_t>(reason));
  if (!additional_information.empty()) {
    writer.AddParameter(ParameterCode::kAdditionalInformation, additional_information);
  }
  writer.Finish(checksum, user_data);
}

absl::StatusOr<DcTpdu> DcTpdu::Parse(ByteSpan tpdu) {
  absl::StatusOr<TpduParts> parts = CutTpdu(tpdu, TpduType::kDc, 6);
  if (!parts.ok()) return parts.status();
  ParameterReader parameters(*parts);
  if (Parameter parameter; parameters.Next(parameter)) {
    return UnknownParameter(TpduType::kDc, parameter);
  }
  wire::ByteReader in(parts->fixed);
  return DcTpdu{
      .destination_reference = in.U16(), .source_reference = in.U16(), .checksum = parts->checksum};
}

void DcTpdu::AppendTo(std::vector<uint8_t>& out) const {
  TpduWriter writer(out, TpduType::kDc);
  writer.fixed().U16(destination_reference);
  writer.fixed().U16(source_reference);
  writer.Finish(checksum);
}

}  // namespace osi
