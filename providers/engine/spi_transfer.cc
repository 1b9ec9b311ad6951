// Data. A call with an OVERLAPPED is synchronous on a socket without the overlapped attribute,
// which ignores it; on others it is refused, WSAEOPNOTSUPP, in this version. A completion routine
// without an OVERLAPPED is ignored.
#include "providers/engine/spi.h"

namespace engine {

int WSPAPI WSPSend(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                   LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE /*routine*/,
                   LPWSATHREADID /*thread*/, LPINT lpErrno) {
  SocketCall call(s);
  if (call.error != 0) return Finish(call.error, lpErrno);
  if (overlapped != nullptr && call.socket->is_overlapped()) return Finish(WSAEOPNOTSUPP, lpErrno);
  if (sent == nullptr) return Finish(WSAEFAULT, lpErrno);
  size_t octets = 0;
  const int error = call.socket->Send(buffers, count, flags, octets);
  if (error == 0) *sent = static_cast<DWORD>(octets);
  return Finish(error, lpErrno);
}

// Every socket here is connection-oriented: the address is ignored, however wrong it is (Winsock
// page: WSASendTo).
int WSPAPI WSPSendTo(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                     const winsock::sockaddr* /*to*/, int /*length*/, LPWSAOVERLAPPED overlapped,
                     LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, LPWSATHREADID thread,
                     LPINT lpErrno) {
  return WSPSend(s, buffers, count, sent, flags, overlapped, routine, thread, lpErrno);
}

int WSPAPI WSPRecv(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD received, LPDWORD flags,
                   LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE /*routine*/,
                   LPWSATHREADID /*thread*/, LPINT lpErrno) {
  SocketCall call(s);
  if (call.error != 0) return Finish(call.error, lpErrno);
  if (overlapped != nullptr && call.socket->is_overlapped()) return Finish(WSAEOPNOTSUPP, lpErrno);
  if (received == nullptr || flags == nullptr) return Finish(WSAEFAULT, lpErrno);
  size_t octets = 0;
  DWORD new_flags = *flags;
  const int error = call.socket->Receive(buffers, count, new_flags, octets);
  if (error == 0) *flags = new_flags;
  if (error == 0 || error == WSAEMSGSIZE) *received = static_cast<DWORD>(octets);
  return Finish(error, lpErrno);
}

// The source address is left as it is (Winsock page: WSARecvFrom).
int WSPAPI WSPRecvFrom(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD received, LPDWORD flags,
                       winsock::sockaddr* /*from*/, LPINT /*length*/, LPWSAOVERLAPPED overlapped,
                       LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, LPWSATHREADID thread,
                       LPINT lpErrno) {
  return WSPRecv(s, buffers, count, received, flags, overlapped, routine, thread, lpErrno);
}

// No overlapped operation can have been begun.
BOOL WSPAPI WSPGetOverlappedResult(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count,
                                   BOOL /*waits*/, LPDWORD flags, LPINT lpErrno) {
  const SocketCall call(s);
  int error = call.error;
  if (error == 0) {
    const bool has_pointers = overlapped != nullptr && count != nullptr && flags != nullptr;
    error = has_pointers ? WSAEINVAL : WSAEFAULT;
  }
  return Finish(error, lpErrno, TRUE, FALSE);
}

}  // namespace engine
