#include <algorithm>
#include <iterator>

#include "absl/strings/string_view.h"
#include "providers/engine/engine.h"
#include "providers/engine/process_sockets.h"
#include "providers/engine/spi.h"
#include "sim/thread.h"

namespace engine {
namespace {

constexpr WORD kSpiVersion = winsock::MAKEWORD(2, 2);

constexpr winsock::WSPPROC_TABLE kCalls = {
    .lpWSPAccept = WSPAccept,
    .lpWSPAddressToString = WSPAddressToString,
    .lpWSPAsyncSelect = WSPAsyncSelect,
    .lpWSPBind = WSPBind,
    .lpWSPCancelBlockingCall = WSPCancelBlockingCall,
    .lpWSPCleanup = WSPCleanup,
    .lpWSPCloseSocket = WSPCloseSocket,
    .lpWSPConnect = WSPConnect,
    .lpWSPDuplicateSocket = WSPDuplicateSocket,
    .lpWSPEnumNetworkEvents = WSPEnumNetworkEvents,
    .lpWSPEventSelect = WSPEventSelect,
    .lpWSPGetOverlappedResult = WSPGetOverlappedResult,
    .lpWSPGetPeerName = WSPGetPeerName,
    .lpWSPGetSockName = WSPGetSockName,
    .lpWSPGetSockOpt = WSPGetSockOpt,
    .lpWSPGetQOSByName = WSPGetQOSByName,
    .lpWSPIoctl = WSPIoctl,
    .lpWSPJoinLeaf = WSPJoinLeaf,
    .lpWSPListen = WSPListen,
    .lpWSPRecv = WSPRecv,
    .lpWSPRecvDisconnect = WSPRecvDisconnect,
    .lpWSPRecvFrom = WSPRecvFrom,
    .lpWSPSelect = WSPSelect,
    .lpWSPSend = WSPSend,
    .lpWSPSendDisconnect = WSPSendDisconnect,
    .lpWSPSendTo = WSPSendTo,
    .lpWSPSetSockOpt = WSPSetSockOpt,
    .lpWSPShutdown = WSPShutdown,
    .lpWSPSocket = WSPSocket,
    .lpWSPStringToAddress = WSPStringToAddress,
};

}  // namespace

int WSPAPI WSPStartup(WORD wVersionRequested, LPWSPDATA lpWSPData,
                      LPWSAPROTOCOL_INFOW /*lpProtocolInfo*/, WSPUPCALLTABLE UpcallTable,
                      LPWSPPROC_TABLE lpProcTable) {
  if (lpWSPData == nullptr || lpProcTable == nullptr) return WSAEFAULT;
  if (winsock::LOBYTE(wVersionRequested) < winsock::LOBYTE(kSpiVersion) ||
      (winsock::LOBYTE(wVersionRequested) == winsock::LOBYTE(kSpiVersion) &&
       winsock::HIBYTE(wVersionRequested) < winsock::HIBYTE(kSpiVersion))) {
    return WSAVERNOTSUPPORTED;
  }
  sim::Thread* thread = sim::Thread::Current();
  if (thread == nullptr) return WSASYSNOTREADY;
  thread->process().slots().Get<ProcessSockets>().Startup(UpcallTable);
  *lpWSPData = {};
  lpWSPData->wVersion = kSpiVersion;
  lpWSPData->wHighVersion = kSpiVersion;
  constexpr absl::string_view kDescription = "wsim engine";
  std::copy(kDescription.begin(), kDescription.end(), lpWSPData->szDescription);
  *lpProcTable = kCalls;
  return 0;
}

}  // namespace engine
