#include "providers/inet/tcp/receive/receive_buffer.h"

#include <algorithm>

namespace inet {

void ReceiveBuffer::MarkUrgent(uint64_t behind) {
  if (behind <= data_.next()) return;
  const uint64_t offset = behind - 1;
  if (urgent_ == nullptr) urgent_ = std::make_unique<UrgentOctets>();
  std::vector<uint64_t>& expected = urgent_->expected;
  if (!expected.empty() && expected.back() >= offset) return;
  if (expected.size() == kMaxUrgent) expected.erase(expected.begin());
  expected.push_back(offset);
}

bool ReceiveBuffer::TakeUrgent() {
  if (urgent_ == nullptr) return false;
  auto& [expected, places, arrived] = *urgent_;
  bool any = false;
  while (!expected.empty() && expected.front() < data_.next()) {
    const uint64_t offset = expected.front();
    expected.erase(expected.begin());
    uint8_t octet = 0;
    data_.Copy(offset, wire::MutableByteSpan(&octet, 1));
    places.push_back(offset);
    if (arrived.size() == kMaxUrgent) arrived.erase(arrived.begin());
    arrived.push_back({offset, octet});
    any = true;
  }
  if (any) SkipPlaces();
  return any;
}

size_t ReceiveBuffer::readable() const {
  const bool has_place = urgent_ != nullptr && !urgent_->places.empty();
  return has_place ? static_cast<size_t>(urgent_->places.front() - data_.read_offset())
                   : data_.in_order();
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
  if (urgent_ == nullptr) return;
  std::vector<uint64_t>& places = urgent_->places;
  while (!places.empty() && places.front() == data_.read_offset()) {
    places.erase(places.begin());
    data_.Consume(1);
  }
  ForgetUrgentIfNone();
}

std::optional<ReceiveBuffer::Urgent> ReceiveBuffer::ReadUrgent(bool peek) {
  if (!has_urgent()) return std::nullopt;
  const UrgentOctets::Arrived first = urgent_->arrived.front();
  Urgent result{.octet = first.octet};
  if (first.offset > data_.read_offset()) {
    result.octets_before = static_cast<size_t>(first.offset - data_.read_offset());
    for (const uint64_t place : urgent_->places) {
      if (place < first.offset) --result.octets_before;
    }
  }
  if (!peek) {
    urgent_->arrived.erase(urgent_->arrived.begin());
    ForgetUrgentIfNone();
  }
  return result;
}

void ReceiveBuffer::Free() {
  data_.Free();
  urgent_.reset();
}

}  // namespace inet
