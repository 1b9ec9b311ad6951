#include "sim/net/loopback.h"

#include <utility>

#include "sim/host.h"
#include "sim/world.h"

namespace sim {

// A frame on its way back. Taken out of `pending_` before it is delivered, which may send the next.
class Loopback::Return final : public Event {
 public:
  explicit Return(Loopback& owner) : Event(owner.nic_.world()), owner_(owner) {}

  void Start(FramePtr frame, const Boot* boot) {
    frame_ = std::move(frame);
    boot_ = boot->number();
    ScheduleAt(world().now());
  }

 private:
  void OnDue() override {
    const FramePtr frame = std::move(frame_);
    const uint32_t boot = boot_;
    Loopback& owner = owner_;
    // Events of one instant run in the order of scheduling: this is the first of those pending.
    owner.unused_.splice(owner.unused_.end(), owner.pending_, owner.pending_.begin());
    const Boot* now = owner.nic_.host()->boot();
    if (now == nullptr || now->number() != boot) {
      return RecordFrameDrop(owner.nic_.world().trace(), FrameDropReason::kHostDown);
    }
    owner.nic_.Deliver(frame);
  }

  Loopback& owner_;
  FramePtr frame_;
  uint32_t boot_ = 0;
};

Loopback::Loopback(Nic& nic) : nic_(nic) {}

Loopback::~Loopback() = default;

void Loopback::Transmit(FramePtr frame) {
  if (unused_.empty()) {
    pending_.emplace_back(*this);
  } else {
    pending_.splice(pending_.end(), unused_, unused_.begin());
  }
  pending_.back().Start(std::move(frame), nic_.host()->boot());
}

}  // namespace sim
