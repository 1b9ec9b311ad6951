// wsim run: one scenario over one provider.
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "sim/capture/output_file.h"
#include "sim/capture/pcap_writer.h"
#include "tools/scenario/run.h"
#include "tools/scenario/scenario.h"
#include "tools/views/comparison_table.h"
#include "tools/views/ladder.h"
#include "tools/views/report_json.h"
#include "tools/views/trace_lines.h"
#include "tools/wsim/commands.h"
#include "tools/wsim/link_flags.h"
#include "tools/wsim/output.h"

namespace wsim {
namespace {

struct RunFlags {
  std::string scenario;
  std::string provider = "tcp";
  std::string seed = "1";
  std::string format = "ladder";
  std::string pcap;
  std::string trace;
  LinkFlags link;
  LimitFlags limits;
};

// What follows a run besides its report. Files are opened before the run, so that one that cannot
// be written costs no time, and put in their places after it.
class Followers {
 public:
  absl::Status Open(const RunFlags& flags, RunOptions& options) {
    if (!flags.pcap.empty() && flags.pcap == flags.trace) {
      return absl::InvalidArgumentError(absl::StrCat("--pcap and --trace both name ", flags.pcap,
                                                     "; give each a file of its own"));
    }
    if (flags.format == "ladder") options.listeners.push_back(&ladder_.emplace());
    if (!flags.pcap.empty()) {
      auto capture = sim::PcapWriter::Create(flags.pcap);
      if (!capture.ok()) return capture.status();
      capture_ = *std::move(capture);
      options.recorders.push_back(capture_.get());
    }
    if (!flags.trace.empty()) {
      auto file = sim::OutputFile::Create(flags.trace);
      if (!file.ok()) return file.status();
      trace_file_ = *std::move(file);
      trace_.emplace([this](absl::string_view line) {
        std::fwrite(line.data(), 1, line.size(), trace_file_->stream());
      });
      options.listeners.push_back(&*trace_);
    }
    return absl::OkStatus();
  }

  absl::Status Finish() {
    absl::Status status;
    if (capture_ != nullptr) status.Update(capture_->Finish());
    if (trace_file_ != nullptr) status.Update(trace_file_->Finish());
    return status;
  }

  std::string LadderText() { return ladder_.has_value() ? ladder_->ToString() : ""; }

 private:
  std::optional<Ladder> ladder_;
  std::unique_ptr<sim::PcapWriter> capture_;
  std::unique_ptr<sim::OutputFile> trace_file_;
  std::optional<TraceLines> trace_;
};

std::string ReportText(const RunFlags& flags, Followers& followers, const RunReport& report) {
  if (flags.format == "json") return ReportJson(report);
  if (flags.format == "none") return "";
  return absl::StrCat(followers.LadderText(), "\n", SummaryTable(report));
}

int RunRun(const RunFlags& flags) {
  RunOptions options;
  options.provider = flags.provider;
  absl::Status status = ReadNumber(flags.seed, "--seed", 0, UINT64_MAX, options.seed);
  status.Update(flags.link.Apply(options.link));
  status.Update(flags.limits.Apply(options.limits));
  if (!status.ok()) return Complain(status.message());
  const absl::StatusOr<Scenario> scenario = Scenario::Load(flags.scenario);
  if (!scenario.ok()) return Complain(scenario.status().message());
  Followers followers;
  status = followers.Open(flags, options);
  if (!status.ok()) return Complain(status.message());

  const absl::StatusOr<RunReport> report = Run(*scenario, options);
  if (!report.ok()) return Complain(report.status().message());
  status = Print(ReportText(flags, followers, *report));
  if (status.ok()) status = followers.Finish();
  if (!status.ok()) return Complain(status.message());
  return report->ok() ? kExitHeld : ComplainOf(*report, "");
}

}  // namespace

void AddRunCommand(CLI::App& app, Command& run) {
  CLI::App* command = app.add_subcommand("run", "Runs a scenario over one provider");
  auto flags = std::make_shared<RunFlags>();
  command->add_option("SCENARIO.lua", flags->scenario, "a scenario in Lua")
      ->option_text("(required)")
      ->required();
  command
      ->add_option("--provider", flags->provider, "one that wsim providers lists; tcp unless given")
      ->option_text("NAME");
  command->add_option("--seed", flags->seed, "which chances are taken; 1 unless given")
      ->option_text("N");
  command->add_option("--format", flags->format, "ladder unless given")
      ->option_text("ladder|json|none")
      ->check(CLI::IsMember({"ladder", "json", "none"}));
  command->add_option("--pcap", flags->pcap, "writes the frames to this capture file")
      ->option_text("FILE");
  command
      ->add_option("--trace", flags->trace, "writes the trace to this file, one JSON object a line")
      ->option_text("FILE");
  flags->link.AddTo(*command);
  flags->limits.AddTo(*command);
  command->footer(
      "Example:\n  wsim run scenarios/transaction_totals.lua --provider=session "
      "--pcap=totals.pcap");
  command->callback([&run, flags] { run = [flags] { return RunRun(*flags); }; });
}

}  // namespace wsim
