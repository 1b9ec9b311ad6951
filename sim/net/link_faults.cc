#include "sim/net/link_faults.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace sim {
namespace {

constexpr std::array<absl::string_view, 7> kKindNames = {
    "loss", "duplicate", "corrupt", "corrupt-bit", "jitter", "reorder", "reorder-delay"};

constexpr size_t kEthernetHeader = 14;  // octets

uint64_t Nanoseconds(absl::Duration span) {
  return static_cast<uint64_t>(absl::ToInt64Nanoseconds(span));
}

}  // namespace

LinkFaults::LinkFaults(Decisions& decisions, std::string direction)
    : decisions_(decisions), direction_(std::move(direction)) {}

std::optional<uint64_t> LinkFaults::Corrupts(const LinkParameters& parameters, size_t size) {
  if (size == 0 || !Strikes(kCorrupt, parameters.corrupt)) return std::nullopt;
  return Below(kCorruptBit, 8 * size);
}

absl::Duration LinkFaults::Jitter(const LinkParameters& parameters) {
  return absl::Nanoseconds(Below(kJitter, Nanoseconds(parameters.jitter) + 1));
}

std::optional<absl::Duration> LinkFaults::HoldsBack(const LinkParameters& parameters) {
  if (!Strikes(kReorder, parameters.reorder)) return std::nullopt;
  // The frame behind it leaves at most one whole frame's time later, and is late by the whole
  // jitter at worst.
  return TransmissionTime(parameters.mtu + kEthernetHeader, parameters.bandwidth) +
         parameters.jitter + absl::Nanoseconds(1) +
         absl::Nanoseconds(Below(kReorderDelay, Nanoseconds(parameters.latency) + 1));
}

bool LinkFaults::Strikes(Kind kind, Ratio ratio) {
  last_event_ = 0;
  if (ratio.billionths == 0) return false;
  DecisionStream& stream = Stream(kind);
  const bool strikes = stream.Strikes(ratio);
  last_event_ = stream.last_event();
  return strikes;
}

uint64_t LinkFaults::Below(Kind kind, uint64_t bound) {
  last_event_ = 0;
  if (bound <= 1) return 0;
  DecisionStream& stream = Stream(kind);
  const uint64_t value = stream.Below(bound);
  last_event_ = stream.last_event();
  return value;
}

DecisionStream& LinkFaults::Stream(Kind kind) {
  static_assert(kKindNames.size() == kKinds);
  if (streams_[kind] == nullptr) {
    streams_[kind] = &decisions_.Stream(absl::StrCat("link/", direction_, "/", kKindNames[kind]));
  }
  return *streams_[kind];
}

absl::Duration TransmissionTime(size_t octets, uint64_t bandwidth) {
  constexpr uint64_t kNanobitsPerOctet = 8'000'000'000;
  const uint64_t scaled = octets * kNanobitsPerOctet;
  return absl::Nanoseconds(scaled / bandwidth + (scaled % bandwidth == 0 ? 0 : 1));
}

}  // namespace sim
