#include "sim/decision/decisions.h"

namespace sim {

bool DecisionStream::Strikes(Ratio strikes) {
  last_event_ = 0;
  if (strikes.billionths == 0) return false;
  if (strikes.billionths >= Ratio::kOne) return true;
  const bool value = decisions_.source_.Branch(in_source_, draws_, strikes);
  OnDrawn({.kind = TraceKind::kDecision, .code = 0, .name = "branch"}, value ? 1 : 0);
  return value;
}

uint64_t DecisionStream::Below(uint64_t bound) {
  last_event_ = 0;
  if (bound <= 1) return 0;
  const uint64_t value = decisions_.source_.Magnitude(in_source_, draws_, bound);
  OnDrawn({.kind = TraceKind::kDecision, .code = 1, .name = "magnitude"}, value);
  return value;
}

void DecisionStream::OnDrawn(TraceEvent event, uint64_t value) {
  event.numbers = {number_, static_cast<int64_t>(draws_), static_cast<int64_t>(value)};
  event.text = name_;
  last_event_ = decisions_.trace_.Record(event);
  ++draws_;
  ++decisions_.count_;
}

DecisionStream& Decisions::Stream(absl::string_view name) {
  if (auto found = streams_.find(name); found != streams_.end()) return *found->second;
  const uint32_t number = static_cast<uint32_t>(streams_.size()) + 1;
  // The constructor is private to the two of us.
  std::unique_ptr<DecisionStream> stream(
      new DecisionStream(*this, name, number, source_.OpenStream(name)));
  return *streams_.emplace(std::string(name), std::move(stream)).first->second;
}

}  // namespace sim
