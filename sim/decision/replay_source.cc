#include "sim/decision/replay_source.h"

#include <algorithm>
#include <utility>

#include "sim/decision/base_source.h"

namespace sim {

ReplaySource::ReplaySource(const DecisionRecord& record)
    : base_(MakeBaseSource(record.seed)), unused_(record.draws.size()) {
  for (const Draw& draw : record.draws) unopened_[draw.stream][draw.n] = draw.value;
}

uint32_t ReplaySource::OpenStream(absl::string_view name) {
  Stream stream{.in_base = base_->OpenStream(name), .values = {}};
  if (auto found = unopened_.find(name); found != unopened_.end()) {
    stream.values = std::move(found->second);
    unopened_.erase(found);
  }
  streams_.push_back(std::move(stream));
  return static_cast<uint32_t>(streams_.size() - 1);
}

bool ReplaySource::Take(Stream& stream, uint64_t n, uint64_t& value) {
  const auto found = stream.values.find(n);
  if (found == stream.values.end()) return false;
  value = found->second;
  stream.values.erase(found);
  --unused_;
  return true;
}

bool ReplaySource::Branch(uint32_t stream, uint64_t n, Ratio strikes) {
  uint64_t value;
  if (Take(streams_[stream], n, value)) return value != 0;
  return base_->Branch(streams_[stream].in_base, n, strikes);
}

uint64_t ReplaySource::Magnitude(uint32_t stream, uint64_t n, uint64_t bound) {
  uint64_t value;
  if (Take(streams_[stream], n, value)) return std::min(value, bound - 1);
  return base_->Magnitude(streams_[stream].in_base, n, bound);
}

}  // namespace sim
