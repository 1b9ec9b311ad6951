// The transports that were installed in a world.
#ifndef PROVIDERS_ENGINE_ENTRIES_H_
#define PROVIDERS_ENGINE_ENTRIES_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "providers/engine/words.h"
#include "providers/transport/transport.h"
#include "sim/world.h"

namespace engine {

// One catalog entry.
struct Entry {
  const transport::Capabilities& capabilities() const { return registration.capabilities; }
  const transport::AddressFormat& addresses() const { return *registration.addresses; }

  size_t index;  // in the order of installation
  transport::Registration registration;
  WSAPROTOCOL_INFOW info;  // dwCatalogEntryId: 0 until the library has named it
};

// What SO_MAX_MSG_SIZE and dwMessageSize say of it (Winsock page: WSAPROTOCOL_INFO).
DWORD MessageSizeOf(const transport::Capabilities& capabilities);

// Lives in the world's slots.
class Entries {
 public:
  explicit Entries(sim::World&) {}
  Entries(const Entries&) = delete;
  Entries& operator=(const Entries&) = delete;

  const Entry& Add(const transport::Registration& registration);
  // The entry that the library means, whose id is remembered: handles are made with it. Null: there
  // is none.
  const Entry* Resolve(const WSAPROTOCOL_INFOW& info);
  // The first entry of an address family; null: there is none.
  const Entry* OfFamily(int family) const;

 private:
  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace engine

#endif  // PROVIDERS_ENGINE_ENTRIES_H_
