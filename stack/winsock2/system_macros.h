// The C library says some of Winsock's names as macros, with its own numbers behind them. Here they
// are taken back, so that the headers beside this one can declare them in namespace winsock.
//
// A file that needs the system's socket headers includes them before Winsock's, and then speaks of
// sockets in Winsock's words only; included after them, the system's macros would silently win.
#ifndef STACK_WINSOCK2_SYSTEM_MACROS_H_
#define STACK_WINSOCK2_SYSTEM_MACROS_H_

#include <stdlib.h>     // With glibc it brings <sys/select.h>, on whose macros every file would
#include <sys/types.h>  // stumble otherwise.

// <sys/select.h>
#undef FD_SETSIZE
#undef FD_SET
#undef FD_CLR
#undef FD_ISSET
#undef FD_ZERO

// <sys/socket.h>: types, families, levels
#undef SOCK_STREAM
#undef SOCK_DGRAM
#undef SOCK_RAW
#undef SOCK_RDM
#undef SOCK_SEQPACKET
#undef AF_UNSPEC
#undef AF_UNIX
#undef AF_INET
#undef AF_IPX
#undef AF_INET6
#undef SOL_SOCKET
#undef SOMAXCONN

// <sys/socket.h>: options
#undef SO_DEBUG
#undef SO_ACCEPTCONN
#undef SO_REUSEADDR
#undef SO_KEEPALIVE
#undef SO_DONTROUTE
#undef SO_BROADCAST
#undef SO_LINGER
#undef SO_OOBINLINE
#undef SO_SNDBUF
#undef SO_RCVBUF
#undef SO_SNDLOWAT
#undef SO_RCVLOWAT
#undef SO_SNDTIMEO
#undef SO_RCVTIMEO
#undef SO_ERROR
#undef SO_TYPE

// <sys/socket.h>: flags
#undef MSG_OOB
#undef MSG_PEEK
#undef MSG_DONTROUTE
#undef MSG_WAITALL
#undef MSG_TRUNC
#undef MSG_CTRUNC

// <sys/ioctl.h>
#undef FIONBIO
#undef FIONREAD
#undef FIOASYNC
#undef SIOCATMARK
#undef IOC_IN
#undef IOC_OUT
#undef IOC_INOUT

// <netinet/in.h>, <netinet/tcp.h>
#undef IPPROTO_IP
#undef IPPROTO_ICMP
#undef IPPROTO_TCP
#undef IPPROTO_UDP
#undef IPPROTO_IPV6
#undef IPPROTO_ICMPV6
#undef IPPROTO_RAW
#undef INADDR_ANY
#undef INADDR_LOOPBACK
#undef INADDR_BROADCAST
#undef INADDR_NONE
#undef IP_OPTIONS
#undef IP_HDRINCL
#undef IP_TOS
#undef IP_TTL
#undef IP_MULTICAST_IF
#undef IP_MULTICAST_TTL
#undef IP_MULTICAST_LOOP
#undef IP_ADD_MEMBERSHIP
#undef IP_DROP_MEMBERSHIP
#undef IP_ADD_SOURCE_MEMBERSHIP
#undef IP_DROP_SOURCE_MEMBERSHIP
#undef IP_BLOCK_SOURCE
#undef IP_UNBLOCK_SOURCE
#undef IP_PKTINFO
#undef IPV6_UNICAST_HOPS
#undef IPV6_MULTICAST_IF
#undef IPV6_MULTICAST_HOPS
#undef IPV6_MULTICAST_LOOP
#undef IPV6_JOIN_GROUP
#undef IPV6_LEAVE_GROUP
#undef IPV6_PKTINFO
#undef IPV6_HOPLIMIT
#undef IPV6_V6ONLY
#undef IPV6_TCLASS
#undef TCP_NODELAY
#undef TCP_MAXSEG
#undef TCP_FASTOPEN
#undef TCP_KEEPIDLE
#undef TCP_KEEPINTVL
#undef TCP_KEEPCNT
#undef s6_addr
#undef htonl
#undef htons
#undef ntohl
#undef ntohs

// <poll.h>
#undef POLLIN
#undef POLLPRI
#undef POLLOUT
#undef POLLERR
#undef POLLHUP
#undef POLLNVAL
#undef POLLRDNORM
#undef POLLRDBAND
#undef POLLWRNORM
#undef POLLWRBAND

// <pcap.h>
#undef SOCKET
#undef INVALID_SOCKET

#endif  // STACK_WINSOCK2_SYSTEM_MACROS_H_
