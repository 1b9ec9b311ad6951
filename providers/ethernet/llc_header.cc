#include "providers/ethernet/llc_header.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace ethernet {

absl::StatusOr<LlcHeader> LlcHeader::Parse(wire::ByteSpan bytes) {
  wire::ByteReader in(bytes);
  LlcHeader header;
  header.destination_sap = in.U8();
  header.source_sap = in.U8();
  header.control = in.U8();
  if (!in.ok()) return absl::InvalidArgumentError("LLC header truncated");
  // The two low bits are set in an unnumbered PDU and in no other.
  if ((header.control & 0x03) != 0x03) {
    return absl::InvalidArgumentError(
        absl::StrCat("LLC control 0x", absl::Hex(header.control, absl::kZeroPad2)));
  }
  return header;
}

void LlcHeader::WriteTo(uint8_t* out) const {
  out[0] = destination_sap;
  out[1] = source_sap;
  out[2] = control;
}

void LlcHeader::AppendTo(std::vector<uint8_t>& out) const {
  const size_t front = out.size();
  out.resize(front + kSize);
  WriteTo(out.data() + front);
}

}  // namespace ethernet
