#include "providers/osi/session/ssdu_queue.h"

#include <algorithm>

namespace osi {

size_t SsduQueue::first_octets() const {
  return has_whole_ssdu() ? static_cast<size_t>(ends_[first_end_] - base_) - head_ : octets();
}

transport::ReadResult SsduQueue::Read(absl::Span<uint8_t> into, bool peek) {
  const size_t available = first_octets();
  transport::ReadResult result;
  result.octets = std::min(into.size(), available);
  result.end_of_message = has_whole_ssdu() && result.octets == available;
  std::copy_n(octets_.data() + head_, result.octets, into.data());
  if (peek) return result;
  head_ += result.octets;
  if (result.end_of_message) ++first_end_;
  Compact();
  return result;
}

void SsduQueue::Compact() {
  if (empty()) {
    Clear();
    return;
  }
  // Moving at most as many octets as were read since the last time keeps the cost linear.
  if (head_ >= kCapacity / 2 && head_ >= octets()) {
    octets_.erase(octets_.begin(), octets_.begin() + static_cast<std::ptrdiff_t>(head_));
    base_ += head_;
    head_ = 0;
  }
  if (first_end_ >= 64 && first_end_ >= ends_.size() - first_end_) {
    ends_.erase(ends_.begin(), ends_.begin() + static_cast<std::ptrdiff_t>(first_end_));
    first_end_ = 0;
  }
}

void SsduQueue::Clear() {
  base_ += octets_.size();
  octets_.clear();
  head_ = 0;
  ends_.clear();
  first_end_ = 0;
}

}  // namespace osi
