#include "tools/scenario/scenario_host.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "sim/host.h"
#include "sim/net/network.h"
#include "sim/process.h"
#include "sim/thread.h"
#include "stack/winsock2.h"
#include "tools/scenario/bindings.h"

namespace wsim {
namespace {

absl::Span<const uint8_t> Octets(absl::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

// For Cast: the beginnings of each host's addresses in every family.
std::vector<std::pair<std::string, std::string>> AddressNames(
    const std::vector<std::string>& hosts) {
  constexpr uint16_t kAnyPort = 1;  // one that the text shows
  absl::btree_map<std::string, std::string> names;
  for (const ProviderEntry& entry : Providers()) {
    const transport::AddressFormat& format = *entry.registration.addresses;
    for (size_t i = 0; i < hosts.size(); ++i) {
      std::string text = format.ToText(format.OfHost(static_cast<uint32_t>(i) + 1, kAnyPort));
      text.erase(text.rfind(':') + 1);
      names.try_emplace(std::move(text), absl::StrCat(hosts[i], ":"));
    }
    std::string any = format.ToText(format.Wildcard(kAnyPort));
    any.erase(any.rfind(':') + 1);
    names.try_emplace(std::move(any), "*:");
  }
  return {names.begin(), names.end()};
}

}  // namespace

// What the host keeps of one simulated thread.
struct ScenarioHost::ThreadState {
  explicit ThreadState(sim::Thread&) {}
  ThreadLimits limits;
  uint64_t suspensions = 0;  // when `limits` were looked at last
  int conditions = 0;        // condition functions that run, one inside the other
};

ScenarioHost::ScenarioHost(const RunOptions& options, sim::DecisionSource& decisions)
    : options_(options),
      provider_(FindProvider(options.provider)),
      sandbox_(*this),
      world_(std::make_unique<sim::World>(decisions, options.limits, options.stacks)) {}

ScenarioHost::~ScenarioHost() = default;

absl::Status ScenarioHost::Load(const Scenario& scenario) {
  if (absl::Status status = InstallProviders(*world_); !status.ok()) return status;
  if (absl::Status status = sandbox_.Install(AddBindings); !status.ok()) return status;
  if (absl::Status status = sandbox_.LoadCompiled(scenario.compiled(), scenario.name());
      !status.ok()) {
    return status;
  }
  const CallResult loaded = sandbox_.RunChunk();
  if (!loaded.returned()) {
    const bool names_it = absl::StartsWith(loaded.message, absl::StrCat(scenario.name(), ":"));
    return absl::InvalidArgumentError(
        names_it ? loaded.message : absl::StrCat(scenario.name(), ": ", loaded.message));
  }
  if (absl::Status status = EnsureNetwork(); !status.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(scenario.name(), ": ", status.message()));
  }
  StartProtocolsWithTheHosts();
  if (!world_->failure().empty()) return absl::InvalidArgumentError(world_->failure());  // a check
  is_loading_ = false;
  return absl::OkStatus();
}

void ScenarioHost::StartProtocolsWithTheHosts() {
  for (const std::unique_ptr<sim::Host>& host : world_->network().hosts()) {
    for (const ProviderEntry& entry : Providers()) {
      host->OnBoot([&entry](sim::Boot& boot) { entry.registration.of_boot(boot); });
    }
  }
}

sim::RunResult ScenarioHost::Run() { return world_->Run(); }

Cast ScenarioHost::cast() const {
  Cast cast;
  for (const std::unique_ptr<sim::Host>& host : world_->network().hosts()) {
    cast.hosts.emplace_back(host->name());
  }
  for (const DeclaredProcess& process : processes_) {
    cast.processes.push_back(process.name);
    cast.process_hosts.push_back(process.host);
  }
  cast.links = links_;
  cast.address_names = AddressNames(cast.hosts);
  return cast;
}

ThreadLimits& ScenarioHost::Limits() {
  sim::Thread* thread = sim::Thread::Current();
  if (thread == nullptr) return outside_limits_;
  ThreadState& state = thread->slots().Get<ThreadState>();
  if (state.suspensions != thread->suspensions()) {
    state.suspensions = thread->suspensions();
    state.limits.OnBlocked();
  }
  return state.limits;
}

bool ScenarioHost::IsEnding() const {
  const sim::Thread* thread = sim::Thread::Current();
  return thread != nullptr && thread->is_ending();
}

uint64_t ScenarioHost::Random(uint64_t largest) {
  sim::DecisionStream& stream = world_->decisions().Stream("scenario/random");
  // Below counts alternatives, one more than the largest number; the widest range takes two draws.
  if (largest == UINT64_MAX) return stream.Below(1ull << 32) << 32 | stream.Below(1ull << 32);
  return stream.Below(largest + 1);
}

absl::Status ScenarioHost::EnsureNetwork() {
  if (has_network_) return absl::OkStatus();
  has_network_ = true;
  for (const char* name : {"client", "server"}) {
    absl::StatusOr<sim::Host*> host = world_->network().AddHost(name);
    if (!host.ok()) return host.status();
  }
  return AddLink("client", "server", {.latency = absl::Milliseconds(10)});
}

absl::Status ScenarioHost::AddLink(absl::string_view a, absl::string_view b,
                                   sim::LinkParameters parameters) {
  options_.link.ApplyTo(parameters);
  links_.push_back({std::string(a), std::string(b)});
  return world_->network().AddLink(a, b, parameters);
}

ScenarioHost::ConditionScope::ConditionScope()
    : depth_(sim::Thread::Current()->slots().Get<ThreadState>().conditions) {
  ++depth_;
}

ScenarioHost::ConditionScope::~ConditionScope() { --depth_; }

bool ScenarioHost::is_in_condition() const {
  sim::Thread* thread = sim::Thread::Current();
  return thread != nullptr && thread->slots().Get<ThreadState>().conditions > 0;
}

absl::StatusOr<std::string> ScenarioHost::AddProcess(absl::string_view host_name,
                                                     absl::string_view name, Reference main) {
  sim::Host* host = world_->network().FindHost(host_name);
  if (host == nullptr || host->is_router()) {
    return absl::InvalidArgumentError(absl::StrCat("no host named \"", host_name, "\""));
  }
  std::string chosen(name);
  while (chosen.empty() || (name.empty() && processes_by_name_.contains(chosen))) {
    const int number = ++processes_of_host_[std::string(host_name)];
    chosen = number == 1 ? std::string(host_name) : absl::StrCat(host_name, " ", number);
  }
  if (!processes_by_name_.try_emplace(chosen, processes_.size()).second) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is a process named \"", name, "\" already"));
  }
  processes_.push_back({chosen, std::string(host_name)});
  host->DeclareProcess(
      chosen, [this, main = std::make_shared<Reference>(std::move(main))] { RunMain(*main); });
  return chosen;
}

void ScenarioHost::StartThread(Reference body) {
  sim::Thread::Current()->process().StartThread(
      [this, body = std::make_shared<Reference>(std::move(body))] { RunThread(*body); });
}

void ScenarioHost::RunMain(const Reference& main) {
  winsock::WSADATA data;
  const int error = winsock::WSAStartup(winsock::WINSOCK_VERSION, &data);
  if (error != 0) return;  // the thread was ended before it began: nothing else can refuse it
  RunThread(main);
}

void ScenarioHost::RunThread(const Reference& body) {
  absl::StatusOr<ScriptThread> thread = ScriptThread::Create(sandbox_);
  if (!thread.ok()) {
    world_->FailAndEnd(thread.status().message());
    return;
  }
  Conclude(thread->Run(body));
}

void ScenarioHost::Conclude(const CallResult& result) {
  switch (result.kind) {
    case CallResult::Kind::kReturned:
    case CallResult::Kind::kEnded:
      return;
    case CallResult::Kind::kFailed:
      world_->Fail(result.message);
      if (sim::Thread* thread = sim::Thread::Current()) thread->process().Kill();
      return;
    case CallResult::Kind::kLimit:
      world_->FailAndEnd(result.message);
      return;
  }
}

absl::Status ScenarioHost::KillProcess(absl::string_view name) {
  const auto declared = processes_by_name_.find(std::string(name));
  if (declared == processes_by_name_.end()) {
    return absl::InvalidArgumentError(absl::StrCat("kill: no process named \"", name, "\""));
  }
  sim::Host* host = world_->network().FindHost(processes_[declared->second].host);
  if (!host->is_up()) {
    return absl::FailedPreconditionError(absl::StrCat("the host '", host->name(), "' is down"));
  }
  for (const std::unique_ptr<sim::Process>& process : host->boot()->processes()) {
    if (process->name() != name || process->is_ending()) continue;
    process->Kill();
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(absl::StrCat("the process '", name, "' has ended already"));
}

void ScenarioHost::RunAt(sim::Time when, Reference function) {
  world_->At(when, [this, function = std::make_shared<Reference>(std::move(function))] {
    outside_limits_.OnBlocked();
    absl::StatusOr<ScriptThread> thread = ScriptThread::Create(sandbox_);
    if (!thread.ok()) {
      world_->FailAndEnd(thread.status().message());
      return;
    }
    Conclude(thread->Run(*function));
  });
}

void ScenarioHost::Note(absl::string_view text) {
  world_->trace().Record({.kind = sim::TraceKind::kNote, .octets = Octets(text)});
}

void ScenarioHost::Step(absl::string_view label, absl::string_view text) {
  world_->trace().Record({.kind = sim::TraceKind::kStep, .octets = Octets(text), .text = label});
}

absl::Status ScenarioHost::AddOutcome(absl::string_view name, std::string value) {
  if (!outcome_names_.emplace(name).second) {
    return absl::AlreadyExistsError(absl::StrCat("the outcome \"", name, "\" was reported before"));
  }
  outcome_octets_ += name.size() + value.size();
  if (outcome_octets_ > kMostOutcomeOctets) {
    return absl::ResourceExhaustedError("all outcomes together take more than 16 MiB");
  }
  world_->trace().Record({.kind = sim::TraceKind::kOutcome, .octets = Octets(value), .text = name});
  outcomes_.push_back({std::string(name), std::move(value)});
  return absl::OkStatus();
}

void ScenarioHost::Check(bool held, absl::string_view text) {
  world_->trace().Record(
      {.kind = sim::TraceKind::kCheck, .code = held ? 1u : 0u, .octets = Octets(text)});
  if (!held) world_->Fail(text);
}

}  // namespace wsim
