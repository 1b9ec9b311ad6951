// wsim: the command line.
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
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
  return absl::StrCat("there is no command \"", arguments[0], "\"; the commands are ", names,
                      "; see wsim --help");
}

// The help of the command that was given, or of wsim. CLI11 leaves two empty lines between groups.
std::string HelpText(const CLI::App& app) {
  return absl::StrReplaceAll(app.help(), {{"\n\n\n", "\n\n"}});
}

// "wsim run --help".
std::string HelpCommand(const CLI::App& app) {
  const std::vector<CLI::App*> given = app.get_subcommands();
  return absl::StrCat("wsim ", given.empty() ? "" : absl::StrCat(given[0]->get_name(), " "),
                      "--help");
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
  } catch (const CLI::Success&) {  // --help
    const absl::Status printed = wsim::Print(HelpText(app));
    return printed.ok() ? wsim::kExitHeld : wsim::Complain(printed.message());
  } catch (const CLI::RequiredError& error) {
    const bool has_command = !app.get_subcommands().empty();
    return wsim::Complain(absl::StrCat(has_command ? error.what() : "no command is given", "; see ",
                                       HelpCommand(app)));
  } catch (const CLI::Error& error) {
    return wsim::Complain(absl::StrCat(error.what(), "; see ", HelpCommand(app)));
  }
  return run();
}
