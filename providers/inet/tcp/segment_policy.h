// How much may go into the next segment: windows, silly window avoidance and the Nagle algorithm.
#ifndef PROVIDERS_INET_TCP_SEGMENT_POLICY_H_
#define PROVIDERS_INET_TCP_SEGMENT_POLICY_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace inet {

// What the sender knows. Octets.
struct SegmentQuestion {
  uint64_t unsent = 0;          // D: data queued and not sent
  uint64_t usable = 0;          // U: room in the peer's window and in the congestion window
  size_t mss = 0;               // Eff.snd.MSS
  uint64_t largest_window = 0;  // Max(SND.WND)
  bool is_idle = false;         // SND.NXT = SND.UNA: all that was sent is acknowledged
  bool no_delay = false;        // the Nagle algorithm is off
  // Nothing can be added to the data any more, or it must not wait: a FIN follows, it is urgent, or
  // it was sent before.
  bool is_final = false;
  bool override_is_due = false;  // it has waited long enough for a larger window
};

// Octets of data for the next segment; 0: wait. RFC 9293 3.8.6.2.1, with the bracketed conditions
// of the Nagle algorithm (3.7.4). Whatever is queued counts as pushed.
inline size_t OctetsToSend(const SegmentQuestion& q) {
  const uint64_t size = std::min({q.unsent, q.usable, uint64_t{q.mss}});
  if (size == 0) return 0;
  const bool fills_segment = size == q.mss;
  const bool may_be_small = q.is_idle || q.no_delay || q.is_final;
  const bool takes_all = q.unsent <= q.usable;
  const bool half_window = size >= q.largest_window / 2;
  const bool goes =
      fills_segment || q.override_is_due || (may_be_small && (takes_all || half_window));
  return goes ? static_cast<size_t>(size) : 0;
}

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_SEGMENT_POLICY_H_
