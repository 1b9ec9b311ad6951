#include "providers/osi/tp4/send_queue.h"

#include <algorithm>
#include <cstring>

namespace osi {

size_t SendQueue::writable() const {
  const size_t limit = std::max(limit_, dt_capacity_);
  if (octets_ >= limit || dts_.size() >= kSendDts) return 0;
  return limit - octets_;
}

size_t SendQueue::Write(absl::Span<const ByteSpan> pieces, bool end_of_tsdu) {
  size_t offered = 0;
  for (ByteSpan piece : pieces) offered += piece.size();
  size_t left = std::min(offered, writable());
  const size_t taken = left;
  end_of_tsdu = end_of_tsdu && taken == offered;
  for (ByteSpan piece : pieces) {
    piece = piece.subspan(0, std::min(left, piece.size()));
    while (!piece.empty()) {
      Dt& dt = OpenDt(left, end_of_tsdu);
      const size_t count = std::min(piece.size(), dt_capacity_ - dt.user_data);
      std::memcpy(dt.frame->Append(count), piece.data(), count);
      dt.user_data = static_cast<uint16_t>(dt.user_data + count);
      octets_ += count;
      left -= count;
      piece.remove_prefix(count);
      is_tsdu_open_ = true;
    }
  }
  if (end_of_tsdu) EndTsdu();
  return taken;
}

SendQueue::Dt& SendQueue::OpenDt(size_t left, bool ends_tsdu) {
  if (is_tsdu_open_ && has_next()) {
    Dt& last = dts_.back();
    if (last.transmissions == 0 && last.user_data < dt_capacity_) return last;
  }
  const size_t capacity = ends_tsdu ? std::min(left, dt_capacity_) : dt_capacity_;
  dts_.PushBack({.frame = sim::Frame::Create(capacity)});
  return dts_.back();
}

void SendQueue::EndTsdu() {
  if (!is_tsdu_open_) return;  // a TSDU has at least one octet (ISO 8072 12.3)
  is_tsdu_open_ = false;
  if (dts_.empty() || dts_.back().transmissions != 0) {
    dts_.PushBack({.frame = sim::Frame::Create(0)});
  }
  dts_.back().end_of_tsdu = true;
}

SendQueue::Dt& SendQueue::TakeNext() {
  Dt& dt = at(next_++);
  sent_end_ = std::max(sent_end_, next_);
  ++dt.transmissions;
  return dt;
}

size_t SendQueue::Acknowledge(TpduNumber lower_edge) {
  size_t count = 0;
  for (; begin_ < lower_edge; ++begin_, ++count) {
    octets_ -= dts_.front().user_data;
    dts_.PopFront();
  }
  next_ = std::max(next_, begin_);
  return count;
}

void SendQueue::Clear() {
  dts_.Clear();
  octets_ = 0;
  begin_ = next_ = sent_end_;
}

}  // namespace osi
