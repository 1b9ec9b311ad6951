// Quality of service as CR and CC carry it (ISO 8073 13.3.4 k to n). In CR a target and the worst
// value that the caller accepts; in CC what was selected, in the same layout. Each Parse reads the
// value of one parameter; its error is InvalidArgument.
#ifndef PROVIDERS_OSI_TP4_TPDU_QUALITY_H_
#define PROVIDERS_OSI_TP4_TPDU_QUALITY_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "providers/wire/bytes.h"

namespace osi {

// Octets per second, below 2^24.
struct ThroughputRange {
  uint32_t target = 0;
  uint32_t minimum_acceptable = 0;
  friend bool operator==(const ThroughputRange&, const ThroughputRange&) = default;
};

struct ThroughputPerDirection {
  ThroughputRange calling_to_called;
  ThroughputRange called_to_calling;
  friend bool operator==(const ThroughputPerDirection&, const ThroughputPerDirection&) = default;
};

// Parameter 89.
struct Throughput {
  ThroughputPerDirection maximum;
  std::optional<ThroughputPerDirection> average;

  static absl::StatusOr<Throughput> Parse(wire::ByteSpan value);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const Throughput&, const Throughput&) = default;
};

// Milliseconds, for a TSDU of 128 octets.
struct TransitDelayRange {
  uint16_t target = 0;
  uint16_t maximum_acceptable = 0;
  friend bool operator==(const TransitDelayRange&, const TransitDelayRange&) = default;
};

// Parameter 88.
struct TransitDelay {
  TransitDelayRange calling_to_called;
  TransitDelayRange called_to_calling;

  static absl::StatusOr<TransitDelay> Parse(wire::ByteSpan value);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const TransitDelay&, const TransitDelay&) = default;
};

// Parameter 86: exponents. A rate of 10 to the power of minus `target`, counted over TSDUs of 2 to
// the power of `tsdu_size` octets.
struct ResidualErrorRate {
  uint8_t target = 0;
  uint8_t minimum_acceptable = 0;
  uint8_t tsdu_size = 0;

  static absl::StatusOr<ResidualErrorRate> Parse(wire::ByteSpan value);
  void AppendTo(std::vector<uint8_t>& out) const;
  friend bool operator==(const ResidualErrorRate&, const ResidualErrorRate&) = default;
};

struct QualityOfService {
  std::optional<Throughput> throughput;
  std::optional<ResidualErrorRate> residual_error_rate;
  std::optional<uint16_t> priority;  // parameter 87; 0 is the highest
  std::optional<TransitDelay> transit_delay;
  friend bool operator==(const QualityOfService&, const QualityOfService&) = default;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TPDU_QUALITY_H_
