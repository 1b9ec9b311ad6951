// The integer cube root that CUBIC counts with.
#ifndef PROVIDERS_INET_TCP_RECOVERY_CUBE_ROOT_H_
#define PROVIDERS_INET_TCP_RECOVERY_CUBE_ROOT_H_

#include <cstdint>

namespace inet {

// The greatest integer whose cube is at most `value`.
constexpr uint64_t CubeRoot(uint64_t value) {
  uint64_t root = 0;
  for (int shift = 63; shift >= 0; shift -= 3) {  // one binary digit of the root at a time
    root <<= 1;
    const uint64_t step = 3 * root * (root + 1) + 1;  // (root + 1)^3 - root^3
    if (value >> shift < step) continue;
    value -= step << shift;
    ++root;
  }
  return root;
}

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECOVERY_CUBE_ROOT_H_
