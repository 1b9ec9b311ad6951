// wsim: the command line.
#include <CLI/CLI.hpp>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/wsim/commands.h"
#include "tools/wsim/output.h"

namespace {

// What CLI11 would say less clearly, or not at all; empty where there is nothing of the kind.
std::string FindUsageError(const CLI::App& app, absl::Span<char* const> arguments) {
  for (const absl::string_view argument : arguments) {
    // It would take the next argument for the value.
    if (absl::StartsWith(argument, "-") && absl::EndsWith(argument, "=")) {
      return absl::StrCat(argument, " has no value; write it behind the =");
    }
  }
  if (arguments.empty() || *arguments[0] == '-') return "";
  std::string names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    if (command->get_name() == arguments[0]) return "";
    absl::StrAppend(&names, names.empty() ? "" : ", ", command->get_name());
  }
  return absl::StrCat("there is no command \"", arguments[0], "\"; the commands are ", names);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("A deterministic laboratory for connection semantics", "wsim");
  app.require_subcommand(1);
  app.footer("Example:\n  wsim compare scenarios/transaction_totals.lua");
  wsim::Command run;
  wsim::AddProvidersCommand(app, run);
  wsim::AddRunCommand(app, run);
  wsim::AddCompareCommand(app, run);
  wsim::AddPacketdrillCommand(app, run);
  const std::string usage_error =
      FindUsageError(app, absl::MakeSpan(argv, static_cast<size_t>(argc)).subspan(1));
  if (!usage_error.empty()) return wsim::Complain(usage_error);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {  // --help
    return app.exit(help);
  } catch (const CLI::Error& error) {
    return wsim::Complain(absl::StrCat(error.what(), "; see wsim --help"));
  }
  return run();
}
