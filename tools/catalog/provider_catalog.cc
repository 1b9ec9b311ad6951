#include "tools/catalog/provider_catalog.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "providers/engine/engine.h"
#include "providers/inet/tcp/tcp_registration.h"
#include "providers/osi/session/session.h"
#include "providers/osi/tp4/tp4.h"
#include "stack/install.h"

namespace wsim {
namespace {

// What the library gives the first entry that is installed in a world; the others count on.
constexpr winsock::DWORD kFirstEntryId = 1001;

std::vector<ProviderEntry> MakeProviders() {
  std::vector<ProviderEntry> entries;
  for (const transport::Registration& registration :
       {inet::TcpRegistration(), osi::Tp4Registration(), osi::SessionRegistration(),
        inet::Tcp6Registration()}) {
    winsock::WSAPROTOCOL_INFOW info = engine::DescribeEntry(registration);
    info.dwCatalogEntryId = kFirstEntryId + static_cast<winsock::DWORD>(entries.size());
    entries.push_back({registration, info});
  }
  return entries;
}

}  // namespace

const std::vector<ProviderEntry>& Providers() {
  static const std::vector<ProviderEntry>& providers =
      *new std::vector<ProviderEntry>(MakeProviders());
  return providers;
}

const ProviderEntry* FindProvider(absl::string_view name) {
  for (const ProviderEntry& entry : Providers()) {
    if (entry.registration.name == name) return &entry;
  }
  return nullptr;
}

std::string ProviderNames() {
  std::string names;
  const std::vector<ProviderEntry>& entries = Providers();
  for (size_t i = 0; i < entries.size(); ++i) {
    const char* separator = i == 0 ? "" : i + 1 == entries.size() ? " and " : ", ";
    absl::StrAppend(&names, separator, entries[i].registration.name);
  }
  return names;
}

absl::Status InstallProviders(sim::World& world) {
  for (const ProviderEntry& entry : Providers()) {
    const absl::StatusOr<winsock::DWORD> id = winsock::InstallProvider(
        world, engine::Install(world, entry.registration), engine::WSPStartup);
    if (!id.ok()) return id.status();
    if (*id != entry.info.dwCatalogEntryId) {
      return absl::InternalError(absl::StrCat("catalog entry ", *id, " is not in its place"));
    }
  }
  return absl::OkStatus();
}

}  // namespace wsim
