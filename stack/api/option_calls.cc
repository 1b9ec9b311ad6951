// Options and ioctls. They are the provider's, but for two options that the library has to itself:
// SO_OPENTYPE, which belongs to the thread and takes any handle, and SO_PROTOCOL_INFOA, the narrow
// form of what providers know in wide characters only.
#include <cstring>

#include "absl/strings/str_cat.h"
#include "stack/api/api_call.h"
#include "stack/api/call_text.h"
#include "stack/catalog/protocol_info_text.h"
#include "stack/names.h"
#include "stack/winsock2.h"

namespace winsock {
namespace {

std::string OptionText(SOCKET s, int level, int optname) {
  absl::string_view name;
  if (level == SOL_SOCKET) name = NameIn(SocketOptionNames(), optname);
  if (level == IPPROTO_TCP) name = NameIn(TcpOptionNames(), optname);
  if (level == ISOPROTO_TP4) name = NameIn(IsoTransportOptionNames(), optname);
  if (level == IPPROTO_IP) name = NameIn(IpOptionNames(), optname);
  if (level == IPPROTO_IPV6) name = NameIn(Ipv6OptionNames(), optname);
  if (name.empty()) return absl::StrCat(s, ", ", level, ", ", optname);
  return absl::StrCat(s, ", ", name);
}

bool IsOpenType(int level, int optname) { return level == SOL_SOCKET && optname == SO_OPENTYPE; }

int GetOpenType(ApiCall& call, char* optval, int* optlen) {
  if (call.Enter(Waits::kNever) == nullptr) return call.Fail(SOCKET_ERROR);
  DWORD open_type = call.state().open_type;
  if (optval == nullptr || optlen == nullptr || *optlen < static_cast<int>(sizeof open_type)) {
    return call.Fail(SOCKET_ERROR, WSAEFAULT);
  }
  std::memcpy(optval, &open_type, sizeof open_type);
  *optlen = sizeof open_type;
  return call.Return(0, Octets(optval, *optlen));
}

int SetOpenType(ApiCall& call, const char* optval, int optlen) {
  if (call.Enter(Waits::kNever) == nullptr) return call.Fail(SOCKET_ERROR);
  DWORD& open_type = call.state().open_type;
  if (optval == nullptr || optlen < static_cast<int>(sizeof open_type)) {
    return call.Fail(SOCKET_ERROR, WSAEFAULT);
  }
  std::memcpy(&open_type, optval, sizeof open_type);
  return call.Return(0);
}

// On success *optlen is the length of a WSAPROTOCOL_INFOA.
int GetNarrowProtocolInfo(const WSPPROC_TABLE& calls, SOCKET s, char* optval, int* optlen,
                          LPINT lpErrno) {
  if (optval == nullptr || optlen == nullptr ||
      *optlen < static_cast<int>(sizeof(WSAPROTOCOL_INFOA))) {
    *lpErrno = WSAEFAULT;
    return SOCKET_ERROR;
  }
  WSAPROTOCOL_INFOW wide = {};
  int length = sizeof wide;
  int result = calls.lpWSPGetSockOpt(s, SOL_SOCKET, SO_PROTOCOL_INFOW,
                                     reinterpret_cast<char*>(&wide), &length, lpErrno);
  if (result == SOCKET_ERROR) return result;
  WSAPROTOCOL_INFOA narrow = ToNarrow(wide);
  std::memcpy(optval, &narrow, sizeof narrow);
  *optlen = sizeof narrow;
  return result;
}

std::string IoctlText(SOCKET s, DWORD command) {
  absl::string_view name = NameIn(IoctlNames(), command);
  if (name.empty()) return absl::StrCat(s, ", 0x", absl::Hex(command));
  return absl::StrCat(s, ", ", name);
}

}  // namespace

int WSAAPI getsockopt(SOCKET s, int level, int optname, char* optval, int* optlen) {
  ApiCall call(CallId::kGetsockopt,
               {.socket = s, .numbers = {level, optname, optlen == nullptr ? 0 : *optlen}},
               [&] { return OptionText(s, level, optname); });
  if (IsOpenType(level, optname)) return GetOpenType(call, optval, optlen);
  const Provider* provider = call.EnterSocket(s, Waits::kNever);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  const WSPPROC_TABLE& calls = provider->calls();
  int error = 0;
  int result = level == SOL_SOCKET && optname == SO_PROTOCOL_INFOA
                   ? GetNarrowProtocolInfo(calls, s, optval, optlen, &error)
                   : calls.lpWSPGetSockOpt(s, level, optname, optval, optlen, &error);
  if (result == SOCKET_ERROR) return call.Fail(result, error);
  // A CSADDR_INFO holds addresses of memory, which have no place in the trace.
  const bool has_pointers = level == SOL_SOCKET && optname == SO_BSP_STATE;
  if (has_pointers) return call.Return(result);
  return call.Return(result, Octets(optval, optlen == nullptr ? 0 : *optlen));
}

int WSAAPI setsockopt(SOCKET s, int level, int optname, const char* optval, int optlen) {
  ApiCall call(CallId::kSetsockopt,
               {.socket = s, .numbers = {level, optname, optlen}, .octets = Octets(optval, optlen)},
               [&] { return OptionText(s, level, optname); });
  if (IsOpenType(level, optname)) return SetOpenType(call, optval, optlen);
  return call.Forward(s, Waits::kNever, SOCKET_ERROR, &WSPPROC_TABLE::lpWSPSetSockOpt, level,
                      optname, optval, optlen);
}

int WSAAPI ioctlsocket(SOCKET s, DWORD cmd, u_long* argp) {
  ApiCall call(CallId::kIoctlsocket, {.socket = s, .numbers = {cmd, argp == nullptr ? 0 : *argp}},
               [&] { return IoctlText(s, cmd); });
  const Provider* provider = call.EnterSocket(s, Waits::kNever);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  if (argp == nullptr) return call.Fail(SOCKET_ERROR, WSAEFAULT);
  bool is_input = (cmd & IOC_IN) != 0;
  bool is_output = (cmd & IOC_OUT) != 0;
  DWORD returned = 0;
  WSATHREADID thread = call.state().id();
  int error = 0;
  int result = provider->calls().lpWSPIoctl(
      s, cmd, is_input ? argp : nullptr, is_input ? sizeof *argp : 0, is_output ? argp : nullptr,
      is_output ? sizeof *argp : 0, &returned, nullptr, nullptr, &thread, &error);
  if (result == SOCKET_ERROR) return call.Fail(result, error);
  return call.Return(result, is_output ? Octets(argp, sizeof *argp) : OctetSpan());
}

int WSAAPI WSAIoctl(SOCKET s, DWORD dwIoControlCode, LPVOID lpvInBuffer, DWORD cbInBuffer,
                    LPVOID lpvOutBuffer, DWORD cbOutBuffer, LPDWORD lpcbBytesReturned,
                    LPWSAOVERLAPPED lpOverlapped,
                    LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) {
  // The octets stay out of the trace: they may hold addresses of memory, as that of an extension
  // function does.
  ApiCall call(CallId::kWSAIoctl,
               {.socket = s, .numbers = {dwIoControlCode, cbInBuffer, cbOutBuffer}},
               [&] { return IoctlText(s, dwIoControlCode); });
  const Provider* provider = call.EnterSocket(s, Waits::kPerhaps);
  if (provider == nullptr) return call.Fail(SOCKET_ERROR);
  WSATHREADID thread = call.state().id();
  int error = 0;
  int result = provider->calls().lpWSPIoctl(s, dwIoControlCode, lpvInBuffer, cbInBuffer,
                                            lpvOutBuffer, cbOutBuffer, lpcbBytesReturned,
                                            lpOverlapped, lpCompletionRoutine, &thread, &error);
  return result == SOCKET_ERROR ? call.Fail(result, error) : call.Return(result);
}

}  // namespace winsock
