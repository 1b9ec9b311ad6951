// Making, naming and closing sockets.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "stack/api/api_call.h"
#include "stack/api/call_text.h"
#include "stack/catalog/protocol_info_text.h"
#include "stack/winsock2.h"

namespace winsock {
namespace {

// socket() and WSASocket() from the choice of the provider on. `info` may be null.
SOCKET MakeSocket(ApiCall& call, int af, int type, int protocol, LPWSAPROTOCOL_INFOW info, GROUP g,
                  DWORD flags) {
  Library* library = call.Enter(Waits::kNever);
  if (library == nullptr) return call.Fail(INVALID_SOCKET);
  ProviderChoice choice = info == nullptr ? ChooseEntry(library->catalog(), af, type, protocol)
                                          : EntryOf(library->catalog(), *info);
  if (choice.entry == nullptr) return call.Fail(INVALID_SOCKET, choice.error);
  Library::Found found = library->Use(*choice.entry);
  if (found.provider == nullptr) return call.Fail(INVALID_SOCKET, found.error);
  // The caller's own structure may be the ticket of a duplicated socket.
  WSAPROTOCOL_INFOW given = info == nullptr ? choice.entry->info : *info;
  int error = 0;
  SOCKET s = found.provider->calls().lpWSPSocket(af, type, protocol, &given, g, flags, &error);
  if (s == INVALID_SOCKET) return call.Fail(s, error);
  call.state().last_error = 0;
  return call.Return(s);
}

std::string TripleText(int af, int type, int protocol) {
  return absl::StrCat(af, ", ", type, ", ", protocol);
}

// getsockname and getpeername.
using NameEntry = int (WSPAPI* WSPPROC_TABLE::*)(SOCKET, sockaddr*, LPINT, LPINT);
int GetName(CallId id, NameEntry entry, SOCKET s, sockaddr* name, int* namelen) {
  ApiCall call(id, {.socket = s, .numbers = {namelen == nullptr ? 0 : *namelen}},
               [&] { return absl::StrCat(s); });
  const Provider* provider = call.EnterSocket(s, Waits::kNever);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  int error = 0;
  int result = (provider->calls().*entry)(s, name, namelen, &error);
  if (result == SOCKET_ERROR) return call.Fail(result, error);
  const int length = namelen == nullptr ? 0 : *namelen;
  return call.Return(result, AddressOctets(name, length),
                     [&] { return AddressText(s, name, length); });
}

}  // namespace

SOCKET WSAAPI socket(int af, int type, int protocol) {
  ApiCall call(CallId::kSocket, {.numbers = {af, type, protocol}},
               [&] { return TripleText(af, type, protocol); });
  // SO_OPENTYPE: this thread may have asked for sockets without the overlapped attribute.
  bool is_overlapped = !call.is_alive() || call.state().open_type == 0;
  return MakeSocket(call, af, type, protocol, nullptr, 0, is_overlapped ? WSA_FLAG_OVERLAPPED : 0);
}

SOCKET WSAAPI WSASocketW(int af, int type, int protocol, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                         GROUP g, DWORD dwFlags) {
  ApiCall call(CallId::kWSASocket, {.numbers = {af, type, protocol}},
               [&] { return TripleText(af, type, protocol); });
  return MakeSocket(call, af, type, protocol, lpProtocolInfo, g, dwFlags);
}

SOCKET WSAAPI WSASocketA(int af, int type, int protocol, LPWSAPROTOCOL_INFOA lpProtocolInfo,
                         GROUP g, DWORD dwFlags) {
  if (lpProtocolInfo == nullptr) return WSASocketW(af, type, protocol, nullptr, g, dwFlags);
  WSAPROTOCOL_INFOW wide = ToWide(*lpProtocolInfo);
  return WSASocketW(af, type, protocol, &wide, g, dwFlags);
}

int WSAAPI closesocket(SOCKET s) {
  ApiCall call(CallId::kClosesocket, {.socket = s}, [&] { return absl::StrCat(s); });
  return call.Forward(s, Waits::kPerhaps, SOCKET_ERROR, &WSPPROC_TABLE::lpWSPCloseSocket);
}

int WSAAPI bind(SOCKET s, const sockaddr* name, int namelen) {
  ApiCall call(CallId::kBind,
               {.socket = s, .numbers = {namelen}, .octets = AddressOctets(name, namelen)},
               [&] { return absl::StrCat(s, ", ", AddressText(s, name, namelen)); });
  return call.Forward(s, Waits::kNever, SOCKET_ERROR, &WSPPROC_TABLE::lpWSPBind, name, namelen);
}

int WSAAPI getsockname(SOCKET s, sockaddr* name, int* namelen) {
  return GetName(CallId::kGetsockname, &WSPPROC_TABLE::lpWSPGetSockName, s, name, namelen);
}

int WSAAPI getpeername(SOCKET s, sockaddr* name, int* namelen) {
  return GetName(CallId::kGetpeername, &WSPPROC_TABLE::lpWSPGetPeerName, s, name, namelen);
}

}  // namespace winsock
