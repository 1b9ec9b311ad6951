#include "providers/osi/clnp/clnp_reassembler.h"

#include <algorithm>
#include <utility>

#include "absl/time/time.h"

namespace osi {
namespace {

constexpr size_t kBlock = 8;  // octets: segment offsets are multiples of it (7.4.2)
constexpr absl::Duration kLifetimeUnit = absl::Milliseconds(500);

}  // namespace

sim::FramePtr ClnpReassembler::Add(const ClnpDataPdu& pdu, size_t header_octets,
                                   wire::ByteSpan head, sim::Time now) {
  ForgetOld(now);
  const ClnpSegmentation& segmentation = *pdu.segmentation;
  if (segmentation.total_length < header_octets) return {};
  const size_t total = segmentation.total_length - header_octets;
  Key key{pdu.source, pdu.destination, segmentation.data_unit_identifier};
  auto found = units_.find(key);
  // The same identifier with another length is another data unit: the older one will not be
  // completed.
  if (found != units_.end() && found->second.data->size() != total) {
    Forget(found, DiscardReason::kReassemblyInterference);
    found = units_.end();
  }
  if (found == units_.end()) {
    MakeRoomFor(total);
    const size_t blocks = (total + kBlock - 1) / kBlock;
    Unit unit{.place = {now + pdu.lifetime * kLifetimeUnit, next_order_++},
              .data = sim::Frame::Create(total),
              .head = {head.begin(), head.end()},
              .present = std::vector<bool>(blocks),
              .missing = blocks};
    unit.data->Append(total);
    ends_.emplace(unit.place, key);
    found = units_.emplace(std::move(key), std::move(unit)).first;
    octets_ += total + kUnitOverhead;
  }
  Unit& unit = found->second;
  const size_t end = std::min(total, segmentation.offset + pdu.data.size());
  for (size_t at = segmentation.offset; at < end; at += kBlock) {
    if (unit.present[at / kBlock]) continue;
    const size_t count = std::min(kBlock, end - at);
    std::copy_n(pdu.data.begin() + (at - segmentation.offset), count,
                unit.data->writable().begin() + at);
    unit.present[at / kBlock] = true;
    --unit.missing;
  }
  if (unit.missing != 0) return {};
  sim::FramePtr whole = unit.data;
  Erase(found);
  return whole;
}

void ClnpReassembler::ForgetOld(sim::Time now) {
  while (!ends_.empty() && ends_.begin()->first.first <= now) {
    Forget(units_.find(ends_.begin()->second), DiscardReason::kLifetimeExpiredInReassembly);
  }
}

void ClnpReassembler::MakeRoomFor(size_t octets) {
  while (!ends_.empty() && octets_ + octets + kUnitOverhead > kMaxOctets) {
    Forget(units_.find(ends_.begin()->second), DiscardReason::kCongestion);
  }
}

sim::Time ClnpReassembler::next_deadline() const {
  return ends_.empty() ? sim::Time::Never() : ends_.begin()->first.first;
}

void ClnpReassembler::Forget(Units::iterator unit, DiscardReason reason) {
  forgotten_.push_back({.reason = reason, .head = std::move(unit->second.head)});
  Erase(unit);
}

void ClnpReassembler::Erase(Units::iterator unit) {
  octets_ -= unit->second.data->size() + kUnitOverhead;
  ends_.erase(unit->second.place);
  units_.erase(unit);
}

}  // namespace osi
