// Option values as octets.
#ifndef PROVIDERS_ENGINE_OPTION_VALUE_H_
#define PROVIDERS_ENGINE_OPTION_VALUE_H_

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "providers/engine/buffers.h"
#include "providers/engine/words.h"

namespace engine {

// A value of a fixed type from the front of `octets`; what stands behind it is ignored. False: too
// short.
template <typename T>
bool ReadValue(ByteSpan octets, T& value) {
  if (octets.size() < sizeof(T)) return false;
  std::memcpy(&value, octets.data(), sizeof(T));
  return true;
}

// A BOOL takes an int, but Windows accepts shorter ones. False: there is no octet at all, and
// nothing is read.
inline bool ReadBool(ByteSpan octets, bool& value) {
  if (octets.empty()) return false;
  const ByteSpan significant = octets.first(std::min(octets.size(), sizeof(BOOL)));
  value =
      std::any_of(significant.begin(), significant.end(), [](uint8_t octet) { return octet != 0; });
  return true;
}

template <typename T>
void WriteValue(const T& value, std::vector<uint8_t>& octets) {
  octets.resize(sizeof(T));
  std::memcpy(octets.data(), &value, sizeof(T));
}

}  // namespace engine

#endif  // PROVIDERS_ENGINE_OPTION_VALUE_H_
