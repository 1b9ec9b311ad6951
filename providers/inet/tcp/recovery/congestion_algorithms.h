// The congestion control algorithms by name.
#ifndef PROVIDERS_INET_TCP_RECOVERY_CONGESTION_ALGORITHMS_H_
#define PROVIDERS_INET_TCP_RECOVERY_CONGESTION_ALGORITHMS_H_

#include <cstddef>
#include <memory>

#include "providers/inet/tcp/recovery/congestion_control.h"
#include "providers/inet/tcp/tcp_settings.h"

namespace inet {

// `initial_segments` as for CongestionControl.
std::unique_ptr<CongestionControl> MakeCongestionControl(TcpCongestionAlgorithm algorithm,
                                                         size_t initial_segments);

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECOVERY_CONGESTION_ALGORITHMS_H_
