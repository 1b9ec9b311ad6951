// wsim: the command line.
#include <CLI/CLI.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "tools/scenario/sandbox/value_text.h"
#include "tools/wsim/commands.h"
#include "tools/wsim/output.h"

namespace {

// What CLI11 says of a command line that it cannot read, in one line.
std::string UsageError(const CLI::Error& error) {
  return absl::StrCat(wsim::OneLine(error.what()), "; see wsim --help");
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
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {  // --help
    return app.exit(help);
  } catch (const CLI::Error& error) {
    return wsim::Complain(UsageError(error));
  }
  return run();
}
