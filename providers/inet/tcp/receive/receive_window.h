// The window that we advertise, with silly window avoidance (RFC 9293 3.8.6.2.2).
#ifndef PROVIDERS_INET_TCP_RECEIVE_RECEIVE_WINDOW_H_
#define PROVIDERS_INET_TCP_RECEIVE_RECEIVE_WINDOW_H_

#include <cstddef>
#include <cstdint>

namespace inet {

// Remembers the right edge of the window, RCV.NXT + RCV.WND, as it was last told to the peer: it
// never moves left (RFC 9293 3.8.6, "shrinking the window").
class ReceiveWindow {
 public:
  // The least shift with which a window of `largest` octets can be said, RFC 7323 2.2 and 2.3.
  static uint8_t ShiftFor(size_t largest);

  // Windows are said in units of 2^shift octets from now on.
  void set_shift(uint8_t shift) { shift_ = shift; }
  uint8_t shift() const { return shift_; }

  // The window field for a segment that acknowledges `next`, while `held` octets wait to be read,
  // of a buffer of `capacity`; the peer's segments have `mss` octets. Advertises it: the edge
  // moves. `unscaled` for a segment with SYN.
  uint16_t Advertise(uint64_t next, size_t held, size_t capacity, size_t mss,
                     bool unscaled = false);
  // Whether reading has opened the window so far that the peer should hear of it: by two segments
  // and a quarter of the buffer, by half of the buffer, or after a window too small for a segment.
  // A peer that keeps sending hears of it with the next acknowledgment anyway.
  bool IsUpdateDue(uint64_t next, size_t held, size_t capacity, size_t mss) const;

  // Behind the last octet that the peer may send.
  uint64_t edge() const { return edge_; }

 private:
  uint64_t NewEdge(uint64_t next, size_t held, size_t capacity, size_t mss) const;

  uint64_t edge_ = 0;
  uint8_t shift_ = 0;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECEIVE_RECEIVE_WINDOW_H_
