// Readiness in Winsock's three dialects: network events, select and WSAPoll; and waiting for event
// objects.
#ifndef STACK_WINSOCK2_EVENTS_H_
#define STACK_WINSOCK2_EVENTS_H_

#include "stack/winsock2/errors.h"
#include "stack/winsock2/types.h"

namespace winsock {

// Network events. A ..._BIT is also the event's place in WSANETWORKEVENTS::iErrorCode.
constexpr int FD_READ_BIT = 0;
constexpr int FD_WRITE_BIT = 1;
constexpr int FD_OOB_BIT = 2;
constexpr int FD_ACCEPT_BIT = 3;
constexpr int FD_CONNECT_BIT = 4;
constexpr int FD_CLOSE_BIT = 5;
constexpr int FD_QOS_BIT = 6;
constexpr int FD_GROUP_QOS_BIT = 7;
constexpr int FD_ROUTING_INTERFACE_CHANGE_BIT = 8;
constexpr int FD_ADDRESS_LIST_CHANGE_BIT = 9;
constexpr int FD_MAX_EVENTS = 10;

constexpr LONG FD_READ = 1 << FD_READ_BIT;
constexpr LONG FD_WRITE = 1 << FD_WRITE_BIT;
constexpr LONG FD_OOB = 1 << FD_OOB_BIT;
constexpr LONG FD_ACCEPT = 1 << FD_ACCEPT_BIT;
constexpr LONG FD_CONNECT = 1 << FD_CONNECT_BIT;
constexpr LONG FD_CLOSE = 1 << FD_CLOSE_BIT;
constexpr LONG FD_QOS = 1 << FD_QOS_BIT;
constexpr LONG FD_GROUP_QOS = 1 << FD_GROUP_QOS_BIT;
constexpr LONG FD_ROUTING_INTERFACE_CHANGE = 1 << FD_ROUTING_INTERFACE_CHANGE_BIT;
constexpr LONG FD_ADDRESS_LIST_CHANGE = 1 << FD_ADDRESS_LIST_CHANGE_BIT;
constexpr LONG FD_ALL_EVENTS = (1 << FD_MAX_EVENTS) - 1;

// What WSAEnumNetworkEvents reports. Only the codes of events in lNetworkEvents are written.
struct WSANETWORKEVENTS {
  LONG lNetworkEvents;
  int iErrorCode[FD_MAX_EVENTS];
};
typedef WSANETWORKEVENTS* LPWSANETWORKEVENTS;

// WSAWaitForMultipleEvents
constexpr DWORD WSA_MAXIMUM_WAIT_EVENTS = 64;
constexpr DWORD WSA_INFINITE = 0xFFFFFFFF;
constexpr DWORD WSA_WAIT_EVENT_0 = 0;
constexpr DWORD WSA_WAIT_IO_COMPLETION = 0x000000C0;
constexpr DWORD WSA_WAIT_TIMEOUT = 258;
constexpr DWORD WSA_WAIT_FAILED = 0xFFFFFFFF;

// The sets of select: a count and handles. The library goes by the count alone, so that a program
// may pass a structure of its own with room for more than FD_SETSIZE.
constexpr u_int FD_SETSIZE = 64;
struct fd_set {
  u_int fd_count;
  SOCKET fd_array[FD_SETSIZE];
};

inline void FD_ZERO(fd_set* set) { set->fd_count = 0; }

inline BOOL FD_ISSET(SOCKET s, const fd_set* set) {
  const SOCKET* handles = set->fd_array;
  for (u_int i = 0; i < set->fd_count; ++i) {
    if (handles[i] == s) return TRUE;
  }
  return FALSE;
}

// A handle that is in the set already, or for which there is no room, is not added.
inline void FD_SET(SOCKET s, fd_set* set) {
  if (!FD_ISSET(s, set) && set->fd_count < FD_SETSIZE) set->fd_array[set->fd_count++] = s;
}

inline void FD_CLR(SOCKET s, fd_set* set) {
  SOCKET* handles = set->fd_array;
  u_int kept = 0;
  for (u_int i = 0; i < set->fd_count; ++i) {
    if (handles[i] != s) handles[kept++] = handles[i];
  }
  set->fd_count = kept;
}

struct timeval {
  LONG tv_sec;
  LONG tv_usec;
};
typedef timeval TIMEVAL, *LPTIMEVAL;

// WSAPoll
constexpr int16_t POLLRDNORM = 0x0100;
constexpr int16_t POLLRDBAND = 0x0200;
constexpr int16_t POLLIN = POLLRDNORM | POLLRDBAND;
constexpr int16_t POLLPRI = 0x0400;
constexpr int16_t POLLWRNORM = 0x0010;
constexpr int16_t POLLOUT = POLLWRNORM;
constexpr int16_t POLLWRBAND = 0x0020;
constexpr int16_t POLLERR = 0x0001;
constexpr int16_t POLLHUP = 0x0002;
constexpr int16_t POLLNVAL = 0x0004;

struct WSAPOLLFD {
  SOCKET fd;
  int16_t events;
  int16_t revents;
};
typedef WSAPOLLFD* LPWSAPOLLFD;

}  // namespace winsock

#endif  // STACK_WINSOCK2_EVENTS_H_
