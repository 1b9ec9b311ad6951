#include "sim/net/frame.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "sim/check.h"

namespace sim {
namespace {

// The octets stand behind the frame's own header, in the same block.
uint8_t* Storage(Frame* frame) { return reinterpret_cast<uint8_t*>(frame) + sizeof(Frame); }

}  // namespace

FramePtr Frame::Create(size_t capacity, size_t headroom) {
  capacity = std::max(capacity, kMinSize);
  Frame* frame = new (::operator new(sizeof(Frame) + headroom + capacity)) Frame;
  frame->capacity_ = headroom + capacity;
  frame->begin_ = Storage(frame) + headroom;
  return FramePtr(frame);
}

FramePtr Frame::Copy(absl::Span<const uint8_t> octets) {
  FramePtr copy = Create(octets.size());
  if (!octets.empty()) std::memcpy(copy->Append(octets.size()), octets.data(), octets.size());
  return copy;
}

uint8_t* Frame::Prepend(size_t count) {
  CHECK(references_ == 1) << "a shared frame is written to";
  CHECK(count <= static_cast<size_t>(begin_ - Storage(this))) << count << " octets in front";
  begin_ -= count;
  size_ += count;
  return begin_;
}

uint8_t* Frame::Append(size_t count) {
  CHECK(references_ == 1) << "a shared frame is written to";
  uint8_t* const end = begin_ + size_;
  CHECK(count <= static_cast<size_t>(Storage(this) + capacity_ - end)) << count << " octets behind";
  size_ += count;
  return end;
}

absl::Span<uint8_t> Frame::writable() {
  CHECK(references_ == 1) << "a shared frame is written to";
  return {begin_, size_};
}

void FramePtr::Free() {
  frame_->~Frame();
  ::operator delete(frame_);
}

}  // namespace sim
