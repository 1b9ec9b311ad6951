#include "providers/osi/tp4/tp4_quality.h"

#include <algorithm>

#include "absl/time/time.h"

namespace osi {
namespace {

using transport::DirectionQuality;
using Quality = transport::QualityOfService;

constexpr uint32_t kLargestThroughput = 0xFFFFFF;  // three octets
constexpr uint16_t kAnyDelay = 0xFFFF;
constexpr uint8_t kHighestNetworkPriority = 14;
constexpr uint64_t kBitsPerOctet = 8;

// A direction that nothing is asked of: no octets per second, and any delay.
ThroughputRange ToRange(const std::optional<DirectionQuality::Throughput>& throughput) {
  if (!throughput.has_value()) return {};
  return {.target = std::min(throughput->target, kLargestThroughput),
          .minimum_acceptable = std::min(throughput->least, kLargestThroughput)};
}
TransitDelayRange ToRange(const std::optional<DirectionQuality::TransitDelay>& delay) {
  if (!delay.has_value()) return {.target = kAnyDelay, .maximum_acceptable = kAnyDelay};
  return {.target = static_cast<uint16_t>(std::min<uint32_t>(delay->target, kAnyDelay)),
          .maximum_acceptable = static_cast<uint16_t>(std::min<uint32_t>(delay->most, kAnyDelay))};
}

void FromRange(const ThroughputRange& range, DirectionQuality& direction) {
  if (range.target == 0) return;
  direction.throughput = {.target = range.target, .least = range.minimum_acceptable};
}
void FromRange(const TransitDelayRange& range, DirectionQuality& direction) {
  if (range.target == kAnyDelay && range.maximum_acceptable == kAnyDelay) return;
  direction.transit_delay = {.target = range.target, .most = range.maximum_acceptable};
}

bool Grant(DirectionQuality& direction, uint32_t octets_per_second, uint32_t delay) {
  if (direction.throughput.has_value()) {
    if (direction.throughput->least > octets_per_second) return false;
    direction.throughput->target = std::min(direction.throughput->target, octets_per_second);
  }
  if (direction.transit_delay.has_value()) {
    if (direction.transit_delay->most < delay) return false;
    direction.transit_delay->target = std::max(direction.transit_delay->target, delay);
  }
  return true;
}

DirectionQuality LimitedDirection(DirectionQuality direction, const DirectionQuality& limit) {
  if (direction.throughput.has_value() && limit.throughput.has_value()) {
    direction.throughput->target =
        std::clamp(limit.throughput->target, direction.throughput->least,
                   std::max(direction.throughput->least, direction.throughput->target));
  }
  if (direction.transit_delay.has_value() && limit.transit_delay.has_value()) {
    direction.transit_delay->target =
        std::clamp(limit.transit_delay->target, direction.transit_delay->target,
                   std::max(direction.transit_delay->target, direction.transit_delay->most));
  }
  return direction;
}

void Settle(DirectionQuality& direction) {
  if (direction.throughput.has_value()) direction.throughput->least = direction.throughput->target;
  if (direction.transit_delay.has_value()) {
    direction.transit_delay->most = direction.transit_delay->target;
  }
}

bool IsWithinDirection(const DirectionQuality& selected, const DirectionQuality& proposed) {
  if (selected.throughput.has_value() && proposed.throughput.has_value() &&
      (selected.throughput->target > proposed.throughput->target ||
       selected.throughput->target < proposed.throughput->least)) {
    return false;
  }
  return !selected.transit_delay.has_value() || !proposed.transit_delay.has_value() ||
         (selected.transit_delay->target >= proposed.transit_delay->target &&
          selected.transit_delay->target <= proposed.transit_delay->most);
}

}  // namespace

QualityOfService ToParameters(const Quality& quality, bool calls) {
  const DirectionQuality& forward = calls ? quality.sending : quality.receiving;
  const DirectionQuality& backward = calls ? quality.receiving : quality.sending;
  QualityOfService parameters{.priority = quality.priority};
  if (forward.throughput.has_value() || backward.throughput.has_value()) {
    parameters.throughput = {.maximum = {.calling_to_called = ToRange(forward.throughput),
                                         .called_to_calling = ToRange(backward.throughput)}};
  }
  if (forward.transit_delay.has_value() || backward.transit_delay.has_value()) {
    parameters.transit_delay = {.calling_to_called = ToRange(forward.transit_delay),
                                .called_to_calling = ToRange(backward.transit_delay)};
  }
  if (quality.residual_error_rate.has_value()) {
    constexpr uint8_t kTsduOf128 = 7;  // a power of 2
    parameters.residual_error_rate = {.target = quality.residual_error_rate->target,
                                      .minimum_acceptable = quality.residual_error_rate->least,
                                      .tsdu_size = kTsduOf128};
  }
  return parameters;
}

Quality FromParameters(const QualityOfService& parameters, bool calls) {
  Quality quality{.priority = parameters.priority};
  DirectionQuality& forward = calls ? quality.sending : quality.receiving;
  DirectionQuality& backward = calls ? quality.receiving : quality.sending;
  if (parameters.throughput.has_value()) {
    FromRange(parameters.throughput->maximum.calling_to_called, forward);
    FromRange(parameters.throughput->maximum.called_to_calling, backward);
  }
  if (parameters.transit_delay.has_value()) {
    FromRange(parameters.transit_delay->calling_to_called, forward);
    FromRange(parameters.transit_delay->called_to_calling, backward);
  }
  if (parameters.residual_error_rate.has_value()) {
    quality.residual_error_rate = {.target = parameters.residual_error_rate->target,
                                   .least = parameters.residual_error_rate->minimum_acceptable};
  }
  return quality;
}

std::optional<Quality> Granted(const Quality& wanted, const sim::PathQuality& path) {
  const uint32_t octets_per_second =
      static_cast<uint32_t>(std::min<uint64_t>(path.bandwidth / kBitsPerOctet, kLargestThroughput));
  const uint32_t delay = static_cast<uint32_t>(std::min<int64_t>(
      absl::ToInt64Milliseconds(absl::Ceil(path.delay, absl::Milliseconds(1))), UINT32_MAX));
  Quality granted = wanted;
  if (!Grant(granted.sending, octets_per_second, delay) ||
      !Grant(granted.receiving, octets_per_second, delay)) {
    return std::nullopt;
  }
  if (granted.residual_error_rate.has_value()) {
    if (granted.residual_error_rate->least > kBestResidualErrorRate) return std::nullopt;
    granted.residual_error_rate->target =
        std::min(granted.residual_error_rate->target, kBestResidualErrorRate);
  }
  return granted;
}

Quality Limited(Quality quality, const Quality& limit) {
  quality.sending = LimitedDirection(quality.sending, limit.sending);
  quality.receiving = LimitedDirection(quality.receiving, limit.receiving);
  // A lower priority is a greater number.
  if (quality.priority.has_value() && limit.priority.has_value()) {
    quality.priority = std::max(*quality.priority, *limit.priority);
  }
  return quality;
}

Quality Selected(Quality quality) {
  Settle(quality.sending);
  Settle(quality.receiving);
  if (quality.residual_error_rate.has_value()) {
    quality.residual_error_rate->least = quality.residual_error_rate->target;
  }
  return quality;
}

bool IsWithin(const Quality& selected, const Quality& proposed) {
  if (selected.residual_error_rate.has_value() && proposed.residual_error_rate.has_value() &&
      (selected.residual_error_rate->target > proposed.residual_error_rate->target ||
       selected.residual_error_rate->target < proposed.residual_error_rate->least)) {
    return false;
  }
  return IsWithinDirection(selected.sending, proposed.sending) &&
         IsWithinDirection(selected.receiving, proposed.receiving);
}

uint8_t NetworkPriority(uint16_t priority) {
  return static_cast<uint8_t>(kHighestNetworkPriority -
                              std::min<uint16_t>(priority, kHighestNetworkPriority));
}

}  // namespace osi
