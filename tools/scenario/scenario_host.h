// What a scenario's script sees of its run: the world behind the language's functions.
#ifndef TOOLS_SCENARIO_SCENARIO_HOST_H_
#define TOOLS_SCENARIO_SCENARIO_HOST_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "sim/decision/decisions.h"
#include "sim/world.h"
#include "tools/catalog/provider_catalog.h"
#include "tools/scenario/run.h"
#include "tools/scenario/sandbox/sandbox.h"
#include "tools/scenario/sandbox/sandbox_host.h"
#include "tools/scenario/sandbox/thread_limits.h"

namespace wsim {

// One run. The bindings (bindings.h) are the functions that call it.
class ScenarioHost final : public SandboxHost {
 public:
  // `options` outlives the host. Its provider is in the catalog.
  ScenarioHost(const RunOptions& options, sim::DecisionSource& decisions);
  ~ScenarioHost() override;

  static ScenarioHost& Of(lua_State* L) {
    return static_cast<ScenarioHost&>(Sandbox::Of(L).host());
  }

  // Runs the script's own chunk, which declares the network and the processes. One line on error.
  absl::Status Load(const Scenario& scenario);
  // From time 0 to the end.
  sim::RunResult Run();

  sim::World& world() { return *world_; }
  const ProviderEntry& provider() const { return *provider_; }
  const std::vector<Outcome>& outcomes() const { return outcomes_; }
  Cast cast() const;

  // SandboxHost.
  ThreadLimits& Limits() override;
  bool IsEnding() const override;
  uint64_t Random(uint64_t largest) override;
  void Print(absl::string_view text) override { Note(text); }

  // The language's verbs, as far as they are not calls of the world itself. Errors are one line.
  bool is_loading() const { return is_loading_; }
  bool has_network() const { return has_network_; }
  // `network` may be called once, and nothing that needs one may come before it.
  void OnNetworkDeclared() { has_network_ = true; }
  // Two hosts and a link, unless the script has said otherwise.
  absl::Status EnsureNetwork();
  absl::Status AddLink(absl::string_view a, absl::string_view b, sim::LinkParameters parameters);
  // Empty name: the host's, with a number from the second on. Returns the process's name.
  absl::StatusOr<std::string> AddProcess(absl::string_view host, absl::string_view name,
                                         Reference main);
  // While it lives, a condition function runs on the calling thread, and nothing may block.
  class ConditionScope {
   public:
    ConditionScope();
    ~ConditionScope();
    ConditionScope(const ConditionScope&) = delete;
    ConditionScope& operator=(const ConditionScope&) = delete;

   private:
    int& depth_;
  };
  bool is_in_condition() const;
  // Another thread in the calling process.
  void StartThread(Reference body);
  // InvalidArgument: no process was declared with that name; FailedPrecondition: it does not run.
  absl::Status KillProcess(absl::string_view name);
  void RunAt(sim::Time when, Reference function);
  void Note(absl::string_view text);
  void Step(absl::string_view label, absl::string_view text);
  // AlreadyExists; ResourceExhausted when all outcomes together take more than kMostOutcomeOctets.
  static constexpr size_t kMostOutcomeOctets = size_t{16} << 20;
  absl::Status AddOutcome(absl::string_view name, std::string value);
  void Check(bool held, absl::string_view text);

 private:
  struct ThreadState;

  // A host answers whoever calls it, and a router forwards, before any of its programs makes a
  // socket, and if it runs none.
  void StartProtocolsWithTheHosts();
  void RunMain(const Reference& main);
  void RunThread(const Reference& body);
  // Says what became of script code that came back with `result`.
  void Conclude(const CallResult& result);

  const RunOptions& options_;
  const ProviderEntry* const provider_;
  bool is_loading_ = true;
  bool has_network_ = false;
  ThreadLimits outside_limits_;  // of loading, and of functions given to `at`
  std::vector<Outcome> outcomes_;
  absl::btree_set<std::string> outcome_names_;
  size_t outcome_octets_ = 0;
  struct DeclaredProcess {
    std::string name;
    std::string host;
  };
  std::vector<DeclaredProcess> processes_;
  absl::btree_map<std::string, size_t> processes_by_name_;  // places in processes_
  absl::btree_map<std::string, int> processes_of_host_;     // how many without a name of their own
  std::vector<Cast::Link> links_;
  Sandbox sandbox_;
  // After the sandbox, which its threads refer to.
  std::unique_ptr<sim::World> world_;
};

}  // namespace wsim

#endif  // TOOLS_SCENARIO_SCENARIO_HOST_H_
