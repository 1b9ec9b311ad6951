#include "sim/trace/fingerprint.h"

#include "absl/strings/str_cat.h"

namespace sim {

void Fingerprint::OnTraceEvent(const TraceEvent& event) {
  hash_.Add(static_cast<uint64_t>(event.kind) << 32 | event.code);
  hash_.Add(event.subject);
  for (int64_t number : event.numbers) hash_.Add(static_cast<uint64_t>(number));
  hash_.AddOctets(event.octets);
  hash_.Add(event.id);
  hash_.Add(static_cast<uint64_t>(event.time.nanoseconds()));
  for (TraceId cause : event.causes) hash_.Add(cause);
  hash_.Add(event.host);
  hash_.Add(static_cast<uint64_t>(event.process) << 32 | event.thread);
}

std::string Fingerprint::ToString() const {
  return absl::StrCat(absl::Hex(value(), absl::kZeroPad16));
}

}  // namespace sim
