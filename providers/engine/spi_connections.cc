// Connections, from listen to the disconnect data.
#include "providers/engine/spi.h"

namespace engine {

int WSPAPI WSPListen(SOCKET s, int backlog, LPINT lpErrno) {
  SocketCall call(s);
  if (call.error == 0) call.error = call.socket->Listen(backlog);
  return Finish(call.error, lpErrno);
}

SOCKET WSPAPI WSPAccept(SOCKET s, winsock::sockaddr* addr, LPINT addrlen, LPCONDITIONPROC condition,
                        DWORD_PTR callback_data, LPINT lpErrno) {
  SocketCall call(s);
  std::shared_ptr<Socket> accepted;
  if (call.error == 0 && addr != nullptr && addrlen == nullptr) call.error = WSAEFAULT;
  if (call.error == 0) {
    AcceptArguments arguments{.condition = condition, .callback_data = callback_data};
    if (addr != nullptr) arguments.address_room = *addrlen < 0 ? 0 : static_cast<size_t>(*addrlen);
    call.error = call.socket->Accept(arguments, accepted);
  }
  if (call.error != 0) return Finish(call.error, lpErrno, SOCKET{0}, INVALID_SOCKET);
  // The process may have cleaned up while this thread waited, and has no handles to give then.
  int error = WSANOTINITIALISED;
  const SOCKET handle =
      ProcessSockets::Current() == nullptr ? INVALID_SOCKET : call.process->Open(accepted, error);
  if (handle == INVALID_SOCKET) {
    accepted->Reset();
    return Finish(error, lpErrno, SOCKET{0}, INVALID_SOCKET);
  }
  transport::Address peer;
  if (addr != nullptr && accepted->PeerName(peer) == 0) GiveName(peer, addr, addrlen);
  return handle;
}

int WSPAPI WSPConnect(SOCKET s, const winsock::sockaddr* name, int length, LPWSABUF caller_data,
                      LPWSABUF callee_data, LPQOS sqos, LPQOS gqos, LPINT lpErrno) {
  SocketCall call(s);
  if (call.error == 0) {
    call.error = call.socket->Connect(
        NameOctets(name, length),
        {.caller_data = caller_data, .callee_data = callee_data, .sqos = sqos, .gqos = gqos});
  }
  return Finish(call.error, lpErrno);
}

// No transport has multipoint.
SOCKET WSPAPI WSPJoinLeaf(SOCKET s, const winsock::sockaddr*, int, LPWSABUF, LPWSABUF, LPQOS, LPQOS,
                          DWORD, LPINT lpErrno) {
  const SocketCall call(s);
  return Finish(call.error != 0 ? call.error : WSAEOPNOTSUPP, lpErrno, SOCKET{0}, INVALID_SOCKET);
}

// No transport has templates of quality of service.
BOOL WSPAPI WSPGetQOSByName(SOCKET s, LPWSABUF name, LPQOS qos, LPINT lpErrno) {
  const SocketCall call(s);
  int error = call.error;
  if (error == 0) error = name == nullptr || qos == nullptr ? WSAEFAULT : WSAEOPNOTSUPP;
  return Finish(error, lpErrno, TRUE, FALSE);
}

int WSPAPI WSPShutdown(SOCKET s, int how, LPINT lpErrno) {
  SocketCall call(s);
  if (call.error == 0) call.error = call.socket->Shutdown(how);
  return Finish(call.error, lpErrno);
}

int WSPAPI WSPSendDisconnect(SOCKET s, LPWSABUF data, LPINT lpErrno) {
  SocketCall call(s);
  if (call.error == 0) call.error = call.socket->SendDisconnect(data);
  return Finish(call.error, lpErrno);
}

int WSPAPI WSPRecvDisconnect(SOCKET s, LPWSABUF data, LPINT lpErrno) {
  SocketCall call(s);
  if (call.error == 0) call.error = call.socket->ReceiveDisconnect(data);
  return Finish(call.error, lpErrno);
}

}  // namespace engine
