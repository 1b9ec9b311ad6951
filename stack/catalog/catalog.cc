#include "stack/catalog/catalog.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"

namespace winsock {
namespace {

// Windows numbers its entries from 1001.
constexpr DWORD kFirstCatalogEntryId = 1001;

bool MatchesProtocol(const WSAPROTOCOL_INFOW& info, int protocol) {
  if (protocol == 0) return (info.dwProviderFlags & PFL_MATCHES_PROTOCOL_ZERO) != 0;
  int64_t offset = int64_t{protocol} - info.iProtocol;
  return offset >= 0 && offset <= info.iProtocolMaxOffset;
}

}  // namespace

const CatalogEntry* FindEntry(const CatalogView& view, DWORD catalog_entry_id) {
  for (const auto& entry : view) {
    if (entry->info.dwCatalogEntryId == catalog_entry_id) return entry.get();
  }
  return nullptr;
}

ProviderChoice ChooseEntry(const CatalogView& view, int af, int type, int protocol) {
  if (af == AF_UNSPEC && protocol == 0) return {.error = WSAEINVAL};
  int error = WSAESOCKTNOSUPPORT;
  for (const auto& entry : view) {
    const WSAPROTOCOL_INFOW& info = entry->info;
    if (entry->is_layer() || (type != 0 && info.iSocketType != type)) continue;
    if (error == WSAESOCKTNOSUPPORT) error = WSAEAFNOSUPPORT;
    if (af != AF_UNSPEC && info.iAddressFamily != af) continue;
    error = WSAEPROTONOSUPPORT;
    if (MatchesProtocol(info, protocol)) return {.entry = entry.get()};
  }
  return {.error = error};
}

ProviderChoice EntryOf(const CatalogView& view, const WSAPROTOCOL_INFOW& info) {
  for (int empty : {0, -1}) {
    if (info.iAddressFamily == empty && info.iSocketType == empty && info.iProtocol == empty) {
      return {.error = WSAEAFNOSUPPORT};
    }
  }
  const CatalogEntry* entry = FindEntry(view, info.dwCatalogEntryId);
  if (entry == nullptr || entry->is_layer()) return {.error = WSAEINVAL};
  return {.entry = entry};
}

Catalog::Catalog(sim::World&) : last_id_(kFirstCatalogEntryId - 1) {}

absl::StatusOr<DWORD> Catalog::Install(const WSAPROTOCOL_INFOW& info, LPWSPSTARTUP startup,
                                       std::u16string path) {
  if (startup == nullptr) return absl::InvalidArgumentError("a provider without WSPStartup");
  if (absl::Status status = CheckChain(info.ProtocolChain); !status.ok()) return status;
  auto entry = std::make_shared<CatalogEntry>(CatalogEntry{info, startup, std::move(path)});
  entry->info.dwCatalogEntryId = ++last_id_;
  auto view = std::make_shared<CatalogView>(*view_);
  view->push_back(std::move(entry));
  view_ = std::move(view);
  return last_id_;
}

absl::Status Catalog::CheckChain(const WSAPROTOCOLCHAIN& chain) const {
  if (chain.ChainLen < LAYERED_PROTOCOL || chain.ChainLen > MAX_PROTOCOL_CHAIN) {
    return absl::InvalidArgumentError(absl::StrCat("ChainLen ", chain.ChainLen));
  }
  // A layer or a base protocol stands for itself.
  if (chain.ChainLen <= BASE_PROTOCOL) return absl::OkStatus();
  const DWORD* last = chain.ChainEntries + chain.ChainLen - 1;
  for (const DWORD* id = chain.ChainEntries; id <= last; ++id) {
    const CatalogEntry* member = FindEntry(*view_, *id);
    if (member == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("chain member ", *id, " is not installed"));
    }
    int wanted = id == last ? BASE_PROTOCOL : LAYERED_PROTOCOL;
    if (member->info.ProtocolChain.ChainLen != wanted) {
      return absl::InvalidArgumentError(
          absl::StrCat("chain member ", *id, id == last ? " is no base protocol" : " is no layer"));
    }
    if (std::find(id + 1, last + 1, *id) != last + 1) {
      return absl::InvalidArgumentError(absl::StrCat("layer ", *id, " stands twice in a chain"));
    }
  }
  return absl::OkStatus();
}

}  // namespace winsock
