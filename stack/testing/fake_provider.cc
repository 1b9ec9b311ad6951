#include "stack/testing/fake_provider.h"

#include <cstring>

#include "sim/check.h"

namespace winsock {

FakeProvider::FakeProvider(sim::World&) {
  On<&WSPPROC_TABLE::lpWSPSocket>(
      [this](int, int, int, LPWSAPROTOCOL_INFOW info, GROUP, DWORD, LPINT lpErrno) {
        return upcalls.lpWPUCreateSocketHandle(info->dwCatalogEntryId, /*dwContext=*/0, lpErrno);
      });
  On<&WSPPROC_TABLE::lpWSPCloseSocket>(
      [this](SOCKET s, LPINT lpErrno) { return upcalls.lpWPUCloseSocketHandle(s, lpErrno); });
}

FakeProvider& FakeProvider::Current() {
  sim::World* world = sim::World::Current();
  CHECK(world != nullptr);
  return world->slots().Get<FakeProvider>();
}

absl::string_view FakeProvider::EntryName(size_t index) {
  static constexpr absl::string_view kNames[kEntries] = {
      "WSPAccept",
      "WSPAddressToString",
      "WSPAsyncSelect",
      "WSPBind",
      "WSPCancelBlockingCall",
      "WSPCleanup",
      "WSPCloseSocket",
      "WSPConnect",
      "WSPDuplicateSocket",
      "WSPEnumNetworkEvents",
      "WSPEventSelect",
      "WSPGetOverlappedResult",
      "WSPGetPeerName",
      "WSPGetSockName",
      "WSPGetSockOpt",
      "WSPGetQOSByName",
      "WSPIoctl",
      "WSPJoinLeaf",
      "WSPListen",
      "WSPRecv",
      "WSPRecvDisconnect",
      "WSPRecvFrom",
      "WSPSelect",
      "WSPSend",
      "WSPSendDisconnect",
      "WSPSendTo",
      "WSPSetSockOpt",
      "WSPShutdown",
      "WSPSocket",
      "WSPStringToAddress",
  };
  return kNames[index];
}

template <auto... kEach>
void FakeProvider::Fill(WSPPROC_TABLE& table) {
  ((table.*kEach = EntryOf<kEach>::Call), ...);
}

int WSPAPI FakeProvider::Startup(WORD, LPWSPDATA lpWSPData, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                                 WSPUPCALLTABLE UpcallTable, LPWSPPROC_TABLE lpProcTable) {
  FakeProvider& provider = Current();
  provider.calls.push_back("WSPStartup " + std::to_string(lpProtocolInfo->dwCatalogEntryId));
  if (provider.startup_result != 0) return provider.startup_result;
  provider.upcalls = UpcallTable;
  lpWSPData->wVersion = provider.startup_version;
  lpWSPData->wHighVersion = provider.startup_version;
  Fill<&WSPPROC_TABLE::lpWSPAccept, &WSPPROC_TABLE::lpWSPAddressToString,
       &WSPPROC_TABLE::lpWSPAsyncSelect, &WSPPROC_TABLE::lpWSPBind,
       &WSPPROC_TABLE::lpWSPCancelBlockingCall, &WSPPROC_TABLE::lpWSPCleanup,
       &WSPPROC_TABLE::lpWSPCloseSocket, &WSPPROC_TABLE::lpWSPConnect,
       &WSPPROC_TABLE::lpWSPDuplicateSocket, &WSPPROC_TABLE::lpWSPEnumNetworkEvents,
       &WSPPROC_TABLE::lpWSPEventSelect, &WSPPROC_TABLE::lpWSPGetOverlappedResult,
       &WSPPROC_TABLE::lpWSPGetPeerName, &WSPPROC_TABLE::lpWSPGetSockName,
       &WSPPROC_TABLE::lpWSPGetSockOpt, &WSPPROC_TABLE::lpWSPGetQOSByName,
       &WSPPROC_TABLE::lpWSPIoctl, &WSPPROC_TABLE::lpWSPJoinLeaf, &WSPPROC_TABLE::lpWSPListen,
       &WSPPROC_TABLE::lpWSPRecv, &WSPPROC_TABLE::lpWSPRecvDisconnect,
       &WSPPROC_TABLE::lpWSPRecvFrom, &WSPPROC_TABLE::lpWSPSelect, &WSPPROC_TABLE::lpWSPSend,
       &WSPPROC_TABLE::lpWSPSendDisconnect, &WSPPROC_TABLE::lpWSPSendTo,
       &WSPPROC_TABLE::lpWSPSetSockOpt, &WSPPROC_TABLE::lpWSPShutdown, &WSPPROC_TABLE::lpWSPSocket,
       &WSPPROC_TABLE::lpWSPStringToAddress>(*lpProcTable);
  if (provider.hole != 0) {
    char* table = reinterpret_cast<char*>(lpProcTable);
    std::memset(table + (static_cast<size_t>(provider.hole) - 1) * sizeof(void (*)()), 0,
                sizeof(void (*)()));
  }
  return 0;
}

WSAPROTOCOL_INFOW FakeProtocol() {
  WSAPROTOCOL_INFOW info = {};
  info.dwServiceFlags1 = XP1_GUARANTEED_DELIVERY | XP1_GUARANTEED_ORDER | XP1_GRACEFUL_CLOSE;
  info.dwProviderFlags = PFL_MATCHES_PROTOCOL_ZERO;
  info.ProviderId = {0xFA4E0000, 0, 0, {}};
  info.ProtocolChain.ChainLen = BASE_PROTOCOL;
  info.iVersion = 2;
  info.iAddressFamily = AF_INET;
  info.iMaxSockAddr = sizeof(sockaddr_in);
  info.iMinSockAddr = sizeof(sockaddr_in);
  info.iSocketType = SOCK_STREAM;
  info.iProtocol = IPPROTO_TCP;
  constexpr absl::string_view kName = "fake";
  for (size_t i = 0; i < kName.size(); ++i) info.szProtocol[i] = static_cast<WCHAR>(kName[i]);
  return info;
}

}  // namespace winsock
