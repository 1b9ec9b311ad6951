#include "providers/osi/tp4/tpdu_data.h"

#include "providers/osi/checksum/iso_checksum.h"
#include "providers/osi/tp4/tpdu_parameter.h"

namespace osi {
namespace {

constexpr size_t kNumberOffset = 4;

struct NumberField {
  bool end_of_tsdu = false;
  uint32_t number = 0;
};

// The octets after DST-REF: EOT in the top bit, the number in the others.
NumberField ReadNumberField(wire::ByteReader& in, TpduFormat format) {
  if (format == TpduFormat::kNormal) {
    const uint8_t field = in.U8();
    return {.end_of_tsdu = (field & 0x80) != 0, .number = field & 0x7Fu};
  }
  const uint32_t field = in.U32();
  return {.end_of_tsdu = (field & 0x80000000) != 0, .number = field & 0x7FFFFFFF};
}

// Cuts a DT or an ED, which carry no parameter besides the checksum.
absl::StatusOr<TpduParts> CutDataTpdu(ByteSpan tpdu, TpduType type, TpduFormat format) {
  absl::StatusOr<TpduParts> parts = CutTpdu(tpdu, type, DtTpdu::HeaderOctets(format, false));
  if (!parts.ok()) return parts;
  ParameterReader parameters(*parts);
  if (Parameter parameter; parameters.Next(parameter)) return UnknownParameter(type, parameter);
  return parts;
}

struct DataHeader {
  TpduType type;
  TpduFormat format;
  uint16_t destination_reference;
  NumberField number;
  bool checksum;
};

void WriteDataHeader(const DataHeader& fields, MutableByteSpan header, ByteSpan user_data) {
  header[0] = static_cast<uint8_t>(header.size() - 1);
  header[1] = static_cast<uint8_t>(fields.type);
  wire::StoreU16(&header[2], fields.destination_reference);
  const uint32_t eot = fields.number.end_of_tsdu ? 1 : 0;
  size_t end = kNumberOffset;
  if (fields.format == TpduFormat::kNormal) {
    header[end++] = static_cast<uint8_t>(eot << 7 | fields.number.number);
  } else {
    wire::StoreU32(&header[end], eot << 31 | fields.number.number);
    end += 4;
  }
  if (!fields.checksum) return;
  header[end] = static_cast<uint8_t>(ParameterCode::kChecksum);
  header[end + 1] = 2;
  wire::StoreU16(&header[end + 2], 0);
  IsoChecksum sums;
  sums.Add(header);
  sums.Add(user_data);
  const ChecksumOctets octets = sums.OctetsFor(end + 2);
  header[end + 2] = octets.x;
  header[end + 3] = octets.y;
}

void AppendDataTpdu(const DataHeader& fields, ByteSpan user_data, std::vector<uint8_t>& out) {
  const size_t start = out.size();
  const size_t header_octets = DtTpdu::HeaderOctets(fields.format, fields.checksum);
  out.resize(start + header_octets);
  WriteDataHeader(fields, absl::MakeSpan(out).subspan(start), user_data);
  out.insert(out.end(), user_data.begin(), user_data.end());
}

}  // namespace

absl::StatusOr<DtTpdu> DtTpdu::Parse(ByteSpan tpdu, TpduFormat format) {
  const absl::StatusOr<TpduParts> parts = CutDataTpdu(tpdu, TpduType::kDt, format);
  if (!parts.ok()) return parts.status();
  wire::ByteReader in(parts->fixed);
  DtTpdu dt{.format = format, .destination_reference = in.U16()};
  const NumberField field = ReadNumberField(in, format);
  dt.end_of_tsdu = field.end_of_tsdu;
  dt.number = field.number;
  dt.checksum = parts->checksum;
  dt.user_data = parts->user_data;
  return dt;
}

void DtTpdu::WriteHeaderTo(MutableByteSpan header) const {
  WriteDataHeader({TpduType::kDt, format, destination_reference, {end_of_tsdu, number}, checksum},
                  header, user_data);
}

void DtTpdu::AppendTo(std::vector<uint8_t>& out) const {
  AppendDataTpdu({TpduType::kDt, format, destination_reference, {end_of_tsdu, number}, checksum},
                 user_data, out);
}

absl::StatusOr<EdTpdu> EdTpdu::Parse(ByteSpan tpdu, TpduFormat format) {
  const absl::StatusOr<TpduParts> parts = CutDataTpdu(tpdu, TpduType::kEd, format);
  if (!parts.ok()) return parts.status();
  wire::ByteReader in(parts->fixed);
  EdTpdu ed{.format = format, .destination_reference = in.U16()};
  const NumberField field = ReadNumberField(in, format);
  if (!field.end_of_tsdu) {
    return BadField(TpduType::kEd, kNumberOffset, "EOT is not set", "13.8.3");
  }
  if (absl::Status status = CheckUserData(*parts, 1, kMaxUserData, "13.8.5"); !status.ok()) {
    return status;
  }
  ed.number = field.number;
  ed.checksum = parts->checksum;
  ed.user_data = parts->user_data;
  return ed;
}

void EdTpdu::AppendTo(std::vector<uint8_t>& out) const {
  AppendDataTpdu({TpduType::kEd, format, destination_reference, {true, number}, checksum},
                 user_data, out);
}

}  // namespace osi
