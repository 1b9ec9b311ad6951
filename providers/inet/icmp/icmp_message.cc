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

using wire::ByteSpan;

constexpr absl::string_view kName = "ICMP";

// Types, RFC 792.
constexpr uint8_t kEchoReply = 0;
constexpr uint8_t kDestinationUnreachable = 3;
constexpr uint8_t kEchoRequest = 8;
constexpr uint8_t kTimeExceeded = 11;
constexpr uint8_t kParameterProblem = 12;

constexpr int kPointerShift = 24;  // it is the first octet of the header's second word

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
constexpr absl::string_view kParameterNames[] = {"erroneous field", "missing option", "bad length"};

absl::StatusOr<std::vector<uint8_t>> ParseQuote(ByteSpan quote) {
  ByteSpan data;
  const absl::StatusOr<Ipv4Header> header = Ipv4Header::ParseQuoted(quote, &data);
  if (!header.ok()) return BadIcmpQuote(kName, header.status());
  const size_t all_data = header->total_length - header->size();
  if (data.size() < std::min(all_data, IcmpMessage::kMinQuotedData)) {
    return absl::InvalidArgumentError(
        absl::StrCat("ICMP quote with ", data.size(), " octets of data"));
  }
  return std::vector<uint8_t>(quote.begin(), quote.end());
}

absl::StatusOr<IcmpMessage> ParseUnreachable(const IcmpLayout& layout) {
  if (layout.code >= std::size(kUnreachableNames)) return UnknownIcmpCode(kName, layout);
  IcmpDestinationUnreachable body{.code = static_cast<IcmpUnreachableCode>(layout.code)};
  if (body.code == IcmpUnreachableCode::kFragmentationNeeded) {
    body.next_hop_mtu = static_cast<uint16_t>(layout.number);  // Unused with every other code.
  }
  absl::StatusOr<std::vector<uint8_t>> quoted = ParseQuote(layout.rest);
  if (!quoted.ok()) return quoted.status();
  body.quoted = *std::move(quoted);
  return IcmpMessage{std::move(body)};
}

absl::StatusOr<IcmpMessage> ParseTimeExceeded(const IcmpLayout& layout) {
  if (layout.code >= std::size(kTimeExceededNames)) return UnknownIcmpCode(kName, layout);
  absl::StatusOr<std::vector<uint8_t>> quoted = ParseQuote(layout.rest);
  if (!quoted.ok()) return quoted.status();
  return IcmpMessage{IcmpTimeExceeded{.code = static_cast<IcmpTimeExceededCode>(layout.code),
                                      .quoted = *std::move(quoted)}};
}

absl::StatusOr<IcmpMessage> ParseParameterProblem(const IcmpLayout& layout) {
  if (layout.code >= std::size(kParameterNames)) return UnknownIcmpCode(kName, layout);
  absl::StatusOr<std::vector<uint8_t>> quoted = ParseQuote(layout.rest);
  if (!quoted.ok()) return quoted.status();
  return IcmpMessage{
      IcmpParameterProblem{.code = static_cast<IcmpParameterCode>(layout.code),
                           .pointer = static_cast<uint8_t>(layout.number >> kPointerShift),
                           .quoted = *std::move(quoted)}};
}

IcmpLayout LayoutOf(const IcmpDestinationUnreachable& body) {
  return {kDestinationUnreachable, static_cast<uint8_t>(body.code), body.next_hop_mtu, body.quoted};
}
IcmpLayout LayoutOf(const IcmpTimeExceeded& body) {
  return {kTimeExceeded, static_cast<uint8_t>(body.code), 0, body.quoted};
}
IcmpLayout LayoutOf(const IcmpParameterProblem& body) {
  return {kParameterProblem, static_cast<uint8_t>(body.code),
          static_cast<uint32_t>(body.pointer) << kPointerShift, body.quoted};
}
IcmpLayout LayoutOf(const IcmpEcho& body) {
  return body.As(body.is_reply ? kEchoReply : kEchoRequest);
}

std::string TextOf(const IcmpDestinationUnreachable& body) {
  return absl::StrCat("destination unreachable: ",
                      kUnreachableNames[static_cast<size_t>(body.code)]);
}
std::string TextOf(const IcmpTimeExceeded& body) {
  return absl::StrCat("time exceeded: ", kTimeExceededNames[static_cast<size_t>(body.code)]);
}
std::string TextOf(const IcmpParameterProblem& body) {
  return absl::StrCat("parameter problem: ", kParameterNames[static_cast<size_t>(body.code)]);
}
std::string TextOf(const IcmpEcho& body) { return body.is_reply ? "echo reply" : "echo request"; }

}  // namespace

absl::StatusOr<IcmpMessage> IcmpMessage::Parse(ByteSpan message) {
  const absl::StatusOr<IcmpLayout> layout = IcmpLayout::Parse(message, kName);
  if (!layout.ok()) return layout.status();
  switch (layout->type) {
    case kDestinationUnreachable:
      return ParseUnreachable(*layout);
    case kTimeExceeded:
      return ParseTimeExceeded(*layout);
    case kParameterProblem:
      return ParseParameterProblem(*layout);
    case kEchoReply:
    case kEchoRequest:
      if (layout->code != 0) return UnknownIcmpCode(kName, *layout);
      return IcmpMessage{IcmpEcho::Of(*layout, layout->type == kEchoReply)};
    default:
      return absl::UnimplementedError(absl::StrCat("ICMP type ", layout->type));
  }
}

void IcmpMessage::AppendTo(std::vector<uint8_t>& out) const {
  const size_t front =
      std::visit([](const auto& body) { return LayoutOf(body); }, body).AppendTo(out);
  wire::StoreU16(out.data() + front + IcmpLayout::kChecksumOffset,
                 InternetChecksum(ByteSpan(out).subspan(front)));
}

std::vector<uint8_t> IcmpQuoteOf(ByteSpan datagram) {
  constexpr size_t kLargest =
      Ipv4Header::kMinReassembledSize - Ipv4Header::kMinSize - IcmpMessage::kHeaderSize;
  return BeginningOf(datagram, kLargest);
}

absl::Status VerifyIcmpChecksum(ByteSpan message) {
  if (InternetChecksum(message) == 0) return absl::OkStatus();
  wire::ByteReader in(message.subspan(IcmpLayout::kChecksumOffset));
  const uint16_t found = in.U16();
  return absl::InvalidArgumentError(
      absl::StrCat("ICMP checksum 0x", absl::Hex(found, absl::kZeroPad4), " is wrong"));
}

std::string IcmpMessageToString(const IcmpMessage& message) {
  return std::visit([](const auto& body) { return TextOf(body); }, message.body);
}

}  // namespace inet
