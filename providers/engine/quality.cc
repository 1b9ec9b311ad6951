#include "providers/engine/quality.h"

#include <algorithm>

namespace engine {
namespace {

using transport::DirectionQuality;
using transport::QualityOfService;
using winsock::FLOWSPEC;
using winsock::QOS_NOT_SPECIFIED;

constexpr uint32_t kMicrosecondsPerMillisecond = 1000;
constexpr uint32_t kAnyDelay = UINT16_MAX;  // milliseconds
// A guaranteed service is one without loss in the ordinary course of things: one octet in 10^9,
// and never more than one in 10^5.
constexpr QualityOfService::ResidualErrorRate kGuaranteed{.target = 9, .least = 5};

// Without what an application says to the traffic control of its own system.
winsock::SERVICETYPE TypeOf(const FLOWSPEC& flow) {
  return flow.ServiceType &
         ~(winsock::SERVICE_NO_TRAFFIC_CONTROL | winsock::SERVICE_NO_QOS_SIGNALING);
}

bool Asks(const FLOWSPEC& flow) {
  switch (TypeOf(flow)) {
    case winsock::SERVICETYPE_NOTRAFFIC:
    case winsock::SERVICETYPE_BESTEFFORT:
    case winsock::SERVICETYPE_NOCHANGE:
      return false;
    default:
      return true;
  }
}

bool IsGuaranteed(const FLOWSPEC& flow) { return TypeOf(flow) == winsock::SERVICETYPE_GUARANTEED; }

int CheckFlow(const FLOWSPEC& flow, bool is_sending) {
  switch (TypeOf(flow)) {
    case winsock::SERVICETYPE_NOTRAFFIC:
    case winsock::SERVICETYPE_BESTEFFORT:
    case winsock::SERVICETYPE_NOCHANGE:
      return 0;
    case winsock::SERVICETYPE_CONTROLLEDLOAD:
    case winsock::SERVICETYPE_GUARANTEED:
      // The rate must be given in a sending flowspec.
      if (is_sending && flow.TokenRate == QOS_NOT_SPECIFIED) return WSAEINVAL;
      break;
    case winsock::SERVICETYPE_NETWORK_CONTROL:
    case winsock::SERVICETYPE_QUALITATIVE:
      break;
    default:  // what is told, not asked, and what does not exist
      return WSAEOPNOTSUPP;
  }
  if (flow.TokenRate == 0) return WSAEINVAL;
  if (flow.PeakBandwidth != QOS_NOT_SPECIFIED && flow.TokenRate != QOS_NOT_SPECIFIED &&
      flow.PeakBandwidth < flow.TokenRate) {
    return WSAEINVAL;
  }
  const bool bounds_variation = flow.DelayVariation != QOS_NOT_SPECIFIED && IsGuaranteed(flow);
  return bounds_variation ? WSAEOPNOTSUPP : 0;
}

DirectionQuality ToDirection(const FLOWSPEC& flow) {
  DirectionQuality quality;
  if (!Asks(flow)) return quality;
  if (flow.TokenRate != QOS_NOT_SPECIFIED) {
    quality.throughput = {.target = flow.TokenRate,
                          .least = IsGuaranteed(flow) ? flow.TokenRate : 0};
  }
  if (flow.Latency != QOS_NOT_SPECIFIED) {
    const uint32_t milliseconds = flow.Latency / kMicrosecondsPerMillisecond;
    quality.transit_delay = {.target = milliseconds,
                             .most = IsGuaranteed(flow) ? milliseconds : kAnyDelay};
  }
  return quality;
}

// The order of those who get what is scarce, the first first.
uint16_t PriorityOf(const FLOWSPEC& flow) {
  switch (TypeOf(flow)) {
    case winsock::SERVICETYPE_NETWORK_CONTROL:
      return 0;
    case winsock::SERVICETYPE_GUARANTEED:
      return 1;
    case winsock::SERVICETYPE_CONTROLLEDLOAD:
      return 2;
    case winsock::SERVICETYPE_QUALITATIVE:
      return 4;
    default:
      return 3;
  }
}

FLOWSPEC ToFlow(const DirectionQuality& direction, bool is_guaranteed) {
  FLOWSPEC flow{.TokenRate = QOS_NOT_SPECIFIED,
                .TokenBucketSize = QOS_NOT_SPECIFIED,
                .PeakBandwidth = QOS_NOT_SPECIFIED,
                .Latency = QOS_NOT_SPECIFIED,
                .DelayVariation = QOS_NOT_SPECIFIED,
                .ServiceType = winsock::SERVICETYPE_BESTEFFORT,
                .MaxSduSize = QOS_NOT_SPECIFIED,
                .MinimumPolicedSize = QOS_NOT_SPECIFIED};
  if (!direction.throughput.has_value() && !direction.transit_delay.has_value()) return flow;
  flow.ServiceType =
      is_guaranteed ? winsock::SERVICETYPE_GUARANTEED : winsock::SERVICETYPE_CONTROLLEDLOAD;
  if (direction.throughput.has_value()) flow.TokenRate = direction.throughput->target;
  if (direction.transit_delay.has_value()) {
    flow.Latency = direction.transit_delay->target * kMicrosecondsPerMillisecond;
  }
  return flow;
}

bool IsBounded(const DirectionQuality& direction) {
  return (direction.throughput.has_value() && direction.throughput->least > 0) ||
         (direction.transit_delay.has_value() && direction.transit_delay->most < kAnyDelay);
}

}  // namespace

bool AsksForQuality(const winsock::QOS& qos) {
  return Asks(qos.SendingFlowspec) || Asks(qos.ReceivingFlowspec);
}

int CheckQuality(const winsock::QOS& qos) {
  if (const int error = CheckFlow(qos.SendingFlowspec, true)) return error;
  return CheckFlow(qos.ReceivingFlowspec, false);
}

QualityOfService ToQuality(const winsock::QOS& qos) {
  QualityOfService quality{.sending = ToDirection(qos.SendingFlowspec),
                           .receiving = ToDirection(qos.ReceivingFlowspec)};
  if (!AsksForQuality(qos)) return quality;
  if (IsGuaranteed(qos.SendingFlowspec) || IsGuaranteed(qos.ReceivingFlowspec)) {
    quality.residual_error_rate = kGuaranteed;
  }
  quality.priority = std::min(PriorityOf(qos.SendingFlowspec), PriorityOf(qos.ReceivingFlowspec));
  return quality;
}

winsock::QOS ToQos(const QualityOfService& quality) {
  return {.SendingFlowspec = ToFlow(quality.sending, IsBounded(quality.sending)),
          .ReceivingFlowspec = ToFlow(quality.receiving, IsBounded(quality.receiving)),
          .ProviderSpecific = {}};
}

}  // namespace engine
