#include "stack/library/provider.h"

#include <algorithm>
#include <cstring>

#include "absl/memory/memory.h"
#include "stack/library/upcalls.h"

namespace winsock {
namespace {

bool HasHole(const WSPPROC_TABLE& table) {
  constexpr size_t kEntries = sizeof(WSPPROC_TABLE) / sizeof(void (*)());
  void (*entries[kEntries])();
  std::memcpy(entries, &table, sizeof table);
  return std::find(std::begin(entries), std::end(entries), nullptr) != std::end(entries);
}

}  // namespace

Provider::Started Provider::Start(const CatalogEntry& entry) {
  WSAPROTOCOL_INFOW info = entry.info;  // WSPStartup may write to its own copy only.
  WSPDATA data = {};
  WSPPROC_TABLE calls = {};
  if (entry.startup(WINSOCK_VERSION, &data, &info, Upcalls(), &calls) != 0) {
    return {.provider = nullptr, .error = WSAEPROVIDERFAILEDINIT};
  }
  int error = 0;
  if (data.wVersion != WINSOCK_VERSION) {
    error = WSAEINVALIDPROVIDER;
  } else if (HasHole(calls)) {
    error = WSAEINVALIDPROCTABLE;
  }
  if (error != 0) {
    // It has started, though it is of no use: each WSPStartup is owed a WSPCleanup.
    int ignored = 0;
    if (calls.lpWSPCleanup != nullptr) calls.lpWSPCleanup(&ignored);
    return {.provider = nullptr, .error = error};
  }
  return {.provider = absl::WrapUnique(new Provider(entry, calls))};
}

Provider::~Provider() {
  int ignored = 0;  // There is nobody left who could act on it.
  calls_.lpWSPCleanup(&ignored);
}

}  // namespace winsock
