#include "sim/world.h"

#include <algorithm>
#include <utility>

#include "sim/decision/decisions.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/running.h"
#include "sim/sanitizer.h"
#include "sim/scheduler.h"
#include "sim/stack_pool.h"

namespace sim {

World::World(DecisionSource& decisions, const Limits& limits, StackPool* stacks)
    : limits_(limits),
      own_stacks_(stacks == nullptr ? std::make_unique<StackPool>() : nullptr),
      decisions_(std::make_unique<Decisions>(decisions, trace_)),
      scheduler_(std::make_unique<Scheduler>(*this, stacks == nullptr ? *own_stacks_ : *stacks)),
      slots_(*this),
      network_(std::make_unique<Network>(*this)) {}

World::~World() {
  if (!scheduler_->is_abandoned()) return;
  // Nobody knows what still holds: no destructor of what belonged to the run may be trusted.
  scheduler_->GiveStacksBack();
  sanitizer::IgnoreLeak(network_.release());
  sanitizer::IgnoreLeak(slots_.LeaveBehind());
  sanitizer::IgnoreLeak(scheduler_.release());
}

World* World::Current() {
  // A run in progress is always a scheduler's.
  const auto* scheduler = static_cast<const Scheduler*>(Running::Current());
  return scheduler == nullptr ? nullptr : &scheduler->world();
}

RunResult World::Run() { return scheduler_->Run(); }

void World::Fail(absl::string_view failure) {
  if (failure_.empty()) failure_ = std::string(failure);
}

void World::FailAndEnd(absl::string_view failure) {
  Fail(failure);
  scheduler_->EndAll();
}

void World::NoteRetransmissionCycle(absl::Duration cycle) {
  retransmission_cycle_ = std::max(retransmission_cycle_, cycle);
}

void World::At(Time when, std::function<void()> action) { scheduler_->At(when, std::move(action)); }

}  // namespace sim
