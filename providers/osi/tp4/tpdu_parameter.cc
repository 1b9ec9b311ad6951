#include "providers/osi/tp4/tpdu_parameter.h"

#include "absl/strings/str_cat.h"
#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/tp4/tpdu_fault.h"

namespace osi {
namespace {

constexpr size_t kChecksumOctets = 2;

// What a walk over the variable part finds.
struct Walk {
  bool checksum = false;
  absl::Status status;
};

Walk WalkParameters(const TpduParts& parts) {
  wire::ByteReader in(parts.parameters);
  Walk walk;
  while (in.remaining() > 0) {
    const size_t offset = parts.parameters_offset() + in.position();
    const uint8_t code = in.U8();
    const ByteSpan value = in.Bytes(in.U8());
    if (!in.ok()) {
      walk.status =
          TpduError({.kind = TpduFaultKind::kInvalidLength, .rejected_octets = offset + 1},
                    absl::StrCat(TpduTypeName(parts.type), ": parameter ",
                                 absl::Hex(code, absl::kZeroPad2), " beyond LI (ISO 8073 13.2.3)"));
      return walk;
    }
    if (code != static_cast<uint8_t>(ParameterCode::kChecksum)) continue;
    if (value.size() != kChecksumOctets) {
      walk.status = BadParameter(parts.type, {ParameterCode::kChecksum, value, offset}, "13.2.3.1");
      return walk;
    }
    walk.checksum = true;
  }
  return walk;
}

}  // namespace

absl::StatusOr<TpduParts> CutTpdu(ByteSpan tpdu, TpduType type, size_t fixed_octets,
                                  bool has_credit) {
  const absl::StatusOr<TpduHeader> header = TpduHeader::Parse(tpdu);
  if (!header.ok()) return header.status();
  if (header->type != type) {
    return TpduError({.kind = TpduFaultKind::kInvalidTpduType, .rejected_octets = 2},
                     absl::StrCat(TpduTypeName(header->type), " where a ", TpduTypeName(type),
                                  " is read (ISO 8073 13.2.2.1)"));
  }
  if (header->header_octets < fixed_octets) {
    return TpduError({.kind = TpduFaultKind::kInvalidLength, .rejected_octets = 1},
                     absl::StrCat(TpduTypeName(type), ": LI ", tpdu[0],
                                  " below the fixed part (ISO 8073 13.2.2)"));
  }
  TpduParts parts{.type = type,
                  .credit = static_cast<uint8_t>(tpdu[1] & 0x0F),
                  .fixed = tpdu.subspan(2, fixed_octets - 2),
                  .parameters = tpdu.subspan(fixed_octets, header->header_octets - fixed_octets),
                  .user_data = tpdu.subspan(header->header_octets)};
  const Walk walk = WalkParameters(parts);
  if (!walk.status.ok()) return walk.status;
  parts.checksum = walk.checksum;
  if (parts.checksum && !ChecksumHolds(tpdu)) {
    return TpduError({.kind = TpduFaultKind::kWrongChecksum},
                     absl::StrCat(TpduTypeName(type), ": wrong checksum (ISO 8073 6.17.3)"));
  }
  if (!has_credit && parts.credit != 0) {
    return TpduError({.kind = TpduFaultKind::kInvalidTpduType, .rejected_octets = 2},
                     absl::StrCat(TpduTypeName(type), " has no CDT (ISO 8073 13.2.2.1)"));
  }
  if (!MayCarryUserData(type) && !parts.user_data.empty()) {
    return TpduError(
        {.kind = TpduFaultKind::kProtocolError, .rejected_octets = header->header_octets + 1},
        absl::StrCat(TpduTypeName(type), " has no user data (ISO 8073 13.2.4)"));
  }
  return parts;
}

bool ParameterReader::Next(Parameter& parameter) {
  while (!rest_.empty()) {
    const size_t length = rest_[1];
    parameter = {static_cast<ParameterCode>(rest_[0]), rest_.subspan(2, length), offset_};
    rest_.remove_prefix(2 + length);
    offset_ += 2 + length;
    if (parameter.code != ParameterCode::kChecksum) return true;
  }
  return false;
}

absl::Status UnknownParameter(TpduType type, const Parameter& parameter) {
  return TpduError(
      {.kind = TpduFaultKind::kInvalidParameterCode, .rejected_octets = parameter.offset + 1},
      absl::StrCat(TpduTypeName(type), " has no parameter ",
                   absl::Hex(static_cast<uint8_t>(parameter.code), absl::kZeroPad2),
                   " (ISO 8073 13.2.3)"));
}

absl::Status BadParameter(TpduType type, const Parameter& parameter, absl::string_view rule) {
  return TpduError({.kind = TpduFaultKind::kInvalidParameterValue,
                    .rejected_octets = parameter.offset + 2 + parameter.value.size()},
                   absl::StrCat(TpduTypeName(type), ": bad value of parameter ",
                                absl::Hex(static_cast<uint8_t>(parameter.code), absl::kZeroPad2),
                                " (ISO 8073 ", rule, ")"));
}

absl::Status BadField(TpduType type, size_t offset, absl::string_view what,
                      absl::string_view rule) {
  return TpduError({.kind = TpduFaultKind::kInvalidParameterValue, .rejected_octets = offset + 1},
                   absl::StrCat(TpduTypeName(type), ": ", what, " (ISO 8073 ", rule, ")"));
}

absl::Status CheckUserData(const TpduParts& parts, size_t least, size_t most,
                           absl::string_view rule) {
  const size_t size = parts.user_data.size();
  if (size >= least && size <= most) return absl::OkStatus();
  const size_t header = parts.parameters_offset() + parts.parameters.size();
  return TpduError({.kind = TpduFaultKind::kProtocolError,
                    .rejected_octets = size < least ? header : header + most + 1},
                   absl::StrCat(TpduTypeName(parts.type), ": ", size, " octets of user data, not ",
                                least, " to ", most, " (ISO 8073 ", rule, ")"));
}

TpduWriter::TpduWriter(std::vector<uint8_t>& out, TpduType type, uint8_t credit)
    : out_(out), writer_(out), start_(out.size()) {
  writer_.U8(0);  // LI, known when the header is complete
  writer_.U8(static_cast<uint8_t>(static_cast<uint8_t>(type) | credit));
}

void TpduWriter::AddParameter(ParameterCode code, ByteSpan value) {
  writer_.U8(static_cast<uint8_t>(code));
  writer_.U8(static_cast<uint8_t>(value.size()));
  writer_.Bytes(value);
}

void TpduWriter::AddNumber(ParameterCode code, uint64_t value, size_t octets) {
  writer_.U8(static_cast<uint8_t>(code));
  writer_.U8(static_cast<uint8_t>(octets));
  for (size_t i = octets; i-- > 0;) writer_.U8(static_cast<uint8_t>(value >> (8 * i)));
}

void TpduWriter::Finish(bool checksum, ByteSpan user_data) {
  if (checksum) AddNumber(ParameterCode::kChecksum, 0, kChecksumOctets);
  const size_t header_octets = out_.size() - start_;
  out_[start_] = static_cast<uint8_t>(header_octets - 1);
  writer_.Bytes(user_data);
  if (checksum) {
    StoreChecksum(absl::MakeSpan(out_).subspan(start_), header_octets - kChecksumOctets);
  }
}

}  // namespace osi
