// The library as one process uses it: what WSAStartup begins and the last WSACleanup ends.
#ifndef STACK_LIBRARY_LIBRARY_H_
#define STACK_LIBRARY_LIBRARY_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/process.h"
#include "stack/catalog/catalog.h"
#include "stack/handles/handle_table.h"
#include "stack/library/provider.h"
#include "stack/ws2spi.h"

namespace winsock {

// Lives in the process's slots: the end of the process acts as the last WSACleanup does.
class Library {
 public:
  explicit Library(sim::Process& process);
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  // WSAStartup and WSACleanup (Winsock pages of these names): counted. Both return 0 or the error.
  int Startup(WORD requested, LPWSADATA data);
  int Cleanup();
  bool is_started() const { return startups_ > 0; }

  // What the process sees of the catalog: as it was at the first WSAStartup. While started only.
  const CatalogView& catalog() const { return *catalog_; }

  sim::Process& process() const { return process_; }
  HandleTable& handles() const { return handles_; }

  struct Found {
    const Provider* provider = nullptr;  // valid until the last WSACleanup
    int error = 0;                       // why there is none
  };
  // The provider of an entry of catalog(), started now if it was not before.
  Found Use(const CatalogEntry& entry);
  // The provider that a socket of this process is tied to. WSAENOTSOCK: it is none, not any more,
  // or another process's.
  Found ProviderOf(SOCKET s);
  // The same without starting anything; null: no such socket, or its provider is not at work.
  const Provider* StartedProviderOf(SOCKET s) const;

  // Whether `event` is an event object of this process.
  bool OwnsEvent(WSAEVENT event) const;

 private:
  void StopProviders();

  sim::Process& process_;
  HandleTable& handles_;
  uint64_t startups_ = 0;
  std::shared_ptr<const CatalogView> catalog_;
  std::vector<std::unique_ptr<Provider>> providers_;  // in the order of their start
};

}  // namespace winsock

#endif  // STACK_LIBRARY_LIBRARY_H_
