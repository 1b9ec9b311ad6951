#include "providers/inet/tcp/tcp_segment.h"

#include <array>
#include <cstddef>

#include "absl/strings/str_cat.h"

namespace inet {
namespace {

constexpr size_t kNames = 256;  // combinations of the flags but AE
constexpr size_t kMaxNameSize = 32;

struct Name {
  std::array<char, kMaxNameSize> text{};
  size_t size = 0;
};

constexpr std::array<Name, kNames> MakeNames() {
  struct Flag {
    uint16_t bit;
    std::array<char, 4> name;
  };
  constexpr Flag kFlags[] = {{TcpHeader::kSyn, {"SYN"}}, {TcpHeader::kFin, {"FIN"}},
                             {TcpHeader::kRst, {"RST"}}, {TcpHeader::kPsh, {"PSH"}},
                             {TcpHeader::kUrg, {"URG"}}, {TcpHeader::kAck, {"ACK"}},
                             {TcpHeader::kEce, {"ECE"}}, {TcpHeader::kCwr, {"CWR"}}};
  std::array<Name, kNames> names{};
  for (size_t flags = 0; flags < kNames; ++flags) {
    Name& name = names[flags];
    for (const Flag& flag : kFlags) {
      if ((flags & flag.bit) == 0) continue;
      if (name.size != 0) name.text[name.size++] = ' ';
      for (size_t i = 0; i < 3; ++i) name.text[name.size++] = flag.name[i];
    }
  }
  return names;
}

constexpr std::array<Name, kNames> kSegmentNames = MakeNames();

}  // namespace

absl::string_view TcpSegmentName(uint16_t flags) {
  const Name& name = kSegmentNames[flags % kNames];
  return name.size == 0 ? "no flags" : absl::string_view(name.text.data(), name.size);
}

std::string TcpSegmentText(const TcpSegment& segment) {
  const TcpHeader& header = segment.header;
  std::string text = absl::StrCat("seq ", header.seq.value());
  if (header.Has(TcpHeader::kAck)) absl::StrAppend(&text, " ack ", header.ack.value());
  absl::StrAppend(&text, " len ", segment.payload.size(), " win ", header.window);
  if (header.Has(TcpHeader::kUrg)) absl::StrAppend(&text, " urg ", header.urgent_pointer);
  if (header.options.max_segment_size.has_value()) {
    absl::StrAppend(&text, " mss ", *header.options.max_segment_size);
  }
  if (header.options.window_scale.has_value()) {
    absl::StrAppend(&text, " scale ", *header.options.window_scale);
  }
  if (const auto& timestamps = header.options.timestamps) {
    absl::StrAppend(&text, " ts ", timestamps->value, " ecr ", timestamps->echo_reply);
  }
  if (header.options.sack_permitted) absl::StrAppend(&text, " sack-permitted");
  for (const TcpSackBlock& block : header.options.sack_blocks) {
    absl::StrAppend(&text, " sack ", block.left_edge.value(), "-", block.right_edge.value());
  }
  return text;
}

TcpHeader ResetFor(const TcpSegment& segment) {
  const TcpHeader& in = segment.header;
  TcpHeader reset{.source_port = in.destination_port, .destination_port = in.source_port};
  if (in.Has(TcpHeader::kAck)) {
    reset.seq = in.ack;
    reset.flags = TcpHeader::kRst;
  } else {
    reset.ack = in.seq + segment.length();
    reset.flags = TcpHeader::kRst | TcpHeader::kAck;
  }
  return reset;
}

sim::TraceId TraceSegment(sim::Trace& trace, sim::TraceKind kind, uint64_t subject,
                          const TcpSegment& segment) {
  if (!trace.is_on()) return 0;
  const TcpHeader& header = segment.header;
  sim::TraceEvent event{.kind = kind,
                        .code = header.flags,
                        .subject = subject,
                        .numbers = {header.seq.value(), header.ack.value(),
                                    static_cast<int64_t>(segment.payload.size()), header.window},
                        .name = TcpSegmentName(header.flags)};
  std::string text;
  if (trace.wants_text()) event.text = text = TcpSegmentText(segment);
  return trace.Record(event);
}

}  // namespace inet
