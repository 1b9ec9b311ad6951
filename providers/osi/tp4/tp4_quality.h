// Quality of service of a connection (ISO 8073 6.5.5 l to o): what CR and CC say of it, and what
// may be said. The network gives no guarantees: what is granted is what its links can do, known
// beforehand, when nobody else uses them.
#ifndef PROVIDERS_OSI_TP4_TP4_QUALITY_H_
#define PROVIDERS_OSI_TP4_TP4_QUALITY_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "providers/osi/tp4/tpdu_quality.h"
#include "providers/transport/quality.h"
#include "sim/net/network.h"

namespace osi {

// Octets of a frame that carries a TSDU of 128 octets, for which transit delay is told.
constexpr size_t kTransitDelayFrame = 128 + 60;
// The best residual error rate granted, 10 to the power of minus this, and that with checksums
// only.
constexpr uint8_t kBestResidualErrorRate = 9;
// Octets that the network's priority option takes of every PDU's header.
constexpr size_t kPriorityOptionOctets = 3;

// The parameters of a CR or CC. `calls`: this end sends or sent the CR.
QualityOfService ToParameters(const transport::QualityOfService& quality, bool calls);
transport::QualityOfService FromParameters(const QualityOfService& parameters, bool calls);

// As much of what is wanted as a path can do; nullopt: not even the least that will do.
std::optional<transport::QualityOfService> Granted(const transport::QualityOfService& wanted,
                                                   const sim::PathQuality& path);
// No more than `limit` allows of it, and no less than its own least.
transport::QualityOfService Limited(transport::QualityOfService quality,
                                    const transport::QualityOfService& limit);
// What a CC says: nothing but the target will do any more.
transport::QualityOfService Selected(transport::QualityOfService quality);
// The responder selected no better than the targets of `proposed`, and no worse than the least.
bool IsWithin(const transport::QualityOfService& selected,
              const transport::QualityOfService& proposed);

// The network's priority, 14 for the highest, of a transport priority, 0 for the highest.
uint8_t NetworkPriority(uint16_t priority);

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_TP4_QUALITY_H_
