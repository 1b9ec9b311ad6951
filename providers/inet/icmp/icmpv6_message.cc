#include "providers/inet/icmp/icmpv6_message.h"

#include <iterator>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "providers/inet/ipv6/ipv6_header.h"

namespace inet {
namespace {

using wire::ByteSpan;

constexpr absl::string_view kName = "ICMPv6";

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

absl::StatusOr<Icmpv6Message> ParseError(const IcmpLayout& layout) {
  // Codes of packet too big are ignored, RFC 4443 3.2.
  if (layout.type != kPacketTooBig && layout.code >= CodesOf(layout.type)) {
    return UnknownIcmpCode(kName, layout);
  }
  const absl::StatusOr<Ipv6Header> header = Ipv6Header::ParseQuoted(layout.rest);
  if (!header.ok()) return BadIcmpQuote(kName, header.status());
  std::vector<uint8_t> quoted(layout.rest.begin(), layout.rest.end());
  switch (layout.type) {
    case kDestinationUnreachable:
      return Icmpv6Message{Icmpv6DestinationUnreachable{
          .code = static_cast<Icmpv6UnreachableCode>(layout.code), .quoted = std::move(quoted)}};
    case kPacketTooBig:
      return Icmpv6Message{Icmpv6PacketTooBig{.mtu = layout.number, .quoted = std::move(quoted)}};
    case kTimeExceeded:
      return Icmpv6Message{Icmpv6TimeExceeded{
          .code = static_cast<Icmpv6TimeExceededCode>(layout.code), .quoted = std::move(quoted)}};
    default:
      return Icmpv6Message{
          Icmpv6ParameterProblem{.code = static_cast<Icmpv6ParameterCode>(layout.code),
                                 .pointer = layout.number,
                                 .quoted = std::move(quoted)}};
  }
}

IcmpLayout LayoutOf(const Icmpv6DestinationUnreachable& body) {
  return {kDestinationUnreachable, static_cast<uint8_t>(body.code), 0, body.quoted};
}
IcmpLayout LayoutOf(const Icmpv6PacketTooBig& body) {
  return {kPacketTooBig, 0, body.mtu, body.quoted};
}
IcmpLayout LayoutOf(const Icmpv6TimeExceeded& body) {
  return {kTimeExceeded, static_cast<uint8_t>(body.code), 0, body.quoted};
}
IcmpLayout LayoutOf(const Icmpv6ParameterProblem& body) {
  return {kParameterProblem, static_cast<uint8_t>(body.code), body.pointer, body.quoted};
}
IcmpLayout LayoutOf(const IcmpEcho& body) {
  return body.As(body.is_reply ? kEchoReply : kEchoRequest);
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
std::string TextOf(const IcmpEcho& body) { return body.is_reply ? "echo reply" : "echo request"; }

}  // namespace

absl::StatusOr<Icmpv6Message> Icmpv6Message::Parse(ByteSpan message) {
  const absl::StatusOr<IcmpLayout> layout = IcmpLayout::Parse(message, kName);
  if (!layout.ok()) return layout.status();
  switch (layout->type) {
    case kDestinationUnreachable:
    case kPacketTooBig:
    case kTimeExceeded:
    case kParameterProblem:
      return ParseError(*layout);
    case kEchoRequest:
    case kEchoReply:
      if (layout->code != 0) return UnknownIcmpCode(kName, *layout);
      return Icmpv6Message{IcmpEcho::Of(*layout, layout->type == kEchoReply)};
    default:
      return absl::UnimplementedError(absl::StrCat("ICMPv6 type ", layout->type));
  }
}

void Icmpv6Message::AppendTo(std::vector<uint8_t>& out, const PseudoHeader& pseudo_header) const {
  const size_t front =
      std::visit([](const auto& body) { return LayoutOf(body); }, body).AppendTo(out);
  wire::StoreU16(out.data() + front + IcmpLayout::kChecksumOffset,
                 pseudo_header.Checksum(ByteSpan(out).subspan(front)));
}

std::vector<uint8_t> Icmpv6QuoteOf(ByteSpan packet) {
  constexpr size_t kLargest = Ipv6Header::kMinMtu - Ipv6Header::kSize - Icmpv6Message::kHeaderSize;
  return BeginningOf(packet, kLargest);
}

std::string Icmpv6MessageToString(const Icmpv6Message& message) {
  return std::visit([](const auto& body) { return TextOf(body); }, message.body);
}

}  // namespace inet
