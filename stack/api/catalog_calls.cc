// WSAEnumProtocols (Winsock page of that name).
#include <algorithm>
#include <vector>

#include "stack/api/api_call.h"
#include "stack/catalog/protocol_info_text.h"
#include "stack/winsock2.h"

namespace winsock {
namespace {

// `protocols` is null (all), or ends with 0.
bool IsWanted(const int* protocols, int protocol) {
  if (protocols == nullptr) return true;
  for (; *protocols != 0; ++protocols) {
    if (*protocols == protocol) return true;
  }
  return false;
}

std::vector<const WSAPROTOCOL_INFOW*> Select(const CatalogView& view, const int* protocols) {
  std::vector<const WSAPROTOCOL_INFOW*> selected;
  for (const auto& entry : view) {
    const WSAPROTOCOL_INFOW& info = entry->info;
    if (entry->is_layer() || (info.dwProviderFlags & PFL_HIDDEN) != 0) continue;
    if (IsWanted(protocols, info.iProtocol)) selected.push_back(&info);
  }
  return selected;
}

void Store(const WSAPROTOCOL_INFOW& info, WSAPROTOCOL_INFOW& to) { to = info; }
void Store(const WSAPROTOCOL_INFOW& info, WSAPROTOCOL_INFOA& to) { to = ToNarrow(info); }

// All or nothing.
template <typename Info>
int EnumProtocols(const int* protocols, Info* buffer, LPDWORD length) {
  ApiCall call(CallId::kWSAEnumProtocols, {.numbers = {length == nullptr ? 0 : *length}});
  Library* library = call.Enter(Waits::kNever);
  if (library == nullptr) return call.Fail(SOCKET_ERROR);
  if (length == nullptr) return call.Fail(SOCKET_ERROR, WSAEFAULT);
  std::vector<const WSAPROTOCOL_INFOW*> selected = Select(library->catalog(), protocols);
  DWORD needed = static_cast<DWORD>(selected.size() * sizeof(Info));
  bool fits = needed == 0 || (buffer != nullptr && *length >= needed);
  *length = needed;
  if (!fits) return call.Fail(SOCKET_ERROR, WSAENOBUFS);
  for (const WSAPROTOCOL_INFOW* info : selected) Store(*info, *buffer++);
  return call.Return(static_cast<int>(selected.size()));
}

}  // namespace

int WSAAPI WSAEnumProtocolsA(LPINT lpiProtocols, LPWSAPROTOCOL_INFOA lpProtocolBuffer,
                             LPDWORD lpdwBufferLength) {
  return EnumProtocols(lpiProtocols, lpProtocolBuffer, lpdwBufferLength);
}

int WSAAPI WSAEnumProtocolsW(LPINT lpiProtocols, LPWSAPROTOCOL_INFOW lpProtocolBuffer,
                             LPDWORD lpdwBufferLength) {
  return EnumProtocols(lpiProtocols, lpProtocolBuffer, lpdwBufferLength);
}

}  // namespace winsock
