// How large a receive buffer has to be: dynamic right-sizing (M. Fisk, W. Feng, "Dynamic
// Right-Sizing in TCP", LACSI 2001).
#ifndef PROVIDERS_INET_TCP_RECEIVE_RIGHT_SIZING_H_
#define PROVIDERS_INET_TCP_RECEIVE_RIGHT_SIZING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"
#include "sim/time.h"

namespace inet {

// What a user reads in a round trip is the least that the window must allow. A slow start doubles
// it in the next one, and what is being read and what is on its way are both in the buffer: four
// times as much never holds a sender back.
class RightSizing {
 public:
  // The user has read the stream up to `offset`, from a buffer of `capacity` octets. Returns the
  // capacity from now on: never less, and by this never more than `largest`.
  size_t OnRead(uint64_t offset, absl::Duration round_trip, sim::Time now, size_t capacity,
                size_t largest) {
    if (now - round_begin_ < round_trip) return capacity;
    const uint64_t wanted = std::min<uint64_t>(4 * (offset - round_offset_), largest);
    round_begin_ = now;
    round_offset_ = offset;
    return std::max(capacity, static_cast<size_t>(wanted));
  }

 private:
  uint64_t round_offset_ = 1;  // the first octet of the stream
  sim::Time round_begin_;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECEIVE_RIGHT_SIZING_H_
