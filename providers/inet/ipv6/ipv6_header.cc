#include "providers/inet/ipv6/ipv6_header.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace inet {
namespace {

Ipv6Address ReadAddress(wire::ByteReader& in) {
  Ipv6Address address;
  const wire::ByteSpan octets = in.Bytes(Ipv6Address::kSize);
  std::copy(octets.begin(), octets.end(), address.octets.begin());
  return address;
}

}  // namespace

absl::StatusOr<Ipv6Header> Ipv6Header::Parse(wire::ByteSpan packet, wire::ByteSpan* payload) {
  wire::ByteSpan rest;
  const absl::StatusOr<Ipv6Header> header = ParseQuoted(packet, &rest);
  if (!header.ok()) return header;
  if (header->payload_length > rest.size()) {
    return absl::InvalidArgumentError(absl::StrCat("IPv6 payload length ", header->payload_length,
                                                   " with ", rest.size(), " octets of data"));
  }
  if (payload != nullptr) *payload = rest;
  return header;
}

absl::StatusOr<Ipv6Header> Ipv6Header::ParseQuoted(wire::ByteSpan quote, wire::ByteSpan* payload) {
  wire::ByteReader in(quote);
  Ipv6Header header;
  const uint32_t first_word = in.U32();
  header.dscp = first_word >> 22 & 0x3F;
  header.ecn = first_word >> 20 & 0x03;
  header.flow_label = first_word & 0xFFFFF;
  header.payload_length = in.U16();
  header.next_header = in.U8();
  header.hop_limit = in.U8();
  header.source = ReadAddress(in);
  header.destination = ReadAddress(in);
  if (!in.ok()) return absl::InvalidArgumentError("IPv6 header truncated");
  if (first_word >> 28 != 6) {
    return absl::InvalidArgumentError(absl::StrCat("IPv6 version ", first_word >> 28));
  }
  if (payload != nullptr) {
    *payload = in.Bytes(std::min<size_t>(header.payload_length, in.remaining()));
  }
  return header;
}

void Ipv6Header::WriteTo(uint8_t* out) const {
  wire::StoreU32(out, 6u << 28 | static_cast<uint32_t>(dscp & 0x3F) << 22 |
                          static_cast<uint32_t>(ecn & 0x03) << 20 | (flow_label & 0xFFFFF));
  wire::StoreU16(out + 4, payload_length);
  out[6] = next_header;
  out[7] = hop_limit;
  std::copy(source.octets.begin(), source.octets.end(), out + 8);
  std::copy(destination.octets.begin(), destination.octets.end(), out + 24);
}

void Ipv6Header::AppendTo(std::vector<uint8_t>& out) const {
  const size_t front = out.size();
  out.resize(front + kSize);
  WriteTo(out.data() + front);
}

}  // namespace inet
