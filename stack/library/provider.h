// A provider at work in one process, on behalf of one catalog entry.
#ifndef STACK_LIBRARY_PROVIDER_H_
#define STACK_LIBRARY_PROVIDER_H_

#include <memory>

#include "stack/catalog/catalog.h"
#include "stack/ws2spi.h"

namespace winsock {

class Provider {
 public:
  struct Started;
  // Calls the provider's WSPStartup with the entry's info (of a chain: the chain's), for SPI
  // version 2.2. `entry` outlives the provider. Errors: WSAEPROVIDERFAILEDINIT, WSPStartup failed;
  // WSAEINVALIDPROVIDER, it answered another version; WSAEINVALIDPROCTABLE, its table has a hole.
  static Started Start(const CatalogEntry& entry);

  // Calls WSPCleanup.
  ~Provider();
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;

  const CatalogEntry& entry() const { return entry_; }
  const WSPPROC_TABLE& calls() const { return calls_; }

 private:
  Provider(const CatalogEntry& entry, const WSPPROC_TABLE& calls) : entry_(entry), calls_(calls) {}

  const CatalogEntry& entry_;
  const WSPPROC_TABLE calls_;
};

struct Provider::Started {
  std::unique_ptr<Provider> provider;  // null: `error` says why
  int error = 0;
};

}  // namespace winsock

#endif  // STACK_LIBRARY_PROVIDER_H_
