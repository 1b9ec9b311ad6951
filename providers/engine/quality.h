// Winsock's QOS (Winsock pages: QOS, FLOWSPEC) in terms of the transport service, and back.
//
//    FLOWSPEC            quality of service (ISO 8072)
//    TokenRate           throughput, octets per second
//    Latency             transit delay
//    ServiceType         GUARANTEED: what is given is also the least that will do, and the residual
//                        error rate is bounded; CONTROLLEDLOAD and others: anything will do
//                        both directions: priority
#ifndef PROVIDERS_ENGINE_QUALITY_H_
#define PROVIDERS_ENGINE_QUALITY_H_

#include "providers/engine/words.h"
#include "providers/transport/quality.h"

namespace engine {

// Some direction asks for more than best effort.
bool AsksForQuality(const winsock::QOS& qos);

// 0; WSAEINVAL where a member has a value that its page rules out; WSAEOPNOTSUPP for what no
// transport can do (a bounded delay variation).
int CheckQuality(const winsock::QOS& qos);

// Of a QOS that passes CheckQuality.
transport::QualityOfService ToQuality(const winsock::QOS& qos);
// SendingFlowspec is the direction in which this end sends. ProviderSpecific is empty.
winsock::QOS ToQos(const transport::QualityOfService& quality);

}  // namespace engine

#endif  // PROVIDERS_ENGINE_QUALITY_H_
