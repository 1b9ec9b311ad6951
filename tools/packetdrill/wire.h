// The far end of the host's link: frames of the script's go in there, and what the host sends comes
// out.
#ifndef TOOLS_PACKETDRILL_WIRE_H_
#define TOOLS_PACKETDRILL_WIRE_H_

#include <string>

#include "providers/wire/bytes.h"
#include "sim/net/nic.h"
#include "sim/waitable.h"
#include "tools/packetdrill/endpoints.h"

namespace wsim::packetdrill {

class Wire final : public sim::FrameReceiver {
 public:
  // `far` is the interface at the far end, `near` the host's. Everything outlives the object.
  Wire(sim::Nic& far, sim::Nic& near, Endpoints& endpoints);
  ~Wire() override;

  // Sends an IP packet to the host.
  void Inject(wire::ByteSpan packet);
  // Set by every frame that the host sends.
  sim::Waitable& arrived() { return arrived_; }
  // Not empty: the host sent something that cannot be read.
  const std::string& fault() const { return fault_; }

 private:
  void OnFrame(sim::Nic& nic, const sim::FramePtr& frame) override;

  sim::Nic& far_;
  sim::Nic& near_;
  Endpoints& endpoints_;
  sim::Waitable arrived_;
  std::string fault_;
};

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_WIRE_H_
