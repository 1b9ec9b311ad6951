// The providers that wsim brings, in the order of the catalog.
#ifndef TOOLS_CATALOG_PROVIDER_CATALOG_H_
#define TOOLS_CATALOG_PROVIDER_CATALOG_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "sim/world.h"
#include "tools/catalog/provider_entry.h"

namespace wsim {

// In the order of the catalog. Lives as long as the program.
const std::vector<ProviderEntry>& Providers();
// Null where there is none.
const ProviderEntry* FindProvider(absl::string_view name);
// "tcp, tp4, session and tcp6", for errors.
std::string ProviderNames();

// Installs all of them in a new world, into which nothing else was installed before. In its catalog
// each has the number that its info says.
absl::Status InstallProviders(sim::World& world);

}  // namespace wsim

#endif  // TOOLS_CATALOG_PROVIDER_CATALOG_H_
