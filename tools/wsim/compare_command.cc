// wsim compare: one scenario over several providers.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "sim/stack_pool.h"
#include "tools/catalog/provider_catalog.h"
#include "tools/scenario/run.h"
#include "tools/scenario/scenario.h"
#include "tools/views/comparison_table.h"
#include "tools/views/report_json.h"
#include "tools/wsim/commands.h"
#include "tools/wsim/link_flags.h"
#include "tools/wsim/output.h"

namespace wsim {
namespace {

struct CompareFlags {
  std::string scenario;
  std::string providers;
  std::string seed = "1";
  std::string format = "table";
  LinkFlags link;
  LimitFlags limits;
};

// What an entry offers apart from its address family.
bool DifferOnlyInFamily(const ProviderEntry& a, const ProviderEntry& b) {
  return a.registration.socket_type == b.registration.socket_type &&
         a.registration.protocol == b.registration.protocol &&
         a.registration.address_family != b.registration.address_family &&
         a.info.dwServiceFlags1 == b.info.dwServiceFlags1;
}

std::vector<std::string> DefaultProviders() {
  std::vector<const ProviderEntry*> chosen;
  for (const ProviderEntry& entry : Providers()) {
    if ((entry.info.dwServiceFlags1 & winsock::XP1_CONNECTIONLESS) != 0) continue;
    const bool repeats = std::any_of(chosen.begin(), chosen.end(), [&](const ProviderEntry* other) {
      return DifferOnlyInFamily(*other, entry);
    });
    if (!repeats) chosen.push_back(&entry);
  }
  std::vector<std::string> names;
  for (const ProviderEntry* entry : chosen) names.push_back(entry->registration.name);
  return names;
}

absl::StatusOr<std::vector<std::string>> ChosenProviders(const std::string& list) {
  if (list.empty()) return DefaultProviders();
  std::vector<std::string> names = absl::StrSplit(list, ',');
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (FindProvider(*name) == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("--providers: no provider named \"", *name,
                                                     "\"; there are ", ProviderNames()));
    }
    if (std::find(names.begin(), name, *name) != name) {
      return absl::InvalidArgumentError(
          absl::StrCat("--providers: \"", *name, "\" stands there twice"));
    }
  }
  return names;
}

int RunCompare(const CompareFlags& flags) {
  RunOptions options;
  absl::Status status = ReadNumber(flags.seed, "--seed", 0, UINT64_MAX, options.seed);
  status.Update(flags.link.Apply(options.link));
  status.Update(flags.limits.Apply(options.limits));
  const absl::StatusOr<std::vector<std::string>> providers = ChosenProviders(flags.providers);
  status.Update(providers.status());
  if (!status.ok()) return Complain(status.message());
  const absl::StatusOr<Scenario> scenario = Scenario::Load(flags.scenario);
  if (!scenario.ok()) return Complain(scenario.status().message());

  sim::StackPool stacks;
  options.stacks = &stacks;
  std::vector<RunReport> reports;
  for (const std::string& provider : *providers) {
    options.provider = provider;
    absl::StatusOr<RunReport> report = Run(*scenario, options);
    if (!report.ok()) return Complain(report.status().message());
    reports.push_back(*std::move(report));
  }
  const absl::Status printed =
      Print(flags.format == "json" ? ComparisonJson(reports) : ComparisonTable(reports));
  if (!printed.ok()) return Complain(printed.message());
  int exit_status = kExitHeld;
  for (const RunReport& report : reports) {
    if (report.ok()) continue;
    exit_status = ComplainOf(report, absl::StrCat("over ", report.provider, ": "));
  }
  return exit_status;
}

}  // namespace

void AddCompareCommand(CLI::App& app, Command& run) {
  CLI::App* command = app.add_subcommand(
      "compare", "Runs a scenario over several providers and compares the outcomes");
  auto flags = std::make_shared<CompareFlags>();
  command->add_option("SCENARIO.lua", flags->scenario, "a scenario in Lua")
      ->option_text("(required)")
      ->required();
  command
      ->add_option("--providers", flags->providers,
                   "names, joined by commas; every connection-oriented one unless given")
      ->option_text("A,B,...");
  command->add_option("--seed", flags->seed, "which chances are taken; 1 unless given")
      ->option_text("N");
  command->add_option("--format", flags->format, "table unless given")
      ->option_text("table|json")
      ->check(CLI::IsMember({"table", "json"}));
  flags->link.AddTo(*command);
  flags->limits.AddTo(*command);
  command->footer("Example:\n  wsim compare scenarios/transaction_totals.lua --loss=0.05");
  command->callback([&run, flags] { run = [flags] { return RunCompare(*flags); }; });
}

}  // namespace wsim
