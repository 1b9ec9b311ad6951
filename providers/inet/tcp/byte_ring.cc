#include "providers/inet/tcp/byte_ring.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "sim/check.h"

namespace inet {

void ByteRing::Store(uint64_t offset, wire::ByteSpan octets) {
  CHECK(offset >= begin_);
  if (octets.empty()) return;
  const uint64_t end = offset + octets.size();
  if (end - begin_ > capacity_) Grow(end - begin_);
  const size_t position = Position(offset);
  const size_t first = std::min(octets.size(), capacity_ - position);
  std::memcpy(&octets_[position], octets.data(), first);
  std::memcpy(&octets_[0], octets.data() + first, octets.size() - first);
  end_ = std::max(end_, end);
}

void ByteRing::Load(uint64_t offset, wire::MutableByteSpan out) const {
  CHECK(offset >= begin_ && offset + out.size() <= end_);
  if (out.empty()) return;
  const size_t position = Position(offset);
  const size_t first = std::min(out.size(), capacity_ - position);
  std::memcpy(out.data(), &octets_[position], first);
  std::memcpy(out.data() + first, &octets_[0], out.size() - first);
}

void ByteRing::DropBefore(uint64_t offset) {
  CHECK(offset >= begin_);
  begin_ = offset;
  end_ = std::max(end_, begin_);
  if (begin_ == end_ && capacity_ > kKept) Free();
}

void ByteRing::Free() {
  octets_.reset();
  capacity_ = 0;
  end_ = begin_;
}

void ByteRing::Grow(size_t needed) {
  size_t capacity = std::max(capacity_, kLeastCapacity);
  while (capacity < needed) capacity *= 2;
  std::unique_ptr<uint8_t[]> grown(new uint8_t[capacity]);
  for (uint64_t offset = begin_; offset < end_;) {
    const size_t from = Position(offset);
    const size_t to = offset & (capacity - 1);
    const size_t count =
        std::min({static_cast<size_t>(end_ - offset), capacity_ - from, capacity - to});
    std::memcpy(&grown[to], &octets_[from], count);
    offset += count;
  }
  octets_ = std::move(grown);
  capacity_ = capacity;
}

}  // namespace inet
