// When to acknowledge (RFC 9293 3.8.6.3, RFC 5681 4.2).
#ifndef PROVIDERS_INET_TCP_RECEIVE_ACK_POLICY_H_
#define PROVIDERS_INET_TCP_RECEIVE_ACK_POLICY_H_

#include <cstddef>
#include <cstdint>

namespace inet {

class AckPolicy {
 public:
  enum class Due : uint8_t { kNever, kDelayed, kNow };

  // The next `count` acknowledgments of data are not delayed.
  void SetQuick(uint8_t count) { quick_ = count; }
  // New data came in order, `octets` of it; the peer's segments have up to `mss`. Every second full
  // segment is acknowledged at once.
  void OnData(size_t octets, size_t mss) {
    unacknowledged_ += static_cast<uint32_t>(octets);
    const bool now = unacknowledged_ >= 2 * mss || quick_ > 0;
    if (now || due_ == Due::kNever) due_ = now ? Due::kNow : Due::kDelayed;
  }
  // Something that the peer must hear of at once: a gap, a gap filled, a FIN, an unacceptable
  // segment, a window that opened, the delayed acknowledgment's time.
  void OnUrgentNeed() { due_ = Due::kNow; }
  // A segment with an acknowledgment went out, whatever else it carried.
  void OnAckSent() {
    if (unacknowledged_ > 0 && quick_ > 0) --quick_;
    due_ = Due::kNever;
    unacknowledged_ = 0;
  }

  Due due() const { return due_; }

 private:
  uint32_t unacknowledged_ = 0;  // octets since the last acknowledgment
  Due due_ = Due::kNever;
  uint8_t quick_ = 0;  // acknowledgments that are not delayed
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECEIVE_ACK_POLICY_H_
