// A frame: one block of memory, filled once, then shared by reference on its way through the
// network.
#ifndef SIM_NET_FRAME_H_
#define SIM_NET_FRAME_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/types/span.h"

namespace sim {

class FramePtr;

// Octets with room in front (headers are put before the payload, innermost first). Writable until
// it is sent, which is when it may come to be shared.
class Frame {
 public:
  // Room for headers in front of the payload: the longest that any protocol of ours may have to put
  // there, a CLNP header of 254 octets with what stands around it.
  static constexpr size_t kHeadroom = 288;
  // Room for padding behind it: a frame is never shorter than this (IEEE 802.3 3.2.8, without the
  // check sequence).
  static constexpr size_t kMinSize = 60;

  // An empty frame with room for `capacity` octets of payload, at least kMinSize, behind
  // `headroom`. Not initialised.
  static FramePtr Create(size_t capacity, size_t headroom = kHeadroom);
  static FramePtr Copy(absl::Span<const uint8_t> octets);

  absl::Span<const uint8_t> octets() const { return {begin_, size_}; }
  size_t size() const { return size_; }

  // Extends the frame at its front or back by `count` octets and returns them, uninitialised. There
  // is room, and the frame is not shared (both are checked).
  uint8_t* Prepend(size_t count);
  uint8_t* Append(size_t count);
  // The octets, writable; the frame is not shared.
  absl::Span<uint8_t> writable();

 private:
  friend class FramePtr;
  Frame() = default;

  uint32_t references_ = 0;
  size_t capacity_ = 0;  // octets behind this header
  uint8_t* begin_ = nullptr;
  size_t size_ = 0;
};

// A counted reference. Not for use across OS threads.
class FramePtr {
 public:
  FramePtr() = default;
  FramePtr(const FramePtr& other) : frame_(other.frame_) {
    if (frame_ != nullptr) ++frame_->references_;
  }
  FramePtr(FramePtr&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  FramePtr& operator=(FramePtr other) noexcept {
    std::swap(frame_, other.frame_);
    return *this;
  }
  ~FramePtr() {
    if (frame_ != nullptr && --frame_->references_ == 0) Free();
  }

  explicit operator bool() const { return frame_ != nullptr; }
  Frame& operator*() const { return *frame_; }
  Frame* operator->() const { return frame_; }

 private:
  friend class Frame;
  explicit FramePtr(Frame* frame) : frame_(frame) { ++frame_->references_; }
  void Free();

  Frame* frame_ = nullptr;
};

}  // namespace sim

#endif  // SIM_NET_FRAME_H_
