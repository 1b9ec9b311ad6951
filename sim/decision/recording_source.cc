#include "sim/decision/recording_source.h"

#include <algorithm>
#include <tuple>

#include "sim/decision/base_source.h"

namespace sim {

RecordingSource::RecordingSource(DecisionSource& decides, std::optional<uint64_t> base_seed)
    : decides_(decides), base_seed_(base_seed), base_(MakeBaseSource(base_seed)) {}

uint32_t RecordingSource::OpenStream(absl::string_view name) {
  streams_.push_back({.name = std::string(name),
                      .in_decides = decides_.OpenStream(name),
                      .in_base = base_->OpenStream(name),
                      .differing = {}});
  return static_cast<uint32_t>(streams_.size() - 1);
}

bool RecordingSource::Branch(uint32_t stream, uint64_t n, Ratio strikes) {
  Stream& drawn = streams_[stream];
  const bool value = decides_.Branch(drawn.in_decides, n, strikes);
  if (value != base_->Branch(drawn.in_base, n, strikes)) drawn.differing.emplace_back(n, value);
  return value;
}

uint64_t RecordingSource::Magnitude(uint32_t stream, uint64_t n, uint64_t bound) {
  Stream& drawn = streams_[stream];
  const uint64_t value = decides_.Magnitude(drawn.in_decides, n, bound);
  if (value != base_->Magnitude(drawn.in_base, n, bound)) drawn.differing.emplace_back(n, value);
  return value;
}

DecisionRecord RecordingSource::record() const {
  DecisionRecord record{.seed = base_seed_, .draws = {}};
  for (const Stream& stream : streams_) {
    for (const auto& [n, value] : stream.differing) record.draws.push_back({stream.name, n, value});
  }
  std::sort(record.draws.begin(), record.draws.end(), [](const Draw& a, const Draw& b) {
    return std::tie(a.stream, a.n) < std::tie(b.stream, b.n);
  });
  return record;
}

}  // namespace sim
