// The calls. Each acts for the simulated thread and process that runs, and is documented on the
// Winsock page of its name; what is said here is what a reader of those pages might miss.
//
// The names are C++ functions of namespace winsock whose linker symbols begin with wsim_. No global
// socket, send, recv or select exists: it would replace the C library's for the whole process.
//
// A call that fails returns SOCKET_ERROR (INVALID_SOCKET, FALSE, WSA_INVALID_EVENT) and leaves its
// error in WSAGetLastError, where nothing else is said. A call outside of any simulated thread, and
// every call of a thread that is ending, fails at once.
#ifndef STACK_WINSOCK2_FUNCTIONS_H_
#define STACK_WINSOCK2_FUNCTIONS_H_

#include "stack/winsock2/addresses.h"
#include "stack/winsock2/events.h"
#include "stack/winsock2/protocol_info.h"
#include "stack/winsock2/transfer.h"
#include "stack/winsock2/types.h"

#define WSIM_SYMBOL(name) __asm__("wsim_" #name)

namespace winsock {

// The process's use of the library. WSAStartup returns its error itself.
int WSAAPI WSAStartup(WORD wVersionRequested, LPWSADATA lpWSAData) WSIM_SYMBOL(WSAStartup);
int WSAAPI WSACleanup() WSIM_SYMBOL(WSACleanup);

// The thread's last error. Success does not have to reset it; WSASocket and socket do.
int WSAAPI WSAGetLastError() WSIM_SYMBOL(WSAGetLastError);
void WSAAPI WSASetLastError(int iError) WSIM_SYMBOL(WSASetLastError);

// The number of entries described, or SOCKET_ERROR. *lpdwBufferLength: octets there are, then
// octets needed.
int WSAAPI WSAEnumProtocolsA(LPINT lpiProtocols, LPWSAPROTOCOL_INFOA lpProtocolBuffer,
                             LPDWORD lpdwBufferLength) WSIM_SYMBOL(WSAEnumProtocolsA);
int WSAAPI WSAEnumProtocolsW(LPINT lpiProtocols, LPWSAPROTOCOL_INFOW lpProtocolBuffer,
                             LPDWORD lpdwBufferLength) WSIM_SYMBOL(WSAEnumProtocolsW);

SOCKET WSAAPI socket(int af, int type, int protocol) WSIM_SYMBOL(socket);
SOCKET WSAAPI WSASocketA(int af, int type, int protocol, LPWSAPROTOCOL_INFOA lpProtocolInfo,
                         GROUP g, DWORD dwFlags) WSIM_SYMBOL(WSASocketA);
SOCKET WSAAPI WSASocketW(int af, int type, int protocol, LPWSAPROTOCOL_INFOW lpProtocolInfo,
                         GROUP g, DWORD dwFlags) WSIM_SYMBOL(WSASocketW);
int WSAAPI closesocket(SOCKET s) WSIM_SYMBOL(closesocket);

int WSAAPI bind(SOCKET s, const sockaddr* name, int namelen) WSIM_SYMBOL(bind);
int WSAAPI getsockname(SOCKET s, sockaddr* name, int* namelen) WSIM_SYMBOL(getsockname);
int WSAAPI getpeername(SOCKET s, sockaddr* name, int* namelen) WSIM_SYMBOL(getpeername);

int WSAAPI listen(SOCKET s, int backlog) WSIM_SYMBOL(listen);
SOCKET WSAAPI accept(SOCKET s, sockaddr* addr, int* addrlen) WSIM_SYMBOL(accept);
SOCKET WSAAPI WSAAccept(SOCKET s, sockaddr* addr, LPINT addrlen, LPCONDITIONPROC lpfnCondition,
                        DWORD_PTR dwCallbackData) WSIM_SYMBOL(WSAAccept);
int WSAAPI connect(SOCKET s, const sockaddr* name, int namelen) WSIM_SYMBOL(connect);
int WSAAPI WSAConnect(SOCKET s, const sockaddr* name, int namelen, LPWSABUF lpCallerData,
                      LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS) WSIM_SYMBOL(WSAConnect);

// Octets moved, or SOCKET_ERROR; the WSA forms: 0 or SOCKET_ERROR.
int WSAAPI send(SOCKET s, const char* buf, int len, int flags) WSIM_SYMBOL(send);
int WSAAPI sendto(SOCKET s, const char* buf, int len, int flags, const sockaddr* to, int tolen)
    WSIM_SYMBOL(sendto);
int WSAAPI recv(SOCKET s, char* buf, int len, int flags) WSIM_SYMBOL(recv);
int WSAAPI recvfrom(SOCKET s, char* buf, int len, int flags, sockaddr* from, int* fromlen)
    WSIM_SYMBOL(recvfrom);
int WSAAPI WSASend(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesSent,
                   DWORD dwFlags, LPWSAOVERLAPPED lpOverlapped,
                   LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) WSIM_SYMBOL(WSASend);
int WSAAPI WSASendTo(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesSent,
                     DWORD dwFlags, const sockaddr* lpTo, int iTolen, LPWSAOVERLAPPED lpOverlapped,
                     LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) WSIM_SYMBOL(WSASendTo);
int WSAAPI WSARecv(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount, LPDWORD lpNumberOfBytesRecvd,
                   LPDWORD lpFlags, LPWSAOVERLAPPED lpOverlapped,
                   LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) WSIM_SYMBOL(WSARecv);
int WSAAPI WSARecvFrom(SOCKET s, LPWSABUF lpBuffers, DWORD dwBufferCount,
                       LPDWORD lpNumberOfBytesRecvd, LPDWORD lpFlags, sockaddr* lpFrom,
                       LPINT lpFromlen, LPWSAOVERLAPPED lpOverlapped,
                       LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
    WSIM_SYMBOL(WSARecvFrom);

int WSAAPI shutdown(SOCKET s, int how) WSIM_SYMBOL(shutdown);
int WSAAPI WSASendDisconnect(SOCKET s, LPWSABUF lpOutboundDisconnectData)
    WSIM_SYMBOL(WSASendDisconnect);
int WSAAPI WSARecvDisconnect(SOCKET s, LPWSABUF lpInboundDisconnectData)
    WSIM_SYMBOL(WSARecvDisconnect);

int WSAAPI getsockopt(SOCKET s, int level, int optname, char* optval, int* optlen)
    WSIM_SYMBOL(getsockopt);
int WSAAPI setsockopt(SOCKET s, int level, int optname, const char* optval, int optlen)
    WSIM_SYMBOL(setsockopt);
// FIONBIO, FIONREAD, SIOCATMARK. u_long has 32 bits.
int WSAAPI ioctlsocket(SOCKET s, DWORD cmd, u_long* argp) WSIM_SYMBOL(ioctlsocket);
int WSAAPI WSAIoctl(SOCKET s, DWORD dwIoControlCode, LPVOID lpvInBuffer, DWORD cbInBuffer,
                    LPVOID lpvOutBuffer, DWORD cbOutBuffer, LPDWORD lpcbBytesReturned,
                    LPWSAOVERLAPPED lpOverlapped,
                    LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) WSIM_SYMBOL(WSAIoctl);

// nfds is ignored. A null timeout waits for ever.
int WSAAPI select(int nfds, fd_set* readfds, fd_set* writefds, fd_set* exceptfds,
                  const timeval* timeout) WSIM_SYMBOL(select);
int WSAAPI __WSAFDIsSet(SOCKET s, fd_set* set) WSIM_SYMBOL(__WSAFDIsSet);

// Event objects: manual reset, not set when made.
WSAEVENT WSAAPI WSACreateEvent() WSIM_SYMBOL(WSACreateEvent);
BOOL WSAAPI WSACloseEvent(WSAEVENT hEvent) WSIM_SYMBOL(WSACloseEvent);
BOOL WSAAPI WSASetEvent(WSAEVENT hEvent) WSIM_SYMBOL(WSASetEvent);
BOOL WSAAPI WSAResetEvent(WSAEVENT hEvent) WSIM_SYMBOL(WSAResetEvent);
// dwTimeout: milliseconds, 0 to test, or WSA_INFINITE. Returns WSA_WAIT_*.
DWORD WSAAPI WSAWaitForMultipleEvents(DWORD cEvents, const WSAEVENT* lphEvents, BOOL fWaitAll,
                                      DWORD dwTimeout, BOOL fAlertable)
    WSIM_SYMBOL(WSAWaitForMultipleEvents);
int WSAAPI WSAEventSelect(SOCKET s, WSAEVENT hEventObject, LONG lNetworkEvents)
    WSIM_SYMBOL(WSAEventSelect);
int WSAAPI WSAEnumNetworkEvents(SOCKET s, WSAEVENT hEventObject, LPWSANETWORKEVENTS lpNetworkEvents)
    WSIM_SYMBOL(WSAEnumNetworkEvents);

// An address as the text that its family has for it, and back. lpProtocolInfo chooses the provider
// that knows the form; null: the first catalog entry of the family. Lengths of text count the
// terminator, of addresses octets, and hold what is needed when the call fails with WSAEFAULT for
// too small a buffer.
int WSAAPI WSAAddressToStringA(LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                               LPWSAPROTOCOL_INFOA lpProtocolInfo, LPSTR lpszAddressString,
                               LPDWORD lpdwAddressStringLength) WSIM_SYMBOL(WSAAddressToStringA);
int WSAAPI WSAAddressToStringW(LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                               LPWSAPROTOCOL_INFOW lpProtocolInfo, LPWSTR lpszAddressString,
                               LPDWORD lpdwAddressStringLength) WSIM_SYMBOL(WSAAddressToStringW);
int WSAAPI WSAStringToAddressA(LPSTR AddressString, INT AddressFamily,
                               LPWSAPROTOCOL_INFOA lpProtocolInfo, LPSOCKADDR lpAddress,
                               LPINT lpAddressLength) WSIM_SYMBOL(WSAStringToAddressA);
int WSAAPI WSAStringToAddressW(LPWSTR AddressString, INT AddressFamily,
                               LPWSAPROTOCOL_INFOW lpProtocolInfo, LPSOCKADDR lpAddress,
                               LPINT lpAddressLength) WSIM_SYMBOL(WSAStringToAddressW);

// Between host and network byte order (big-endian). They need no WSAStartup.
u_long WSAAPI htonl(u_long hostlong) WSIM_SYMBOL(htonl);
u_short WSAAPI htons(u_short hostshort) WSIM_SYMBOL(htons);
u_long WSAAPI ntohl(u_long netlong) WSIM_SYMBOL(ntohl);
u_short WSAAPI ntohs(u_short netshort) WSIM_SYMBOL(ntohs);

// The plain names: the form that UNICODE asks for.
inline int WSAEnumProtocols(LPINT lpiProtocols, LPWSAPROTOCOL_INFO lpProtocolBuffer,
                            LPDWORD lpdwBufferLength) {
#ifdef UNICODE
  return WSAEnumProtocolsW(lpiProtocols, lpProtocolBuffer, lpdwBufferLength);
#else
  return WSAEnumProtocolsA(lpiProtocols, lpProtocolBuffer, lpdwBufferLength);
#endif
}
inline SOCKET WSASocket(int af, int type, int protocol, LPWSAPROTOCOL_INFO lpProtocolInfo, GROUP g,
                        DWORD dwFlags) {
#ifdef UNICODE
  return WSASocketW(af, type, protocol, lpProtocolInfo, g, dwFlags);
#else
  return WSASocketA(af, type, protocol, lpProtocolInfo, g, dwFlags);
#endif
}
#ifdef UNICODE
inline int WSAAddressToString(LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                              LPWSAPROTOCOL_INFOW lpProtocolInfo, LPWSTR lpszAddressString,
                              LPDWORD lpdwAddressStringLength) {
  return WSAAddressToStringW(lpsaAddress, dwAddressLength, lpProtocolInfo, lpszAddressString,
                             lpdwAddressStringLength);
}
inline int WSAStringToAddress(LPWSTR AddressString, INT AddressFamily,
                              LPWSAPROTOCOL_INFOW lpProtocolInfo, LPSOCKADDR lpAddress,
                              LPINT lpAddressLength) {
  return WSAStringToAddressW(AddressString, AddressFamily, lpProtocolInfo, lpAddress,
                             lpAddressLength);
}
#else
inline int WSAAddressToString(LPSOCKADDR lpsaAddress, DWORD dwAddressLength,
                              LPWSAPROTOCOL_INFOA lpProtocolInfo, LPSTR lpszAddressString,
                              LPDWORD lpdwAddressStringLength) {
  return WSAAddressToStringA(lpsaAddress, dwAddressLength, lpProtocolInfo, lpszAddressString,
                             lpdwAddressStringLength);
}
inline int WSAStringToAddress(LPSTR AddressString, INT AddressFamily,
                              LPWSAPROTOCOL_INFOA lpProtocolInfo, LPSOCKADDR lpAddress,
                              LPINT lpAddressLength) {
  return WSAStringToAddressA(AddressString, AddressFamily, lpProtocolInfo, lpAddress,
                             lpAddressLength);
}
#endif

}  // namespace winsock

#endif  // STACK_WINSOCK2_FUNCTIONS_H_
