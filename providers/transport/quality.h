// Quality of service of a connection, in the words of ISO 8072 clause 10: what is wanted, and the
// worst that will do. What nobody asks for is absent.
#ifndef PROVIDERS_TRANSPORT_QUALITY_H_
#define PROVIDERS_TRANSPORT_QUALITY_H_

#include <cstdint>
#include <optional>

namespace transport {

// Of one direction of the data.
struct DirectionQuality {
  // Octets per second: wanted, and the least that will do.
  struct Throughput {
    uint32_t target = 0;
    uint32_t least = 0;
    friend bool operator==(const Throughput&, const Throughput&) = default;
  };
  // Milliseconds, for a message of 128 octets: wanted, and the most that will do.
  struct TransitDelay {
    uint32_t target = 0;
    uint32_t most = 0;
    friend bool operator==(const TransitDelay&, const TransitDelay&) = default;
  };
  std::optional<Throughput> throughput;
  std::optional<TransitDelay> transit_delay;
  friend bool operator==(const DirectionQuality&, const DirectionQuality&) = default;
};

struct QualityOfService {
  // As this end sees them.
  DirectionQuality sending;
  DirectionQuality receiving;
  // Octets lost, doubled or wrong among those transferred: 10 to the power of minus this.
  struct ResidualErrorRate {
    uint8_t target = 0;
    uint8_t least = 0;
    friend bool operator==(const ResidualErrorRate&, const ResidualErrorRate&) = default;
  };
  std::optional<ResidualErrorRate> residual_error_rate;
  std::optional<uint16_t> priority;  // 0 is the highest

  bool is_empty() const { return *this == QualityOfService{}; }
  friend bool operator==(const QualityOfService&, const QualityOfService&) = default;
};

}  // namespace transport

#endif  // PROVIDERS_TRANSPORT_QUALITY_H_
