// Winsock's error numbers (Winsock page: Windows Sockets Error Codes). Names for them, to show to
// people, are in stack/names.h.
#ifndef STACK_WINSOCK2_ERRORS_H_
#define STACK_WINSOCK2_ERRORS_H_

namespace winsock {

// Shared with the operating system's own codes.
constexpr int WSA_INVALID_HANDLE = 6;
constexpr int WSA_NOT_ENOUGH_MEMORY = 8;
constexpr int WSA_INVALID_PARAMETER = 87;
constexpr int WSA_OPERATION_ABORTED = 995;
constexpr int WSA_IO_INCOMPLETE = 996;
constexpr int WSA_IO_PENDING = 997;

// Of calls on sockets.
constexpr int WSAEINTR = 10004;
constexpr int WSAEBADF = 10009;
constexpr int WSAEACCES = 10013;
constexpr int WSAEFAULT = 10014;
constexpr int WSAEINVAL = 10022;
constexpr int WSAEMFILE = 10024;
constexpr int WSAEWOULDBLOCK = 10035;
constexpr int WSAEINPROGRESS = 10036;
constexpr int WSAEALREADY = 10037;
constexpr int WSAENOTSOCK = 10038;
constexpr int WSAEDESTADDRREQ = 10039;
constexpr int WSAEMSGSIZE = 10040;
constexpr int WSAEPROTOTYPE = 10041;
constexpr int WSAENOPROTOOPT = 10042;
constexpr int WSAEPROTONOSUPPORT = 10043;
constexpr int WSAESOCKTNOSUPPORT = 10044;
constexpr int WSAEOPNOTSUPP = 10045;
constexpr int WSAEPFNOSUPPORT = 10046;
constexpr int WSAEAFNOSUPPORT = 10047;
constexpr int WSAEADDRINUSE = 10048;
constexpr int WSAEADDRNOTAVAIL = 10049;
constexpr int WSAENETDOWN = 10050;
constexpr int WSAENETUNREACH = 10051;
constexpr int WSAENETRESET = 10052;
constexpr int WSAECONNABORTED = 10053;
constexpr int WSAECONNRESET = 10054;
constexpr int WSAENOBUFS = 10055;
constexpr int WSAEISCONN = 10056;
constexpr int WSAENOTCONN = 10057;
constexpr int WSAESHUTDOWN = 10058;
constexpr int WSAETOOMANYREFS = 10059;
constexpr int WSAETIMEDOUT = 10060;
constexpr int WSAECONNREFUSED = 10061;
constexpr int WSAELOOP = 10062;
constexpr int WSAENAMETOOLONG = 10063;
constexpr int WSAEHOSTDOWN = 10064;
constexpr int WSAEHOSTUNREACH = 10065;
constexpr int WSAENOTEMPTY = 10066;
constexpr int WSAEPROCLIM = 10067;
constexpr int WSAEUSERS = 10068;
constexpr int WSAEDQUOT = 10069;
constexpr int WSAESTALE = 10070;
constexpr int WSAEREMOTE = 10071;

// Of the library and its providers.
constexpr int WSASYSNOTREADY = 10091;
constexpr int WSAVERNOTSUPPORTED = 10092;
constexpr int WSANOTINITIALISED = 10093;
constexpr int WSAEDISCON = 10101;
constexpr int WSAENOMORE = 10102;
constexpr int WSAECANCELLED = 10103;
constexpr int WSAEINVALIDPROCTABLE = 10104;
constexpr int WSAEINVALIDPROVIDER = 10105;
constexpr int WSAEPROVIDERFAILEDINIT = 10106;
constexpr int WSASYSCALLFAILURE = 10107;
constexpr int WSASERVICE_NOT_FOUND = 10108;
constexpr int WSATYPE_NOT_FOUND = 10109;
constexpr int WSA_E_NO_MORE = 10110;
constexpr int WSA_E_CANCELLED = 10111;
constexpr int WSAEREFUSED = 10112;

// Of name resolution.
constexpr int WSAHOST_NOT_FOUND = 11001;
constexpr int WSATRY_AGAIN = 11002;
constexpr int WSANO_RECOVERY = 11003;
constexpr int WSANO_DATA = 11004;
constexpr int WSANO_ADDRESS = WSANO_DATA;

// Of quality of service.
constexpr int WSA_QOS_RECEIVERS = 11005;
constexpr int WSA_QOS_SENDERS = 11006;
constexpr int WSA_QOS_NO_SENDERS = 11007;
constexpr int WSA_QOS_NO_RECEIVERS = 11008;
constexpr int WSA_QOS_REQUEST_CONFIRMED = 11009;
constexpr int WSA_QOS_ADMISSION_FAILURE = 11010;
constexpr int WSA_QOS_POLICY_FAILURE = 11011;
constexpr int WSA_QOS_BAD_STYLE = 11012;
constexpr int WSA_QOS_BAD_OBJECT = 11013;
constexpr int WSA_QOS_TRAFFIC_CTRL_ERROR = 11014;
constexpr int WSA_QOS_GENERIC_ERROR = 11015;
constexpr int WSA_QOS_ESERVICETYPE = 11016;
constexpr int WSA_QOS_EFLOWSPEC = 11017;
constexpr int WSA_QOS_EPROVSPECBUF = 11018;
constexpr int WSA_QOS_EFILTERSTYLE = 11019;
constexpr int WSA_QOS_EFILTERTYPE = 11020;
constexpr int WSA_QOS_EFILTERCOUNT = 11021;
constexpr int WSA_QOS_EOBJLENGTH = 11022;
constexpr int WSA_QOS_EFLOWCOUNT = 11023;
constexpr int WSA_QOS_EUNKOWNPSOBJ = 11024;  // Spelled so in the original header.
constexpr int WSA_QOS_EPOLICYOBJ = 11025;
constexpr int WSA_QOS_EFLOWDESC = 11026;
constexpr int WSA_QOS_EPSFLOWSPEC = 11027;
constexpr int WSA_QOS_EPSFILTERSPEC = 11028;
constexpr int WSA_QOS_ESDMODEOBJ = 11029;
constexpr int WSA_QOS_ESHAPERATEOBJ = 11030;
constexpr int WSA_QOS_RESERVED_PETYPE = 11031;

// Codes of the operating system that the end of an operation can show at a completion port.
constexpr int ERROR_NOT_SUPPORTED = 50;
constexpr int ERROR_NETNAME_DELETED = 64;
constexpr int ERROR_INVALID_PARAMETER = WSA_INVALID_PARAMETER;
constexpr int ERROR_INSUFFICIENT_BUFFER = 122;
constexpr int ERROR_MORE_DATA = 234;
constexpr int ERROR_OPERATION_ABORTED = WSA_OPERATION_ABORTED;
constexpr int ERROR_IO_INCOMPLETE = WSA_IO_INCOMPLETE;
constexpr int ERROR_IO_PENDING = WSA_IO_PENDING;
constexpr int ERROR_CONNECTION_REFUSED = 1225;
constexpr int ERROR_PORT_UNREACHABLE = 1234;
constexpr int ERROR_CONNECTION_ABORTED = 1236;

}  // namespace winsock

#endif  // STACK_WINSOCK2_ERRORS_H_
