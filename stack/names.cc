#include "stack/names.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "stack/winsock2/addresses.h"
#include "stack/winsock2/errors.h"
#include "stack/winsock2/events.h"
#include "stack/winsock2/options.h"
#include "stack/winsock2/protocol_info.h"
#include "stack/winsock2/transfer.h"

namespace winsock {
namespace {

// A constant beside its own name.
#define WSIM_NAMED(constant) \
  NamedNumber { constant, #constant }

constexpr NamedNumber kErrors[] = {
    WSIM_NAMED(WSA_INVALID_HANDLE),
    WSIM_NAMED(WSA_NOT_ENOUGH_MEMORY),
    WSIM_NAMED(WSA_INVALID_PARAMETER),
    WSIM_NAMED(WSA_OPERATION_ABORTED),
    WSIM_NAMED(WSA_IO_INCOMPLETE),
    WSIM_NAMED(WSA_IO_PENDING),
    WSIM_NAMED(WSAEINTR),
    WSIM_NAMED(WSAEBADF),
    WSIM_NAMED(WSAEACCES),
    WSIM_NAMED(WSAEFAULT),
    WSIM_NAMED(WSAEINVAL),
    WSIM_NAMED(WSAEMFILE),
    WSIM_NAMED(WSAEWOULDBLOCK),
    WSIM_NAMED(WSAEINPROGRESS),
    WSIM_NAMED(WSAEALREADY),
    WSIM_NAMED(WSAENOTSOCK),
    WSIM_NAMED(WSAEDESTADDRREQ),
    WSIM_NAMED(WSAEMSGSIZE),
    WSIM_NAMED(WSAEPROTOTYPE),
    WSIM_NAMED(WSAENOPROTOOPT),
    WSIM_NAMED(WSAEPROTONOSUPPORT),
    WSIM_NAMED(WSAESOCKTNOSUPPORT),
    WSIM_NAMED(WSAEOPNOTSUPP),
    WSIM_NAMED(WSAEPFNOSUPPORT),
    WSIM_NAMED(WSAEAFNOSUPPORT),
    WSIM_NAMED(WSAEADDRINUSE),
    WSIM_NAMED(WSAEADDRNOTAVAIL),
    WSIM_NAMED(WSAENETDOWN),
    WSIM_NAMED(WSAENETUNREACH),
    WSIM_NAMED(WSAENETRESET),
    WSIM_NAMED(WSAECONNABORTED),
    WSIM_NAMED(WSAECONNRESET),
    WSIM_NAMED(WSAENOBUFS),
    WSIM_NAMED(WSAEISCONN),
    WSIM_NAMED(WSAENOTCONN),
    WSIM_NAMED(WSAESHUTDOWN),
    WSIM_NAMED(WSAETOOMANYREFS),
    WSIM_NAMED(WSAETIMEDOUT),
    WSIM_NAMED(WSAECONNREFUSED),
    WSIM_NAMED(WSAELOOP),
    WSIM_NAMED(WSAENAMETOOLONG),
    WSIM_NAMED(WSAEHOSTDOWN),
    WSIM_NAMED(WSAEHOSTUNREACH),
    WSIM_NAMED(WSAENOTEMPTY),
    WSIM_NAMED(WSAEPROCLIM),
    WSIM_NAMED(WSAEUSERS),
    WSIM_NAMED(WSAEDQUOT),
    WSIM_NAMED(WSAESTALE),
    WSIM_NAMED(WSAEREMOTE),
    WSIM_NAMED(WSASYSNOTREADY),
    WSIM_NAMED(WSAVERNOTSUPPORTED),
    WSIM_NAMED(WSANOTINITIALISED),
    WSIM_NAMED(WSAEDISCON),
    WSIM_NAMED(WSAENOMORE),
    WSIM_NAMED(WSAECANCELLED),
    WSIM_NAMED(WSAEINVALIDPROCTABLE),
    WSIM_NAMED(WSAEINVALIDPROVIDER),
    WSIM_NAMED(WSAEPROVIDERFAILEDINIT),
    WSIM_NAMED(WSASYSCALLFAILURE),
    WSIM_NAMED(WSASERVICE_NOT_FOUND),
    WSIM_NAMED(WSATYPE_NOT_FOUND),
    WSIM_NAMED(WSA_E_NO_MORE),
    WSIM_NAMED(WSA_E_CANCELLED),
    WSIM_NAMED(WSAEREFUSED),
    WSIM_NAMED(WSAHOST_NOT_FOUND),
    WSIM_NAMED(WSATRY_AGAIN),
    WSIM_NAMED(WSANO_RECOVERY),
    WSIM_NAMED(WSANO_DATA),
    WSIM_NAMED(WSA_QOS_RECEIVERS),
    WSIM_NAMED(WSA_QOS_SENDERS),
    WSIM_NAMED(WSA_QOS_NO_SENDERS),
    WSIM_NAMED(WSA_QOS_NO_RECEIVERS),
    WSIM_NAMED(WSA_QOS_REQUEST_CONFIRMED),
    WSIM_NAMED(WSA_QOS_ADMISSION_FAILURE),
    WSIM_NAMED(WSA_QOS_POLICY_FAILURE),
    WSIM_NAMED(WSA_QOS_BAD_STYLE),
    WSIM_NAMED(WSA_QOS_BAD_OBJECT),
    WSIM_NAMED(WSA_QOS_TRAFFIC_CTRL_ERROR),
    WSIM_NAMED(WSA_QOS_GENERIC_ERROR),
    WSIM_NAMED(WSA_QOS_ESERVICETYPE),
    WSIM_NAMED(WSA_QOS_EFLOWSPEC),
    WSIM_NAMED(WSA_QOS_EPROVSPECBUF),
    WSIM_NAMED(WSA_QOS_EFILTERSTYLE),
    WSIM_NAMED(WSA_QOS_EFILTERTYPE),
    WSIM_NAMED(WSA_QOS_EFILTERCOUNT),
    WSIM_NAMED(WSA_QOS_EOBJLENGTH),
    WSIM_NAMED(WSA_QOS_EFLOWCOUNT),
    WSIM_NAMED(WSA_QOS_EUNKOWNPSOBJ),
    WSIM_NAMED(WSA_QOS_EPOLICYOBJ),
    WSIM_NAMED(WSA_QOS_EFLOWDESC),
    WSIM_NAMED(WSA_QOS_EPSFLOWSPEC),
    WSIM_NAMED(WSA_QOS_EPSFILTERSPEC),
    WSIM_NAMED(WSA_QOS_ESDMODEOBJ),
    WSIM_NAMED(WSA_QOS_ESHAPERATEOBJ),
    WSIM_NAMED(WSA_QOS_RESERVED_PETYPE),
};

constexpr NamedNumber kNetworkEvents[] = {
    WSIM_NAMED(FD_READ),
    WSIM_NAMED(FD_WRITE),
    WSIM_NAMED(FD_OOB),
    WSIM_NAMED(FD_ACCEPT),
    WSIM_NAMED(FD_CONNECT),
    WSIM_NAMED(FD_CLOSE),
    WSIM_NAMED(FD_QOS),
    WSIM_NAMED(FD_GROUP_QOS),
    WSIM_NAMED(FD_ROUTING_INTERFACE_CHANGE),
    WSIM_NAMED(FD_ADDRESS_LIST_CHANGE),
};

constexpr NamedNumber kServiceFlags[] = {
    WSIM_NAMED(XP1_CONNECTIONLESS),
    WSIM_NAMED(XP1_GUARANTEED_DELIVERY),
    WSIM_NAMED(XP1_GUARANTEED_ORDER),
    WSIM_NAMED(XP1_MESSAGE_ORIENTED),
    WSIM_NAMED(XP1_PSEUDO_STREAM),
    WSIM_NAMED(XP1_GRACEFUL_CLOSE),
    WSIM_NAMED(XP1_EXPEDITED_DATA),
    WSIM_NAMED(XP1_CONNECT_DATA),
    WSIM_NAMED(XP1_DISCONNECT_DATA),
    WSIM_NAMED(XP1_SUPPORT_BROADCAST),
    WSIM_NAMED(XP1_SUPPORT_MULTIPOINT),
    WSIM_NAMED(XP1_MULTIPOINT_CONTROL_PLANE),
    WSIM_NAMED(XP1_MULTIPOINT_DATA_PLANE),
    WSIM_NAMED(XP1_QOS_SUPPORTED),
    WSIM_NAMED(XP1_INTERRUPT),
    WSIM_NAMED(XP1_UNI_SEND),
    WSIM_NAMED(XP1_UNI_RECV),
    WSIM_NAMED(XP1_IFS_HANDLES),
    WSIM_NAMED(XP1_PARTIAL_MESSAGE),
    WSIM_NAMED(XP1_SAN_SUPPORT_SDP),
};

constexpr NamedNumber kProviderFlags[] = {
    WSIM_NAMED(PFL_MULTIPLE_PROTO_ENTRIES),
    WSIM_NAMED(PFL_RECOMMENDED_PROTO_ENTRY),
    WSIM_NAMED(PFL_HIDDEN),
    WSIM_NAMED(PFL_MATCHES_PROTOCOL_ZERO),
    WSIM_NAMED(PFL_NETWORKDIRECT_PROVIDER),
};

constexpr NamedNumber kMessageFlags[] = {
    WSIM_NAMED(MSG_OOB),     WSIM_NAMED(MSG_PEEK),      WSIM_NAMED(MSG_DONTROUTE),
    WSIM_NAMED(MSG_WAITALL), WSIM_NAMED(MSG_INTERRUPT), WSIM_NAMED(MSG_PUSH_IMMEDIATE),
    WSIM_NAMED(MSG_TRUNC),   WSIM_NAMED(MSG_CTRUNC),    WSIM_NAMED(MSG_BCAST),
    WSIM_NAMED(MSG_MCAST),   WSIM_NAMED(MSG_PARTIAL),
};

constexpr NamedNumber kShutdown[] = {
    WSIM_NAMED(SD_RECEIVE),
    WSIM_NAMED(SD_SEND),
    WSIM_NAMED(SD_BOTH),
};

constexpr NamedNumber kConditions[] = {
    WSIM_NAMED(CF_ACCEPT),
    WSIM_NAMED(CF_REJECT),
    WSIM_NAMED(CF_DEFER),
};

constexpr NamedNumber kSocketOptions[] = {
    WSIM_NAMED(SO_DEBUG),
    WSIM_NAMED(SO_ACCEPTCONN),
    WSIM_NAMED(SO_REUSEADDR),
    WSIM_NAMED(SO_EXCLUSIVEADDRUSE),
    WSIM_NAMED(SO_KEEPALIVE),
    WSIM_NAMED(SO_DONTROUTE),
    WSIM_NAMED(SO_BROADCAST),
    WSIM_NAMED(SO_USELOOPBACK),
    WSIM_NAMED(SO_LINGER),
    WSIM_NAMED(SO_DONTLINGER),
    WSIM_NAMED(SO_OOBINLINE),
    WSIM_NAMED(SO_SNDBUF),
    WSIM_NAMED(SO_RCVBUF),
    WSIM_NAMED(SO_SNDLOWAT),
    WSIM_NAMED(SO_RCVLOWAT),
    WSIM_NAMED(SO_SNDTIMEO),
    WSIM_NAMED(SO_RCVTIMEO),
    WSIM_NAMED(SO_ERROR),
    WSIM_NAMED(SO_TYPE),
    WSIM_NAMED(SO_BSP_STATE),
    WSIM_NAMED(SO_GROUP_ID),
    WSIM_NAMED(SO_GROUP_PRIORITY),
    WSIM_NAMED(SO_MAX_MSG_SIZE),
    WSIM_NAMED(SO_PROTOCOL_INFOA),
    WSIM_NAMED(SO_PROTOCOL_INFOW),
    WSIM_NAMED(PVD_CONFIG),
    WSIM_NAMED(SO_CONDITIONAL_ACCEPT),
    WSIM_NAMED(SO_PAUSE_ACCEPT),
    WSIM_NAMED(SO_RANDOMIZE_PORT),
    WSIM_NAMED(SO_PORT_SCALABILITY),
    WSIM_NAMED(SO_REUSE_UNICASTPORT),
    WSIM_NAMED(SO_REUSE_MULTICASTPORT),
    WSIM_NAMED(SO_CONNDATA),
    WSIM_NAMED(SO_CONNOPT),
    WSIM_NAMED(SO_DISCDATA),
    WSIM_NAMED(SO_DISCOPT),
    WSIM_NAMED(SO_CONNDATALEN),
    WSIM_NAMED(SO_CONNOPTLEN),
    WSIM_NAMED(SO_DISCDATALEN),
    WSIM_NAMED(SO_DISCOPTLEN),
    WSIM_NAMED(SO_OPENTYPE),
    WSIM_NAMED(SO_MAXDG),
    WSIM_NAMED(SO_MAXPATHDG),
    WSIM_NAMED(SO_UPDATE_ACCEPT_CONTEXT),
    WSIM_NAMED(SO_CONNECT_TIME),
    WSIM_NAMED(SO_UPDATE_CONNECT_CONTEXT),
};

constexpr NamedNumber kTcpOptions[] = {
    WSIM_NAMED(TCP_NODELAY),
    WSIM_NAMED(TCP_EXPEDITED_1122),
    WSIM_NAMED(TCP_KEEPIDLE),
    WSIM_NAMED(TCP_MAXSEG),
    WSIM_NAMED(TCP_MAXRT),
    WSIM_NAMED(TCP_NOSYNRETRIES),
    WSIM_NAMED(TCP_TIMESTAMPS),
    WSIM_NAMED(TCP_CONGESTION_ALGORITHM),
    WSIM_NAMED(TCP_MAXRTMS),
    WSIM_NAMED(TCP_FASTOPEN),
    WSIM_NAMED(TCP_KEEPCNT),
    WSIM_NAMED(TCP_KEEPINTVL),
    WSIM_NAMED(TCP_FAIL_CONNECT_ON_ICMP_ERROR),
    WSIM_NAMED(TCP_ICMP_ERROR_INFO),
    WSIM_NAMED(TCP_BSDURGENT),
};

constexpr NamedNumber kIsoTransportOptions[] = {
    WSIM_NAMED(TP_EXTENDED_FORMATS),
    WSIM_NAMED(TP_CHECKSUM),
    WSIM_NAMED(TP_EXPEDITED),
    WSIM_NAMED(TP_TPDU_SIZE),
};

constexpr NamedNumber kIpOptions[] = {
    WSIM_NAMED(IP_OPTIONS), WSIM_NAMED(IP_HDRINCL),      WSIM_NAMED(IP_TOS),
    WSIM_NAMED(IP_TTL),     WSIM_NAMED(IP_DONTFRAGMENT),
};

constexpr NamedNumber kIpv6Options[] = {
    WSIM_NAMED(IPV6_UNICAST_HOPS),
    WSIM_NAMED(IPV6_HOPLIMIT),
    WSIM_NAMED(IPV6_V6ONLY),
    WSIM_NAMED(IPV6_TCLASS),
};

constexpr NamedNumber kIoctls[] = {
    WSIM_NAMED(FIONBIO),
    WSIM_NAMED(FIONREAD),
    WSIM_NAMED(SIOCATMARK),
    WSIM_NAMED(FIOASYNC),
    WSIM_NAMED(SIO_ASSOCIATE_HANDLE),
    WSIM_NAMED(SIO_ENABLE_CIRCULAR_QUEUEING),
    WSIM_NAMED(SIO_FIND_ROUTE),
    WSIM_NAMED(SIO_FLUSH),
    WSIM_NAMED(SIO_GET_BROADCAST_ADDRESS),
    WSIM_NAMED(SIO_GET_EXTENSION_FUNCTION_POINTER),
    WSIM_NAMED(SIO_GET_QOS),
    WSIM_NAMED(SIO_GET_GROUP_QOS),
    WSIM_NAMED(SIO_MULTIPOINT_LOOPBACK),
    WSIM_NAMED(SIO_MULTICAST_SCOPE),
    WSIM_NAMED(SIO_SET_QOS),
    WSIM_NAMED(SIO_SET_GROUP_QOS),
    WSIM_NAMED(SIO_TRANSLATE_HANDLE),
    WSIM_NAMED(SIO_ROUTING_INTERFACE_QUERY),
    WSIM_NAMED(SIO_ROUTING_INTERFACE_CHANGE),
    WSIM_NAMED(SIO_ADDRESS_LIST_QUERY),
    WSIM_NAMED(SIO_ADDRESS_LIST_CHANGE),
    WSIM_NAMED(SIO_QUERY_TARGET_PNP_HANDLE),
    WSIM_NAMED(SIO_ADDRESS_LIST_SORT),
    WSIM_NAMED(SIO_BASE_HANDLE),
    WSIM_NAMED(SIO_KEEPALIVE_VALS),
    WSIM_NAMED(SIO_UDP_CONNRESET),
    WSIM_NAMED(SIO_GET_INTERFACE_LIST),
};

constexpr NamedNumber kSocketTypes[] = {
    WSIM_NAMED(SOCK_STREAM), WSIM_NAMED(SOCK_DGRAM),     WSIM_NAMED(SOCK_RAW),
    WSIM_NAMED(SOCK_RDM),    WSIM_NAMED(SOCK_SEQPACKET),
};

constexpr NamedNumber kAddressFamilies[] = {
    WSIM_NAMED(AF_UNSPEC), WSIM_NAMED(AF_UNIX), WSIM_NAMED(AF_INET),  WSIM_NAMED(AF_IPX),
    WSIM_NAMED(AF_ISO),    WSIM_NAMED(AF_OSI),  WSIM_NAMED(AF_INET6),
};

#undef WSIM_NAMED

}  // namespace

absl::Span<const NamedNumber> ErrorNames() { return kErrors; }
absl::Span<const NamedNumber> NetworkEventNames() { return kNetworkEvents; }
absl::Span<const NamedNumber> ServiceFlagNames() { return kServiceFlags; }
absl::Span<const NamedNumber> ProviderFlagNames() { return kProviderFlags; }
absl::Span<const NamedNumber> MessageFlagNames() { return kMessageFlags; }
absl::Span<const NamedNumber> ShutdownNames() { return kShutdown; }
absl::Span<const NamedNumber> ConditionNames() { return kConditions; }
absl::Span<const NamedNumber> SocketOptionNames() { return kSocketOptions; }
absl::Span<const NamedNumber> TcpOptionNames() { return kTcpOptions; }
absl::Span<const NamedNumber> IsoTransportOptionNames() { return kIsoTransportOptions; }
absl::Span<const NamedNumber> IpOptionNames() { return kIpOptions; }
absl::Span<const NamedNumber> Ipv6OptionNames() { return kIpv6Options; }
absl::Span<const NamedNumber> IoctlNames() { return kIoctls; }
absl::Span<const NamedNumber> SocketTypeNames() { return kSocketTypes; }
absl::Span<const NamedNumber> AddressFamilyNames() { return kAddressFamilies; }

absl::string_view Name(int error) {
  if (error == 0) return "0";
  const NamedNumber* found =
      std::lower_bound(std::begin(kErrors), std::end(kErrors), error,
                       [](const NamedNumber& entry, int number) { return entry.number < number; });
  if (found == std::end(kErrors) || found->number != error) return {};
  return found->name;
}

absl::string_view NameIn(absl::Span<const NamedNumber> table, int64_t number) {
  for (const NamedNumber& entry : table) {
    if (entry.number == number) return entry.name;
  }
  return {};
}

std::optional<int64_t> NumberIn(absl::Span<const NamedNumber> table, absl::string_view name) {
  for (const NamedNumber& entry : table) {
    if (entry.name == name) return entry.number;
  }
  return std::nullopt;
}

std::string NamesOfBits(absl::Span<const NamedNumber> table, uint32_t mask) {
  if (mask == 0) return "0";
  std::vector<std::string> names;
  for (const NamedNumber& entry : table) {
    uint32_t bit = static_cast<uint32_t>(entry.number);
    if (bit == 0 || (mask & bit) != bit) continue;
    names.emplace_back(entry.name);
    mask &= ~bit;
  }
  if (mask != 0) names.push_back(absl::StrCat("0x", absl::Hex(mask)));
  return absl::StrJoin(names, "+");
}

std::optional<uint32_t> BitsOfNames(absl::Span<const NamedNumber> table, absl::string_view names) {
  if (names == "0") return 0;
  uint32_t mask = 0;
  for (absl::string_view name : absl::StrSplit(names, '+')) {
    std::optional<int64_t> bit = NumberIn(table, name);
    if (!bit.has_value()) return std::nullopt;
    mask |= static_cast<uint32_t>(*bit);
  }
  return mask;
}

}  // namespace winsock
