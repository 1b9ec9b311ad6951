// What a protocol of one host discards: traced, and counted by reason.
#ifndef PROVIDERS_INET_DROP_COUNTER_H_
#define PROVIDERS_INET_DROP_COUNTER_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "sim/trace/trace.h"

namespace inet {

// Reasons are the codes of TraceKind::kPduDropped, below kCodes. Nothing is discarded but through
// it, so that what is counted is what was traced.
template <class Reason, size_t kCodes>
class DropCounter {
 public:
  // `trace` outlives it.
  explicit DropCounter(sim::Trace& trace) : trace_(trace) {}

  // `subject`: the connection's number; 0: it was for none. `name`: what was discarded. `text` and
  // `clause` are literals, or live through the call.
  void Record(Reason reason, uint64_t subject, absl::string_view name, absl::string_view text,
              absl::string_view clause) {
    ++counts_[static_cast<size_t>(reason)];
    trace_.Record({.kind = sim::TraceKind::kPduDropped,
                   .code = static_cast<uint32_t>(reason),
                   .subject = subject,
                   .name = name,
                   .text = text,
                   .clause = clause});
  }
  uint64_t count(Reason reason) const { return counts_[static_cast<size_t>(reason)]; }

 private:
  sim::Trace& trace_;
  std::array<uint64_t, kCodes> counts_{};
};

}  // namespace inet

#endif  // PROVIDERS_INET_DROP_COUNTER_H_
