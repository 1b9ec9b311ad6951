#include "sim/net/link.h"

#include "absl/strings/str_cat.h"
#include "sim/world.h"

namespace sim {

Link::Link(Network& network, uint32_t number, const End& a, const End& b,
           const LinkParameters& parameters)
    : number_(number),
      name_(DirectionName(a.name, b.name)),
      a_(a.nic),
      b_(b.nic),
      parameters_(parameters),
      a_to_b_(network, name_, number, 0, a_, b_, parameters),
      b_to_a_(network, DirectionName(b.name, a.name), number, 1, b_, a_, parameters) {
  a_.set_mtu(parameters.mtu);
  b_.set_mtu(parameters.mtu);
  a_.Connect(&a_to_b_);
  b_.Connect(&b_to_a_);
}

bool Link::Partition() {
  if (is_partitioned_) return false;
  is_partitioned_ = true;
  const TraceId fault = RecordFault(FaultKind::kPartition, name_);
  a_to_b_.Partition(fault);
  b_to_a_.Partition(fault);
  return true;
}

bool Link::Heal() {
  if (!is_partitioned_) return false;
  is_partitioned_ = false;
  RecordFault(FaultKind::kHeal, name_);
  a_to_b_.Heal();
  b_to_a_.Heal();
  return true;
}

void Link::Change(const LinkOverrides& overrides) {
  overrides.ApplyTo(parameters_);
  a_to_b_.SetParameters(parameters_);
  b_to_a_.SetParameters(parameters_);
  a_.set_mtu(parameters_.mtu);
  b_.set_mtu(parameters_.mtu);
  const bool wants_text = a_.world().trace().wants_text();
  RecordFault(FaultKind::kLinkChange,
              wants_text ? absl::StrCat(name_, " ", overrides.ToString()) : "");
}

TraceId Link::RecordFault(FaultKind kind, absl::string_view text) {
  return a_.world().trace().Record({.kind = TraceKind::kFault,
                                    .code = static_cast<uint32_t>(kind),
                                    .numbers = {number_},
                                    .name = FaultName(kind),
                                    .text = text});
}

std::string DirectionName(absl::string_view from, absl::string_view to) {
  return absl::StrCat(from, "-", to);
}

}  // namespace sim
