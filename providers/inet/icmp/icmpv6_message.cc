#include "providers/inet/icmp/icmpv6_message.h"

#include <iterator>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "providers/inet/ipv6/ipv6_header.h"

namespace inet {
namespace {

using wire::ByteReader;
using wire::ByteSpan;

constexpr size_t kChecksumOffset = 2;  // octets before the checksum field

// Types, RFC 4443 2.1.
constexpr uint8_t kDestinationUnreachable = 1;
constexpr uint8_t kPacketTooBig = 2;
constexpr uint8_t kTimeExceeded = 3;
constexpr uint8_t kParameterProblem = 4;
constexpr uint8_t kEchoRequest = 128;
constexpr uint8_t kEchoReply = 129;

// By code.
constexpr absl::string_view kUnreachableNames[] = {
    "no route", "prohibited",    "beyond the scope", "address",
    "port",     "source policy", "reject route",
};
constexpr absl::string_view kTimeExceededNames[] = {"hop limit", "reassembly"};
constexpr absl::string_view kParameterNames[] = {
    "erroneous field",
    "unrecognized next header",
    "unrecognized option",
    "incomplete chain",
};

absl::Status UnknownCode(uint8_t type, uint8_t code) {
  return absl::InvalidArgumentError(absl::StrCat("ICMPv6 type ", type, " code ", code));
}

// How many codes a type has.
size_t CodesOf(uint8_t type) {
  switch (type) {
    case kDestinationUnreachable:
      return std::size(kUnreachableNames);
    case kTimeExceeded:
      return std::size(kTimeExceededNames);
    case kParameterProblem:
      return std::size(kParameterNames);
    default:
      return 1;
  }
}

// `in` stands behind the checksum.
absl::StatusOr<Icmpv6Message> ParseError(uint8_t type, uint8_t code, ByteReader in) {
  // Codes of packet too big are ignored, RFC 4443 3.2.
  if (type != kPacketTooBig && code >= CodesOf(type)) return UnknownCode(type, code);
  const uint32_t parameter = in.U32();
  const ByteSpan quote = in.Rest();
  const absl::StatusOr<Ipv6Header> header = Ipv6Header::ParseQuoted(quote);
  if (!header.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("ICMPv6 quote: ", header.status().message()));
  }
  std::vector<uint8_t> quoted(quote.begin(), quote.end());
  switch (type) {
    case kDestinationUnreachable:
      return Icmpv6Message{Icmpv6DestinationUnreachable{
          .code = static_cast<Icmpv6UnreachableCode>(code), .quoted = std::move(quoted)}};
    case kPacketTooBig:
      return Icmpv6Message{Icmpv6PacketTooBig{.mtu = parameter, .quoted = std::move(quoted)}};
    case kTimeExceeded:
      return Icmpv6Message{Icmpv6TimeExceeded{.code = static_cast<Icmpv6TimeExceededCode>(code),
                                              .quoted = std::move(quoted)}};
    default:
      return Icmpv6Message{Icmpv6ParameterProblem{.code = static_cast<Icmpv6ParameterCode>(code),
                                                  .pointer = parameter,
                                                  .quoted = std::move(quoted)}};
  }
}

absl::StatusOr<Icmpv6Message> ParseEcho(uint8_t type, uint8_t code, ByteReader in) {
  if (code != 0) return UnknownCode(type, code);
  Icmpv6Echo body{.is_reply = type == kEchoReply};
  body.identifier = in.U16();
  body.sequence = in.U16();
  const ByteSpan data = in.Rest();
  body.data.assign(data.begin(), data.end());
  return Icmpv6Message{std::move(body)};
}

// What differs between the types, in one shape.
struct Layout {
  uint8_t type = 0;
  uint8_t code = 0;
  uint32_t second_word = 0;
  ByteSpan rest;
};

Layout LayoutOf(const Icmpv6DestinationUnreachable& body) {
  return {kDestinationUnreachable, static_cast<uint8_t>(body.code), 0, body.quoted};
}
Layout LayoutOf(const Icmpv6PacketTooBig& body) {
  return {kPacketTooBig, 0, body.mtu, body.quoted};
}
Layout LayoutOf(const Icmpv6TimeExceeded& body) {
  return {kTimeExceeded, static_cast<uint8_t>(body.code), 0, body.quoted};
}
Layout LayoutOf(const Icmpv6ParameterProblem& body) {
  return {kParameterProblem, static_cast<uint8_t>(body.code), body.pointer, body.quoted};
}
Layout LayoutOf(const Icmpv6Echo& body) {
  return {body.is_reply ? kEchoReply : kEchoRequest, 0,
          static_cast<uint32_t>(body.identifier) << 16 | body.sequence, body.data};
}

std::string TextOf(const Icmpv6DestinationUnreachable& body) {
  return absl::StrCat("destination unreachable: ",
                      kUnreachableNames[static_cast<size_t>(body.code)]);
}
std::string TextOf(const Icmpv6PacketTooBig& body) {
  return absl::StrCat("packet too big: MTU ", body.mtu);
}
std::string TextOf(const Icmpv6TimeExceeded& body) {
  return absl::StrCat("time exceeded: ", kTimeExceededNames[static_cast<size_t>(body.code)]);
}
std::string TextOf(const Icmpv6ParameterProblem& body) {
  return absl::StrCat("parameter problem: ", kParameterNames[static_cast<size_t>(body.code)]);
}
std::string TextOf(const Icmpv6Echo& body) { return body.is_reply ? "echo reply" : "echo request"; }

}  // namespace

absl::StatusOr<Icmpv6Message> Icmpv6Message::Parse(ByteSpan message) {
  if (message.size() < kHeaderSize) return absl::InvalidArgumentError("ICMPv6 header truncated");
  ByteReader in(message);
  const uint8_t type = in.U8();
  const uint8_t code = in.U8();
  in.Skip(2);  // The checksum.
  switch (type) {
    case kDestinationUnreachable:
    case kPacketTooBig:
    case kTimeExceeded:
    case kParameterProblem:
      return ParseError(type, code, in);
    case kEchoRequest:
    case kEchoReply:
      return ParseEcho(type, code, in);
    default:
      return absl::UnimplementedError(absl::StrCat("ICMPv6 type ", type));
  }
}

void Icmpv6Message::AppendTo(std::vector<uint8_t>& out, const PseudoHeader& pseudo_header) const {
  const Layout layout = std::visit([](const auto& body) { return LayoutOf(body); }, body);
  const size_t front = out.size();
  wire::ByteWriter writer(out);
  writer.U8(layout.type);
  writer.U8(layout.code);
  writer.U16(0);
  writer.U32(layout.second_word);
  writer.Bytes(layout.rest);
  wire::StoreU16(out.data() + front + kChecksumOffset,
                 pseudo_header.Checksum(ByteSpan(out).subspan(front)));
}

std::vector<uint8_t> Icmpv6QuoteOf(ByteSpan packet) {
  constexpr size_t kLargest = Ipv6Header::kMinMtu - Ipv6Header::kSize - Icmpv6Message::kHeaderSize;
  const ByteSpan quote = packet.subspan(0, kLargest);
  return std::vector<uint8_t>(quote.begin(), quote.end());
}

std::string Icmpv6MessageToString(const Icmpv6Message& message) {
  return std::visit([](const auto& body) { return TextOf(body); }, message.body);
}

}  // namespace inet
