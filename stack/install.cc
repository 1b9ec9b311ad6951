#include "stack/install.h"

#include "stack/catalog/catalog.h"

namespace winsock {

absl::StatusOr<DWORD> InstallProvider(sim::World& world, const WSAPROTOCOL_INFOW& info,
                                      LPWSPSTARTUP startup) {
  return world.slots().Get<Catalog>().Install(info, startup, /*path=*/{});
}

}  // namespace winsock
