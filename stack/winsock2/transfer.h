// What calls that move data take: buffers, flags, overlapped operations; and quality of service.
#ifndef STACK_WINSOCK2_TRANSFER_H_
#define STACK_WINSOCK2_TRANSFER_H_

#include "stack/winsock2/addresses.h"
#include "stack/winsock2/errors.h"
#include "stack/winsock2/types.h"

namespace winsock {

// Octets of the caller's. Whether len is a length or a capacity, the call says.
struct WSABUF {
  u_long len;
  char* buf;
};
typedef WSABUF* LPWSABUF;
constexpr int MSG_MAXIOVLEN = 16;

// Flags of sending and receiving
constexpr int MSG_OOB = 0x1;
constexpr int MSG_PEEK = 0x2;
constexpr int MSG_DONTROUTE = 0x4;
constexpr int MSG_WAITALL = 0x8;
constexpr int MSG_INTERRUPT = 0x10;
constexpr int MSG_PUSH_IMMEDIATE = 0x20;
constexpr int MSG_TRUNC = 0x100;
constexpr int MSG_CTRUNC = 0x200;
constexpr int MSG_BCAST = 0x400;
constexpr int MSG_MCAST = 0x800;
constexpr int MSG_PARTIAL = 0x8000;

// shutdown
constexpr int SD_RECEIVE = 0x00;
constexpr int SD_SEND = 0x01;
constexpr int SD_BOTH = 0x02;

// listen
constexpr int SOMAXCONN = 0x7fffffff;
constexpr int SOMAXCONN_HINT(int backlog) { return -backlog; }

// An overlapped operation. Internal and InternalHigh belong to the system, Offset and OffsetHigh to
// the provider while the operation runs; hEvent is the application's choice of notice.
struct OVERLAPPED {
  ULONG_PTR Internal;
  ULONG_PTR InternalHigh;
  DWORD Offset;
  DWORD OffsetHigh;
  HANDLE hEvent;
};
typedef OVERLAPPED* LPOVERLAPPED;
typedef OVERLAPPED WSAOVERLAPPED;
typedef OVERLAPPED* LPWSAOVERLAPPED;

// Runs in the thread that issued the call, inside an alertable wait.
typedef void(CALLBACK* LPWSAOVERLAPPED_COMPLETION_ROUTINE)(DWORD dwError, DWORD cbTransferred,
                                                           LPWSAOVERLAPPED lpOverlapped,
                                                           DWORD dwFlags);

// Of WSASendMsg and WSARecvMsg.
struct WSAMSG {
  LPSOCKADDR name;
  INT namelen;
  LPWSABUF lpBuffers;
  ULONG dwBufferCount;
  WSABUF Control;
  ULONG dwFlags;
};
typedef WSAMSG* LPWSAMSG;

typedef ULONG SERVICETYPE;
constexpr SERVICETYPE SERVICETYPE_NOTRAFFIC = 0x00000000;
constexpr SERVICETYPE SERVICETYPE_BESTEFFORT = 0x00000001;
constexpr SERVICETYPE SERVICETYPE_CONTROLLEDLOAD = 0x00000002;
constexpr SERVICETYPE SERVICETYPE_GUARANTEED = 0x00000003;
constexpr SERVICETYPE SERVICETYPE_NETWORK_UNAVAILABLE = 0x00000004;
constexpr SERVICETYPE SERVICETYPE_GENERAL_INFORMATION = 0x00000005;
constexpr SERVICETYPE SERVICETYPE_NOCHANGE = 0x00000006;
constexpr SERVICETYPE SERVICETYPE_NONCONFORMING = 0x00000009;
constexpr SERVICETYPE SERVICETYPE_NETWORK_CONTROL = 0x0000000A;
constexpr SERVICETYPE SERVICETYPE_QUALITATIVE = 0x0000000D;
constexpr SERVICETYPE SERVICE_NO_TRAFFIC_CONTROL = 0x81000000;
constexpr SERVICETYPE SERVICE_NO_QOS_SIGNALING = 0x40000000;

constexpr ULONG QOS_NOT_SPECIFIED = 0xFFFFFFFF;
constexpr ULONG POSITIVE_INFINITY_RATE = 0xFFFFFFFE;

// The traffic of one direction (Winsock page: FLOWSPEC).
struct FLOWSPEC {
  ULONG TokenRate;        // octets per second
  ULONG TokenBucketSize;  // octets
  ULONG PeakBandwidth;    // octets per second
  ULONG Latency;          // microseconds
  ULONG DelayVariation;   // microseconds
  SERVICETYPE ServiceType;
  ULONG MaxSduSize;          // octets
  ULONG MinimumPolicedSize;  // octets
};
typedef FLOWSPEC *PFLOWSPEC, *LPFLOWSPEC;

struct QOS {
  FLOWSPEC SendingFlowspec;
  FLOWSPEC ReceivingFlowspec;
  WSABUF ProviderSpecific;
};
typedef QOS* LPQOS;

// Decides over a request at the head of a listener's queue, inside WSAAccept. It may not block.
typedef int(CALLBACK* LPCONDITIONPROC)(LPWSABUF lpCallerId, LPWSABUF lpCallerData, LPQOS lpSQOS,
                                       LPQOS lpGQOS, LPWSABUF lpCalleeId, LPWSABUF lpCalleeData,
                                       GROUP* g, DWORD_PTR dwCallbackData);

// What a condition function answers.
constexpr int CF_ACCEPT = 0x0000;
constexpr int CF_REJECT = 0x0001;
constexpr int CF_DEFER = 0x0002;

}  // namespace winsock

#endif  // STACK_WINSOCK2_TRANSFER_H_
