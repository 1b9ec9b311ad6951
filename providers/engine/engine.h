// The engine: one service provider for every transport. It knows sockets, queues, readiness,
// network events, options and blocking; what a protocol can do it asks for as a capability.
//
// Whoever composes a world installs each transport here, and gives what Install returns, with
// WSPStartup, to the catalog of the library:
//
//   WSAPROTOCOL_INFOW info = engine::Install(world, inet::TcpRegistration());
//   winsock::InstallProvider(world, info, engine::WSPStartup);
#ifndef PROVIDERS_ENGINE_ENGINE_H_
#define PROVIDERS_ENGINE_ENGINE_H_

#include "providers/transport/transport.h"
#include "sim/world.h"
#include "stack/ws2spi.h"

namespace engine {

// What a transport's capabilities look like in a catalog (Winsock page: WSAPROTOCOL_INFOW);
// dwCatalogEntryId is 0.
winsock::WSAPROTOCOL_INFOW DescribeEntry(const transport::Registration& registration);

// Makes a transport known in this world, and says what its catalog entry looks like;
// dwCatalogEntryId is for the library to assign. No two transports of a world share address family,
// socket type and protocol: by these an entry is found again.
winsock::WSAPROTOCOL_INFOW Install(sim::World& world, const transport::Registration& registration);

// Winsock SPI page: WSPStartup. WSASYSNOTREADY: no simulated thread calls. WSAEFAULT,
// WSAVERNOTSUPPORTED as there.
int WSPAPI WSPStartup(winsock::WORD wVersionRequested, winsock::LPWSPDATA lpWSPData,
                      winsock::LPWSAPROTOCOL_INFOW lpProtocolInfo,
                      winsock::WSPUPCALLTABLE UpcallTable, winsock::LPWSPPROC_TABLE lpProcTable);

}  // namespace engine

#endif  // PROVIDERS_ENGINE_ENGINE_H_
