#include "providers/inet/tcp/recovery/congestion_algorithms.h"

#include "providers/inet/tcp/recovery/cubic.h"
#include "providers/inet/tcp/recovery/new_reno.h"

namespace inet {

std::unique_ptr<CongestionControl> MakeCongestionControl(TcpCongestionAlgorithm algorithm,
                                                         size_t initial_segments) {
  switch (algorithm) {
    case TcpCongestionAlgorithm::kNewReno:
      return std::make_unique<NewReno>(initial_segments);
    case TcpCongestionAlgorithm::kCubic:
      return std::make_unique<Cubic>(initial_segments);
  }
  return nullptr;
}

}  // namespace inet
