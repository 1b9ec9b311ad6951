#include "providers/inet/tcp/tcp_drop.h"

namespace inet {

void TcpDrops::Record(TcpDrop drop, uint64_t subject, absl::string_view name,
                      absl::string_view text, absl::string_view clause) {
  ++counts_[static_cast<size_t>(drop)];
  trace_.Record({.kind = sim::TraceKind::kPduDropped,
                 .code = static_cast<uint32_t>(drop),
                 .subject = subject,
                 .name = name,
                 .text = text,
                 .clause = clause});
}

}  // namespace inet
