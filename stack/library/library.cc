#include "stack/library/library.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/string_view.h"

namespace winsock {
namespace {

constexpr WORD kVersions[] = {MAKEWORD(2, 2), MAKEWORD(2, 1), MAKEWORD(2, 0), MAKEWORD(1, 1),
                              MAKEWORD(1, 0)};

// Major and minor in the order in which versions are compared.
constexpr WORD Rank(WORD version) { return MAKEWORD(HIBYTE(version), LOBYTE(version)); }

// The highest supported version that is not above the requested one; 0: there is none.
WORD NegotiateVersion(WORD requested) {
  for (WORD version : kVersions) {
    if (Rank(version) <= Rank(requested)) return version;
  }
  return 0;
}

template <size_t kSize>
void CopyText(absl::string_view text, char (&to)[kSize]) {
  static_assert(kSize > 0);
  size_t length = std::min(text.size(), kSize - 1);
  std::copy_n(text.begin(), length, to);
  std::fill(to + length, std::end(to), '\0');
}

// What programs of version 1 ask iMaxSockets and iMaxUdpDg for; from version 2 on they mean
// nothing.
constexpr u_short kMaxSocketsOfVersion1 = 32767;
constexpr u_short kMaxUdpDatagramOfVersion1 = 65467;

}  // namespace

Library::Library(sim::Process& process)
    : process_(process), handles_(process.world().slots().Get<HandleTable>()) {}

Library::~Library() {
  if (is_started()) StopProviders();
  handles_.RemoveAllOf(process_);
}

int Library::Startup(WORD requested, LPWSADATA data) {
  if (data == nullptr) return WSAEFAULT;
  WORD version = NegotiateVersion(requested);
  *data = {};
  data->wVersion = version;
  data->wHighVersion = WINSOCK_VERSION;
  if (version == 0) return WSAVERNOTSUPPORTED;
  if (LOBYTE(version) == 1) {
    data->iMaxSockets = kMaxSocketsOfVersion1;
    data->iMaxUdpDg = kMaxUdpDatagramOfVersion1;
  }
  CopyText("wsim", data->szDescription);
  CopyText("Running", data->szSystemStatus);
  if (startups_++ == 0) catalog_ = process_.world().slots().Get<Catalog>().view();
  return 0;
}

int Library::Cleanup() {
  if (!is_started()) return WSANOTINITIALISED;
  if (--startups_ > 0) return 0;
  StopProviders();
  handles_.RemoveSocketsOf(process_);
  return 0;
}

void Library::StopProviders() {
  // Out of reach first: what a provider wakes while it cleans up finds the library closed.
  std::vector<std::unique_ptr<Provider>> stopping = std::move(providers_);
  providers_.clear();
  std::shared_ptr<const CatalogView> catalog = std::move(catalog_);
  while (!stopping.empty()) stopping.pop_back();
}

Library::Found Library::Use(const CatalogEntry& entry) {
  for (const auto& provider : providers_) {
    if (&provider->entry() == &entry) return {.provider = provider.get()};
  }
  Provider::Started started = Provider::Start(entry);
  if (started.provider == nullptr) return {.error = started.error};
  providers_.push_back(std::move(started.provider));
  return {.provider = providers_.back().get()};
}

Library::Found Library::ProviderOf(SOCKET s) {
  if (const Provider* started = StartedProviderOf(s)) return {.provider = started};
  std::optional<SocketHandle> handle = handles_.FindSocket(s);
  if (!handle.has_value() || handle->process != process_.number()) return {.error = WSAENOTSOCK};
  // A handle that a layer let through from the provider below it, which the layer has started and
  // the library not yet.
  const CatalogEntry* entry = FindEntry(*catalog_, handle->catalog_entry_id);
  if (entry == nullptr) return {.error = WSAENOTSOCK};
  return Use(*entry);
}

const Provider* Library::StartedProviderOf(SOCKET s) const {
  std::optional<SocketHandle> handle = handles_.FindSocket(s);
  if (!handle.has_value() || handle->process != process_.number()) return nullptr;
  for (const auto& provider : providers_) {
    if (provider->entry().info.dwCatalogEntryId == handle->catalog_entry_id) return provider.get();
  }
  return nullptr;
}

bool Library::OwnsEvent(WSAEVENT event) const {
  std::optional<EventHandle> handle = handles_.FindEvent(event);
  return handle.has_value() && handle->process == process_.number();
}

}  // namespace winsock
