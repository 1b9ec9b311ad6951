// DT TPDUs from the moment their octets are written until they are acknowledged (ISO
// 8073 6.3, 6.13).
#ifndef PROVIDERS_OSI_TP4_SEND_QUEUE_H_
#define PROVIDERS_OSI_TP4_SEND_QUEUE_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "providers/osi/tp4/fifo.h"
#include "providers/osi/tp4/tp4_values.h"
#include "providers/osi/tp4/tpdu_number.h"
#include "sim/net/frame.h"

namespace osi {

// Cuts TSDUs into DTs. Octets are copied once, into the frame that will carry them; the frame is
// kept until the DT is acknowledged, so that it can be sent again, octet for octet.
class SendQueue {
 public:
  struct Dt {
    sim::FramePtr frame;     // before the first transmission: the user data alone
    ByteSpan tpdu;           // from then on: the whole TPDU, within the frame
    uint16_t user_data = 0;  // octets
    bool end_of_tsdu = false;
    uint8_t transmissions = 0;
  };

  // Octets of user data in one DT. Before the first write.
  void SetDtCapacity(size_t octets) { dt_capacity_ = octets; }
  // How many octets are kept at most; as many as fill a DT if that is more.
  void SetLimit(size_t octets) { limit_ = octets; }

  // Takes as many octets as there is room for; returns how many. `end_of_tsdu` counts if all are
  // taken. The end of a TSDU alone, without octets, is put into the last DT where that is still
  // possible, else into an empty one.
  size_t Write(absl::Span<const ByteSpan> pieces, bool end_of_tsdu);
  size_t writable() const;

  bool empty() const { return dts_.empty(); }
  // The first DT kept, the first not sent (in this round, after GoBack), and the number after the
  // last.
  TpduNumber begin() const { return begin_; }
  TpduNumber next() const { return next_; }
  TpduNumber end() const { return begin_ + dts_.size(); }
  // The number after the last DT ever sent.
  TpduNumber sent_end() const { return sent_end_; }
  bool has_next() const { return next_ < end(); }

  // `number` is one of those kept.
  Dt& at(TpduNumber number) { return dts_[number - begin_]; }
  // The DT at next() is being sent.
  Dt& TakeNext();
  // All that is kept will be sent again.
  void GoBack() { next_ = begin_; }
  // Lets go of all before `lower_edge`, which is at most sent_end(). Returns how many those are.
  size_t Acknowledge(TpduNumber lower_edge);
  void Clear();

 private:
  // The DT that the next octets go to, of which `left` are still to come.
  Dt& OpenDt(size_t left, bool ends_tsdu);
  void EndTsdu();

  Fifo<Dt> dts_;
  size_t dt_capacity_ = 0;
  size_t limit_ = kSendOctets;
  size_t octets_ = 0;  // of user data in dts_
  TpduNumber begin_ = 0;
  TpduNumber next_ = 0;
  TpduNumber sent_end_ = 0;
  bool is_tsdu_open_ = false;  // octets were written, and no end of their TSDU
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_SEND_QUEUE_H_
