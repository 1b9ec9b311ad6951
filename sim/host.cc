#include "sim/host.h"

#include <utility>

#include "sim/net/nic.h"
#include "sim/scheduler.h"
#include "sim/trace/fault.h"
#include "sim/world.h"

namespace sim {

Boot::Boot(Host& host, uint32_t number) : host_(host), number_(number), slots_(*this) {}

Boot::~Boot() = default;

World& Boot::world() const { return host_.world(); }

Process& Boot::StartProcess(absl::string_view name, std::function<void()> main) {
  Scheduler& scheduler = world().scheduler();
  processes_.push_back(std::unique_ptr<Process>(new Process(*this, scheduler.NextProcess(), name)));
  Process& process = *processes_.back();
  if (!host_.is_up() || scheduler.is_ending()) {
    process.is_ending_ = true;
    process.has_ended_ = true;
  }
  process.StartThread(std::move(main));
  return process;
}

bool Boot::HasEnded() const {
  for (const std::unique_ptr<Process>& process : processes_) {
    if (!process->has_ended()) return false;
  }
  return true;
}

Host::Host(World& world, uint32_t number, absl::string_view name, bool is_router)
    : world_(world), number_(number), name_(name), is_router_(is_router) {}

Host::~Host() = default;

void Host::DeclareProcess(absl::string_view name, std::function<void()> main) {
  declarations_.push_back({std::string(name), std::move(main)});
  world_.scheduler().OnProcessDeclared(*this, declarations_.size() - 1);
}

void Host::OnBoot(std::function<void(Boot&)> callback) {
  boot_callbacks_.push_back(std::move(callback));
}

// The boot and its protocols; the declared processes come after it.
void Host::Start() {
  World::HostScope scope(world_, number_);
  boot_.reset(new Boot(*this, ++boots_));
  for (size_t i = 0; i < boot_callbacks_.size(); ++i) boot_callbacks_[i](*boot_);
}

void Host::StartDeclared(size_t index) {
  World::HostScope scope(world_, number_);
  const Declaration& declaration = declarations_[index];
  boot_->StartProcess(declaration.name, declaration.main);
}

void Host::StartAgain() {
  Start();
  for (size_t i = 0; i < declarations_.size() && is_up(); ++i) StartDeclared(i);
}

bool Host::Crash() {
  if (!is_up() && !restarts_after_crash_) return false;
  World::CauseScope scope(world_, world_.context().cause);
  scope.Continue(world_.scheduler().RecordFault(FaultKind::kCrash, *this, 0, name_));
  restarts_after_crash_ = false;
  if (is_crashing_) return true;
  is_crashing_ = true;
  for (const std::unique_ptr<Process>& process : boot_->processes()) process->EndThreads();
  world_.scheduler().OnCrash(*this);
  return true;
}

void Host::Restart() {
  if (restarts_after_crash_ || !world_.scheduler().is_running()) return;
  if (is_up()) Crash();
  World::CauseScope scope(world_, world_.context().cause);
  scope.Continue(world_.scheduler().RecordFault(FaultKind::kRestart, *this, 0, name_));
  if (is_crashing_) {
    restarts_after_crash_ = true;
    restart_cause_ = world_.context().cause;
  } else {
    StartAgain();
  }
}

void Host::FinishCrash() {
  {
    World::HostScope scope(world_, number_);
    boot_.reset();
  }
  is_crashing_ = false;
  if (!std::exchange(restarts_after_crash_, false) || !world_.scheduler().is_running()) return;
  World::CauseScope scope(world_, restart_cause_);
  StartAgain();
}

}  // namespace sim
