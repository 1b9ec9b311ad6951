#include "providers/inet/fragment_reassembler.h"

#include <algorithm>

namespace inet {
namespace {

constexpr size_t kBlock = 8;  // octets: offsets are multiples of it

// Values of the ECN field, RFC 3168 5.
constexpr uint8_t kNotCapable = 0;
constexpr uint8_t kCongestionExperienced = 3;

size_t Blocks(size_t octets) { return (octets + kBlock - 1) / kBlock; }

}  // namespace

std::optional<FragmentReassembler::Whole> FragmentReassembler::Add(const Fragment& fragment,
                                                                   sim::Time now) {
  ForgetOld(now);
  const Key key{fragment.source, fragment.destination, fragment.identification, fragment.protocol};
  auto found = packets_.find(key);
  if (found == packets_.end()) found = Begin(key, now);
  Packet& packet = found->second;
  if (const absl::string_view why = Objection(packet, fragment); !why.empty()) {
    GiveUp(packet, why);
    return std::nullopt;
  }
  octets_ -= OctetsOf(packet);
  Place(packet, fragment);
  octets_ += OctetsOf(packet);
  if (packet.total == packet.data.size() && packet.missing_blocks == 0) return TakeWhole(found);
  MakeRoomBut(key);
  return std::nullopt;
}

absl::string_view FragmentReassembler::Objection(const Packet& packet,
                                                 const Fragment& fragment) const {
  if (packet.is_given_up) return "a fragment of a packet that was given up";
  const size_t end = fragment.offset + fragment.data.size();
  if (packet.total.has_value() &&
      (end > *packet.total || (fragment.is_last && end != *packet.total))) {
    return "fragments disagree about the length";
  }
  if (fragment.is_last && packet.data.size() > end) return "fragments disagree about the length";
  if (!rules_.overlap_ends_packet) return "";
  const auto same = packet.size_by_offset.find(fragment.offset);
  if (same != packet.size_by_offset.end() && same->second == fragment.data.size()) return "";
  const size_t known = std::min(Blocks(end), packet.present.size());
  for (size_t block = fragment.offset / kBlock; block < known; ++block) {
    if (packet.present[block]) return "fragments overlap";
  }
  return "";
}

void FragmentReassembler::Place(Packet& packet, const Fragment& fragment) {
  const size_t end = fragment.offset + fragment.data.size();
  if (fragment.is_last) packet.total = end;
  if (end > packet.data.size()) {
    packet.missing_blocks += Blocks(end) - packet.present.size();
    packet.data.resize(end);
    packet.present.resize(Blocks(end));
  }
  std::copy(fragment.data.begin(), fragment.data.end(), packet.data.begin() + fragment.offset);
  for (size_t block = fragment.offset / kBlock; block < Blocks(end); ++block) {
    if (!packet.present[block]) --packet.missing_blocks;
    packet.present[block] = true;
  }
  if (rules_.overlap_ends_packet) packet.size_by_offset[fragment.offset] = fragment.data.size();
  if (fragment.offset == 0) {
    packet.first.assign(fragment.packet.begin(), fragment.packet.end());
    packet.ecn = fragment.ecn;
  }
  packet.was_congested |= fragment.ecn == kCongestionExperienced;
  packet.was_not_capable |= fragment.ecn == kNotCapable;
}

std::optional<FragmentReassembler::Whole> FragmentReassembler::TakeWhole(Packets::iterator found) {
  Packet& packet = found->second;
  octets_ -= OctetsOf(packet);
  std::optional<Whole> whole;
  if (packet.was_congested && packet.was_not_capable) {
    Lose(packet,
         {.why = "congestion, in a packet that can not tell of it", .clause = "RFC 3168 5.3"});
  } else {
    whole = Whole{.first = std::move(packet.first),
                  .data = std::move(packet.data),
                  .ecn = packet.was_congested ? kCongestionExperienced : packet.ecn};
  }
  Erase(found);
  return whole;
}

FragmentReassembler::Packets::iterator FragmentReassembler::Begin(const Key& key, sim::Time now) {
  const auto begun =
      packets_.emplace(key, Packet{.deadline = now + Lifetime(), .order = next_order_++}).first;
  by_order_.emplace(begun->second.order, key);
  octets_ += OctetsOf(begun->second);
  return begun;
}

void FragmentReassembler::MakeRoomBut(const Key& key) {
  auto oldest = by_order_.begin();
  while (octets_ > kMaxOctets && oldest != by_order_.end()) {
    const auto packet = packets_.find(oldest->second);
    ++oldest;
    if (packet->first == key) continue;
    Forget(packet, {.why = "no room for more fragments", .clause = rules_.clause});
    oldest = by_order_.begin();
  }
}

void FragmentReassembler::GiveUp(Packet& packet, absl::string_view why) {
  octets_ -= OctetsOf(packet);
  Lose(packet, {.why = why, .clause = rules_.clause});
  packet = Packet{.deadline = packet.deadline, .order = packet.order, .is_given_up = true};
  octets_ += OctetsOf(packet);
}

void FragmentReassembler::ForgetOld(sim::Time now) {
  while (next_deadline() <= now) {
    Forget(packets_.find(by_order_.begin()->second),
           {.why = "never became whole in time", .clause = rules_.clause, .is_timeout = true});
  }
}

void FragmentReassembler::Forget(Packets::iterator found, Loss loss) {
  octets_ -= OctetsOf(found->second);
  if (!found->second.is_given_up) Lose(found->second, std::move(loss));
  Erase(found);
}

void FragmentReassembler::Erase(Packets::iterator found) {
  by_order_.erase(found->second.order);
  packets_.erase(found);
}

void FragmentReassembler::Lose(Packet& packet, Loss loss) {
  loss.first = std::move(packet.first);
  losses_.push_back(std::move(loss));
}

sim::Time FragmentReassembler::next_deadline() const {
  return by_order_.empty() ? sim::Time::Never()
                           : packets_.find(by_order_.begin()->second)->second.deadline;
}

size_t FragmentReassembler::OctetsOf(const Packet& packet) {
  return kOctetsToKeepOne + packet.first.size() + packet.data.size() +
         packet.size_by_offset.size() * sizeof(*packet.size_by_offset.begin());
}

}  // namespace inet
