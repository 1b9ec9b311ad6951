// The window that the peer gives us (RFC 9293 3.4 and 3.10.7.4, fifth check).
#ifndef PROVIDERS_INET_TCP_SEND_WINDOW_H_
#define PROVIDERS_INET_TCP_SEND_WINDOW_H_

#include <algorithm>
#include <cstdint>

namespace inet {

// SND.WND, SND.WL1 and SND.WL2. Offsets as in SendBuffer and Reassembler.
class SendWindow {
 public:
  // The shift that the peer offered, once both ends have (RFC 7323 2.2).
  void set_shift(uint8_t shift) { shift_ = shift; }
  uint8_t shift() const { return shift_; }

  // The window field of a segment with SYN is never scaled.
  void OnSyn(uint16_t field, uint64_t seq, uint64_t ack) { Set(field, seq, ack); }
  // A segment with an acceptable ACK. Only one that is newer than the last counts. True: the window
  // is another than before.
  bool OnSegment(uint16_t field, uint64_t seq, uint64_t ack) {
    if (wl1_ > seq || (wl1_ == seq && wl2_ > ack)) return false;
    const uint32_t before = size_;
    Set(uint32_t{field} << shift_, seq, ack);
    return size_ != before;
  }
  // What a segment's field means.
  uint64_t Scaled(uint16_t field) const { return uint64_t{field} << shift_; }

  uint64_t size() const { return size_; }
  // The largest there ever was: half of it is worth a segment (RFC 9293 3.8.6.2.1).
  uint64_t largest() const { return largest_; }

 private:
  void Set(uint32_t size, uint64_t seq, uint64_t ack) {
    size_ = size;
    largest_ = std::max(largest_, size);
    wl1_ = seq;
    wl2_ = ack;
  }

  uint64_t wl1_ = 0;
  uint64_t wl2_ = 0;
  uint32_t size_ = 0;  // at most 2^30 octets (RFC 7323 2.3)
  uint32_t largest_ = 0;
  uint8_t shift_ = 0;
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_SEND_WINDOW_H_
