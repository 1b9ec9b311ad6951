#include "providers/inet/path_mtu.h"

#include <algorithm>

namespace inet {
namespace {

// Octets, from the widest on.
constexpr size_t kPlateaus[] = {65535, 32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68};

}  // namespace

size_t PathMtus::Of(const IpAddress& destination, sim::Time now) const {
  const auto known = known_.find(destination);
  if (known == known_.end() || now - known->second.since >= Lifetime()) return 0;
  return known->second.mtu;
}

bool PathMtus::Learn(const IpAddress& destination, size_t mtu, size_t current, sim::Time now) {
  const size_t believed = std::max(mtu, least_);
  if (believed >= current) return false;
  if (known_.size() >= kMost && !known_.contains(destination)) {
    known_.erase(std::min_element(known_.begin(), known_.end(), [](const auto& a, const auto& b) {
      return a.second.since < b.second.since;
    }));
  }
  known_[destination] = {believed, now};
  return true;
}

size_t PlateauBelow(size_t length) {
  for (size_t plateau : kPlateaus) {
    if (plateau < length) return plateau;
  }
  return kPlateaus[std::size(kPlateaus) - 1];
}

}  // namespace inet
