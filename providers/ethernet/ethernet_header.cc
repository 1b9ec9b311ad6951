#include "providers/ethernet/ethernet_header.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace ethernet {

absl::StatusOr<EthernetHeader> EthernetHeader::Parse(wire::ByteSpan frame,
                                                     wire::ByteSpan* payload) {
  if (frame.size() < kSize) return absl::InvalidArgumentError("Ethernet header truncated");
  EthernetHeader header;
  std::copy_n(frame.begin(), header.destination.size(), header.destination.begin());
  std::copy_n(frame.begin() + 6, header.source.size(), header.source.begin());
  header.type_or_length = static_cast<uint16_t>(frame[12] << 8 | frame[13]);

  wire::ByteSpan rest = frame.subspan(kSize);
  if (header.has_length()) {
    if (header.type_or_length > rest.size()) {
      return absl::InvalidArgumentError(absl::StrCat("Ethernet length ", header.type_or_length,
                                                     " with ", rest.size(), " octets of data"));
    }
    rest = rest.first(header.type_or_length);
  } else if (header.type_or_length < kMinType) {
    return absl::InvalidArgumentError(
        absl::StrCat("Ethernet type or length ", header.type_or_length, " is neither"));
  }
  if (payload != nullptr) *payload = rest;
  return header;
}

void EthernetHeader::WriteTo(uint8_t* out) const {
  out = std::copy(destination.begin(), destination.end(), out);
  out = std::copy(source.begin(), source.end(), out);
  wire::StoreU16(out, type_or_length);
}

void EthernetHeader::AppendTo(std::vector<uint8_t>& out) const {
  const size_t front = out.size();
  out.resize(front + kSize);
  WriteTo(out.data() + front);
}

}  // namespace ethernet
