// The engine's thirty entries of WSPPROC_TABLE, by the names of their Winsock SPI pages. Each finds
// the calling process's socket, judges the pointers, and leaves the rest to the socket.
#ifndef PROVIDERS_ENGINE_SPI_H_
#define PROVIDERS_ENGINE_SPI_H_

#include <memory>

#include "providers/engine/process_sockets.h"
#include "providers/engine/words.h"

namespace engine {

// The first step of nearly every entry: the process that calls, and its socket.
struct SocketCall {
  // `socket` is null: `error` says why, WSANOTINITIALISED or WSAENOTSOCK.
  explicit SocketCall(SOCKET s);

  ProcessSockets* process;
  std::shared_ptr<Socket> socket;
  int error = 0;
};

// Stores the error and gives an entry's result for failure, or for success where the error is 0.
template <typename Result>
Result Finish(int error, LPINT lpErrno, Result success, Result failure) {
  if (error == 0) return success;
  if (lpErrno != nullptr) *lpErrno = error;
  return failure;
}
inline int Finish(int error, LPINT lpErrno) { return Finish(error, lpErrno, 0, SOCKET_ERROR); }

// The octets of a name that a program passes; a negative length is none.
inline ByteSpan NameOctets(const winsock::sockaddr* name, int length) {
  return {reinterpret_cast<const uint8_t*>(name), static_cast<size_t>(length < 0 ? 0 : length)};
}
// Copies an address out. WSAEFAULT: a pointer is missing or the room too small, and nothing is
// written.
int GiveName(const transport::Address& address, winsock::sockaddr* name, LPINT length);

// spi_sockets.cc
SOCKET WSPAPI WSPSocket(int af, int type, int protocol, LPWSAPROTOCOL_INFOW info, GROUP g,
                        DWORD flags, LPINT lpErrno);
int WSPAPI WSPCloseSocket(SOCKET s, LPINT lpErrno);
int WSPAPI WSPBind(SOCKET s, const winsock::sockaddr* name, int length, LPINT lpErrno);
int WSPAPI WSPGetSockName(SOCKET s, winsock::sockaddr* name, LPINT length, LPINT lpErrno);
int WSPAPI WSPGetPeerName(SOCKET s, winsock::sockaddr* name, LPINT length, LPINT lpErrno);
int WSPAPI WSPDuplicateSocket(SOCKET s, DWORD process, LPWSAPROTOCOL_INFOW info, LPINT lpErrno);
int WSPAPI WSPCleanup(LPINT lpErrno);
int WSPAPI WSPCancelBlockingCall(LPINT lpErrno);

// spi_connections.cc
int WSPAPI WSPListen(SOCKET s, int backlog, LPINT lpErrno);
SOCKET WSPAPI WSPAccept(SOCKET s, winsock::sockaddr* addr, LPINT addrlen, LPCONDITIONPROC condition,
                        DWORD_PTR callback_data, LPINT lpErrno);
int WSPAPI WSPConnect(SOCKET s, const winsock::sockaddr* name, int length, LPWSABUF caller_data,
                      LPWSABUF callee_data, LPQOS sqos, LPQOS gqos, LPINT lpErrno);
SOCKET WSPAPI WSPJoinLeaf(SOCKET s, const winsock::sockaddr* name, int length, LPWSABUF caller_data,
                          LPWSABUF callee_data, LPQOS sqos, LPQOS gqos, DWORD flags, LPINT lpErrno);
BOOL WSPAPI WSPGetQOSByName(SOCKET s, LPWSABUF name, LPQOS qos, LPINT lpErrno);
int WSPAPI WSPShutdown(SOCKET s, int how, LPINT lpErrno);
int WSPAPI WSPSendDisconnect(SOCKET s, LPWSABUF data, LPINT lpErrno);
int WSPAPI WSPRecvDisconnect(SOCKET s, LPWSABUF data, LPINT lpErrno);

// spi_transfer.cc
int WSPAPI WSPSend(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                   LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                   LPWSATHREADID thread, LPINT lpErrno);
int WSPAPI WSPSendTo(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD sent, DWORD flags,
                     const winsock::sockaddr* to, int length, LPWSAOVERLAPPED overlapped,
                     LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, LPWSATHREADID thread,
                     LPINT lpErrno);
int WSPAPI WSPRecv(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD received, LPDWORD flags,
                   LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                   LPWSATHREADID thread, LPINT lpErrno);
int WSPAPI WSPRecvFrom(SOCKET s, LPWSABUF buffers, DWORD count, LPDWORD received, LPDWORD flags,
                       winsock::sockaddr* from, LPINT length, LPWSAOVERLAPPED overlapped,
                       LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, LPWSATHREADID thread,
                       LPINT lpErrno);
BOOL WSPAPI WSPGetOverlappedResult(SOCKET s, LPWSAOVERLAPPED overlapped, LPDWORD count, BOOL waits,
                                   LPDWORD flags, LPINT lpErrno);

// spi_options.cc
int WSPAPI WSPGetSockOpt(SOCKET s, int level, int name, char* value, LPINT length, LPINT lpErrno);
int WSPAPI WSPSetSockOpt(SOCKET s, int level, int name, const char* value, int length,
                         LPINT lpErrno);
int WSPAPI WSPIoctl(SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size,
                    LPDWORD returned, LPWSAOVERLAPPED overlapped,
                    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, LPWSATHREADID thread,
                    LPINT lpErrno);

// spi_events.cc
int WSPAPI WSPAsyncSelect(SOCKET s, HWND window, UINT message, LONG events, LPINT lpErrno);
int WSPAPI WSPEventSelect(SOCKET s, WSAEVENT event, LONG events, LPINT lpErrno);
int WSPAPI WSPEnumNetworkEvents(SOCKET s, WSAEVENT event, LPWSANETWORKEVENTS events, LPINT lpErrno);
int WSPAPI WSPSelect(int nfds, winsock::fd_set* read, winsock::fd_set* write,
                     winsock::fd_set* except, const winsock::timeval* timeout, LPINT lpErrno);

// spi_addresses.cc
INT WSPAPI WSPAddressToString(LPSOCKADDR address, DWORD length, LPWSAPROTOCOL_INFOW info,
                              LPWSTR text, LPDWORD text_length, LPINT lpErrno);
INT WSPAPI WSPStringToAddress(LPWSTR text, INT family, LPWSAPROTOCOL_INFOW info, LPSOCKADDR address,
                              LPINT length, LPINT lpErrno);

}  // namespace engine

#endif  // PROVIDERS_ENGINE_SPI_H_
