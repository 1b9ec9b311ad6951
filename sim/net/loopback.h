// How a host's frames to itself come back.
#ifndef SIM_NET_LOOPBACK_H_
#define SIM_NET_LOOPBACK_H_

#include <list>

#include "sim/event_queue.h"
#include "sim/net/nic.h"

namespace sim {

// Gives each frame back to the interface that it was sent from: at the same instant, in the order
// of sending, as an event of its own. No link, no fault and no capture; what the host sent before a
// crash is lost with it.
class Loopback final : public FrameSink {
 public:
  // `nic` belongs to a host and outlives it.
  explicit Loopback(Nic& nic);
  ~Loopback() override;
  Loopback(const Loopback&) = delete;
  Loopback& operator=(const Loopback&) = delete;

  void Transmit(FramePtr frame) override;

 private:
  class Return;

  Nic& nic_;
  std::list<Return> pending_;  // in the order of sending
  std::list<Return> unused_;   // to be used again
};

}  // namespace sim

#endif  // SIM_NET_LOOPBACK_H_
