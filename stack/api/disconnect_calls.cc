// Ending connections: shutdown, and its two relatives that carry user data.
#include "absl/strings/str_cat.h"
#include "stack/api/api_call.h"
#include "stack/api/call_text.h"
#include "stack/names.h"
#include "stack/winsock2.h"

namespace winsock {

int WSAAPI shutdown(SOCKET s, int how) {
  ApiCall call(CallId::kShutdown, {.socket = s, .numbers = {how}}, [&] {
    absl::string_view name = NameIn(ShutdownNames(), how);
    return name.empty() ? absl::StrCat(s, ", ", how) : absl::StrCat(s, ", ", name);
  });
  return call.Forward(s, Waits::kNever, SOCKET_ERROR, &WSPPROC_TABLE::lpWSPShutdown, how);
}

int WSAAPI WSASendDisconnect(SOCKET s, LPWSABUF lpOutboundDisconnectData) {
  OctetSpan data;
  if (lpOutboundDisconnectData != nullptr) {
    data = Octets(lpOutboundDisconnectData->buf, lpOutboundDisconnectData->len);
  }
  ApiCall call(CallId::kWSASendDisconnect,
               {.socket = s, .numbers = {static_cast<int64_t>(data.size())}, .octets = data},
               [&] { return absl::StrCat(s, ", ", data.size(), " octets"); });
  return call.Forward(s, Waits::kNever, SOCKET_ERROR, &WSPPROC_TABLE::lpWSPSendDisconnect,
                      lpOutboundDisconnectData);
}

int WSAAPI WSARecvDisconnect(SOCKET s, LPWSABUF lpInboundDisconnectData) {
  u_long capacity = lpInboundDisconnectData == nullptr ? 0 : lpInboundDisconnectData->len;
  ApiCall call(CallId::kWSARecvDisconnect, {.socket = s, .numbers = {capacity}},
               [&] { return absl::StrCat(s, ", at most ", capacity, " octets"); });
  const Provider* provider = call.EnterSocket(s, Waits::kNever);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  int error = 0;
  int result = provider->calls().lpWSPRecvDisconnect(s, lpInboundDisconnectData, &error);
  if (result == SOCKET_ERROR) return call.Fail(result, error);
  OctetSpan data;
  if (lpInboundDisconnectData != nullptr) {
    data = Octets(lpInboundDisconnectData->buf, lpInboundDisconnectData->len);
  }
  return call.Return(result, data);
}

}  // namespace winsock
