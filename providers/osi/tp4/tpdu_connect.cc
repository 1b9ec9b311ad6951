#include "providers/osi/tp4/tpdu_connect.h"

#include "absl/strings/str_cat.h"
#include "providers/osi/tp4/tpdu_fault.h"
#include "providers/osi/tp4/tpdu_parameter.h"

namespace osi {
namespace {

constexpr size_t kFixedOctets = 7;
constexpr size_t kDestinationReferenceOffset = 2;
constexpr size_t kSourceReferenceOffset = 4;
constexpr size_t kClassOffset = 6;
constexpr uint8_t kHighestClass = 4;

// Codes of C0: the exponent of the size.
constexpr uint8_t kSmallestSizeCode = 7;  // 128 octets
constexpr uint8_t kLargestSizeCode = 13;  // 8192 octets

// Bits of the class and option octet, and of C6.
constexpr uint8_t kNoExplicitFlowControl = 0x01;
constexpr uint8_t kExtendedFormats = 0x02;
constexpr uint8_t kReservedOptions = 0x0C;
constexpr uint8_t kTransportExpedited = 0x01;
constexpr uint8_t kChecksumNonUse = 0x02;

std::vector<uint8_t> Copy(ByteSpan octets) { return {octets.begin(), octets.end()}; }

bool TakeTsapId(ByteSpan value, std::vector<uint8_t>& tsap_id) {
  if (value.empty() || value.size() > ConnectTpduContent::kMaxTsapId) return false;
  tsap_id = Copy(value);
  return true;
}

bool TakeMaximumTpduSize(ByteSpan value, std::optional<uint16_t>& size) {
  if (value.size() != 1 || value[0] < kSmallestSizeCode || value[0] > kLargestSizeCode) {
    return false;
  }
  size = static_cast<uint16_t>(1u << value[0]);
  return true;
}

// A number whose length is that of its type.
template <typename Number>
bool TakeNumber(ByteSpan value, std::optional<Number>& number) {
  if (value.size() != sizeof(Number)) return false;
  number = 0;
  for (uint8_t octet : value) number = static_cast<Number>(*number << 8 | octet);
  return true;
}

bool TakePreferredSize(ByteSpan value, std::optional<uint32_t>& size) {
  if (value.empty() || value.size() > sizeof(uint32_t)) return false;
  uint32_t units = 0;
  for (uint8_t octet : value) units = units << 8 | octet;
  if (units == 0) return false;
  size = units;
  return true;
}

bool TakeAdditionalOptions(ByteSpan value, std::optional<AdditionalOptions>& options) {
  if (value.size() != 1) return false;
  options = {.transport_expedited = (value[0] & kTransportExpedited) != 0,
             .checksum_non_use = (value[0] & kChecksumNonUse) != 0};
  return true;
}

bool TakeAlternativeClasses(ByteSpan value, std::vector<uint8_t>& classes) {
  if (value.empty()) return false;
  std::vector<uint8_t> taken;
  for (uint8_t octet : value) {
    if ((octet & 0x0F) != 0 || octet >> 4 > kHighestClass) return false;
    taken.push_back(octet >> 4);
  }
  classes = std::move(taken);
  return true;
}

template <typename Quality>
bool TakeQuality(ByteSpan value, std::optional<Quality>& quality) {
  absl::StatusOr<Quality> parsed = Quality::Parse(value);
  if (!parsed.ok()) return false;
  quality = *parsed;
  return true;
}

absl::Status TakeParameter(TpduType type, const Parameter& parameter, ConnectTpduContent& content) {
  const ByteSpan value = parameter.value;
  bool taken = false;
  switch (parameter.code) {
    case ParameterCode::kCallingTsapId:
      taken = TakeTsapId(value, content.calling_tsap_id);
      break;
    case ParameterCode::kCalledTsapId:
      taken = TakeTsapId(value, content.called_tsap_id);
      break;
    case ParameterCode::kMaximumTpduSize:
      taken = TakeMaximumTpduSize(value, content.maximum_tpdu_size);
      break;
    case ParameterCode::kPreferredMaximumTpduSize:
      taken = TakePreferredSize(value, content.preferred_maximum_tpdu_size);
      break;
    case ParameterCode::kVersion:
      taken = value.size() == 1 && value[0] == 1;
      if (taken) content.states_version = true;
      break;
    case ParameterCode::kProtection:
      content.protection = Copy(value);
      taken = true;
      break;
    case ParameterCode::kAdditionalOptions:
      taken = TakeAdditionalOptions(value, content.additional_options);
      break;
    case ParameterCode::kAlternativeClasses:
      taken = TakeAlternativeClasses(value, content.alternative_classes);
      break;
    case ParameterCode::kAcknowledgeTime:
      taken = TakeNumber(value, content.acknowledge_time);
      break;
    case ParameterCode::kThroughput:
      taken = TakeQuality(value, content.quality.throughput);
      break;
    case ParameterCode::kResidualErrorRate:
      taken = TakeQuality(value, content.quality.residual_error_rate);
      break;
    case ParameterCode::kPriority:
      taken = TakeNumber(value, content.quality.priority);
      break;
    case ParameterCode::kTransitDelay:
      taken = TakeQuality(value, content.quality.transit_delay);
      break;
    case ParameterCode::kInactivityTime:
      taken = TakeNumber(value, content.inactivity_time);
      break;
    default:  // the reassignment time, 8B, is not one of class 4
      return UnknownParameter(type, parameter);
  }
  return taken ? absl::OkStatus() : BadParameter(type, parameter, "13.3.4");
}

// In a CR any other parameter with a bad value counts as absent (13.3.4).
bool MustBeRightInCr(ParameterCode code) {
  return code == ParameterCode::kCallingTsapId || code == ParameterCode::kCalledTsapId ||
         code == ParameterCode::kAdditionalOptions || code == ParameterCode::kAlternativeClasses;
}

absl::Status TakeClass(TpduType type, uint8_t octet, ConnectTpduContent& content) {
  content.preferred_class = octet >> 4;
  content.extended_formats = (octet & kExtendedFormats) != 0;
  content.no_explicit_flow_control = (octet & kNoExplicitFlowControl) != 0;
  if (content.preferred_class > kHighestClass) {
    return BadField(type, kClassOffset,
                    absl::StrCat("there is no class ", int{content.preferred_class}), "13.3.3");
  }
  if ((octet & kReservedOptions) != 0) {
    return BadField(type, kClassOffset, "reserved option bits are set", "13.3.3");
  }
  if (content.preferred_class == 4 && content.no_explicit_flow_control) {
    return BadField(type, kClassOffset, "class 4 has explicit flow control", "13.3.3");
  }
  return absl::OkStatus();
}

// Everything but the references.
absl::Status TakeContent(const TpduParts& parts, ConnectTpduContent& content) {
  content.credit = parts.credit;
  content.source_reference = static_cast<uint16_t>(parts.fixed[2] << 8 | parts.fixed[3]);
  content.checksum = parts.checksum;
  if (content.source_reference == 0) {
    return BadField(parts.type, kSourceReferenceOffset + 1, "SRC-REF is 0", "6.5.5");
  }
  if (absl::Status status = TakeClass(parts.type, parts.fixed[4], content); !status.ok()) {
    return status;
  }
  ParameterReader parameters(parts);
  for (Parameter parameter; parameters.Next(parameter);) {
    absl::Status status = TakeParameter(parts.type, parameter, content);
    if (!status.ok() && (parts.type == TpduType::kCc || MustBeRightInCr(parameter.code))) {
      return status;
    }
  }
  absl::string_view rule = parts.type == TpduType::kCr ? "13.3.5" : "13.4.5";
  if (absl::Status status = CheckUserData(parts, 0, ConnectTpduContent::kMaxUserData, rule);
      !status.ok()) {
    return status;
  }
  content.user_data = Copy(parts.user_data);
  return absl::OkStatus();
}

uint8_t SizeCode(uint16_t size) {
  uint8_t code = kSmallestSizeCode;
  while (code < kLargestSizeCode && 1u << code < size) ++code;
  return code;
}

size_t OctetsNeeded(uint32_t number) {
  size_t octets = 1;
  while (octets < sizeof(number) && number >> (8 * octets) != 0) ++octets;
  return octets;
}

template <typename Quality>
void AddQuality(TpduWriter& writer, ParameterCode code, const std::optional<Quality>& quality) {
  if (!quality.has_value()) return;
  std::vector<uint8_t> value;
  quality->AppendTo(value);
  writer.AddParameter(code, value);
}

template <typename Number>
void AddOptionalNumber(TpduWriter& writer, ParameterCode code,
                       const std::optional<Number>& number) {
  if (number.has_value()) writer.AddNumber(code, *number, sizeof(Number));
}

void AddQualityOfService(TpduWriter& writer, const QualityOfService& quality) {
  AddQuality(writer, ParameterCode::kThroughput, quality.throughput);
  AddQuality(writer, ParameterCode::kResidualErrorRate, quality.residual_error_rate);
  AddOptionalNumber(writer, ParameterCode::kPriority, quality.priority);
  AddQuality(writer, ParameterCode::kTransitDelay, quality.transit_delay);
}

void AddNegotiation(TpduWriter& writer, const ConnectTpduContent& content) {
  if (content.maximum_tpdu_size.has_value()) {
    writer.AddNumber(ParameterCode::kMaximumTpduSize, SizeCode(*content.maximum_tpdu_size), 1);
  }
  if (content.preferred_maximum_tpdu_size.has_value()) {
    const uint32_t units = *content.preferred_maximum_tpdu_size;
    writer.AddNumber(ParameterCode::kPreferredMaximumTpduSize, units, OctetsNeeded(units));
  }
  if (content.states_version) writer.AddNumber(ParameterCode::kVersion, 1, 1);
  if (content.protection.has_value()) {
    writer.AddParameter(ParameterCode::kProtection, *content.protection);
  }
  if (content.additional_options.has_value()) {
    const AdditionalOptions& options = *content.additional_options;
    writer.AddNumber(ParameterCode::kAdditionalOptions,
                     (options.transport_expedited ? kTransportExpedited : 0) |
                         (options.checksum_non_use ? kChecksumNonUse : 0),
                     1);
  }
  if (!content.alternative_classes.empty()) {
    std::vector<uint8_t> octets;
    for (uint8_t number : content.alternative_classes) {
      octets.push_back(static_cast<uint8_t>(number << 4));
    }
    writer.AddParameter(ParameterCode::kAlternativeClasses, octets);
  }
}

void WriteConnectTpdu(TpduType type, uint16_t destination_reference,
                      const ConnectTpduContent& content, std::vector<uint8_t>& out) {
  TpduWriter writer(out, type, content.credit);
  writer.fixed().U16(destination_reference);
  writer.fixed().U16(content.source_reference);
  writer.fixed().U8(static_cast<uint8_t>(
      content.preferred_class << 4 | (content.extended_formats ? kExtendedFormats : 0) |
      (content.no_explicit_flow_control ? kNoExplicitFlowControl : 0)));
  if (!content.calling_tsap_id.empty()) {
    writer.AddParameter(ParameterCode::kCallingTsapId, content.calling_tsap_id);
  }
  if (!content.called_tsap_id.empty()) {
    writer.AddParameter(ParameterCode::kCalledTsapId, content.called_tsap_id);
  }
  AddNegotiation(writer, content);
  AddOptionalNumber(writer, ParameterCode::kAcknowledgeTime, content.acknowledge_time);
  AddQualityOfService(writer, content.quality);
  AddOptionalNumber(writer, ParameterCode::kInactivityTime, content.inactivity_time);
  writer.Finish(content.checksum, content.user_data);
}

}  // namespace

absl::StatusOr<CrTpdu> CrTpdu::Parse(ByteSpan tpdu) {
  const absl::StatusOr<TpduParts> parts = CutTpdu(tpdu, TpduType::kCr, kFixedOctets, true);
  if (!parts.ok()) return parts.status();
  if (tpdu.size() > kMaxSize) {
    return TpduError({.kind = TpduFaultKind::kProtocolError, .rejected_octets = kMaxSize + 1},
                     "CR longer than 128 octets (ISO 8073 13.3)");
  }
  if (parts->fixed[0] != 0 || parts->fixed[1] != 0) {
    return BadField(TpduType::kCr, kDestinationReferenceOffset + 1, "DST-REF is not 0", "13.3.3");
  }
  CrTpdu cr;
  if (absl::Status status = TakeContent(*parts, cr); !status.ok()) return status;
  if (cr.preferred_class == 4 && !cr.checksum) {
    return TpduError({.kind = TpduFaultKind::kProtocolError,
                      .rejected_octets = parts->parameters_offset() + parts->parameters.size()},
                     "CR of class 4 without checksum (ISO 8073 13.2.3.1)");
  }
  return cr;
}

void CrTpdu::AppendTo(std::vector<uint8_t>& out) const {
  WriteConnectTpdu(TpduType::kCr, 0, *this, out);
}

absl::StatusOr<CcTpdu> CcTpdu::Parse(ByteSpan tpdu) {
  const absl::StatusOr<TpduParts> parts = CutTpdu(tpdu, TpduType::kCc, kFixedOctets, true);
  if (!parts.ok()) return parts.status();
  CcTpdu cc;
  cc.destination_reference = static_cast<uint16_t>(parts->fixed[0] << 8 | parts->fixed[1]);
  if (cc.destination_reference == 0) {
    return BadField(TpduType::kCc, kDestinationReferenceOffset + 1, "DST-REF is 0", "13.4.3");
  }
  if (absl::Status status = TakeContent(*parts, cc); !status.ok()) return status;
  return cc;
}

void CcTpdu::AppendTo(std::vector<uint8_t>& out) const {
  WriteConnectTpdu(TpduType::kCc, destination_reference, *this, out);
}

}  // namespace osi
