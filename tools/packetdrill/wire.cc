#include "tools/packetdrill/wire.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "providers/ethernet/ethernet_header.h"
#include "sim/world.h"

namespace wsim::packetdrill {

using ethernet::EthernetHeader;

Wire::Wire(sim::Nic& far, sim::Nic& near, Endpoints& endpoints)
    : far_(far), near_(near), endpoints_(endpoints) {
  far_.SetReceiver(this);
}

Wire::~Wire() { far_.SetReceiver(nullptr); }

void Wire::Inject(wire::ByteSpan packet) {
  const EthernetHeader header{
      .destination = near_.mac(),
      .source = far_.mac(),
      .type_or_length = packet[0] >> 4 == 6 ? ethernet::kTypeIpv6 : ethernet::kTypeIpv4};
  std::vector<uint8_t> frame;
  header.AppendTo(frame);
  frame.insert(frame.end(), packet.begin(), packet.end());
  if (frame.size() < EthernetHeader::kMinFrameSize) frame.resize(EthernetHeader::kMinFrameSize);
  far_.Send(sim::Frame::Copy(frame));
}

void Wire::OnFrame(sim::Nic&, const sim::FramePtr& frame) {
  wire::ByteSpan payload;
  const absl::StatusOr<EthernetHeader> header = EthernetHeader::Parse(frame->octets(), &payload);
  absl::StatusOr<Packet> packet = absl::NotFoundError("no IP packet");
  if (header.ok() && !header->has_length()) packet = Packet::Parse(payload);
  if (packet.ok()) {
    endpoints_.OnSent(*packet, far_.world().now());
  } else if (!absl::IsNotFound(packet.status()) && fault_.empty()) {
    fault_ = absl::StrCat("the host sent what cannot be read: ", packet.status().message());
  }
  arrived_.Set();
}

}  // namespace wsim::packetdrill
