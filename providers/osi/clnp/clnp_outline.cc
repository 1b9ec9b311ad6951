#include "providers/osi/clnp/clnp_outline.h"

#include <algorithm>
#include <vector>

#include "providers/osi/clnp/clnp_header.h"

namespace osi {
namespace {

constexpr uint8_t kErrorReport = 0x20;
constexpr uint8_t kDataType = 0x1C;
constexpr size_t kHeaderLengthOffset = 1;
constexpr size_t kSegmentLengthOffset = kClnpSegmentLengthOctet - 1;

}  // namespace

std::optional<ClnpOutline> ClnpOutline::Parse(wire::ByteSpan bytes) {
  if (bytes.size() <= kSegmentLengthOffset + 1) return std::nullopt;
  const size_t header_octets = bytes[kHeaderLengthOffset];
  const size_t segment_length =
      static_cast<size_t>(bytes[kSegmentLengthOffset] << 8 | bytes[kSegmentLengthOffset + 1]);
  if (header_octets > bytes.size() || header_octets > segment_length) return std::nullopt;
  // The rules for a header are those of a whole PDU: what is missing of the data is made up.
  std::vector<uint8_t> whole(bytes.begin(), bytes.end());
  whole.resize(std::max(whole.size(), segment_length));
  const absl::StatusOr<ClnpHeader> header = ClnpHeader::Parse(whole);
  if (!header.ok() || header->type() != kDataType) return std::nullopt;
  return ClnpOutline{
      .error_report_allowed = (header->flags & kErrorReport) != 0,
      .destination = header->destination,
      .source = header->source,
      .data = bytes.subspan(header_octets, std::min(bytes.size(), segment_length) - header_octets)};
}

}  // namespace osi
