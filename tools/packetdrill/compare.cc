#include "tools/packetdrill/compare.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "providers/inet/tcp/tcp_header.h"
#include "tools/packetdrill/packet_options.h"

namespace wsim::packetdrill {
namespace {

using Flag = inet::TcpHeader;

constexpr absl::string_view kEcnNames[] = {"noecn", "ect1", "ect0", "ce"};  // by the field's value

class Comparison {
 public:
  template <typename T>
  void Field(absl::string_view name, const T& expected, const T& sent) {
    if (!(expected == sent)) Note(name, absl::StrCat(expected), absl::StrCat(sent));
  }
  void Note(absl::string_view name, std::string expected, std::string sent) {
    differences_.push_back({std::string(name), std::move(expected), std::move(sent)});
  }
  std::vector<Difference> Take() { return std::move(differences_); }

 private:
  std::vector<Difference> differences_;
};

bool HasEcn(EcnSpec expected, uint8_t ecn) {
  switch (expected) {
    case EcnSpec::kUnsaid:
      return true;
    case EcnSpec::kNotCapable:
      return ecn == 0;
    case EcnSpec::kEct1:
      return ecn == 1;
    case EcnSpec::kEct0:
      return ecn == 2;
    case EcnSpec::kCe:
      return ecn == 3;
    case EcnSpec::kEitherEct:
      return ecn == 1 || ecn == 2;
  }
  return false;
}

std::string EcnName(EcnSpec ecn) {
  switch (ecn) {
    case EcnSpec::kUnsaid:
      return "any";
    case EcnSpec::kNotCapable:
      return "noecn";
    case EcnSpec::kEct1:
      return "ect1";
    case EcnSpec::kEct0:
      return "ect0";
    case EcnSpec::kCe:
      return "ce";
    case EcnSpec::kEitherEct:
      return "ect01";
  }
  return "";
}

void CompareNetwork(const NetworkSpec& expected, const Packet& sent, Comparison& comparison) {
  const auto ecn = static_cast<uint8_t>(sent.traffic_class & 3);
  if (!HasEcn(expected.ecn, ecn)) {
    comparison.Note("ECN", EcnName(expected.ecn), std::string(kEcnNames[ecn]));
  }
  if (expected.traffic_class.has_value()) {
    comparison.Field<int>(sent.is_ipv6() ? "class" : "tos", *expected.traffic_class,
                          sent.traffic_class);
  }
  if (expected.hop_limit.has_value()) {
    comparison.Field<int>("ttl", *expected.hop_limit, sent.hop_limit);
  }
  if (expected.flow_label.has_value()) {
    comparison.Field("flowlabel", *expected.flow_label, sent.flow_label);
  }
}

bool IsSameOption(const OptionSpec& expected, const OptionSpec& sent) {
  if (expected.kind != sent.kind) return false;
  if (expected.kind == OptionSpec::Kind::kTimestamps) {
    return expected.echo_reply == sent.echo_reply;
  }
  return expected.value == sent.value && expected.sack == sent.sack &&
         expected.octets == sent.octets;
}

void CompareOptions(const TcpSpec& expected, const Packet& sent, Comparison& comparison) {
  if (expected.any_options) return;
  if (std::equal(expected.options.begin(), expected.options.end(), sent.options.begin(),
                 sent.options.end(), IsSameOption)) {
    return;
  }
  const auto text = [](const std::vector<OptionSpec>& options) {
    return options.empty() ? std::string("none") : ToString(absl::MakeConstSpan(options));
  };
  comparison.Note("options", text(expected.options), text(sent.options));
}

}  // namespace

std::vector<Difference> Compare(const PacketEvent& expected, const Packet& sent) {
  Comparison comparison;
  CompareNetwork(expected.network, sent, comparison);
  const auto& tcp = std::get<TcpSpec>(expected.body);
  if (tcp.flags != sent.flags) {
    comparison.Note("flags", FlagsToString(tcp.flags), FlagsToString(sent.flags));
  }
  if (!tcp.any_seq) comparison.Field("seq", tcp.seq, sent.seq);
  comparison.Field("length", tcp.payload, sent.payload.size());
  if (tcp.ack.has_value() && (sent.flags & Flag::kAck) != 0) {
    comparison.Field("ack", *tcp.ack, sent.ack);
  }
  if (tcp.window.has_value()) comparison.Field("win", *tcp.window, sent.window);
  comparison.Field("urg", tcp.urgent_pointer, sent.urgent_pointer);
  comparison.Field<int>("reserved bits", 0, sent.reserved);
  CompareOptions(tcp, sent, comparison);
  const bool is_zero = std::all_of(sent.payload.begin(), sent.payload.end(),
                                   [](uint8_t octet) { return octet == 0; });
  if (!is_zero) comparison.Note("payload", "zeros", "other octets");
  return comparison.Take();
}

std::string ToString(const Packet& packet) {
  std::string text = absl::StrCat(FlagsToString(packet.flags), " ", packet.seq, ":",
                                  packet.seq + static_cast<uint32_t>(packet.payload.size()), "(",
                                  packet.payload.size(), ")");
  if ((packet.flags & Flag::kAck) != 0) absl::StrAppend(&text, " ack ", packet.ack);
  absl::StrAppend(&text, " win ", packet.window);
  if (packet.urgent_pointer != 0) absl::StrAppend(&text, " urg ", packet.urgent_pointer);
  if (!packet.options.empty()) {
    absl::StrAppend(&text, " ", ToString(absl::MakeConstSpan(packet.options)));
  }
  return text;
}

std::string ToString(const std::vector<Difference>& differences) {
  return absl::StrJoin(differences, "; ", [](std::string* out, const Difference& difference) {
    absl::StrAppend(out, difference.field, ": expected ", difference.expected, ", sent ",
                    difference.sent);
  });
}

}  // namespace wsim::packetdrill
