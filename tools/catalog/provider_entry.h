// A provider as wsim knows it before there is a world.
#ifndef TOOLS_CATALOG_PROVIDER_ENTRY_H_
#define TOOLS_CATALOG_PROVIDER_ENTRY_H_

#include "providers/transport/transport.h"
#include "stack/winsock2.h"

namespace wsim {

// One entry of the catalog, under the name that scenarios and the command line use.
struct ProviderEntry {
  transport::Registration registration;
  winsock::WSAPROTOCOL_INFOW info;  // as the catalog of every world shows it
};

}  // namespace wsim

#endif  // TOOLS_CATALOG_PROVIDER_ENTRY_H_
