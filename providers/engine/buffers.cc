#include "providers/engine/buffers.h"

#include <algorithm>

#include "sim/check.h"

namespace engine {

int Buffers::Check(const WSABUF* buffers, DWORD count) {
  if (count == 0) return WSAEINVAL;
  if (buffers == nullptr) return WSAEFAULT;
  for (DWORD i = 0; i < count; ++i) {
    if (buffers[i].buf == nullptr && buffers[i].len > 0) return WSAEFAULT;
  }
  return 0;
}

Buffers::Buffers(const WSABUF* buffers, DWORD count) {
  for (DWORD i = 0; i < count; ++i) {
    if (buffers[i].len == 0) continue;
    spans_.push_back({reinterpret_cast<uint8_t*>(buffers[i].buf), buffers[i].len});
    total_ += buffers[i].len;
  }
}

absl::Span<uint8_t> Buffers::room() const {
  if (index_ == spans_.size()) return {};
  return spans_[index_].subspan(offset_);
}

void Buffers::Advance(size_t octets) {
  CHECK(octets <= left());
  done_ += octets;
  while (octets > 0) {
    const size_t step = std::min(octets, spans_[index_].size() - offset_);
    octets -= step;
    offset_ += step;
    if (offset_ == spans_[index_].size()) {
      ++index_;
      offset_ = 0;
    }
  }
}

void Buffers::Append(ByteSpan octets) {
  while (!octets.empty()) {
    const absl::Span<uint8_t> to = room();
    const size_t step = std::min(to.size(), octets.size());
    CHECK(step > 0);
    std::copy_n(octets.begin(), step, to.begin());
    Advance(step);
    octets.remove_prefix(step);
  }
}

absl::InlinedVector<ByteSpan, 2> Buffers::pieces() const {
  absl::InlinedVector<ByteSpan, 2> pieces;
  size_t offset = offset_;
  for (size_t i = index_; i < spans_.size(); ++i) {
    pieces.push_back(spans_[i].subspan(offset));
    offset = 0;
  }
  return pieces;
}

}  // namespace engine
