// TCP as a provider: the catalog's entries, and what a host needs to speak it.
#ifndef PROVIDERS_INET_TCP_TCP_REGISTRATION_H_
#define PROVIDERS_INET_TCP_TCP_REGISTRATION_H_

#include "providers/inet/tcp/tcp_transport.h"
#include "providers/transport/transport.h"
#include "sim/host.h"

namespace inet {

// The catalog entries "tcp" and "tcp6": TCP over IPv4 and over IPv6. Options of its own:
// tcp_options.h. A host answers for TCP, and a router forwards, from the first `of_boot` on:
// whoever composes a world calls it when a host boots, so that what nobody listens for is refused
// (RFC 9293 3.10.7.1).
transport::Registration TcpRegistration();
transport::Registration Tcp6Registration();

// The same as their `of_boot`, by its own type.
TcpTransport& TcpOfBoot(sim::Boot& boot);
TcpTransport& Tcp6OfBoot(sim::Boot& boot);

}  // namespace inet

#endif  // PROVIDERS_INET_TCP_TCP_REGISTRATION_H_
