#include "providers/inet/icmp/icmp_layout.h"

#include "absl/strings/str_cat.h"

namespace inet {

absl::StatusOr<IcmpLayout> IcmpLayout::Parse(wire::ByteSpan message, absl::string_view name) {
  wire::ByteReader in(message);
  IcmpLayout layout{.type = in.U8(), .code = in.U8()};
  in.Skip(2);  // The checksum.
  layout.number = in.U32();
  layout.rest = in.Rest();
  if (!in.ok()) return absl::InvalidArgumentError(absl::StrCat(name, " header truncated"));
  return layout;
}

size_t IcmpLayout::AppendTo(std::vector<uint8_t>& out) const {
  const size_t front = out.size();
  wire::ByteWriter writer(out);
  writer.U8(type);
  writer.U8(code);
  writer.U16(0);
  writer.U32(number);
  writer.Bytes(rest);
  return front;
}

IcmpEcho IcmpEcho::Of(const IcmpLayout& layout, bool is_reply) {
  return {.is_reply = is_reply,
          .identifier = static_cast<uint16_t>(layout.number >> 16),
          .sequence = static_cast<uint16_t>(layout.number),
          .data = {layout.rest.begin(), layout.rest.end()}};
}

IcmpLayout IcmpEcho::As(uint8_t type) const {
  return {.type = type, .number = static_cast<uint32_t>(identifier) << 16 | sequence, .rest = data};
}

absl::Status UnknownIcmpCode(absl::string_view name, const IcmpLayout& layout) {
  return absl::InvalidArgumentError(
      absl::StrCat(name, " type ", layout.type, " code ", layout.code));
}

absl::Status BadIcmpQuote(absl::string_view name, const absl::Status& why) {
  return absl::InvalidArgumentError(absl::StrCat(name, " quote: ", why.message()));
}

std::vector<uint8_t> BeginningOf(wire::ByteSpan packet, size_t most) {
  const wire::ByteSpan beginning = packet.subspan(0, most);
  return {beginning.begin(), beginning.end()};
}

}  // namespace inet
