#include "tools/packetdrill/packet.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "providers/inet/checksum.h"
#include "providers/inet/internet_layer.h"
#include "providers/inet/ipv4/ipv4_header.h"
#include "providers/inet/ipv6/ipv6_header.h"
#include "providers/inet/tcp/tcp_header.h"
#include "tools/packetdrill/packet_options.h"

namespace wsim::packetdrill {
namespace {

using inet::Ipv4Address;
using inet::Ipv4Header;
using inet::Ipv6Address;
using inet::Ipv6Header;
using inet::TcpHeader;

constexpr uint16_t kFlagBits = 0x1FF;

// Reads the IP header into `packet`; the octets behind it.
absl::StatusOr<wire::ByteSpan> ReadNetwork(wire::ByteSpan octets, Packet& packet) {
  wire::ByteSpan payload;
  if (!octets.empty() && octets[0] >> 4 == 6) {
    const absl::StatusOr<Ipv6Header> header = Ipv6Header::Parse(octets, &payload);
    if (!header.ok()) return header.status();
    if (header->next_header != inet::kProtocolTcp) return absl::NotFoundError("not TCP");
    packet.source.address = header->source;
    packet.destination.address = header->destination;
    packet.traffic_class = static_cast<uint8_t>(header->dscp << 2 | header->ecn);
    packet.hop_limit = header->hop_limit;
    packet.flow_label = header->flow_label;
    return payload;
  }
  const absl::StatusOr<Ipv4Header> header = Ipv4Header::Parse(octets, &payload);
  if (!header.ok()) return header.status();
  if (absl::Status checksum = inet::VerifyIpv4Checksum(octets); !checksum.ok()) return checksum;
  if (header->protocol != inet::kProtocolTcp) return absl::NotFoundError("not TCP");
  packet.source.address = header->source;
  packet.destination.address = header->destination;
  packet.traffic_class = static_cast<uint8_t>(header->dscp << 2 | header->ecn);
  packet.hop_limit = header->time_to_live;
  return payload;
}

}  // namespace

std::vector<uint8_t> WithNetworkHeader(const NetworkFields& fields, wire::ByteSpan payload) {
  std::vector<uint8_t> octets;
  const auto dscp = static_cast<uint8_t>(fields.traffic_class >> 2);
  const auto ecn = static_cast<uint8_t>(fields.traffic_class & 3);
  if (const auto* source = std::get_if<Ipv6Address>(&fields.source)) {
    Ipv6Header{.dscp = dscp,
               .ecn = ecn,
               .flow_label = fields.flow_label,
               .payload_length = static_cast<uint16_t>(payload.size()),
               .next_header = fields.protocol,
               .hop_limit = fields.hop_limit,
               .source = *source,
               .destination = std::get<Ipv6Address>(fields.destination)}
        .AppendTo(octets);
  } else {
    Ipv4Header header;
    header.dscp = dscp;
    header.ecn = ecn;
    header.total_length = static_cast<uint16_t>(Ipv4Header::kMinSize + payload.size());
    header.dont_fragment = true;
    header.time_to_live = fields.hop_limit;
    header.protocol = fields.protocol;
    header.source = std::get<Ipv4Address>(fields.source);
    header.destination = std::get<Ipv4Address>(fields.destination);
    header.AppendTo(octets);
  }
  octets.insert(octets.end(), payload.begin(), payload.end());
  return octets;
}

bool Packet::is_ipv6() const { return std::holds_alternative<Ipv6Address>(source.address); }

absl::StatusOr<Packet> Packet::Parse(wire::ByteSpan octets) {
  Packet packet;
  const absl::StatusOr<wire::ByteSpan> segment = ReadNetwork(octets, packet);
  if (!segment.ok()) return segment.status();
  wire::ByteReader in(*segment);
  packet.source.port = in.U16();
  packet.destination.port = in.U16();
  packet.seq = in.U32();
  packet.ack = in.U32();
  const uint16_t word = in.U16();
  packet.flags = word & kFlagBits;
  packet.reserved = static_cast<uint8_t>(word >> 9 & 7);
  packet.window = in.U16();
  in.Skip(2);
  packet.urgent_pointer = in.U16();
  const size_t header_size = static_cast<size_t>(word >> 12) * 4;
  if (!in.ok() || header_size < TcpHeader::kMinSize || header_size > segment->size()) {
    return absl::InvalidArgumentError("a TCP header that is cut off");
  }
  const inet::PseudoHeader pseudo_header =
      inet::MakePseudoHeader(packet.source.address, packet.destination.address, inet::kProtocolTcp);
  if (absl::Status checksum = inet::VerifyTcpChecksum(pseudo_header, *segment); !checksum.ok()) {
    return checksum;
  }
  absl::StatusOr<std::vector<OptionSpec>> options =
      ReadOptions(segment->subspan(TcpHeader::kMinSize, header_size - TcpHeader::kMinSize));
  if (!options.ok()) return options.status();
  packet.options = *std::move(options);
  packet.payload.assign(segment->begin() + static_cast<ptrdiff_t>(header_size), segment->end());
  return packet;
}

absl::StatusOr<std::vector<uint8_t>> Packet::ToOctets() const {
  std::vector<uint8_t> option_octets;
  for (const OptionSpec& option : options) AppendOption(option, option_octets);
  if (option_octets.size() % 4 != 0 || option_octets.size() > inet::TcpOptions::kMaxSize) {
    return absl::InvalidArgumentError(
        absl::StrCat("the options take ", option_octets.size(),
                     " octets; pad them with nop or eol to a multiple of 4, at most 40"));
  }
  const size_t header_size = TcpHeader::kMinSize + option_octets.size();
  if (header_size + payload.size() + Ipv6Header::kSize > Ipv4Header::kMaxTotalLength) {
    return absl::InvalidArgumentError("the segment is longer than an IP packet");
  }
  std::vector<uint8_t> segment;
  wire::ByteWriter out(segment);
  out.U16(source.port);
  out.U16(destination.port);
  out.U32(seq);
  out.U32(ack);
  out.U16(static_cast<uint16_t>(header_size / 4 << 12 | reserved << 9 | (flags & kFlagBits)));
  out.U16(window);
  out.U16(0);
  out.U16(urgent_pointer);
  out.Bytes(option_octets);
  out.Bytes(payload);
  inet::StoreTcpChecksum(
      inet::MakePseudoHeader(source.address, destination.address, inet::kProtocolTcp),
      absl::MakeSpan(segment));
  return WithNetworkHeader({.source = source.address,
                            .destination = destination.address,
                            .traffic_class = traffic_class,
                            .hop_limit = hop_limit,
                            .flow_label = flow_label,
                            .protocol = inet::kProtocolTcp},
                           segment);
}

std::string FlagsToString(uint16_t flags) {
  static constexpr std::pair<uint16_t, char> kLetters[] = {
      {TcpHeader::kFin, 'F'}, {TcpHeader::kSyn, 'S'}, {TcpHeader::kRst, 'R'},
      {TcpHeader::kPsh, 'P'}, {TcpHeader::kUrg, 'U'}, {TcpHeader::kEce, 'E'},
      {TcpHeader::kCwr, 'W'}, {TcpHeader::kAe, 'A'},  {TcpHeader::kAck, '.'},
  };
  std::string text;
  for (const auto& [flag, letter] : kLetters) {
    if ((flags & flag) != 0) text.push_back(letter);
  }
  return text.empty() ? "-" : text;
}

}  // namespace wsim::packetdrill
