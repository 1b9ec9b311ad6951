// What the peer has sent and the user has not read: the normal stream, and urgent octets beside it.
#ifndef PROVIDERS_INET_TCP_RECEIVE_RECEIVE_BUFFER_H_
#define PROVIDERS_INET_TCP_RECEIVE_RECEIVE_BUFFER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "providers/inet/tcp/receive/reassembler.h"
#include "providers/wire/bytes.h"

namespace inet {

// An urgent octet (RFC 9293 3.8.5, RFC 6093) is taken out of the normal stream and read apart; its
// place stays: no read of normal octets reaches across it. Offsets as in Reassembler.
class ReceiveBuffer {
 public:
  // Urgent octets that wait to be read; of more the oldest are lost.
  static constexpr size_t kMaxUrgent = 16;

  struct Urgent {
    uint8_t octet = 0;
    size_t octets_before = 0;  // normal octets not yet read that stand before it
  };

  // As Reassembler::Insert.
  std::optional<Reassembler::Block> Insert(uint64_t offset, wire::ByteSpan octets) {
    return data_.Insert(offset, octets);
  }
  // The octet before `behind` is urgent (the urgent pointer stands at the one after it). No effect
  // if it came as a normal octet before, or is already known.
  void MarkUrgent(uint64_t behind);
  // To be called after Insert and MarkUrgent: takes urgent octets that have come out of the stream.
  // True if there were any.
  bool TakeUrgent();

  // The first octet not received, in the sequence space.
  uint64_t next() const { return data_.next(); }
  // Octets held that the window must account for: received in order and not read.
  size_t held() const { return data_.in_order(); }
  const std::vector<Reassembler::Block>& blocks() const { return data_.blocks(); }

  // Normal octets, up to the place of the next urgent one.
  size_t readable() const;
  // Fills the front of `into`, and consumes unless `peek`. Returns how many octets.
  size_t Read(wire::MutableByteSpan into, bool peek);
  bool has_urgent() const { return urgent_ != nullptr && !urgent_->arrived.empty(); }
  std::optional<Urgent> ReadUrgent(bool peek);

  void Free();

 private:
  // What there is of urgent octets, as long as there are any.
  struct UrgentOctets {
    struct Arrived {
      uint64_t offset;
      uint8_t octet;
    };
    std::vector<uint64_t> expected;  // announced, not yet in order
    std::vector<uint64_t> places;    // in the stream, where the reader has not passed them
    std::vector<Arrived> arrived;    // to be read apart
    bool is_empty() const { return expected.empty() && places.empty() && arrived.empty(); }
  };

  // Passes over urgent octets that stand at the reader's place.
  void SkipPlaces();
  void ForgetUrgentIfNone() {
    if (urgent_ != nullptr && urgent_->is_empty()) urgent_.reset();
  }

  Reassembler data_;
  std::unique_ptr<UrgentOctets> urgent_;  // null: none
};

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_RECEIVE_RECEIVE_BUFFER_H_
