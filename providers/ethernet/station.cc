#include "providers/ethernet/station.h"

#include <cstring>
#include <memory>

#include "providers/ethernet/llc_header.h"
#include "sim/world.h"

namespace ethernet {
namespace {

void PadToMinimum(sim::Frame& frame) {
  if (frame.size() >= EthernetHeader::kMinFrameSize) return;
  const size_t missing = EthernetHeader::kMinFrameSize - frame.size();
  std::memset(frame.Append(missing), 0, missing);
}

template <class Key>
void SetReceiver(absl::btree_map<Key, PacketReceiver*>& receivers, Key key,
                 PacketReceiver* receiver) {
  if (receiver == nullptr) {
    receivers.erase(key);
  } else {
    receivers[key] = receiver;
  }
}

template <class Key>
PacketReceiver* Find(const absl::btree_map<Key, PacketReceiver*>& receivers, Key key) {
  auto found = receivers.find(key);
  return found == receivers.end() ? nullptr : found->second;
}

}  // namespace

Station::Station(sim::Boot& boot) : boot_(boot) {
  for (const std::unique_ptr<sim::Nic>& nic : boot.host().nics()) nic->SetReceiver(this);
  boot.host().loopback().SetReceiver(this);
}

Station::~Station() {
  for (const std::unique_ptr<sim::Nic>& nic : boot_.host().nics()) nic->SetReceiver(nullptr);
  boot_.host().loopback().SetReceiver(nullptr);
}

void Station::SetReceiverOfType(uint16_t type, PacketReceiver* receiver) {
  SetReceiver(by_type_, type, receiver);
}

void Station::SetReceiverOfSap(uint8_t sap, PacketReceiver* receiver) {
  SetReceiver(by_sap_, sap, receiver);
}

void Station::Send(sim::Nic& nic, const Address& destination, uint16_t type,
                   const sim::FramePtr& packet) {
  const EthernetHeader header{
      .destination = destination, .source = nic.mac(), .type_or_length = type};
  header.WriteTo(packet->Prepend(header.size()));
  PadToMinimum(*packet);
  nic.Send(packet);
}

void Station::SendToSap(sim::Nic& nic, const Address& destination, uint8_t sap,
                        const sim::FramePtr& packet) {
  const LlcHeader llc{.destination_sap = sap, .source_sap = sap};
  llc.WriteTo(packet->Prepend(llc.size()));
  const EthernetHeader header{.destination = destination,
                              .source = nic.mac(),
                              .type_or_length = static_cast<uint16_t>(packet->size())};
  header.WriteTo(packet->Prepend(header.size()));
  PadToMinimum(*packet);
  nic.Send(packet);
}

void Station::OnFrame(sim::Nic& nic, const sim::FramePtr& frame) {
  wire::ByteSpan payload;
  const absl::StatusOr<EthernetHeader> header = EthernetHeader::Parse(frame->octets(), &payload);
  if (!header.ok()) return Drop(header.status().message());
  if (header->destination != nic.mac() && header->destination != kBroadcast) {
    return Drop("Ethernet: for another station");
  }
  PacketReceiver* receiver = nullptr;
  if (header->has_length()) {
    const absl::StatusOr<LlcHeader> llc = LlcHeader::Parse(payload);
    if (!llc.ok()) return Drop(llc.status().message());
    receiver = Find(by_sap_, llc->destination_sap);
    payload.remove_prefix(llc->size());
  } else {
    receiver = Find(by_type_, header->type_or_length);
  }
  if (receiver == nullptr) return Drop("Ethernet: no such protocol here");
  receiver->OnPacket(nic, frame, payload);
}

void Station::Drop(absl::string_view why) {
  boot_.world().trace().Record(
      {.kind = sim::TraceKind::kPduDropped, .name = "Ethernet", .text = why});
}

}  // namespace ethernet
