#include "tools/scenario/run.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/decision/seeded_source.h"
#include "sim/trace/fingerprint.h"
#include "tools/catalog/provider_catalog.h"
#include "tools/scenario/scenario_host.h"

namespace wsim {

absl::StatusOr<RunReport> Run(const Scenario& scenario, const RunOptions& options) {
  if (FindProvider(options.provider) == nullptr) {
    return absl::NotFoundError(
        absl::StrCat("no provider named \"", options.provider, "\"; there are ", ProviderNames()));
  }
  std::optional<sim::SeededSource> seeded;
  if (options.decisions == nullptr) seeded.emplace(options.seed);
  ScenarioHost host(options, seeded.has_value() ? *seeded : *options.decisions);
  sim::Fingerprint fingerprint;
  host.world().trace().AddListener(fingerprint, /*wants_text=*/false);
  for (sim::TraceListener* recorder : options.recorders) {
    host.world().trace().AddListener(*recorder, /*wants_text=*/false);
  }
  for (RunListener* listener : options.listeners) {
    host.world().trace().AddListener(*listener, listener->wants_text());
  }
  if (absl::Status loaded = host.Load(scenario); !loaded.ok()) return loaded;
  const Cast cast = host.cast();
  for (RunListener* listener : options.listeners) listener->OnStart(cast);
  sim::RunResult result = host.Run();

  RunReport report;
  report.scenario = scenario.name();
  report.provider = options.provider;
  report.seed = options.seed;
  report.failure = std::move(result.failure);
  report.fingerprint = fingerprint.value();
  report.virtual_time = result.virtual_time;
  report.frames = host.world().network().frames_sent();
  report.wire_octets = host.world().network().octets_sent();
  report.decisions = host.world().decisions().count();
  report.outcomes = host.outcomes();
  return report;
}

}  // namespace wsim
