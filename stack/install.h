// How a provider comes into a world: the counterpart of WSCInstallProvider for those who build a
// simulation.
#ifndef STACK_INSTALL_H_
#define STACK_INSTALL_H_

#include "absl/status/statusor.h"
#include "sim/world.h"
#include "stack/ws2spi.h"

namespace winsock {

// Adds one entry behind the others of the world's catalog: enumeration and choice go in this order.
// Returns the dwCatalogEntryId that it was given. A program sees what was installed before its
// first WSAStartup.
//
// InvalidArgument: `startup` is null, or info.ProtocolChain is none (ChainLen outside 0..7, members
// that are not installed, a layer twice, the wrong kind of member).
absl::StatusOr<DWORD> InstallProvider(sim::World& world, const WSAPROTOCOL_INFOW& info,
                                      LPWSPSTARTUP startup);

}  // namespace winsock

#endif  // STACK_INSTALL_H_
