#include "providers/inet/icmp/icmp_message.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "providers/inet/checksum.h"
#include "providers/inet/ipv4/ipv4_header.h"

namespace inet {
namespace {

using wire::ByteReader;
using wire::ByteSpan;

constexpr size_t kChecksumOffset = 2;  // octets before the checksum field

// Types, RFC 792.
constexpr uint8_t kEchoReply = 0;
constexpr uint8_t kDestinationUnreachable = 3;
constexpr uint8_t kEchoRequest = 8;
constexpr uint8_t kTimeExceeded = 11;

// By code.
constexpr absl::string_view kUnreachableNames[] = {
    "network",
    "host",
    "protocol",
    "port",
    "fragmentation needed",
    "source route failed",
    "network unknown",
    "host unknown",
    "source host isolated",
    "network prohibited",
    "host prohibited",
    "network, for the type of service",
    "host, for the type of service",
    "communication prohibited",
    "host precedence violation",
    "precedence cutoff",
};
constexpr absl::string_view kTimeExceededNames[] = {"time to live", "reassembly"};

absl::Status UnknownCode(uint8_t type, uint8_t code) {
  return absl::InvalidArgumentError(absl::StrCat("ICMP type ", type, " code ", code));
}

absl::StatusOr<std::vector<uint8_t>> ParseQuote(ByteSpan quote) {
  ByteSpan data;
  const absl::StatusOr<Ipv4Header> header = Ipv4Header::ParseQuoted(quote, &data);
  if (!header.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("ICMP quote: ", header.status().message()));
  }
  const size_t all_data = header->total_length - header->size();
  if (data.size() < std::min(all_data, IcmpMessage::kMinQuotedData)) {
    return absl::InvalidArgumentError(
        absl::StrCat("ICMP quote with ", data.size(), " octets of data"));
  }
  return std::vector<uint8_t>(quote.begin(), quote.end());
}

absl::StatusOr<IcmpMessage> ParseUnreachable(uint8_t code, ByteReader in) {
  if (code >= std::size(kUnreachableNames)) return UnknownCode(kDestinationUnreachable, code);
  IcmpDestinationUnreachable body{.code = static_cast<IcmpUnreachableCode>(code)};
  in.Skip(2);
  const uint16_t mtu = in.U16();  // Unused, and ignored, with every other code.
  if (body.code == IcmpUnreachableCode::kFragmentationNeeded) body.next_hop_mtu = mtu;
  absl::StatusOr<std::vector<uint8_t>> quoted = ParseQuote(in.Rest());
  if (!quoted.ok()) return quoted.status();
  body.quoted = *std::move(quoted);
  return IcmpMessage{std::move(body)};
}

absl::StatusOr<IcmpMessage> ParseTimeExceeded(uint8_t code, ByteReader in) {
  if (code >= std::size(kTimeExceededNames)) return UnknownCode(kTimeExceeded, code);
  in.Skip(4);
  absl::StatusOr<std::vector<uint8_t>> quoted = ParseQuote(in.Rest());
  if (!quoted.ok()) return quoted.status();
  return IcmpMessage{IcmpTimeExceeded{.code = static_cast<IcmpTimeExceededCode>(code),
                                      .quoted = *std::move(quoted)}};
}

absl::StatusOr<IcmpMessage> ParseEcho(uint8_t type, uint8_t code, ByteReader in) {
  if (code != 0) return UnknownCode(type, code);
  IcmpEcho body{.is_reply = type == kEchoReply};
  body.identifier = in.U16();
  body.sequence = in.U16();
  const ByteSpan data = in.Rest();
  body.data.assign(data.begin(), data.end());
  return IcmpMessage{std::move(body)};
}

// What differs between the types, in one shape.
struct Layout {
  uint8_t type = 0;
  uint8_t code = 0;
  uint32_t second_word = 0;
  ByteSpan rest;
};

Layout LayoutOf(const IcmpDestinationUnreachable& body) {
  return {kDestinationUnreachable, static_cast<uint8_t>(body.code), body.next_hop_mtu, body.quoted};
}
Layout LayoutOf(const IcmpTimeExceeded& body) {
  return {kTimeExceeded, static_cast<uint8_t>(body.code), 0, body.quoted};
}
Layout LayoutOf(const IcmpEcho& body) {
  return {body.is_reply ? kEchoReply : kEchoRequest, 0,
          static_cast<uint32_t>(body.identifier) << 16 | body.sequence, body.data};
}

}  // namespace

absl::StatusOr<IcmpMessage> IcmpMessage::Parse(ByteSpan message) {
  if (message.size() < kHeaderSize) return absl::InvalidArgumentError("ICMP header truncated");
  ByteReader in(message);
  const uint8_t type = in.U8();
  const uint8_t code = in.U8();
  in.Skip(2);  // The checksum.
  switch (type) {
    case kDestinationUnreachable:
      return ParseUnreachable(code, in);
    case kTimeExceeded:
      return ParseTimeExceeded(code, in);
    case kEchoReply:
    case kEchoRequest:
      return ParseEcho(type, code, in);
    default:
      return absl::UnimplementedError(absl::StrCat("ICMP type ", type));
  }
}

void IcmpMessage::AppendTo(std::vector<uint8_t>& out) const {
  const Layout layout = std::visit([](const auto& body) { return LayoutOf(body); }, body);
  const size_t front = out.size();
  wire::ByteWriter writer(out);
  writer.U8(layout.type);
  writer.U8(layout.code);
  writer.U16(0);
  writer.U32(layout.second_word);
  writer.Bytes(layout.rest);
  wire::StoreU16(out.data() + front + kChecksumOffset,
                 InternetChecksum(ByteSpan(out).subspan(front)));
}

std::vector<uint8_t> IcmpQuoteOf(ByteSpan datagram) {
  constexpr size_t kLargest =
      Ipv4Header::kMinReassembledSize - Ipv4Header::kMinSize - IcmpMessage::kHeaderSize;
  const ByteSpan quote = datagram.subspan(0, kLargest);
  return std::vector<uint8_t>(quote.begin(), quote.end());
}

absl::Status VerifyIcmpChecksum(ByteSpan message) {
  if (InternetChecksum(message) == 0) return absl::OkStatus();
  const unsigned found = message[kChecksumOffset] << 8 | message[kChecksumOffset + 1];
  return absl::InvalidArgumentError(
      absl::StrCat("ICMP checksum 0x", absl::Hex(found, absl::kZeroPad4), " is wrong"));
}

std::string IcmpMessageToString(const IcmpMessage& message) {
  if (const auto* unreachable = std::get_if<IcmpDestinationUnreachable>(&message.body)) {
    return absl::StrCat("destination unreachable: ",
                        kUnreachableNames[static_cast<size_t>(unreachable->code)]);
  }
  if (const auto* exceeded = std::get_if<IcmpTimeExceeded>(&message.body)) {
    return absl::StrCat("time exceeded: ", kTimeExceededNames[static_cast<size_t>(exceeded->code)]);
  }
  return std::get<IcmpEcho>(message.body).is_reply ? "echo reply" : "echo request";
}

}  // namespace inet
