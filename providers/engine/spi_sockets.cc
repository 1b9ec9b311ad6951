// Making, naming and closing sockets.
#include <algorithm>
#include <cstring>
#include <iterator>

#include "providers/engine/spi.h"
#include "sim/host.h"

namespace engine {
namespace {

constexpr DWORD kKnownFlags = winsock::WSA_FLAG_OVERLAPPED | winsock::WSA_FLAG_NO_HANDLE_INHERIT;

// An argument of WSASocket that says something of its own, beside the structure.
bool Says(int argument) { return argument != 0 && argument != winsock::FROM_PROTOCOL_INFO; }

int CheckSocketArguments(const Entry& entry, int af, int type, int protocol, GROUP g, DWORD flags) {
  if (Says(type) && type != entry.info.iSocketType) return WSAESOCKTNOSUPPORT;
  if (Says(af) && af != entry.info.iAddressFamily) return WSAEAFNOSUPPORT;
  if (Says(protocol) && protocol != entry.info.iProtocol) return WSAEPROTONOSUPPORT;
  // Groups are reserved; multipoint flags need XP1_SUPPORT_MULTIPOINT.
  return g != 0 || (flags & ~kKnownFlags) != 0 ? WSAEINVAL : 0;
}

}  // namespace

SocketCall::SocketCall(SOCKET s) : process(ProcessSockets::Current()) {
  if (process == nullptr) {
    error = WSANOTINITIALISED;
    return;
  }
  socket = process->Find(s);
  if (socket == nullptr) error = WSAENOTSOCK;
}

int GiveName(const transport::Address& address, winsock::sockaddr* name, LPINT length) {
  if (name == nullptr || length == nullptr) return WSAEFAULT;
  if (*length < 0 || static_cast<size_t>(*length) < address.size()) return WSAEFAULT;
  std::memcpy(name, address.data(), address.size());
  *length = static_cast<int>(address.size());
  return 0;
}

SOCKET WSPAPI WSPSocket(int af, int type, int protocol, LPWSAPROTOCOL_INFOW info, GROUP g,
                        DWORD flags, LPINT lpErrno) {
  ProcessSockets* process = ProcessSockets::Current();
  if (process == nullptr) return Finish(WSANOTINITIALISED, lpErrno, SOCKET{0}, INVALID_SOCKET);
  if (info == nullptr) return Finish(WSAEFAULT, lpErrno, SOCKET{0}, INVALID_SOCKET);
  const Entry* entry = process->process().world().slots().Get<Entries>().Resolve(*info);
  if (entry == nullptr) return Finish(WSAEINVAL, lpErrno, SOCKET{0}, INVALID_SOCKET);
  int error = CheckSocketArguments(*entry, af, type, protocol, g, flags);
  if (error != 0) return Finish(error, lpErrno, SOCKET{0}, INVALID_SOCKET);
  auto socket = std::make_shared<Socket>(process->process().boot().slots().Get<HostSockets>(),
                                         *entry, (flags & winsock::WSA_FLAG_OVERLAPPED) != 0);
  const SOCKET s = process->Open(socket, error);
  return Finish(s == INVALID_SOCKET ? error : 0, lpErrno, s, INVALID_SOCKET);
}

int WSPAPI WSPCloseSocket(SOCKET s, LPINT lpErrno) {
  SocketCall call(s);
  if (call.error == 0) call.error = call.socket->MayClose();
  if (call.error == 0) call.process->Close(s);
  return Finish(call.error, lpErrno);
}

int WSPAPI WSPBind(SOCKET s, const winsock::sockaddr* name, int length, LPINT lpErrno) {
  SocketCall call(s);
  if (call.error == 0) call.error = call.socket->Bind(NameOctets(name, length));
  return Finish(call.error, lpErrno);
}

int WSPAPI WSPGetSockName(SOCKET s, winsock::sockaddr* name, LPINT length, LPINT lpErrno) {
  SocketCall call(s);
  transport::Address address;
  if (call.error == 0) call.error = call.socket->LocalName(address);
  if (call.error == 0) call.error = GiveName(address, name, length);
  return Finish(call.error, lpErrno);
}

int WSPAPI WSPGetPeerName(SOCKET s, winsock::sockaddr* name, LPINT length, LPINT lpErrno) {
  SocketCall call(s);
  transport::Address address;
  if (call.error == 0) call.error = call.socket->PeerName(address);
  if (call.error == 0) call.error = GiveName(address, name, length);
  return Finish(call.error, lpErrno);
}

// Sockets are not shared between processes in this version.
int WSPAPI WSPDuplicateSocket(SOCKET s, DWORD /*process*/, LPWSAPROTOCOL_INFOW info,
                              LPINT lpErrno) {
  SocketCall call(s);
  if (call.error == 0) call.error = info == nullptr ? WSAEFAULT : WSAEOPNOTSUPP;
  return Finish(call.error, lpErrno);
}

int WSPAPI WSPCleanup(LPINT lpErrno) {
  ProcessSockets* process = ProcessSockets::Current();
  if (process == nullptr) return Finish(WSANOTINITIALISED, lpErrno);
  process->Cleanup();
  return 0;
}

// Blocking hooks belong to version 1.1 of the API; there is never a call to cancel.
int WSPAPI WSPCancelBlockingCall(LPINT lpErrno) { return Finish(WSAEINVAL, lpErrno); }

}  // namespace engine
