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
namespace {

// Keeps what is recorded while the script loads (remarks, draws), until a listener can be told who
// takes part.
class Opening final : public sim::TraceListener {
 public:
  explicit Opening(RunListener& listener) : listener_(listener) {}

  void OnTraceEvent(const sim::TraceEvent& event) override {
    if (has_started_) return listener_.OnTraceEvent(event);
    kept_.push_back({event, {event.octets.begin(), event.octets.end()}, std::string(event.text)});
  }

  void Start(const Cast& cast) {
    has_started_ = true;
    listener_.OnStart(cast);
    for (Kept& kept : std::exchange(kept_, {})) {
      kept.event.octets = kept.octets;
      kept.event.text = kept.text;
      listener_.OnTraceEvent(kept.event);
    }
  }

 private:
  struct Kept {
    sim::TraceEvent event;  // its name and clause are literals
    std::vector<uint8_t> octets;
    std::string text;
  };

  RunListener& listener_;
  bool has_started_ = false;
  std::vector<Kept> kept_;
};

RunReport MakeReport(const Scenario& scenario, const RunOptions& options, ScenarioHost& host) {
  RunReport report;
  report.scenario = scenario.name();
  report.provider = options.provider;
  report.seed = options.seed;
  report.frames = host.world().network().frames_sent();
  report.wire_octets = host.world().network().octets_sent();
  report.decisions = host.world().decisions().count();
  report.outcomes = host.outcomes();
  return report;
}

}  // namespace

absl::StatusOr<RunReport> Run(const Scenario& scenario, const RunOptions& options) {
  if (FindProvider(options.provider) == nullptr) {
    return absl::NotFoundError(
        absl::StrCat("no provider named \"", options.provider, "\"; there are ", ProviderNames()));
  }
  std::optional<sim::SeededSource> seeded;
  if (options.decisions == nullptr) seeded.emplace(options.seed);
  sim::Fingerprint fingerprint;
  std::vector<std::unique_ptr<Opening>> openings;  // outlive the host, whose trace refers to them
  ScenarioHost host(options, seeded.has_value() ? *seeded : *options.decisions);
  sim::Trace& trace = host.world().trace();
  trace.AddListener(fingerprint, /*wants_text=*/false);
  for (sim::TraceListener* recorder : options.recorders) {
    trace.AddListener(*recorder, /*wants_text=*/false);
  }
  for (RunListener* listener : options.listeners) {
    openings.push_back(std::make_unique<Opening>(*listener));
    trace.AddListener(*openings.back(), listener->wants_text());
  }

  if (absl::Status loaded = host.Load(scenario); !loaded.ok()) return loaded;
  const Cast cast = host.cast();
  for (const std::unique_ptr<Opening>& opening : openings) opening->Start(cast);
  sim::RunResult result = host.Run();
  RunReport report = MakeReport(scenario, options, host);
  report.failure = std::move(result.failure);
  report.fingerprint = fingerprint.value();
  report.virtual_time = result.virtual_time;
  return report;
}

}  // namespace wsim
