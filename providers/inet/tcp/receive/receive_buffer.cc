#include "providers/inet/tcp/receive/receive_buffer.h"

#include <algorithm>

namespace inet {

void ReceiveBuffer::MarkUrgent(uint64_t behind) {
  if (behind <= data_.next()) return;
  const uint64_t offset = behind - 1;
  if (!expected_.empty() && expected_.back() >= offset) return;
  if (expected_.size() == kMaxUrgent) expected_.erase(expected_.begin());
  expected_.push_back(offset);
}

bool ReceiveBuffer::TakeUrgent() {
  bool any = false;
  while (!expected_.empty() && expected_.front() < data_.next()) {
    const uint64_t offset = expected_.front();
    expected_.erase(expected_.begin());
    uint8_t octet = 0;
    data_.Copy(offset, wire::MutableByteSpan(&octet, 1));
    places_.push_back(offset);
    if (urgent_.size() == kMaxUrgent) urgent_.erase(urgent_.begin());
    urgent_.push_back({offset, octet});
    any = true;
  }
  if (any) SkipPlaces();
  return any;
}

size_t ReceiveBuffer::readable() const {
  return places_.empty() ? data_.in_order()
                         : static_cast<size_t>(places_.front() - data_.read_offset());
}

size_t ReceiveBuffer::Read(wire::MutableByteSpan into, bool peek) {
  const size_t count = std::min(into.size(), readable());
  data_.Copy(data_.read_offset(), into.first(count));
  if (peek) return count;
  data_.Consume(count);
  SkipPlaces();
  return count;
}

void ReceiveBuffer::SkipPlaces() {
  while (!places_.empty() && places_.front() == data_.read_offset()) {
    places_.erase(places_.begin());
    data_.Consume(1);
  }
}

std::optional<ReceiveBuffer::Urgent> ReceiveBuffer::ReadUrgent(bool peek) {
  if (urgent_.empty()) return std::nullopt;
  const Arrived first = urgent_.front();
  if (!peek) urgent_.erase(urgent_.begin());
  Urgent result{.octet = first.octet};
  if (first.offset > data_.read_offset()) {
    result.octets_before = static_cast<size_t>(first.offset - data_.read_offset());
    for (const uint64_t place : places_) {
      if (place < first.offset) --result.octets_before;
    }
  }
  return result;
}

void ReceiveBuffer::Free() {
  data_.Free();
  expected_ = {};
  places_ = {};
  urgent_ = {};
}

}  // namespace inet
