// One direction of a link: a queue, a wire, and what happens on it.
#ifndef SIM_NET_LINK_DIRECTION_H_
#define SIM_NET_LINK_DIRECTION_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>

#include "sim/event_queue.h"
#include "sim/net/frame.h"
#include "sim/net/frame_trace.h"
#include "sim/net/link_faults.h"
#include "sim/net/link_parameters.h"
#include "sim/net/nic.h"
#include "sim/trace/fault.h"

namespace sim {

class Network;

// Takes frames from one interface to another. A frame waits for those before it, is sent bit by bit
// at the bandwidth, and is recorded as sent when its last bit leaves; then the faults are drawn,
// and after the latency it arrives. Two events for each frame, and none while the direction is
// idle. Frames keep their order unless the reorder fault strikes: what jitter would bring too early
// arrives with the frame before it. A duplicate is drawn for like a frame of its own, right behind
// its original. Frames that a host left waiting when it crashed are dropped.
class LinkDirection final : public FrameSink {
 public:
  // `name` is "client-server"; `link` and `direction` as in FrameHop. All references outlive it.
  LinkDirection(Network& network, std::string name, uint32_t link, uint32_t direction, Nic& from,
                Nic& to, const LinkParameters& parameters);
  ~LinkDirection() override;
  LinkDirection(const LinkDirection&) = delete;
  LinkDirection& operator=(const LinkDirection&) = delete;

  void Transmit(FramePtr frame) override;

  // For frames whose sending begins from now on.
  void SetParameters(const LinkParameters& parameters) { parameters_ = parameters; }

  // Until Heal, frames are sent and dropped when their last bit leaves; those on the wire, the one
  // half sent included, are lost at once. `fault` is the event in the trace.
  void Partition(TraceId fault);
  void Heal() { is_partitioned_ = false; }

 private:
  class Transit;
  using Transits = std::list<Transit>;

  void SendNext();
  void ScheduleDeparture();
  void OnDeparture();
  void OnSent(const FramePtr& frame, const FrameHop& hop);
  void SendOff(FramePtr frame, const FrameHop& hop);
  void OnArrival(Transit& transit);
  void Reuse(Transits& from, Transits::iterator transit);
  void RecordFault(FaultKind kind, const FrameHop& hop, int64_t detail = 0);
  bool IsSenderOf(const Transit& transit) const;
  Transit& Take(Transits& to);

  Network& network_;
  World& world_;
  const uint32_t link_;
  const uint32_t direction_;
  Nic& from_;
  Nic& to_;
  LinkFaults faults_;
  LinkParameters parameters_;
  LinkParameters sending_parameters_;  // those of the frame being sent, and of what becomes of it
  Transits outbox_;                    // the first is being sent, the others wait
  Transits on_the_wire_;               // in the order of sending
  Transits unused_;                    // to be used again
  size_t work_in_outbox_ = 0;          // how many of `outbox_` are work
  Time last_arrival_;                  // of the frames that keep their order
  Time departure_ = Time::Never();     // of the first in `outbox_`
  bool is_partitioned_ = false;
  bool is_cut_ = false;    // the frame being sent is lost
  TraceId partition_ = 0;  // the last partition's event
};

}  // namespace sim

#endif  // SIM_NET_LINK_DIRECTION_H_
