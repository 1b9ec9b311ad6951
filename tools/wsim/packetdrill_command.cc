// wsim packetdrill: scripts of packets and calls.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "sim/stack_pool.h"
#include "tools/packetdrill/report.h"
#include "tools/packetdrill/run.h"
#include "tools/wsim/commands.h"
#include "tools/wsim/output.h"

namespace wsim {
namespace {

struct PacketdrillFlags {
  std::vector<std::string> paths;
  std::string profile = "rfc";
  std::string format = "text";
  std::vector<std::string> definitions;
  // Options of the language that go before those of the scripts.
  std::vector<std::pair<std::string, std::shared_ptr<std::string>>> overrides;
};

constexpr const char* kOverrides[] = {"ip_version",        "mtu",
                                      "bind_port",         "connect_port",
                                      "tolerance_usecs",   "tolerance_percent",
                                      "tcp_ts_tick_usecs", "non_fatal"};

// The scripts in a folder and below, in the order of their names.
absl::StatusOr<std::vector<std::string>> FindScripts(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) return std::vector<std::string>{path};
  std::vector<std::string> found;
  using Walk = std::filesystem::recursive_directory_iterator;
  for (Walk each(path, error), end; !error && each != end; each.increment(error)) {
    if (each->path().extension() == ".pkt") found.push_back(each->path().string());
  }
  if (error) return absl::NotFoundError(absl::StrCat(path, ": ", error.message()));
  if (found.empty()) return absl::NotFoundError(absl::StrCat(path, ": no *.pkt in this folder"));
  std::sort(found.begin(), found.end());
  return found;
}

absl::StatusOr<packetdrill::RunOptions> ToOptions(const PacketdrillFlags& flags) {
  packetdrill::RunOptions options;
  options.profile = *packetdrill::ProfileOf(flags.profile);
  for (const std::string& definition : flags.definitions) {
    const size_t sign = definition.find('=');
    if (sign == 0 || sign == std::string::npos) {
      return absl::InvalidArgumentError(
          absl::StrCat("--define ", definition, ": write --define NAME=VALUE"));
    }
    options.definitions.insert_or_assign(definition.substr(0, sign), definition.substr(sign + 1));
  }
  for (const auto& [name, value] : flags.overrides) {
    if (!value->empty()) options.overrides.push_back({0, name, *value});
  }
  return options;
}

int RunPacketdrill(const PacketdrillFlags& flags) {
  absl::StatusOr<packetdrill::RunOptions> options = ToOptions(flags);
  if (!options.ok()) return Complain(options.status().message());
  sim::StackPool stacks;
  options->stacks = &stacks;
  std::vector<packetdrill::Result> results;
  for (const std::string& path : flags.paths) {
    const absl::StatusOr<std::vector<std::string>> scripts = FindScripts(path);
    if (!scripts.ok()) return Complain(scripts.status().message());
    for (const std::string& script : *scripts) {
      absl::StatusOr<packetdrill::Result> result = packetdrill::RunFile(script, *options);
      if (!result.ok()) return Complain(result.status().message());
      results.push_back(*std::move(result));
    }
  }
  const absl::Status printed = Print(flags.format == "json" ? packetdrill::ReportJson(results)
                                                            : packetdrill::ReportText(results));
  if (!printed.ok()) return Complain(printed.message());
  return packetdrill::TotalsOf(results).failed == 0 ? kExitHeld : kExitFailed;
}

}  // namespace

void AddPacketdrillCommand(CLI::App& app, Command& run) {
  CLI::App* command =
      app.add_subcommand("packetdrill", "Runs packetdrill scripts against tcp and tcp6");
  auto flags = std::make_shared<PacketdrillFlags>();
  command
      ->add_option("FILE.pkt", flags->paths,
                   "scripts; of a folder, every *.pkt in it and below, in the order of names")
      ->required();
  command->add_option("--profile", flags->profile, "whose defaults: rfc, freebsd or linux")
      ->check(CLI::IsMember({"rfc", "freebsd", "linux"}))
      ->capture_default_str();
  command->add_option("--format", flags->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_option("-D,--define", flags->definitions, "NAME=VALUE: what stands for a word")
      ->allow_extra_args(false);
  for (const char* name : kOverrides) {
    flags->overrides.emplace_back(name, std::make_shared<std::string>());
    command->add_option(absl::StrCat("--", name), *flags->overrides.back().second,
                        "goes before the script's own");
  }
  command->footer(
      "Exit status: 0 none failed, 1 a script failed, 2 bad usage, a file that cannot be read or\n"
      "is no script.\n\n"
      "Example:\n  wsim packetdrill tests/packetdrill --profile=freebsd");
  command->callback([&run, flags] { run = [flags] { return RunPacketdrill(*flags); }; });
}

}  // namespace wsim
