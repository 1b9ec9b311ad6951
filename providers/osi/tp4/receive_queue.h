// User data in sequence, until the user reads it (ISO 8073 6.3, reassembly).
#ifndef PROVIDERS_OSI_TP4_RECEIVE_QUEUE_H_
#define PROVIDERS_OSI_TP4_RECEIVE_QUEUE_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "providers/osi/tp4/fifo.h"
#include "providers/osi/tp4/resequencer.h"
#include "providers/transport/transport.h"

namespace osi {

class ReceiveQueue {
 public:
  void Append(ReceivedDt dt);

  // As transport::Connection::Read: octets of one TSDU at a time, copied once, out of the frames
  // that brought them.
  transport::ReadResult Read(absl::Span<uint8_t> into, bool peek);
  // Octets of the first TSDU that have come.
  size_t readable() const;
  // Of all TSDUs.
  size_t octets() const { return static_cast<size_t>(octets_come_ - octets_read_); }
  bool empty() const { return dts_.empty(); }
  bool has_whole_tsdu() const { return tsdu_ends_ > 0; }
  // The last DT that came did not end its TSDU.
  bool is_tsdu_open() const { return is_tsdu_open_; }
  // DTs that hold anything not read.
  size_t dts() const { return dts_.size(); }

  // Octets that ever came, and that were ever read or dropped.
  uint64_t octets_come() const { return octets_come_; }
  uint64_t octets_read() const { return octets_read_; }

  void Clear();

 private:
  Fifo<ReceivedDt> dts_;  // the first without what was read of it
  size_t tsdu_ends_ = 0;  // in dts_
  bool is_tsdu_open_ = false;
  uint64_t octets_come_ = 0;
  uint64_t octets_read_ = 0;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_RECEIVE_QUEUE_H_
