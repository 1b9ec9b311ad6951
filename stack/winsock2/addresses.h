// Socket addresses, families, types and protocol numbers. Members hold network byte order where the
// protocol does, as everywhere in sockets.
#ifndef STACK_WINSOCK2_ADDRESSES_H_
#define STACK_WINSOCK2_ADDRESSES_H_

#include "stack/winsock2/types.h"

namespace winsock {

constexpr int AF_UNSPEC = 0;
constexpr int AF_UNIX = 1;
constexpr int AF_INET = 2;
constexpr int AF_IPX = 6;
constexpr int AF_ISO = 7;
constexpr int AF_OSI = AF_ISO;
constexpr int AF_INET6 = 23;

constexpr int SOCK_STREAM = 1;
constexpr int SOCK_DGRAM = 2;
constexpr int SOCK_RAW = 3;
constexpr int SOCK_RDM = 4;
constexpr int SOCK_SEQPACKET = 5;

// Protocol numbers mean something within a family only.
constexpr int IPPROTO_IP = 0;
constexpr int IPPROTO_ICMP = 1;
constexpr int IPPROTO_TCP = 6;
constexpr int IPPROTO_UDP = 17;
constexpr int IPPROTO_IPV6 = 41;
constexpr int IPPROTO_ICMPV6 = 58;
constexpr int IPPROTO_RAW = 255;
constexpr int IPPROTO_MAX = 256;

// Of AF_ISO, from the original wshisotp.h.
constexpr int ISOPROTO_TP0 = 25;
constexpr int ISOPROTO_TP4 = 29;
constexpr int ISOPROTO_TP = ISOPROTO_TP4;
constexpr int ISOPROTO_CLTP = 30;
constexpr int ISOPROTO_CLNP = 31;
constexpr int ISOPROTO_ESIS = 34;

typedef u_short ADDRESS_FAMILY;

// What every address looks like to those who do not know its family.
struct sockaddr {
  ADDRESS_FAMILY sa_family;
  char sa_data[14];
};
typedef sockaddr SOCKADDR, *PSOCKADDR, *LPSOCKADDR;

// Room for an address of any family: 128 octets.
struct sockaddr_storage {
  ADDRESS_FAMILY ss_family;
  char __ss_pad1[6];
  int64_t __ss_align;
  char __ss_pad2[112];
};
typedef sockaddr_storage SOCKADDR_STORAGE, *LPSOCKADDR_STORAGE;
static_assert(sizeof(sockaddr_storage) == 128);

// The octets of an IPv4 address, in network byte order, in the three ways of the original header.
struct in_addr_octets {
  u_char s_b1, s_b2, s_b3, s_b4;
};
struct in_addr_words {
  u_short s_w1, s_w2;
};
union in_addr_union {
  in_addr_octets S_un_b;
  in_addr_words S_un_w;
  u_long S_addr;
};

// An IPv4 address, in network byte order.
struct in_addr {
  union {
    u_long s_addr;
    in_addr_union S_un;
  };
};
typedef in_addr IN_ADDR, *LPIN_ADDR;

constexpr u_long INADDR_ANY = 0x00000000;
constexpr u_long INADDR_LOOPBACK = 0x7F000001;  // Host byte order.
constexpr u_long INADDR_BROADCAST = 0xFFFFFFFF;
constexpr u_long INADDR_NONE = 0xFFFFFFFF;

struct sockaddr_in {
  ADDRESS_FAMILY sin_family;  // AF_INET
  u_short sin_port;           // network byte order
  in_addr sin_addr;
  char sin_zero[8];
};
typedef sockaddr_in SOCKADDR_IN, *PSOCKADDR_IN, *LPSOCKADDR_IN;
static_assert(sizeof(sockaddr_in) == 16);

struct in6_addr {
  union {
    u_char s6_addr[16];
    u_short s6_words[8];
  };
};
typedef in6_addr IN6_ADDR, *LPIN6_ADDR;

struct sockaddr_in6 {
  ADDRESS_FAMILY sin6_family;  // AF_INET6
  u_short sin6_port;           // network byte order
  ULONG sin6_flowinfo;
  in6_addr sin6_addr;
  ULONG sin6_scope_id;
};
typedef sockaddr_in6 SOCKADDR_IN6, *PSOCKADDR_IN6, *LPSOCKADDR_IN6;
static_assert(sizeof(sockaddr_in6) == 28);

constexpr int ISO_MAX_ADDR_LENGTH = 64;
constexpr int ISO_HIERARCHICAL = 0;
constexpr int ISO_NON_HIERARCHICAL = 1;

// An address of ISO transport: the transport selector, then the NSAP, in tp_addr. Lengths are
// octets in host byte order.
struct sockaddr_tp {
  u_short tp_family;     // AF_ISO
  u_short tp_addr_type;  // ISO_HIERARCHICAL: selector and NSAP stand apart
  u_short tp_taddr_len;  // both together
  u_short tp_tsel_len;   // the selector alone
  u_char tp_addr[ISO_MAX_ADDR_LENGTH];
};
typedef sockaddr_tp SOCKADDR_TP, *PSOCKADDR_TP, *LPSOCKADDR_TP;
static_assert(sizeof(sockaddr_tp) == 72);

// An address with its length, for lists.
struct SOCKET_ADDRESS {
  LPSOCKADDR lpSockaddr;
  INT iSockaddrLength;  // octets
};
typedef SOCKET_ADDRESS *PSOCKET_ADDRESS, *LPSOCKET_ADDRESS;

struct SOCKET_ADDRESS_LIST {
  INT iAddressCount;
  SOCKET_ADDRESS Address[1];  // iAddressCount of them
};
typedef SOCKET_ADDRESS_LIST* LPSOCKET_ADDRESS_LIST;

// What SO_BSP_STATE answers.
struct CSADDR_INFO {
  SOCKET_ADDRESS LocalAddr;
  SOCKET_ADDRESS RemoteAddr;
  INT iSocketType;
  INT iProtocol;
};
typedef CSADDR_INFO* LPCSADDR_INFO;

}  // namespace winsock

#endif  // STACK_WINSOCK2_ADDRESSES_H_
