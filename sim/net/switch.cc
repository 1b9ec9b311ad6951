#include "sim/net/switch.h"

#include "absl/types/span.h"
#include "sim/world.h"

namespace sim {
namespace {

constexpr size_t kAddressSize = 6;  // octets; the destination stands first in a frame

uint64_t Number(absl::Span<const uint8_t> address) {
  uint64_t number = 0;
  for (size_t i = 0; i < kAddressSize; ++i) number = number << 8 | address[i];
  return number;
}

// IEEE 802, 8.2: the first bit on the wire, which is the first octet's lowest.
bool IsGroup(absl::Span<const uint8_t> address) { return (address[0] & 1) != 0; }

}  // namespace

Nic& Switch::AddPort(uint32_t number, const MacAddress& mac) {
  ports_.push_back(std::make_unique<Nic>(world_, nullptr, number, mac, 0));
  ports_.back()->SetReceiver(this);
  return *ports_.back();
}

void Switch::ConnectStation(Nic& port, const MacAddress& station) { Learn(Number(station), port); }

void Switch::Learn(uint64_t station, Nic& port) {
  if (ports_by_station_.emplace(station, &port).second) stations_.push_back(station);
  for (const Trunk& trunk : trunks_) {
    if (trunk.port != &port) trunk.other->Learn(station, *trunk.port_of_other);
  }
}

void Switch::Connect(Switch& a, Nic& port_of_a, Switch& b, Nic& port_of_b) {
  const std::vector<uint64_t> stations_of_a = a.stations_;
  for (uint64_t station : b.stations_) a.Learn(station, port_of_a);
  for (uint64_t station : stations_of_a) b.Learn(station, port_of_b);
  a.trunks_.push_back({&port_of_a, &b, &port_of_b});
  b.trunks_.push_back({&port_of_b, &a, &port_of_a});
}

bool Switch::Reaches(const Switch& other) const { return ReachesBeyond(other, nullptr); }

bool Switch::ReachesBeyond(const Switch& other, const Nic* from) const {
  if (this == &other) return true;
  for (const Trunk& trunk : trunks_) {
    if (trunk.port != from && trunk.other->ReachesBeyond(other, trunk.port_of_other)) return true;
  }
  return false;
}

void Switch::OnFrame(Nic& port, const FramePtr& frame) {
  const absl::Span<const uint8_t> octets = frame->octets();
  if (octets.size() < kAddressSize) {
    return RecordFrameDrop(world_.trace(), FrameDropReason::kTooShort);
  }
  if (IsGroup(octets)) return Flood(port, frame);
  const auto found = ports_by_station_.find(Number(octets));
  if (found == ports_by_station_.end() || found->second == &port) {
    return RecordFrameDrop(world_.trace(), FrameDropReason::kUnknownStation);
  }
  found->second->Send(frame);
}

void Switch::Flood(const Nic& from, const FramePtr& frame) {
  for (const std::unique_ptr<Nic>& port : ports_) {
    if (port.get() != &from) port->Send(frame);
  }
}

}  // namespace sim
