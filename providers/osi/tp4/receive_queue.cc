#include "providers/osi/tp4/receive_queue.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace osi {

void ReceiveQueue::Append(ReceivedDt dt) {
  octets_come_ += dt.user_data.size();
  if (dt.end_of_tsdu) ++tsdu_ends_;
  is_tsdu_open_ = !dt.end_of_tsdu;
  dts_.PushBack(std::move(dt));
}

transport::ReadResult ReceiveQueue::Read(absl::Span<uint8_t> into, bool peek) {
  transport::ReadResult result;
  for (size_t i = 0; i < dts_.size() && !result.end_of_message;) {
    ReceivedDt& dt = dts_[i];
    const size_t count = std::min(into.size() - result.octets, dt.user_data.size());
    if (count > 0) std::memcpy(into.data() + result.octets, dt.user_data.data(), count);
    result.octets += count;
    const bool is_all = count == dt.user_data.size();
    result.end_of_message = is_all && dt.end_of_tsdu;
    if (peek) {
      if (!is_all) break;
      ++i;
      continue;
    }
    dt.user_data.remove_prefix(count);
    if (!is_all) break;
    if (dt.end_of_tsdu) --tsdu_ends_;
    dts_.PopFront();
  }
  if (!peek) octets_read_ += result.octets;
  return result;
}

size_t ReceiveQueue::readable() const {
  size_t octets = 0;
  for (size_t i = 0; i < dts_.size(); ++i) {
    octets += dts_[i].user_data.size();
    if (dts_[i].end_of_tsdu) break;
  }
  return octets;
}

void ReceiveQueue::Clear() {
  dts_.Clear();
  octets_read_ = octets_come_;
  tsdu_ends_ = 0;
}

}  // namespace osi
