#include "providers/inet/ipv4/ipv4_header.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "providers/inet/checksum.h"

namespace inet {
namespace {

using wire::ByteReader;
using wire::ByteSpan;
using wire::StoreU16;

constexpr size_t kChecksumOffset = 10;  // octets before the checksum field
constexpr uint16_t kDontFragment = 0x4000;
constexpr uint16_t kMoreFragments = 0x2000;
constexpr uint16_t kFragmentOffsetMask = 0x1FFF;

// Option types of a single octet, RFC 791 3.1.
constexpr uint8_t kEndOfOptionList = 0;
constexpr uint8_t kNoOperation = 1;

Ipv4Address ReadAddress(ByteReader& in) {
  Ipv4Address address;
  const ByteSpan octets = in.Bytes(Ipv4Address::kSize);
  std::copy(octets.begin(), octets.end(), address.octets.begin());
  return address;
}

// Whether each option ends inside the header. What an option means is for others to say.
absl::Status CheckOptions(ByteSpan options) {
  ByteReader in(options);
  while (in.remaining() > 0) {
    const uint8_t type = in.U8();
    if (type == kEndOfOptionList) break;
    if (type == kNoOperation) continue;
    const uint8_t length = in.U8();
    if (!in.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("IPv4 option ", type, " has no length"));
    }
    if (length < 2 || length - 2u > in.remaining()) {
      return absl::InvalidArgumentError(absl::StrCat("IPv4 option ", type, " length ", length));
    }
    in.Skip(length - 2u);
  }
  return absl::OkStatus();
}

// Reads the fixed part; leaves the header's size in `header_size`.
absl::StatusOr<Ipv4Header> ParseFixedPart(ByteSpan packet, size_t& header_size) {
  ByteReader in(packet);
  Ipv4Header header;
  const uint8_t version_and_ihl = in.U8();
  const uint8_t traffic_class = in.U8();
  header.dscp = traffic_class >> 2;
  header.ecn = traffic_class & 0x03;
  header.total_length = in.U16();
  header.identification = in.U16();
  const uint16_t flags_and_offset = in.U16();
  header.dont_fragment = (flags_and_offset & kDontFragment) != 0;
  header.more_fragments = (flags_and_offset & kMoreFragments) != 0;
  header.fragment_offset = flags_and_offset & kFragmentOffsetMask;
  header.time_to_live = in.U8();
  header.protocol = in.U8();
  in.Skip(2);  // The checksum.
  header.source = ReadAddress(in);
  header.destination = ReadAddress(in);
  if (!in.ok()) return absl::InvalidArgumentError("IPv4 header truncated");
  if (version_and_ihl >> 4 != 4) {
    return absl::InvalidArgumentError(absl::StrCat("IPv4 version ", version_and_ihl >> 4));
  }
  header_size = (version_and_ihl & 0x0F) * size_t{4};
  if (header_size < Ipv4Header::kMinSize || header_size > packet.size()) {
    return absl::InvalidArgumentError(absl::StrCat("IPv4 IHL ", version_and_ihl & 0x0F,
                                                   " in a packet of ", packet.size(), " octets"));
  }
  return header;
}

}  // namespace

absl::StatusOr<Ipv4Header> Ipv4Header::ParseQuoted(ByteSpan quote, ByteSpan* payload) {
  size_t header_size = 0;
  absl::StatusOr<Ipv4Header> header = ParseFixedPart(quote, header_size);
  if (!header.ok()) return header;
  if (header->total_length < header_size) {
    return absl::InvalidArgumentError(absl::StrCat("IPv4 total length ", header->total_length,
                                                   " with a header of ", header_size, " octets"));
  }
  const size_t payload_size = header->total_length - header_size;
  if (header_size + header->fragment_offset * size_t{8} + payload_size > kMaxTotalLength) {
    return absl::InvalidArgumentError(absl::StrCat("IPv4 fragment offset ", header->fragment_offset,
                                                   " with ", payload_size, " octets of data"));
  }
  const ByteSpan options = quote.subspan(kMinSize, header_size - kMinSize);
  absl::Status status = CheckOptions(options);
  if (!status.ok()) return status;
  header->options.assign(options.begin(), options.end());
  if (payload != nullptr) *payload = quote.subspan(header_size, payload_size);
  return header;
}

absl::StatusOr<Ipv4Header> Ipv4Header::Parse(ByteSpan packet, ByteSpan* payload) {
  absl::StatusOr<Ipv4Header> header = ParseQuoted(packet, payload);
  if (header.ok() && header->total_length > packet.size()) {
    return absl::InvalidArgumentError(absl::StrCat("IPv4 total length ", header->total_length,
                                                   " in a packet of ", packet.size(), " octets"));
  }
  return header;
}

void Ipv4Header::WriteTo(uint8_t* out) const {
  out[0] = static_cast<uint8_t>(4 << 4 | size() / 4);
  out[1] = static_cast<uint8_t>(dscp << 2 | (ecn & 0x03));
  StoreU16(out + 2, total_length);
  StoreU16(out + 4, identification);
  StoreU16(out + 6, static_cast<uint16_t>((dont_fragment ? kDontFragment : 0) |
                                          (more_fragments ? kMoreFragments : 0) |
                                          (fragment_offset & kFragmentOffsetMask)));
  out[8] = time_to_live;
  out[9] = protocol;
  StoreU16(out + kChecksumOffset, 0);
  std::copy(source.octets.begin(), source.octets.end(), out + 12);
  std::copy(destination.octets.begin(), destination.octets.end(), out + 16);
  std::copy(options.begin(), options.end(), out + kMinSize);
  StoreU16(out + kChecksumOffset, InternetChecksum(ByteSpan(out, size())));
}

void Ipv4Header::AppendTo(std::vector<uint8_t>& out) const {
  const size_t front = out.size();
  out.resize(front + size());
  WriteTo(out.data() + front);
}

absl::Status VerifyIpv4Checksum(ByteSpan packet) {
  const size_t header_size = (packet[0] & 0x0F) * size_t{4};
  if (InternetChecksum(packet.first(header_size)) == 0) return absl::OkStatus();
  const unsigned found = packet[kChecksumOffset] << 8 | packet[kChecksumOffset + 1];
  return absl::InvalidArgumentError(
      absl::StrCat("IPv4 header checksum 0x", absl::Hex(found, absl::kZeroPad4), " is wrong"));
}

}  // namespace inet
