// Levels, options and ioctls, and the structures that they carry.
#ifndef STACK_WINSOCK2_OPTIONS_H_
#define STACK_WINSOCK2_OPTIONS_H_

#include "stack/winsock2/types.h"

namespace winsock {

constexpr int SOL_SOCKET = 0xFFFF;

// Options at SOL_SOCKET. BOOL unless said otherwise.
constexpr int SO_DEBUG = 0x0001;
constexpr int SO_ACCEPTCONN = 0x0002;
constexpr int SO_REUSEADDR = 0x0004;
constexpr int SO_EXCLUSIVEADDRUSE = ~SO_REUSEADDR;
constexpr int SO_KEEPALIVE = 0x0008;
constexpr int SO_DONTROUTE = 0x0010;
constexpr int SO_BROADCAST = 0x0020;
constexpr int SO_USELOOPBACK = 0x0040;
constexpr int SO_LINGER = 0x0080;  // linger
constexpr int SO_DONTLINGER = ~SO_LINGER;
constexpr int SO_OOBINLINE = 0x0100;
constexpr int SO_SNDBUF = 0x1001;          // int, octets
constexpr int SO_RCVBUF = 0x1002;          // int, octets
constexpr int SO_SNDLOWAT = 0x1003;        // int, octets
constexpr int SO_RCVLOWAT = 0x1004;        // int, octets
constexpr int SO_SNDTIMEO = 0x1005;        // DWORD, milliseconds; 0: none
constexpr int SO_RCVTIMEO = 0x1006;        // DWORD, milliseconds; 0: none
constexpr int SO_ERROR = 0x1007;           // int
constexpr int SO_TYPE = 0x1008;            // int
constexpr int SO_BSP_STATE = 0x1009;       // CSADDR_INFO
constexpr int SO_GROUP_ID = 0x2001;        // GROUP
constexpr int SO_GROUP_PRIORITY = 0x2002;  // int
constexpr int SO_MAX_MSG_SIZE = 0x2003;    // unsigned int, octets
constexpr int SO_PROTOCOL_INFOA = 0x2004;  // WSAPROTOCOL_INFOA
constexpr int SO_PROTOCOL_INFOW = 0x2005;  // WSAPROTOCOL_INFOW
constexpr int PVD_CONFIG = 0x3001;         // octets, the provider's own
constexpr int SO_CONDITIONAL_ACCEPT = 0x3002;
constexpr int SO_PAUSE_ACCEPT = 0x3003;
constexpr int SO_RANDOMIZE_PORT = 0x3005;
constexpr int SO_PORT_SCALABILITY = 0x3006;
constexpr int SO_REUSE_UNICASTPORT = 0x3007;    // DWORD
constexpr int SO_REUSE_MULTICASTPORT = 0x3008;  // DWORD

// Connect and disconnect data in the legacy way, and the contexts of AcceptEx and ConnectEx.
constexpr int SO_CONNDATA = 0x7000;     // octets
constexpr int SO_CONNOPT = 0x7001;      // octets
constexpr int SO_DISCDATA = 0x7002;     // octets
constexpr int SO_DISCOPT = 0x7003;      // octets
constexpr int SO_CONNDATALEN = 0x7004;  // DWORD, octets; set only, like the next three
constexpr int SO_CONNOPTLEN = 0x7005;
constexpr int SO_DISCDATALEN = 0x7006;
constexpr int SO_DISCOPTLEN = 0x7007;
constexpr int SO_OPENTYPE = 0x7008;               // DWORD, per thread
constexpr int SO_MAXDG = 0x7009;                  // DWORD
constexpr int SO_MAXPATHDG = 0x700A;              // DWORD
constexpr int SO_UPDATE_ACCEPT_CONTEXT = 0x700B;  // SOCKET, the listener
constexpr int SO_CONNECT_TIME = 0x700C;           // DWORD, seconds; 0xFFFFFFFF: not connected
constexpr int SO_UPDATE_CONNECT_CONTEXT = 0x7010;
constexpr DWORD SO_SYNCHRONOUS_ALERT = 0x10;
constexpr DWORD SO_SYNCHRONOUS_NONALERT = 0x20;

// Options at IPPROTO_TCP
constexpr int TCP_NODELAY = 0x0001;                 // BOOL
constexpr int TCP_EXPEDITED_1122 = 0x0002;          // BOOL
constexpr int TCP_KEEPIDLE = 3;                     // DWORD, seconds
constexpr int TCP_MAXSEG = 4;                       // DWORD, octets
constexpr int TCP_MAXRT = 5;                        // int, seconds; -1: never
constexpr int TCP_NOSYNRETRIES = 9;                 // BOOL
constexpr int TCP_TIMESTAMPS = 10;                  // DWORD
constexpr int TCP_CONGESTION_ALGORITHM = 12;        // ULONG; 0: NewReno, 1: CUBIC
constexpr int TCP_MAXRTMS = 14;                     // int, milliseconds; -1: never
constexpr int TCP_FASTOPEN = 15;                    // BOOL
constexpr int TCP_KEEPCNT = 16;                     // DWORD, at most 255
constexpr int TCP_KEEPINTVL = 17;                   // DWORD, seconds
constexpr int TCP_FAIL_CONNECT_ON_ICMP_ERROR = 18;  // BOOL
constexpr int TCP_ICMP_ERROR_INFO = 19;
constexpr int TCP_BSDURGENT = 0x7000;  // BOOL

// Options at ISOPROTO_TP4, of this provider's own (no header of Winsock has any). They are
// proposals that the peer may weaken; on an open connection they read what was agreed.
constexpr int TP_EXTENDED_FORMATS = 1;  // BOOL
constexpr int TP_CHECKSUM = 2;          // BOOL
constexpr int TP_EXPEDITED = 3;         // BOOL
constexpr int TP_TPDU_SIZE = 4;         // DWORD, octets; 0: as large as the way carries

// Options at IPPROTO_IP
constexpr int IP_OPTIONS = 1;
constexpr int IP_HDRINCL = 2;
constexpr int IP_TOS = 3;
constexpr int IP_TTL = 4;
constexpr int IP_MULTICAST_IF = 9;
constexpr int IP_MULTICAST_TTL = 10;
constexpr int IP_MULTICAST_LOOP = 11;
constexpr int IP_ADD_MEMBERSHIP = 12;
constexpr int IP_DROP_MEMBERSHIP = 13;
constexpr int IP_DONTFRAGMENT = 14;
constexpr int IP_ADD_SOURCE_MEMBERSHIP = 15;
constexpr int IP_DROP_SOURCE_MEMBERSHIP = 16;
constexpr int IP_BLOCK_SOURCE = 17;
constexpr int IP_UNBLOCK_SOURCE = 18;
constexpr int IP_PKTINFO = 19;
constexpr int IP_RECEIVE_BROADCAST = 22;

// Options at IPPROTO_IPV6
constexpr int IPV6_UNICAST_HOPS = 4;
constexpr int IPV6_MULTICAST_IF = 9;
constexpr int IPV6_MULTICAST_HOPS = 10;
constexpr int IPV6_MULTICAST_LOOP = 11;
constexpr int IPV6_JOIN_GROUP = 12;
constexpr int IPV6_LEAVE_GROUP = 13;
constexpr int IPV6_PKTINFO = 19;
constexpr int IPV6_HOPLIMIT = 21;
constexpr int IPV6_PROTECTION_LEVEL = 23;
constexpr int IPV6_V6ONLY = 27;
constexpr int IPV6_TCLASS = 39;

// Options at IPPROTO_UDP
constexpr int UDP_NOCHECKSUM = 1;
constexpr int UDP_CHECKSUM_COVERAGE = 20;

// SO_LINGER. Two 16-bit numbers, not two ints.
struct linger {
  u_short l_onoff;   // nonzero: linger
  u_short l_linger;  // seconds
};
typedef linger LINGER, *LPLINGER;

// An ioctl's number says what it reads and writes, and whose it is (Winsock page: WSAIoctl).
constexpr DWORD IOC_IN = 0x80000000;
constexpr DWORD IOC_OUT = 0x40000000;
constexpr DWORD IOC_INOUT = IOC_IN | IOC_OUT;
constexpr DWORD IOC_VOID = 0x20000000;
constexpr DWORD IOC_UNIX = 0x00000000;
constexpr DWORD IOC_WS2 = 0x08000000;
constexpr DWORD IOC_PROTOCOL = 0x10000000;
constexpr DWORD IOC_VENDOR = 0x18000000;

// The three of ioctlsocket. The size of a 32-bit u_long is part of their numbers.
constexpr DWORD FIONBIO = 0x8004667E;
constexpr DWORD FIONREAD = 0x4004667F;
constexpr DWORD SIOCATMARK = 0x40047307;
constexpr DWORD FIOASYNC = 0x8004667D;

constexpr DWORD SIO_ASSOCIATE_HANDLE = 0x88000001;
constexpr DWORD SIO_ENABLE_CIRCULAR_QUEUEING = 0x28000002;
constexpr DWORD SIO_FIND_ROUTE = 0x48000003;
constexpr DWORD SIO_FLUSH = 0x28000004;
constexpr DWORD SIO_GET_BROADCAST_ADDRESS = 0x48000005;
constexpr DWORD SIO_GET_EXTENSION_FUNCTION_POINTER = 0xC8000006;
constexpr DWORD SIO_GET_QOS = 0xC8000007;
constexpr DWORD SIO_GET_GROUP_QOS = 0xC8000008;
constexpr DWORD SIO_MULTIPOINT_LOOPBACK = 0x88000009;
constexpr DWORD SIO_MULTICAST_SCOPE = 0x8800000A;
constexpr DWORD SIO_SET_QOS = 0x8800000B;
constexpr DWORD SIO_SET_GROUP_QOS = 0x8800000C;
constexpr DWORD SIO_TRANSLATE_HANDLE = 0xC800000D;
constexpr DWORD SIO_ROUTING_INTERFACE_QUERY = 0xC8000014;
constexpr DWORD SIO_ROUTING_INTERFACE_CHANGE = 0x88000015;
constexpr DWORD SIO_ADDRESS_LIST_QUERY = 0x48000016;
constexpr DWORD SIO_ADDRESS_LIST_CHANGE = 0x28000017;
constexpr DWORD SIO_QUERY_TARGET_PNP_HANDLE = 0x48000018;
constexpr DWORD SIO_ADDRESS_LIST_SORT = 0xC8000019;
constexpr DWORD SIO_BASE_HANDLE = 0x48000022;
constexpr DWORD SIO_KEEPALIVE_VALS = 0x98000004;
constexpr DWORD SIO_UDP_CONNRESET = 0x9800000C;
constexpr DWORD SIO_GET_INTERFACE_LIST = 0x4004747F;

// SIO_KEEPALIVE_VALS
struct tcp_keepalive {
  u_long onoff;
  u_long keepalivetime;      // milliseconds
  u_long keepaliveinterval;  // milliseconds
};

// SIO_GET_EXTENSION_FUNCTION_POINTER: which function
constexpr GUID WSAID_TRANSMITFILE = {
    0xb5367df0, 0xcbac, 0x11cf, {0x95, 0xca, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92}};
constexpr GUID WSAID_ACCEPTEX = {
    0xb5367df1, 0xcbac, 0x11cf, {0x95, 0xca, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92}};
constexpr GUID WSAID_GETACCEPTEXSOCKADDRS = {
    0xb5367df2, 0xcbac, 0x11cf, {0x95, 0xca, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92}};
constexpr GUID WSAID_CONNECTEX = {
    0x25a207b9, 0xddf3, 0x4660, {0x8e, 0xe9, 0x76, 0xe5, 0x8c, 0x74, 0x06, 0x3e}};
constexpr GUID WSAID_DISCONNECTEX = {
    0x7fda2e11, 0x8630, 0x436f, {0xa0, 0x31, 0xf5, 0x36, 0xa6, 0xee, 0xc1, 0x57}};
constexpr GUID WSAID_TRANSMITPACKETS = {
    0xd9689da0, 0x1f90, 0x11d3, {0x99, 0x71, 0x00, 0xc0, 0x4f, 0x68, 0xc8, 0x76}};
constexpr GUID WSAID_WSARECVMSG = {
    0xf689d7c8, 0x6f1f, 0x436b, {0x8a, 0x53, 0xe5, 0x4f, 0xe3, 0x51, 0xc3, 0x22}};
constexpr GUID WSAID_WSASENDMSG = {
    0xa441e712, 0x754f, 0x43ca, {0x84, 0xa7, 0x0d, 0xee, 0x44, 0xcf, 0x60, 0x6d}};

// AcceptEx and relatives: TransmitFile's and DisconnectEx's flags
constexpr DWORD TF_DISCONNECT = 0x01;
constexpr DWORD TF_REUSE_SOCKET = 0x02;
constexpr DWORD TF_WRITE_BEHIND = 0x04;
constexpr DWORD TF_USE_SYSTEM_THREAD = 0x10;
constexpr DWORD TF_USE_KERNEL_APC = 0x20;

}  // namespace winsock

#endif  // STACK_WINSOCK2_OPTIONS_H_
