// What a catalog entry says of its protocol (Winsock page: WSAPROTOCOL_INFOW), what WSAStartup
// tells, and the flags of WSASocket.
#ifndef STACK_WINSOCK2_PROTOCOL_INFO_H_
#define STACK_WINSOCK2_PROTOCOL_INFO_H_

#include "stack/winsock2/types.h"

namespace winsock {

constexpr WORD WINSOCK_VERSION = MAKEWORD(2, 2);

constexpr int WSADESCRIPTION_LEN = 256;
constexpr int WSASYS_STATUS_LEN = 128;

// Filled by WSAStartup. On 64-bit Windows the numbers stand before the texts.
struct WSADATA {
  WORD wVersion;      // the version that this process is going to use
  WORD wHighVersion;  // the highest one that the library supports
  u_short iMaxSockets;
  u_short iMaxUdpDg;
  char* lpVendorInfo;
  char szDescription[WSADESCRIPTION_LEN + 1];
  char szSystemStatus[WSASYS_STATUS_LEN + 1];
};
typedef WSADATA* LPWSADATA;

constexpr int WSAPROTOCOL_LEN = 255;
constexpr int MAX_PROTOCOL_CHAIN = 7;
constexpr int BASE_PROTOCOL = 1;
constexpr int LAYERED_PROTOCOL = 0;

// ChainLen 0: a layer, no use alone. 1: a base protocol. 2..7: a chain, ChainEntries naming its
// members from the top to the base.
struct WSAPROTOCOLCHAIN {
  int ChainLen;
  DWORD ChainEntries[MAX_PROTOCOL_CHAIN];
};
typedef WSAPROTOCOLCHAIN* LPWSAPROTOCOLCHAIN;

template <typename Char>
struct WSAPROTOCOL_INFO_OF {
  DWORD dwServiceFlags1;  // XP1_*
  DWORD dwServiceFlags2;  // 2..4: reserved, 0
  DWORD dwServiceFlags3;
  DWORD dwServiceFlags4;
  DWORD dwProviderFlags;   // PFL_*
  GUID ProviderId;         // the provider, whatever number of entries it has
  DWORD dwCatalogEntryId;  // the entry; the library assigns it
  WSAPROTOCOLCHAIN ProtocolChain;
  int iVersion;
  int iAddressFamily;
  int iMaxSockAddr;  // octets
  int iMinSockAddr;  // octets
  int iSocketType;
  int iProtocol;
  int iProtocolMaxOffset;  // iProtocol .. iProtocol + this match the entry
  int iNetworkByteOrder;   // BIGENDIAN or LITTLEENDIAN
  int iSecurityScheme;
  DWORD dwMessageSize;       // 0: stream; 1: ask SO_MAX_MSG_SIZE; 0xFFFFFFFF: no limit; else octets
  DWORD dwProviderReserved;  // carries the ticket of WSADuplicateSocket
  Char szProtocol[WSAPROTOCOL_LEN + 1];
};
typedef WSAPROTOCOL_INFO_OF<CHAR> WSAPROTOCOL_INFOA;
typedef WSAPROTOCOL_INFO_OF<WCHAR> WSAPROTOCOL_INFOW;
typedef WSAPROTOCOL_INFOA* LPWSAPROTOCOL_INFOA;
typedef WSAPROTOCOL_INFOW* LPWSAPROTOCOL_INFOW;
#ifdef UNICODE
typedef WSAPROTOCOL_INFOW WSAPROTOCOL_INFO;
#else
typedef WSAPROTOCOL_INFOA WSAPROTOCOL_INFO;
#endif
typedef WSAPROTOCOL_INFO* LPWSAPROTOCOL_INFO;

constexpr int BIGENDIAN = 0x0000;
constexpr int LITTLEENDIAN = 0x0001;
constexpr int SECURITY_PROTOCOL_NONE = 0x0000;

// dwServiceFlags1
constexpr DWORD XP1_CONNECTIONLESS = 0x00000001;
constexpr DWORD XP1_GUARANTEED_DELIVERY = 0x00000002;
constexpr DWORD XP1_GUARANTEED_ORDER = 0x00000004;
constexpr DWORD XP1_MESSAGE_ORIENTED = 0x00000008;
constexpr DWORD XP1_PSEUDO_STREAM = 0x00000010;
constexpr DWORD XP1_GRACEFUL_CLOSE = 0x00000020;
constexpr DWORD XP1_EXPEDITED_DATA = 0x00000040;
constexpr DWORD XP1_CONNECT_DATA = 0x00000080;
constexpr DWORD XP1_DISCONNECT_DATA = 0x00000100;
constexpr DWORD XP1_SUPPORT_BROADCAST = 0x00000200;
constexpr DWORD XP1_SUPPORT_MULTIPOINT = 0x00000400;
constexpr DWORD XP1_MULTIPOINT_CONTROL_PLANE = 0x00000800;
constexpr DWORD XP1_MULTIPOINT_DATA_PLANE = 0x00001000;
constexpr DWORD XP1_QOS_SUPPORTED = 0x00002000;
constexpr DWORD XP1_INTERRUPT = 0x00004000;
constexpr DWORD XP1_UNI_SEND = 0x00008000;
constexpr DWORD XP1_UNI_RECV = 0x00010000;
constexpr DWORD XP1_IFS_HANDLES = 0x00020000;
constexpr DWORD XP1_PARTIAL_MESSAGE = 0x00040000;
constexpr DWORD XP1_SAN_SUPPORT_SDP = 0x00080000;

// dwProviderFlags
constexpr DWORD PFL_MULTIPLE_PROTO_ENTRIES = 0x00000001;
constexpr DWORD PFL_RECOMMENDED_PROTO_ENTRY = 0x00000002;
constexpr DWORD PFL_HIDDEN = 0x00000004;
constexpr DWORD PFL_MATCHES_PROTOCOL_ZERO = 0x00000008;
constexpr DWORD PFL_NETWORKDIRECT_PROVIDER = 0x00000010;

// For the first three arguments of WSASocket: take it from the structure.
constexpr int FROM_PROTOCOL_INFO = -1;

// dwFlags of WSASocket
constexpr DWORD WSA_FLAG_OVERLAPPED = 0x01;
constexpr DWORD WSA_FLAG_MULTIPOINT_C_ROOT = 0x02;
constexpr DWORD WSA_FLAG_MULTIPOINT_C_LEAF = 0x04;
constexpr DWORD WSA_FLAG_MULTIPOINT_D_ROOT = 0x08;
constexpr DWORD WSA_FLAG_MULTIPOINT_D_LEAF = 0x10;
constexpr DWORD WSA_FLAG_ACCESS_SYSTEM_SECURITY = 0x40;
constexpr DWORD WSA_FLAG_NO_HANDLE_INHERIT = 0x80;

// dwFlags of WSAJoinLeaf
constexpr DWORD JL_SENDER_ONLY = 0x01;
constexpr DWORD JL_RECEIVER_ONLY = 0x02;
constexpr DWORD JL_BOTH = 0x04;

}  // namespace winsock

#endif  // STACK_WINSOCK2_PROTOCOL_INFO_H_
