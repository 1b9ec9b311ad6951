#include "tools/dissect/tcp_labels.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "providers/inet/tcp/tcp_header.h"
#include "tools/dissect/quote_octets.h"

namespace wsim {
namespace {

using inet::TcpHeader;

// The flags besides those that are on nearly every segment: "FIN", "SYN URG".
std::string RareFlags(const TcpHeader& header) {
  const auto flags = static_cast<uint16_t>(header.flags & ~(TcpHeader::kAck | TcpHeader::kPsh));
  if (flags == 0) return "";
  return absl::StrReplaceAll(inet::TcpFlagsToString(flags), {{",", " "}});
}

}  // namespace

std::optional<uint32_t> TcpLabels::Relative(const Flow& flow, inet::SeqNum seq) const {
  const auto initial = initial_.find(flow);
  if (initial == initial_.end()) return std::nullopt;
  return initial->second.DistanceTo(seq);
}

std::string TcpLabels::Label(const inet::IpAddress& source, const inet::IpAddress& destination,
                             absl::Span<const uint8_t> segment) {
  absl::Span<const uint8_t> payload;
  const absl::StatusOr<TcpHeader> header = TcpHeader::Parse(segment, &payload);
  if (!header.ok()) return "TCP, malformed";
  const Flow flow{{source, header->source_port}, {destination, header->destination_port}};
  const Flow back{flow.second, flow.first};
  if (header->Has(TcpHeader::kSyn)) {
    initial_[flow] = header->seq;
    return WithData(header->Has(TcpHeader::kAck) ? "SYN ACK" : "SYN", payload);
  }

  std::string label = RareFlags(*header);
  if (!payload.empty()) label = label.empty() ? "data" : absl::StrCat("data ", label);
  const bool is_reset = header->Has(TcpHeader::kRst);
  const std::optional<uint32_t> seq = Relative(flow, header->seq);
  if (!label.empty() && seq.has_value() && !is_reset) absl::StrAppend(&label, " ", *seq);
  if (!payload.empty()) return WithData(label, payload);
  const std::optional<uint32_t> ack = Relative(back, header->ack);
  if (header->Has(TcpHeader::kAck) && ack.has_value() && !is_reset) {
    absl::StrAppend(&label, label.empty() ? "" : ", ", "ACK ", *ack);
    for (const inet::TcpSackBlock& block : header->options.sack_blocks) {
      absl::StrAppend(&label, ", SACK ", Relative(back, block.left_edge).value_or(0), "-",
                      Relative(back, block.right_edge).value_or(0));
    }
    if (header->window == 0) absl::StrAppend(&label, ", window 0");
  }
  return label.empty() ? "ACK" : label;
}

}  // namespace wsim
