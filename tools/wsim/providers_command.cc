// wsim providers: what the catalog has.
#include <memory>
#include <string>
#include <vector>

#include "tools/catalog/provider_catalog.h"
#include "tools/catalog/provider_description.h"
#include "tools/views/comparison_table.h"
#include "tools/views/report_json.h"
#include "tools/wsim/commands.h"
#include "tools/wsim/output.h"

namespace wsim {
namespace {

int RunProviders(const std::string& format) {
  std::vector<ProviderDescription> descriptions;
  for (const ProviderEntry& entry : Providers()) descriptions.push_back(Describe(entry));
  const absl::Status printed =
      Print(format == "json" ? ProvidersJson(descriptions) : ProvidersTable(descriptions));
  return printed.ok() ? kExitHeld : Complain(printed.message());
}

}  // namespace

void AddProvidersCommand(CLI::App& app, Command& run) {
  CLI::App* command = app.add_subcommand("providers", "Says what each provider can do");
  auto format = std::make_shared<std::string>("table");
  command->add_option("--format", *format, "table unless given")
      ->option_text("table|json")
      ->check(CLI::IsMember({"table", "json"}));
  command->footer("Example:\n  wsim providers --format=json");
  command->callback([&run, format] { run = [format] { return RunProviders(*format); }; });
}

}  // namespace wsim
