// wsim: the command line.
#include <CLI/CLI.hpp>
#include <csignal>
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

// What CLI11 says of arguments that it cannot take, in words of the one who typed them.
std::string ArgumentError(const CLI::Error& error, const std::string& command) {
  const std::string text = error.what();
  const size_t colon = text.find(": ");
  if (colon == std::string::npos) return text;
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)) {
    return absl::StrCat(command, " does not know ", text.substr(colon + 2));
  }
  if (error.get_exit_code() != static_cast<int>(CLI::ExitCodes::ArgumentMismatch)) return text;
  const bool is_repeated = absl::StrContains(text, "received");
  return absl::StrCat(text.substr(0, colon),
                      is_repeated ? " is given more than once" : " has no value");
}

// The help of the command that was given, or of wsim. CLI11 leaves two empty lines between groups.
std::string HelpText(const CLI::App& app) {
  return absl::StrReplaceAll(app.help(), {{"\n\n\n", "\n\n"}});
}

// "wsim run".
std::string CommandName(const CLI::App& app) {
  const std::vector<CLI::App*> given = app.get_subcommands();
  return given.empty() ? "wsim" : absl::StrCat("wsim ", given[0]->get_name());
}

}  // namespace

int main(int argc, char** argv) {
  // A file that grows beyond what the system allows is an error of the write, not the end of wsim.
  std::signal(SIGXFSZ, SIG_IGN);
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
                                       CommandName(app), " --help"));
  } catch (const CLI::Error& error) {
    const std::string command = CommandName(app);
    return wsim::Complain(
        absl::StrCat(ArgumentError(error, command), "; see ", command, " --help"));
  }
  return run();
}
